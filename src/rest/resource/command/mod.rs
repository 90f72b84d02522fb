//! [Application commands](https://docs.discord.com/developers/interactions/application-commands).

mod define;
mod limits;
mod register;

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

/// Changes to a command. They serialize to the JSON that Discord expects.
pub trait CommandChanges: Serialize {
    /// Checks the changes against Discord's limits.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`], with the field and its limit.
    fn check(&self) -> Result<(), Error>;
}

/// A complete command, such as [`CreateApplicationCommand`]. It serializes to the JSON that Discord expects.
pub trait CommandBody: CommandChanges {}

options! {
    /// Options for listing commands: [Get Global Application Commands](https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands).
    GetApplicationCommands {
        /// Whether to return names and descriptions in all languages instead of one. Default: `false`.
        with_localizations: bool,
    }
}

/// The body of a request with one command.
struct SingleBody<'a, T>(&'a T);

impl<T: CommandChanges> Serialize for SingleBody<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: CommandChanges> Options for SingleBody<'_, T> {
    fn check(&self) -> Result<(), Error> {
        self.0.check()
    }
}

/// The body of a request with a list of commands.
struct ListBody<'a, T>(&'a [T]);

impl<T: CommandBody> Serialize for ListBody<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

impl<T: CommandBody> Options for ListBody<'_, T> {
    fn check(&self) -> Result<(), Error> {
        elements("", self.0.len(), &(0..=MAX_COMMANDS))?;
        for (index, command) in self.0.iter().enumerate() {
            at_field(command.check(), || format!("[{index}]"))?;
        }
        Ok(())
    }
}

/// Global commands.
impl Client {
    /// Returns the global commands: [Get Global Application Commands](https://docs.discord.com/developers/interactions/application-commands#get-global-application-commands).
    pub fn global_application_commands(
        &self,
        application: ApplicationId,
        options: &GetApplicationCommands,
    ) -> Result<List<Command>, Error> {
        self.fetch(route::GLOBAL_APPLICATION_COMMANDS.at(&[&application]).query(options)?)
    }

    /// Creates a global command, or replaces the one of the same type and name: [Create Global Application Command](https://docs.discord.com/developers/interactions/application-commands#create-global-application-command).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// use syncord::model::{CommandOptionDefinition, CommandOptionType};
    /// use syncord::rest::CreateApplicationCommand;
    ///
    /// let sides = CommandOptionDefinition::new(CommandOptionType::INTEGER, "sides", "Number of sides");
    /// let roll = CreateApplicationCommand::new("roll").description("Rolls dice").options(vec![sides]);
    /// let application = client.current_application()?.id;
    /// let command = client.create_global_application_command(application, &roll)?;
    /// assert_eq!(command.options[0].name, "sides");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_global_application_command(
        &self,
        application: ApplicationId,
        command: &impl CommandBody,
    ) -> Result<Command, Error> {
        let route = route::CREATE_GLOBAL_APPLICATION_COMMAND.at(&[&application]);
        // A repeated request replaces the command with the same one.
        self.read(Request::new(route).json(&SingleBody(command))?.repeatable())
    }

    /// Returns a global command: [Get Global Application Command](https://docs.discord.com/developers/interactions/application-commands#get-global-application-command).
    pub fn global_application_command(
        &self,
        application: ApplicationId,
        command: CommandId,
    ) -> Result<Command, Error> {
        self.fetch(route::GLOBAL_APPLICATION_COMMAND.at(&[&application, &command]))
    }

    /// Changes a global command: [Edit Global Application Command](https://docs.discord.com/developers/interactions/application-commands#edit-global-application-command).
    pub fn edit_global_application_command(
        &self,
        application: ApplicationId,
        command: CommandId,
        changes: &impl CommandChanges,
    ) -> Result<Command, Error> {
        self.change(
            route::EDIT_GLOBAL_APPLICATION_COMMAND.at(&[&application, &command]),
            &SingleBody(changes),
        )
    }

    /// Deletes a global command: [Delete Global Application Command](https://docs.discord.com/developers/interactions/application-commands#delete-global-application-command).
    pub fn delete_global_application_command(
        &self,
        application: ApplicationId,
        command: CommandId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_GLOBAL_APPLICATION_COMMAND.at(&[&application, &command]))
    }

    /// Replaces all global commands: [Bulk Overwrite Global Application Commands](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands).
    ///
    /// Commands of all types that are not in the list are deleted.
    pub fn bulk_overwrite_global_application_commands(
        &self,
        application: ApplicationId,
        commands: &[impl CommandBody],
    ) -> Result<List<Command>, Error> {
        let route = route::BULK_OVERWRITE_GLOBAL_APPLICATION_COMMANDS.at(&[&application]);
        self.change(route, &ListBody(commands))
    }
}

/// Guild commands.
impl Client {
    /// Returns the commands of a guild: [Get Guild Application Commands](https://docs.discord.com/developers/interactions/application-commands#get-guild-application-commands).
    pub fn guild_application_commands(
        &self,
        application: ApplicationId,
        guild: GuildId,
        options: &GetApplicationCommands,
    ) -> Result<List<Command>, Error> {
        self.fetch(route::GUILD_APPLICATION_COMMANDS.at(&[&application, &guild]).query(options)?)
    }

    /// Creates a guild command, or replaces the one of the same type and name: [Create Guild Application Command](https://docs.discord.com/developers/interactions/application-commands#create-guild-application-command).
    pub fn create_guild_application_command(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: &impl CommandBody,
    ) -> Result<Command, Error> {
        let route = route::CREATE_GUILD_APPLICATION_COMMAND.at(&[&application, &guild]);
        // A repeated request replaces the command with the same one.
        self.read(Request::new(route).json(&SingleBody(command))?.repeatable())
    }

    /// Returns a guild command: [Get Guild Application Command](https://docs.discord.com/developers/interactions/application-commands#get-guild-application-command).
    pub fn guild_application_command(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: CommandId,
    ) -> Result<Command, Error> {
        self.fetch(route::GUILD_APPLICATION_COMMAND.at(&[&application, &guild, &command]))
    }

    /// Changes a guild command: [Edit Guild Application Command](https://docs.discord.com/developers/interactions/application-commands#edit-guild-application-command).
    pub fn edit_guild_application_command(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: CommandId,
        changes: &impl CommandChanges,
    ) -> Result<Command, Error> {
        let route = route::EDIT_GUILD_APPLICATION_COMMAND.at(&[&application, &guild, &command]);
        self.change(route, &SingleBody(changes))
    }

    /// Deletes a guild command: [Delete Guild Application Command](https://docs.discord.com/developers/interactions/application-commands#delete-guild-application-command).
    pub fn delete_guild_application_command(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: CommandId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_APPLICATION_COMMAND.at(&[&application, &guild, &command]))
    }

    /// Replaces all commands of a guild: [Bulk Overwrite Guild Application Commands](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands).
    ///
    /// Commands of all types that are not in the list are deleted.
    pub fn bulk_overwrite_guild_application_commands(
        &self,
        application: ApplicationId,
        guild: GuildId,
        commands: &[impl CommandBody],
    ) -> Result<List<Command>, Error> {
        let route = route::BULK_OVERWRITE_GUILD_APPLICATION_COMMANDS.at(&[&application, &guild]);
        self.change(route, &ListBody(commands))
    }

    /// Returns the permissions of all commands that have any set in a guild: [Get Guild Application Command Permissions](https://docs.discord.com/developers/interactions/application-commands#get-guild-application-command-permissions).
    pub fn guild_application_command_permissions(
        &self,
        application: ApplicationId,
        guild: GuildId,
    ) -> Result<List<CommandPermissions>, Error> {
        self.fetch(route::GUILD_APPLICATION_COMMAND_PERMISSIONS.at(&[&application, &guild]))
    }

    /// Returns the permissions of a command in a guild: [Get Application Command Permissions](https://docs.discord.com/developers/interactions/application-commands#get-application-command-permissions).
    ///
    /// A bot cannot change them. Members change them in the guild's settings or with an OAuth2 token.
    pub fn application_command_permissions(
        &self,
        application: ApplicationId,
        guild: GuildId,
        command: CommandId,
    ) -> Result<CommandPermissions, Error> {
        self.fetch(route::APPLICATION_COMMAND_PERMISSIONS.at(&[&application, &guild, &command]))
    }
}
