//! Commands as they are made and changed.

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
    /// A command to be made: [Create Global Application Command](https://docs.discord.com/developers/interactions/application-commands#create-global-application-command).
    ///
    /// It is a slash command unless [`kind`](Self::kind) says otherwise, and needs a description then.
    CreateApplicationCommand(name: impl Into<String>) {
        /// Sets which command it takes the place of, where
        /// [all are overwritten](https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands); else the name says it.
        id: CommandId,
        /// Sets what kind of command it is.
        kind "type": CommandType,
        /// Sets its name: 1 to 32 characters, of a slash command in lower case and without spaces.
        name: String [into] => name,
        /// Sets its name in other languages.
        name_localizations / no_name_localizations: BTreeMap<Locale, String> => names,
        /// Sets what it does, of a slash command: 1 to 100 characters.
        description: String [into] => description,
        /// Sets what it does, in other languages.
        description_localizations / no_description_localizations: BTreeMap<Locale, String> => descriptions,
        /// Sets what it takes, or its subcommands: at most 25.
        options: Vec<CommandOptionDefinition> => limits::options,
        /// Sets what a member must be allowed to use it; with none, it is for administrators only.
        default_member_permissions / no_default_member_permissions: Permissions,
        /// Whether it is for [adults only](https://docs.discord.com/developers/interactions/application-commands#agerestricted-commands).
        nsfw: bool,
        /// Sets [for whom](https://docs.discord.com/developers/interactions/application-commands#installation-context) the application has to be installed, of a command for everywhere.
        integration_types: Vec<ApplicationIntegrationType>,
        /// Sets [where](https://docs.discord.com/developers/interactions/application-commands#interaction-contexts) it can be used, of a command for everywhere.
        contexts / no_contexts: Vec<InteractionContextType>,
        /// Sets who answers an entry point command.
        handler: EntryPointHandlerType,
    } and Self::consistent
}

options! {
    /// What to change of a command: [Edit Global Application Command](https://docs.discord.com/developers/interactions/application-commands#edit-global-application-command).
    EditApplicationCommand {
        /// Sets its name: 1 to 32 characters, of a slash command in lower case and without spaces.
        name: String [into] => name,
        /// Sets its name in other languages.
        name_localizations / no_name_localizations: BTreeMap<Locale, String> => names,
        /// Sets what it does, of a slash command: 1 to 100 characters.
        description: String [into] => description,
        /// Sets what it does, in other languages.
        description_localizations / no_description_localizations: BTreeMap<Locale, String> => descriptions,
        /// Sets what it takes, or its subcommands: at most 25, in the place of those it has.
        options: Vec<CommandOptionDefinition> => limits::options,
        /// Sets what a member must be allowed to use it; with none, it is for administrators only.
        default_member_permissions / no_default_member_permissions: Permissions,
        /// Whether it is for [adults only](https://docs.discord.com/developers/interactions/application-commands#agerestricted-commands).
        nsfw: bool,
        /// Sets [for whom](https://docs.discord.com/developers/interactions/application-commands#installation-context) the application has to be installed, of a command for everywhere.
        integration_types: Vec<ApplicationIntegrationType>,
        /// Sets [where](https://docs.discord.com/developers/interactions/application-commands#interaction-contexts) it can be used, of a command for everywhere.
        contexts / no_contexts: Vec<InteractionContextType>,
        /// Sets who answers an entry point command.
        handler: EntryPointHandlerType,
    }
}

impl CreateApplicationCommand {
    fn consistent(&self) -> Result<(), Error> {
        let is_slash = self.kind.value().is_none_or(|kind| *kind == CommandType::CHAT_INPUT);
        if is_slash {
            let text = self.description.value().map_or("", String::as_str);
            description(text).map_err(|_| Error::invalid("description", "a slash command needs one"))?;
        } else if self.options.value().is_some_and(|options| !options.is_empty()) {
            return Err(Error::invalid("options", "only a slash command has any"));
        }
        let texts = [
            (self.name.value(), self.name_localizations.value()),
            (self.description.value(), self.description_localizations.value()),
        ];
        let options = self.options.value().map_or(&[][..], Vec::as_slice);
        limits::in_all(texts, options)
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
