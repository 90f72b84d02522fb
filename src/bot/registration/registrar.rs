//! Registering commands: what Discord has is compared with what is declared, and only the differences are sent.

use crate::bot::application::OwnApplication;
use crate::bot::context::Identity;
use crate::bot::registration::retry::{Retry, is_unauthorized};
use crate::command::{CommandDefinition, Plan, PlanStep, Scope, SyncRules, plan};
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::id::{ApplicationId, GuildId};
use crate::model::{Command, List};
use crate::rest::{Client, CommandBody, CommandChanges, GetApplicationCommands};

/// The log target for changes of commands, so that they can be filtered.
const COMMANDS: &str = "syncord::commands";

/// What to register, and where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registrar {
    pub(crate) commands: Vec<CommandDefinition>,
    /// Guilds to register in, instead of globally.
    pub(crate) guilds: Vec<GuildId>,
    pub(crate) keep_foreign: bool,
}

/// The changes in a scope, or why they are not known.
pub(crate) type PlanOfScope = (Scope, Result<Plan, Error>);

/// The application of the commands.
struct Target {
    client: Client,
    id: ApplicationId,
    rules: SyncRules,
}

impl Target {
    fn new(client: Client, id: ApplicationId, application: Option<&OwnApplication>) -> Target {
        let default_integration_types = application.and_then(OwnApplication::installs);
        let rules = SyncRules { default_integration_types, ..SyncRules::default() };
        Target { client, id, rules }
    }

    /// The application of this client, as Discord returns it now.
    fn fetch(client: Client) -> Result<Target, Error> {
        let application: OwnApplication = client.current_application_as()?;
        Ok(Target::new(client, application.id, Some(&application)))
    }

    fn of(login: &Identity) -> Target {
        Target::new(login.client.clone(), login.application_id(), login.application.as_deref())
    }

    fn existing(&self, scope: Scope) -> Result<List<Command>, Error> {
        let all = GetApplicationCommands::new().with_localizations(true);
        match scope {
            Scope::Global => self.client.global_application_commands(self.id, &all),
            Scope::Guild(guild) => self.client.guild_application_commands(self.id, guild, &all),
        }
    }

    fn overwrite(&self, scope: Scope, commands: &[CommandDefinition]) -> Result<(), Error> {
        self.client.replace_commands(self.id, guild_of(scope), commands)
    }

    fn take(&self, scope: Scope, step: &PlanStep) -> Result<(), Error> {
        let (client, app) = (&self.client, self.id);
        match (step, scope) {
            (PlanStep::Create(command), _) => client.register_command(app, guild_of(scope), command),
            (PlanStep::Edit { id, command, .. }, _) => {
                client.update_command(app, guild_of(scope), *id, command)
            }
            (PlanStep::Delete { id, .. }, Scope::Global) => {
                client.delete_global_application_command(app, *id)
            }
            (PlanStep::Delete { id, .. }, Scope::Guild(guild)) => {
                client.delete_guild_application_command(app, guild, *id)
            }
        }
    }
}

fn guild_of(scope: Scope) -> Option<GuildId> {
    match scope {
        Scope::Global => None,
        Scope::Guild(guild) => Some(guild),
    }
}

impl Registrar {
    pub(crate) fn scopes(&self) -> impl Iterator<Item = Scope> + '_ {
        let everywhere = self.guilds.is_empty().then_some(Scope::Global);
        everywhere.into_iter().chain(self.guilds.iter().copied().map(Scope::Guild))
    }

    /// The changes in a scope.
    fn plan(&self, target: &Target, scope: Scope) -> Result<Plan, Error> {
        let rules = SyncRules { keep_foreign: self.keep_foreign, ..target.rules.clone() };
        Ok(plan(scope, &target.existing(scope)?, &self.commands, &rules))
    }

    /// The changes that a start would make in each scope. This asks Discord, and changes nothing.
    pub(crate) fn plans(&self, client: Client) -> Result<Vec<Plan>, Error> {
        if self.commands.is_empty() {
            return Ok(Vec::new());
        }
        let target = Target::fetch(client)?;
        self.scopes().map(|scope| self.plan(&target, scope)).collect()
    }

    /// The same, with the failure of each scope instead of the first one. `client` returns the client for the next call, or `None`
    /// if there is no time left for it: the scopes from there on have no plan.
    pub(crate) fn each_plan(&self, client: impl Fn() -> Option<Client>) -> Result<Vec<PlanOfScope>, Error> {
        let Some(first) = client() else { return Ok(Vec::new()) };
        let mut target = Target::fetch(first)?;
        let plans = self.scopes().map_while(|scope| {
            target.client = client()?;
            Some((scope, self.plan(&target, scope)))
        });
        Ok(plans.collect())
    }

    /// Brings the commands at Discord up to date, and retries until it works or the bot is stopped.
    pub(crate) fn register(&self, identity: &Identity, retry: &Retry) -> Result<(), Error> {
        if self.commands.is_empty() {
            return Ok(());
        }
        let target = Target::of(identity);
        self.bring_up_to_date(&Persistent { target: &target, retry }, &target.rules)
    }

    fn bring_up_to_date(&self, calls: &impl Calls, rules: &SyncRules) -> Result<(), Error> {
        for scope in self.scopes() {
            if self.update(calls, scope, rules)? == Update::Stale {
                log::info!(target: COMMANDS, "commands of {scope} changed in the meantime: they are compared again");
                if self.update(calls, scope, rules)? == Update::Stale {
                    return Err(Error::setup(format!(
                        "the commands of {scope} are changed by another program as fast as by this one"
                    )));
                }
            }
        }
        Ok(())
    }

    /// Compares the commands of a scope, and sends the differences.
    fn update(&self, calls: &impl Calls, scope: Scope, rules: &SyncRules) -> Result<Update, Error> {
        let Some(existing) = calls.existing(scope)? else { return Ok(Update::Done) };
        let rules = SyncRules { keep_foreign: self.keep_foreign, ..rules.clone() };
        let plan = plan(scope, &existing, &self.commands, &rules);
        if plan.is_empty() && plan.withheld.is_empty() {
            log::debug!(target: COMMANDS, "{plan}");
            return Ok(Update::Done);
        }
        // A record for each line: a logger marks each record with time and level.
        for line in plan.to_string().lines() {
            log::info!(target: COMMANDS, "{line}");
        }
        // One call is faster than many, and counts no more.
        let is_readable = existing.unreadable().is_empty();
        let mut creates = Creates::default();
        if let Some(whole) = plan.bulk_overwrite().filter(|_| is_readable && plan.steps.len() > 1) {
            match calls.overwrite(scope, whole) {
                // It was refused as a whole. Changes and deletions do not count against the daily limit.
                Err(error) if is_daily_limit(&error) => creates.refused = Some(error),
                // The documentation does not say what an entry point must look like there.
                Err(error) if is_bad(&error) && whole.iter().any(CommandDefinition::is_entry_point) => {
                    log::debug!(target: COMMANDS, "one by one, because of the entry point: {error}");
                }
                result => return result.map(|_| Update::Done),
            }
        }
        let update = step_by_step(calls, &plan, &mut creates);
        creates.warn();
        update
    }
}

/// How an update of the commands of a scope ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Update {
    /// There is nothing left to do.
    Done,
    /// A command that was to be changed no longer exists.
    Stale,
}

/// What to do with new commands after Discord's daily limit.
#[derive(Default)]
struct Creates {
    refused: Option<Error>,
    /// Commands that were not created.
    left: Vec<String>,
}

impl Creates {
    /// The daily limit does not prevent a bot from running.
    fn warn(&self) {
        if let Some(error) = &self.refused {
            let left = self.left.join(", ");
            log::warn!(
                target: COMMANDS,
                "Discord takes no more new commands of this application today: {left} must wait for another start ({error})"
            );
        }
    }
}

fn step_by_step(calls: &impl Calls, plan: &Plan, creates: &mut Creates) -> Result<Update, Error> {
    for step in &plan.steps {
        if let PlanStep::Create(command) = step {
            if creates.refused.is_none() {
                match calls.take(plan.scope, step) {
                    Err(error) if is_daily_limit(&error) => creates.refused = Some(error),
                    result => {
                        result?;
                        continue;
                    }
                }
            }
            creates.left.push(command.title().to_string());
            continue;
        }
        match (step, calls.take(plan.scope, step)) {
            // A deletion whose response was lost is sent again; another process of the bot may be starting too.
            (PlanStep::Delete { .. }, Err(error)) if is_gone(&error) => {}
            (PlanStep::Edit { .. }, Err(error)) if is_gone(&error) => return Ok(Update::Stale),
            (_, result) => {
                result?;
            }
        }
    }
    Ok(Update::Done)
}

/// Whether Discord does not know the command.
fn is_gone(error: &Error) -> bool {
    matches!(error, Error::Http(error) if error.status == 404)
}

/// Whether Discord refuses the command as malformed.
fn is_bad(error: &Error) -> bool {
    matches!(error, Error::Http(error) if error.status == 400)
}

fn is_daily_limit(error: &Error) -> bool {
    matches!(error, Error::Http(error) if error.code == JsonErrorCode::MAX_DAILY_APPLICATION_COMMAND_CREATES)
}

/// The calls that registering needs. `None` means: not done, because the bot was stopped.
trait Calls {
    fn existing(&self, scope: Scope) -> Result<Option<List<Command>>, Error>;
    fn overwrite(&self, scope: Scope, commands: &[CommandDefinition]) -> Result<Option<()>, Error>;
    fn take(&self, scope: Scope, step: &PlanStep) -> Result<Option<()>, Error>;
}

/// Retries each call until it works, fails with a lasting error, or the bot is stopped.
struct Persistent<'l> {
    target: &'l Target,
    retry: &'l Retry,
}

impl Persistent<'_> {
    fn persist<T>(&self, call: impl Fn() -> Result<T, Error>) -> Result<Option<T>, Error> {
        let worked = self.retry.until_it_works(|_| match call() {
            Err(error) if error.is_temporary() || is_unauthorized(&error) => Err(error),
            done => Ok(done),
        })?;
        worked.transpose().map_err(refused)
    }
}

impl Calls for Persistent<'_> {
    fn existing(&self, scope: Scope) -> Result<Option<List<Command>>, Error> {
        self.persist(|| self.target.existing(scope))
    }

    fn overwrite(&self, scope: Scope, commands: &[CommandDefinition]) -> Result<Option<()>, Error> {
        self.persist(|| self.target.overwrite(scope, commands))
    }

    fn take(&self, scope: Scope, step: &PlanStep) -> Result<Option<()>, Error> {
        self.persist(|| self.target.take(scope, step))
    }
}

/// Deletes all commands in a guild.
pub(crate) fn clear_guild(client: Client, guild: GuildId) -> Result<(), Error> {
    Target::fetch(client)?.overwrite(Scope::Guild(guild), &[])
}

/// Adds the subject to an error.
fn refused(error: Error) -> Error {
    match error {
        Error::Http(http) if http.status == 403 => Error::setup(format!(
            "the commands cannot be registered: {http}; add the bot to that guild with the scope applications.commands"
        )),
        error => error,
    }
}

// All of them were checked when the bot was started.
impl CommandChanges for CommandDefinition {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl CommandBody for CommandDefinition {}

#[cfg(test)]
mod tests;
