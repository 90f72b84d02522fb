//! The bot's commands at Discord.

use crate::bot::bot::Bot;
use crate::bot::registration::{self, CommandPlan, Registrar};
use crate::error::Error;
use crate::id::GuildId;
#[cfg(doc)]
use crate::rest::Client;

/// # Its commands at Discord
impl Bot<'_> {
    /// Registers commands in this guild, in the place of everywhere: for a bot that is being worked on, whose commands
    /// others need not see. Can be called for several guilds.
    ///
    /// They stay there, and show beside those of everywhere, until they are [cleared](Bot::clear_guild_commands).
    pub fn test_guild(&mut self, guild: GuildId) -> &mut Self {
        if !self.registration.guilds.contains(&guild) {
            self.registration.guilds.push(guild);
        }
        self
    }

    /// Leaves alone the commands of the application that this program does not declare. Otherwise those that an
    /// earlier version of it may have made are deleted.
    pub fn keep_foreign_commands(&mut self) -> &mut Self {
        self.registration.keep_foreign = true;
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
        registration::clear_guild(self.config.client()?, guild)
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
        let registration = Registrar { commands: self.router.definitions(), ..self.registration.clone() };
        if registration.commands.is_empty() {
            return Ok(CommandPlan(Vec::new()));
        }
        Ok(CommandPlan(registration.plans(self.config.client()?)?))
    }
}
