//! Registering commands: what Discord has is compared with what is declared, and only what differs is sent.

use std::fmt;

use crate::bot::Bot;
use crate::bot::application::OwnApplication;
use crate::bot::context::Identity;
use crate::bot::startup::launch::{Launch, is_unauthorized};
use crate::command::{CommandDefinition, Plan, Scope, Step, SyncRules, plan};
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::id::{ApplicationId, GuildId};
use crate::model::{Command, List, User};
use crate::rest::{Client, CommandBody, CommandChanges, GetApplicationCommands};

/// The target under which it is logged what is done to commands, for those who filter by it.
const COMMANDS: &str = "syncord::commands";

/// What is to be registered, and where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registrar {
    pub(crate) commands: Vec<CommandDefinition>,
    /// Guilds to register in, in the place of everywhere.
    pub(crate) guilds: Vec<GuildId>,
    pub(crate) keep_foreign: bool,
    /// Brings the commands to Discord; `None` where there is nothing to bring.
    pub(crate) register: Option<Register>,
}

/// Brings a bot's commands up to date.
pub(crate) type Register = fn(&Registrar, &Identity, &Launch) -> Result<(), Error>;

pub(crate) fn register(registrar: &Registrar, login: &Identity, launch: &Launch) -> Result<(), Error> {
    registrar.register(&Target::of(login), launch)
}

/// The application whose commands they are.
struct Target {
    client: Client,
    id: ApplicationId,
    rules: SyncRules,
}

/// What a start of a bot would do to its commands: see [`Bot::plan_commands`].
///
/// Its `Display` is for people: `+ /roll`, `~ /ban: description`, `- /old`.
#[derive(Clone, Debug)]
pub struct CommandPlan(Vec<Plan>);

impl CommandPlan {
    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Plan::is_empty)
    }

    /// What is to be done in each scope: everywhere, or in each of the test guilds.
    pub fn plans(&self) -> &[Plan] {
        &self.0
    }
}

impl fmt::Display for CommandPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("no commands are declared, so none are touched");
        }
        for (place, plan) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            plan.fmt(f)?;
        }
        Ok(())
    }
}

/// # Its commands at Discord
impl Bot<'_> {
    /// Registers commands in this guild, in the place of everywhere: for a bot that is being worked on, whose commands
    /// others need not see. Can be called for several guilds.
    ///
    /// They stay there, and show beside those of everywhere, until they are [cleared](Bot::clear_guild_commands).
    pub fn test_guild(&mut self, guild: GuildId) -> &mut Self {
        if !self.registrar.guilds.contains(&guild) {
            self.registrar.guilds.push(guild);
        }
        self
    }

    /// Leaves alone the commands of the application that this program does not declare. Otherwise those that an
    /// earlier version of it may have made are deleted.
    pub fn keep_foreign_commands(&mut self) -> &mut Self {
        self.registrar.keep_foreign = true;
        self
    }

    /// Deletes all commands of the application in this guild, now: for one that is no longer a
    /// [test guild](Bot::test_guild). Those of everywhere stay.
    ///
    /// ```no_run
    /// use syncord::id::GuildId;
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// syncord::Bot::from_env()?.clear_guild_commands(GuildId::new(197038439483310086))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Token`] when Discord refuses the token, and otherwise those of [every call](Client#errors).
    pub fn clear_guild_commands(&self, guild: GuildId) -> Result<(), Error> {
        let client = self.client()?;
        let application: OwnApplication = client.current_application_as()?;
        Target::new(client, application.id, Some(&application)).overwrite(Scope::Guild(guild), &[])
    }

    /// What a start would do to the bot's commands at Discord: it asks, and changes nothing.
    ///
    /// ```
    /// use syncord::tree::command;
    /// # use syncord::sim::Discord;
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// # let discord = Discord::start()?;
    /// # let mut bot = discord.bot();
    /// bot.command(command("ping", "Answers").run(|cx| cx.reply("pong")));
    /// assert_eq!(bot.plan_commands()?.to_string(), "commands of all guilds: 0 unchanged\n+ /ping");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when Discord would refuse what is declared, [`Error::Token`] when it refuses the token, and
    /// otherwise those of [every call](Client#errors).
    pub fn plan_commands(&self) -> Result<CommandPlan, Error> {
        self.check()?;
        let registrar = Registrar { commands: self.handlers.router.definitions(), ..self.registrar.clone() };
        if registrar.commands.is_empty() {
            return Ok(CommandPlan(Vec::new()));
        }
        let client = self.client()?;
        let application: OwnApplication = client.current_application_as()?;
        let target = Target::new(client, application.id, Some(&application));
        let plans = registrar.scopes().map(|scope| registrar.plan(&target, scope));
        Ok(CommandPlan(plans.collect::<Result<_, _>>()?))
    }
}

impl Target {
    fn new(client: Client, id: ApplicationId, application: Option<&OwnApplication>) -> Target {
        let default_integration_types = application.and_then(OwnApplication::installs);
        let rules = SyncRules { default_integration_types, ..SyncRules::default() };
        Target { client, id, rules }
    }

    fn of(login: &Identity) -> Target {
        let application = login.application.as_deref();
        // Where Discord does not show the application, its id is that of its bot, but for some from before 2016.
        let own = |me: &User| ApplicationId::new(me.id.get());
        let id = application.map_or_else(|| own(&login.me), |application| application.id);
        Target::new(login.client.clone(), id, application)
    }

    fn existing(&self, scope: Scope) -> Result<List<Command>, Error> {
        let all = GetApplicationCommands::new().with_localizations(true);
        match scope {
            Scope::Global => self.client.global_application_commands(self.id, &all),
            Scope::Guild(guild) => self.client.guild_application_commands(self.id, guild, &all),
        }
    }

    fn overwrite(&self, scope: Scope, commands: &[CommandDefinition]) -> Result<(), Error> {
        match scope {
            Scope::Global => self.client.bulk_overwrite_global_application_commands(self.id, commands),
            Scope::Guild(guild) => {
                self.client.bulk_overwrite_guild_application_commands(self.id, guild, commands)
            }
        }
        .map(drop)
    }

    fn take(&self, scope: Scope, step: &Step) -> Result<(), Error> {
        let (client, app) = (&self.client, self.id);
        match (step, scope) {
            (Step::Create(command), Scope::Global) => {
                client.create_global_application_command(app, command).map(drop)
            }
            (Step::Create(command), Scope::Guild(guild)) => {
                client.create_guild_application_command(app, guild, command).map(drop)
            }
            (Step::Edit { id, command, .. }, Scope::Global) => {
                client.edit_global_application_command(app, *id, command).map(drop)
            }
            (Step::Edit { id, command, .. }, Scope::Guild(guild)) => {
                client.edit_guild_application_command(app, guild, *id, command).map(drop)
            }
            (Step::Delete { id, .. }, Scope::Global) => client.delete_global_application_command(app, *id),
            (Step::Delete { id, .. }, Scope::Guild(guild)) => {
                client.delete_guild_application_command(app, guild, *id)
            }
        }
    }
}

impl Registrar {
    fn scopes(&self) -> impl Iterator<Item = Scope> + '_ {
        let everywhere = self.guilds.is_empty().then_some(Scope::Global);
        everywhere.into_iter().chain(self.guilds.iter().copied().map(Scope::Guild))
    }

    /// What is to be done in a scope.
    fn plan(&self, target: &Target, scope: Scope) -> Result<Plan, Error> {
        let rules = SyncRules { keep_foreign: self.keep_foreign, ..target.rules.clone() };
        Ok(plan(scope, &target.existing(scope)?, &self.commands, &rules))
    }

    /// Brings Discord's commands up to date, trying until it works or the bot is stopped.
    fn register(&self, target: &Target, launch: &Launch) -> Result<(), Error> {
        self.bring_up_to_date(&Persistent { target, launch }, &target.rules)
    }

    fn bring_up_to_date(&self, calls: &impl Calls, rules: &SyncRules) -> Result<(), Error> {
        if self.commands.is_empty() {
            return Ok(());
        }
        for scope in self.scopes() {
            if self.update(calls, scope, rules)? == Carried::Stale {
                log::info!(target: COMMANDS, "commands of {scope} have changed meanwhile: they are compared anew");
                if self.update(calls, scope, rules)? == Carried::Stale {
                    return Err(Error::setup(format!(
                        "the commands of {scope} are changed by another program as fast as by this one"
                    )));
                }
            }
        }
        Ok(())
    }

    /// Compares the commands of a scope, and changes what is different.
    fn update(&self, calls: &impl Calls, scope: Scope, rules: &SyncRules) -> Result<Carried, Error> {
        let Some(existing) = calls.existing(scope)? else { return Ok(Carried::Out) };
        let rules = SyncRules { keep_foreign: self.keep_foreign, ..rules.clone() };
        let plan = plan(scope, &existing, &self.commands, &rules);
        if plan.is_empty() && plan.withheld.is_empty() {
            log::debug!(target: COMMANDS, "{plan}");
            return Ok(Carried::Out);
        }
        log::info!(target: COMMANDS, "{plan}");
        // One call is quicker than many, and counts no more.
        let is_readable = existing.unreadable().is_empty();
        let mut creates = Creates::default();
        if let Some(whole) = plan.bulk_overwrite().filter(|_| is_readable && plan.steps.len() > 1) {
            match calls.overwrite(scope, whole) {
                // It was refused as a whole. What is changed and deleted does not count.
                Err(error) if is_daily_limit(&error) => creates.refused = Some(error),
                // It is not documented what an entry point must look like there.
                Err(error) if is_bad(&error) && whole.iter().any(CommandDefinition::is_entry_point) => {
                    log::debug!(target: COMMANDS, "one by one, since the entry point stands in the way: {error}");
                }
                result => return result.map(|_| Carried::Out),
            }
        }
        let carried = step_by_step(calls, &plan, &mut creates);
        creates.warn();
        carried
    }
}

/// How a plan was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carried {
    Out,
    /// A command that was to be changed is no longer there.
    Stale,
}

/// What is known of new commands once Discord takes no more of them today.
#[derive(Default)]
struct Creates {
    refused: Option<Error>,
    /// Those that were not made.
    left: Vec<String>,
}

impl Creates {
    /// That Discord takes no more new commands today does not keep a bot from running.
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

fn step_by_step(calls: &impl Calls, plan: &Plan, creates: &mut Creates) -> Result<Carried, Error> {
    for step in &plan.steps {
        if let Step::Create(command) = step {
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
            // A deletion whose answer was lost is asked for again; and another process of the bot may be starting too.
            (Step::Delete { .. }, Err(error)) if is_gone(&error) => {}
            (Step::Edit { .. }, Err(error)) if is_gone(&error) => return Ok(Carried::Stale),
            (_, result) => {
                result?;
            }
        }
    }
    Ok(Carried::Out)
}

/// Whether Discord does not know the command.
fn is_gone(error: &Error) -> bool {
    matches!(error, Error::Http(error) if error.status == 404)
}

/// Whether Discord takes it for malformed.
fn is_bad(error: &Error) -> bool {
    matches!(error, Error::Http(error) if error.status == 400)
}

fn is_daily_limit(error: &Error) -> bool {
    matches!(error, Error::Http(error) if error.code == JsonErrorCode::MAX_DAILY_APPLICATION_COMMAND_CREATES)
}

/// What registering asks of Discord. What is `None` was not done, because the bot was stopped.
trait Calls {
    fn existing(&self, scope: Scope) -> Result<Option<List<Command>>, Error>;
    fn overwrite(&self, scope: Scope, commands: &[CommandDefinition]) -> Result<Option<()>, Error>;
    fn take(&self, scope: Scope, step: &Step) -> Result<Option<()>, Error>;
}

/// Tries until it works, fails for good, or the bot is stopped.
struct Persistent<'l> {
    target: &'l Target,
    launch: &'l Launch,
}

impl Persistent<'_> {
    fn persist<T>(&self, call: impl Fn() -> Result<T, Error>) -> Result<Option<T>, Error> {
        let worked = self.launch.until_it_works(|| match call() {
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

    fn take(&self, scope: Scope, step: &Step) -> Result<Option<()>, Error> {
        self.persist(|| self.target.take(scope, step))
    }
}

/// Says what the error was about.
fn refused(error: Error) -> Error {
    match error {
        Error::Http(http) if http.status == 403 => Error::setup(format!(
            "the commands cannot be registered: {http}; add the bot to that guild with the scope applications.commands"
        )),
        error => error,
    }
}

// They were checked when the bot was started, all at once.
impl CommandChanges for CommandDefinition {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl CommandBody for CommandDefinition {}

#[cfg(test)]
mod tests;
