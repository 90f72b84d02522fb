//! Registering commands: what Discord has is compared with what is declared, and only what differs is sent.

use std::fmt;

use super::Bot;
use super::context::Login;
use super::launch::{Launch, is_unauthorized};
use crate::command::{CommandDefinition, Plan, Rules, Scope, Step, plan};
use crate::error::Error;
use crate::id::{ApplicationId, GuildId};
use crate::model::{Application, Command, List, User};
use crate::rest::{Client, CommandBody, CommandChanges, GetApplicationCommands};

/// Discord's code for "so many commands were made today that it takes no more"
/// ([list](https://docs.discord.com/developers/topics/opcodes-and-status-codes#json)).
const DAILY_LIMIT: u64 = 30034;

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
pub(crate) type Register = fn(&Registrar, &Login, &Launch) -> Result<(), Error>;

pub(crate) fn register(registrar: &Registrar, login: &Login, launch: &Launch) -> Result<(), Error> {
    registrar.register(&Target::of(login), launch)
}

/// The application whose commands they are.
struct Target {
    client: Client,
    id: ApplicationId,
    rules: Rules,
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
        let application = client.current_application()?;
        let target = Target::new(client, application.id, Some(&application));
        let plans = registrar.scopes().map(|scope| registrar.plan(&target, scope).map(|(plan, _)| plan));
        Ok(CommandPlan(plans.collect::<Result<_, _>>()?))
    }
}

impl Target {
    fn new(client: Client, id: ApplicationId, application: Option<&Application>) -> Target {
        let mut rules = Rules::default();
        let installs = application.map(|application| application.integration_types_config.keys().copied());
        rules.default_installs =
            installs.map(Iterator::collect).filter(|installs: &Vec<_>| !installs.is_empty());
        Target { client, id, rules }
    }

    fn of(login: &Login) -> Target {
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

    /// What is to be done in a scope, and whether all that is there could be read.
    fn plan(&self, target: &Target, scope: Scope) -> Result<(Plan, bool), Error> {
        let existing = target.existing(scope)?;
        let rules = Rules { keep_foreign: self.keep_foreign, ..target.rules.clone() };
        Ok((plan(scope, &existing, &self.commands, &rules), existing.unreadable().is_empty()))
    }

    /// Brings Discord's commands up to date, trying until it works or the bot is stopped.
    fn register(&self, target: &Target, launch: &Launch) -> Result<(), Error> {
        if self.commands.is_empty() {
            return Ok(());
        }
        for scope in self.scopes() {
            let Some((plan, is_readable)) = persist(launch, || self.plan(target, scope))? else {
                return Ok(());
            };
            if plan.is_empty() && plan.withheld.is_empty() {
                log::debug!("{plan}");
                continue;
            }
            log::info!("{plan}");
            // One call is quicker than many, and counts no more.
            match plan.whole().filter(|_| is_readable && plan.steps.len() > 1) {
                Some(whole) => {
                    persist(launch, || target.overwrite(scope, whole))?;
                }
                None => {
                    for step in &plan.steps {
                        persist(launch, || target.take(scope, step))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Tries until it works, fails for good, or the bot is stopped. That Discord takes no more new commands today does not
/// keep a bot from running.
fn persist<T>(launch: &Launch, call: impl Fn() -> Result<T, Error>) -> Result<Option<T>, Error> {
    let worked = launch.until_it_works(|| match call() {
        Err(error) if error.is_temporary() || is_unauthorized(&error) => Err(error),
        done => Ok(done),
    })?;
    match worked {
        Some(Err(Error::Http(error))) if error.code == DAILY_LIMIT => {
            log::warn!("Discord takes no more new commands of this application today: {error}");
            Ok(None)
        }
        Some(Err(error)) => Err(refused(error)),
        Some(Ok(value)) => Ok(Some(value)),
        None => Ok(None),
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
