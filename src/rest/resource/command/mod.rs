//! [Application commands](https://docs.discord.com/developers/interactions/application-commands).

mod define;
mod limits;

use serde::{Serialize, Serializer};

use crate::error::Error;
use crate::id::{ApplicationId, CommandId, GuildId};
use crate::model::limits::{MAX_MESSAGE_COMMANDS, MAX_SLASH_COMMANDS, MAX_USER_COMMANDS};
use crate::model::{Command, CommandPermissions, List};
use crate::rest::check::{at_field, elements};
use crate::rest::options::{Options, options};
use crate::rest::request::Request;
use crate::rest::{Client, route};

pub use define::{CreateApplicationCommand, EditApplicationCommand};

/// Maximum number of commands of all types together in one scope, with the one entry point.
const MAX_COMMANDS: usize = MAX_SLASH_COMMANDS + MAX_USER_COMMANDS + MAX_MESSAGE_COMMANDS + 1;

/// What a command can be changed to: JSON as Discord takes it.
pub trait CommandChanges: Serialize {
    /// Whether Discord's limits are kept.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`], with the field and its limit.
    fn check(&self) -> Result<(), Error>;
}

/// A whole command, such as [`CreateApplicationCommand`]: JSON as Discord takes it.
pub trait CommandBody: CommandChanges {}

options! {
    /// How commands are listed: [Get Global Application Commands](https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands).
    GetApplicationCommands {
        /// Whether to give names and descriptions in all languages, not in one (`false`).
        with_localizations: bool,
    }
}

/// One command, for a request.
struct One<'a, T>(&'a T);

impl<T: CommandChanges> Serialize for One<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: CommandChanges> Options for One<'_, T> {
    fn check(&self) -> Result<(), Error> {
        self.0.check()
    }
}

/// All commands, for a request.
struct All<'a, T>(&'a [T]);

impl<T: CommandBody> Serialize for All<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

impl<T: CommandBody> Options for All<'_, T> {
    fn check(&self) -> Result<(), Error> {
        elements("", self.0.len(), &(0..=MAX_COMMANDS))?;
        for (place, command) in self.0.iter().enumerate() {
            at_field(command.check(), || format!("[{place}]"))?;
        }
        Ok(())
    }
}

/// Commands for everywhere.
impl Client {
    /// The commands for everywhere: [Get Global Application Commands](https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands).
    pub fn global_application_commands(
        &self,
        application: ApplicationId,
        which: &GetApplicationCommands,
    ) -> Result<List<Command>, Error> {
        self.fetch(route::GLOBAL_APPLICATION_COMMANDS.at(&[&application]).query(which)?)
    }

    /// Makes a command for everywhere, in the place of one of that kind and name: [Create Global Application Command](https://docs.discord.com/developers/interactions/application-commands#create-global-application-command).
    ///
    /// ```no_run
    /// use syncord::model::{CommandOptionDefinition, CommandOptionType};
    /// use syncord::rest::CreateApplicationCommand;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let sides = CommandOptionDefinition::new(CommandOptionType::INTEGER, "sides", "Faces of a die");
    /// let roll = CreateApplicationCommand::new("roll").description("Rolls dice").options(vec![sides]);
    /// let application = client.current_application()?.id;
    /// client.create_global_application_command(application, &roll)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_global_application_command(
        &self,
        application: ApplicationId,
        command: &impl CommandBody,
    ) -> Result<Command, Error> {
        let route = route::CREATE_GLOBAL_APPLICATION_COMMAND.at(&[&application]);
        // The second one takes the place of the first.
        self.read(Request::new(route).json(&One(command))?.repeatable())
    }

    /// A command for everywhere: [Get Global Application Command](https://docs.discord.com/developers/interactions/application-commands#get-global-application-command).
    pub fn global_application_command(
        &self,
        application: ApplicationId,
        command: CommandId,
    ) -> Result<Command, Error> {
        self.fetch(route::GLOBAL_APPLICATION_COMMAND.at(&[&application, &command]))
    }

    /// Changes a command for everywhere: [Edit Global Application Command](https://docs.discord.com/developers/interactions/application-commands#edit-global-application-command).
    pub fn edit_global_application_command(
        &self,
        application: ApplicationId,
        command: CommandId,
        changes: &impl CommandChanges,
    ) -> Result<Command, Error> {
        self.change(route::EDIT_GLOBAL_APPLICATION_COMMAND.at(&[&application, &command]), &One(changes))
    }

    /// Deletes a command for everywhere: [Delete Global Application Command](https://docs.discord.com/developers/interactions/application-commands#delete-global-application-command).
    pub fn delete_global_application_command(
        &self,
        application: ApplicationId,
        command: CommandId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_GLOBAL_APPLICATION_COMMAND.at(&[&application, &command]))
    }

    /// Puts these commands in the place of all commands for everywhere: [Bulk Overwrite Global Application Commands](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands).
    ///
    /// A command that is not among them is deleted, whatever kind it is of.
    pub fn bulk_overwrite_global_application_commands(
        &self,
        application: ApplicationId,
        commands: &[impl CommandBody],
    ) -> Result<List<Command>, Error> {
        let route = route::BULK_OVERWRITE_GLOBAL_APPLICATION_COMMANDS.at(&[&application]);
        self.change(route, &All(commands))
    }
}

/// Commands of one guild.
impl Client {
    /// The commands of a guild: [Get Guild Application Commands](https://docs.discord.com/developers/interactions/application-commands#get-guild-application-commands).
    pub fn guild_application_commands(
        &self,
        application: ApplicationId,
        guild: GuildId,
        which: &GetApplicationCommands,
    ) -> Result<List<Command>, Error> {
        self.fetch(route::GUILD_APPLICATION_COMMANDS.at(&[&application, &guild]).query(which)?)
    }

    /// Makes a command of a guild, in the place of one of that kind and name: [Create Guild Application Command](https://docs.discord.com/developers/interactions/application-commands#create-guild-application-command).
    pub fn create_guild_application_command(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: &impl CommandBody,
    ) -> Result<Command, Error> {
        let route = route::CREATE_GUILD_APPLICATION_COMMAND.at(&[&application, &guild]);
        // The second one takes the place of the first.
        self.read(Request::new(route).json(&One(command))?.repeatable())
    }

    /// A command of a guild: [Get Guild Application Command](https://docs.discord.com/developers/interactions/application-commands#get-guild-application-command).
    pub fn guild_application_command(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: CommandId,
    ) -> Result<Command, Error> {
        self.fetch(route::GUILD_APPLICATION_COMMAND.at(&[&application, &guild, &command]))
    }

    /// Changes a command of a guild: [Edit Guild Application Command](https://docs.discord.com/developers/interactions/application-commands#edit-guild-application-command).
    pub fn edit_guild_application_command(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: CommandId,
        changes: &impl CommandChanges,
    ) -> Result<Command, Error> {
        let route = route::EDIT_GUILD_APPLICATION_COMMAND.at(&[&application, &guild, &command]);
        self.change(route, &One(changes))
    }

    /// Deletes a command of a guild: [Delete Guild Application Command](https://docs.discord.com/developers/interactions/application-commands#delete-guild-application-command).
    pub fn delete_guild_application_command(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: CommandId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_APPLICATION_COMMAND.at(&[&application, &guild, &command]))
    }

    /// Puts these commands in the place of all commands of a guild: [Bulk Overwrite Guild Application Commands](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands).
    ///
    /// A command that is not among them is deleted, whatever kind it is of.
    pub fn bulk_overwrite_guild_application_commands(
        &self,
        application: ApplicationId,
        guild: GuildId,
        commands: &[impl CommandBody],
    ) -> Result<List<Command>, Error> {
        let route = route::BULK_OVERWRITE_GUILD_APPLICATION_COMMANDS.at(&[&application, &guild]);
        self.change(route, &All(commands))
    }

    /// Who may use the commands in a guild, as far as the guild has set it: [Get Guild Application Command Permissions](https://docs.discord.com/developers/interactions/application-commands#get-guild-application-command-permissions).
    pub fn guild_application_command_permissions(
        &self,
        application: ApplicationId,
        guild: GuildId,
    ) -> Result<List<CommandPermissions>, Error> {
        self.fetch(route::GUILD_APPLICATION_COMMAND_PERMISSIONS.at(&[&application, &guild]))
    }

    /// Who may use a command in a guild: [Get Application Command Permissions](https://docs.discord.com/developers/interactions/application-commands#get-application-command-permissions).
    ///
    /// Only a member can change it, in the guild's settings or by an OAuth2 token.
    pub fn application_command_permissions(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: CommandId,
    ) -> Result<CommandPermissions, Error> {
        self.fetch(route::APPLICATION_COMMAND_PERMISSIONS.at(&[&application, &guild, &command]))
    }
}
