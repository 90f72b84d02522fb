//! The bot's commands at Discord.

use crate::bot::bot::Bot;
use crate::bot::registration::{self, CommandPlan, Registrar};
use crate::error::Error;
use crate::id::GuildId;

/// # Its commands at Discord
impl Bot<'_> {
    /// Registers the commands in this guild instead of globally, for a bot in development. Can be called for several guilds.
    ///
    /// They stay there, next to the global ones, until they are [deleted](Bot::clear_guild_commands).
    pub fn test_guild(&mut self, guild: GuildId) -> &mut Self {
        if !self.registration.guilds.contains(&guild) {
            self.registration.guilds.push(guild);
        }
        self
    }

    /// Keeps the commands of the application that this program does not declare. Without it they are deleted, because an
    /// earlier version of the program may have created them.
    pub fn keep_foreign_commands(&mut self) -> &mut Self {
        self.registration.keep_foreign = true;
        self
    }

    /// Deletes all commands of the application in this guild at once, for one that is no longer a
    /// [test guild](Bot::test_guild). Global commands stay.
    ///
    /// ```
    /// # fn main() -> Result<(), syncord::Error> {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (bot, test_guild) = (discord.bot(), discord.guild_id());
    /// bot.clear_guild_commands(test_guild)?;
    /// # assert!(discord.commands(Some(test_guild)).is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Token`] when Discord refuses the token.
    pub fn clear_guild_commands(&self, guild: GuildId) -> Result<(), Error> {
        registration::clear_guild(self.config.client(None)?, guild)
    }

    /// Returns what a start would do to the bot's commands at Discord. It asks Discord and changes nothing.
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
    /// [`Error::Setup`] when Discord would refuse a declaration, [`Error::Token`] when it refuses the token.
    #[doc(alias = "sync commands")]
    #[doc(alias = "register commands")]
    #[doc(alias = "deploy commands")]
    pub fn plan_commands(&self) -> Result<CommandPlan, Error> {
        self.check()?;
        let registration = Registrar {
            commands: self.router.definitions(&self.texts.translations),
            ..self.registration.clone()
        };
        if registration.commands.is_empty() {
            return Ok(CommandPlan(Vec::new()));
        }
        Ok(CommandPlan(registration.plans(self.config.client(None)?)?))
    }
}
