//! The options of requests that create and change commands.

use std::collections::BTreeMap;

use super::limits::{self, description, descriptions, name, names};
use super::{CommandBody, CommandChanges};
use crate::error::Error;
use crate::id::CommandId;
use crate::model::{
    ApplicationIntegrationType, CommandOptionDefinition, CommandType, EntryPointHandlerType,
    InteractionContextType, Locale, Permissions,
};
use crate::rest::options::options;

options! {
    /// A new command: [Create Global Application Command](https://docs.discord.com/developers/interactions/application-commands#create-global-application-command).
    ///
    /// Without a [`kind`](Self::kind) it is a slash command. A slash command needs a description.
    CreateApplicationCommand(name: impl Into<String>) {
        /// The ID of the existing command that it replaces, for a
        /// [bulk overwrite](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands). Default: the command of the same name.
        id: CommandId,
        /// The type of the command.
        kind "type": CommandType,
        /// The name, 1-32 characters. The name of a slash command is in lower case and has no spaces.
        name: String [into] => name,
        /// The name in other languages.
        name_localizations / no_name_localizations: BTreeMap<Locale, String> => names,
        /// The description of a slash command, 1-100 characters.
        description: String [into] => description,
        /// The description in other languages.
        description_localizations / no_description_localizations: BTreeMap<Locale, String> => descriptions,
        /// The options or subcommands, at most 25.
        options: Vec<CommandOptionDefinition> => limits::options,
        /// The permissions that a member needs to use the command. With no permissions, only administrators can use it.
        default_member_permissions / no_default_member_permissions: Permissions,
        /// Whether the command is [age-restricted](https://docs.discord.com/developers/interactions/application-commands#agerestricted-commands).
        nsfw: bool,
        /// The [installation contexts](https://docs.discord.com/developers/interactions/application-commands#installation-context) where the command is available. Only for global commands.
        integration_types: Vec<ApplicationIntegrationType>,
        /// The [interaction contexts](https://docs.discord.com/developers/interactions/application-commands#interaction-contexts) where the command can be used. Only for global commands.
        contexts / no_contexts: Vec<InteractionContextType>,
        /// Whether the app or Discord handles the interaction of an entry point command.
        handler: EntryPointHandlerType,
    } and Self::check_combination
}

options! {
    /// The fields of a command to change: [Edit Global Application Command](https://docs.discord.com/developers/interactions/application-commands#edit-global-application-command).
    EditApplicationCommand {
        /// The name, 1-32 characters. The name of a slash command is in lower case and has no spaces.
        name: String [into] => name,
        /// The name in other languages.
        name_localizations / no_name_localizations: BTreeMap<Locale, String> => names,
        /// The description of a slash command, 1-100 characters.
        description: String [into] => description,
        /// The description in other languages.
        description_localizations / no_description_localizations: BTreeMap<Locale, String> => descriptions,
        /// The options or subcommands, at most 25. They replace the existing ones.
        options: Vec<CommandOptionDefinition> => limits::options,
        /// The permissions that a member needs to use the command. With no permissions, only administrators can use it.
        default_member_permissions / no_default_member_permissions: Permissions,
        /// Whether the command is [age-restricted](https://docs.discord.com/developers/interactions/application-commands#agerestricted-commands).
        nsfw: bool,
        /// The [installation contexts](https://docs.discord.com/developers/interactions/application-commands#installation-context) where the command is available. Only for global commands.
        integration_types: Vec<ApplicationIntegrationType>,
        /// The [interaction contexts](https://docs.discord.com/developers/interactions/application-commands#interaction-contexts) where the command can be used. Only for global commands.
        contexts / no_contexts: Vec<InteractionContextType>,
        /// Whether the app or Discord handles the interaction of an entry point command.
        handler: EntryPointHandlerType,
    }
}

impl CreateApplicationCommand {
    fn check_combination(&self) -> Result<(), Error> {
        let is_slash = self.kind.value().is_none_or(|kind| *kind == CommandType::CHAT_INPUT);
        if is_slash {
            let text = self.description.value().map_or("", String::as_str);
            description(text).map_err(|_| Error::invalid("description", "a slash command requires one"))?;
        } else if self.options.value().is_some_and(|options| !options.is_empty()) {
            return Err(Error::invalid("options", "only a slash command can have options"));
        }
        let texts = [
            (self.name.value(), self.name_localizations.value()),
            (self.description.value(), self.description_localizations.value()),
        ];
        let options = self.options.value().map_or(&[][..], Vec::as_slice);
        limits::check_total_length(texts, options)
    }
}

impl CommandChanges for CreateApplicationCommand {
    fn check(&self) -> Result<(), Error> {
        CreateApplicationCommand::check(self)
    }
}

impl CommandBody for CreateApplicationCommand {}

impl CommandChanges for EditApplicationCommand {
    fn check(&self) -> Result<(), Error> {
        EditApplicationCommand::check(self)
    }
}
