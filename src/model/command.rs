//! [Application commands](https://docs.discord.com/developers/interactions/application-commands), as Discord keeps them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::open_enum::number;
use super::{
    ApplicationIntegrationType, ChannelType, InteractionContextType, List, Locale, OptionValue, Permissions,
};
use crate::id::{AnyId, ApplicationId, CommandId, CommandVersionId, GuildId};
use crate::json::object;

/// A [command](https://docs.discord.com/developers/interactions/application-commands#application-command-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Command {
    /// Its id.
    pub id: CommandId,
    /// What kind of command it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: CommandType,
    /// The application it belongs to.
    pub application_id: ApplicationId,
    /// The guild it is registered in; global ones have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localizations: Option<BTreeMap<Locale, String>>,
    /// Its name in the language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localized: Option<String>,
    /// What it does; empty for commands of users and messages.
    pub description: String,
    /// What it does, in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_localizations: Option<BTreeMap<Locale, String>>,
    /// What it does, in the language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_localized: Option<String>,
    /// What it takes, or its subcommands.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOptionDefinition>,
    /// What a member must be allowed to use it; nothing where it is `None`, to administer where it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_member_permissions: Option<Permissions>,
    /// Whether it can be used in direct messages; `contexts` takes its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dm_permission: Option<bool>,
    /// Whether it is on when the application is added to a guild; no longer of use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_permission: Option<bool>,
    /// Whether it is for adults only.
    pub nsfw: bool,
    /// For whom the application has to be installed.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub integration_types: List<ApplicationIntegrationType>,
    /// Where it can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contexts: Option<List<InteractionContextType>>,
    /// Changes with every change to it.
    pub version: CommandVersionId,
    /// Who answers an entry point command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handler: Option<EntryPointHandlerType>,
}

object! { Command {
    id: required, kind = "type": default(CommandType::chat_input()), application_id: required, guild_id,
    name: required, name_localizations, name_localized, description, description_localizations,
    description_localized, options, default_member_permissions, dm_permission, default_permission, nsfw,
    integration_types, contexts, version: required, handler,
} }

/// One thing that a [command takes](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure), or a subcommand.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CommandOptionDefinition {
    /// What kind of option it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: CommandOptionType,
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localizations: Option<BTreeMap<Locale, String>>,
    /// Its name in the language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localized: Option<String>,
    /// What it is for.
    pub description: String,
    /// What it is for, in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_localizations: Option<BTreeMap<Locale, String>>,
    /// What it is for, in the language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_localized: Option<String>,
    /// Whether it must be given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// The values it can have; any where it is empty.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub choices: List<CommandChoice>,
    /// What a subcommand takes, or the subcommands of a group.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOptionDefinition>,
    /// The kinds of channels it takes; all where it is empty.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub channel_types: List<ChannelType>,
    /// The least number it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_value: Option<OptionValue>,
    /// The greatest number it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_value: Option<OptionValue>,
    /// How many characters it must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// How many characters it may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Whether the bot suggests values while it is being typed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub autocomplete: bool,
    /// The [kinds of files](https://docs.discord.com/developers/reference#file-type-filters) it takes; all where it is empty.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub file_types: List<String>,
}

object! { CommandOptionDefinition {
    kind = "type": required, name: required, name_localizations, name_localized, description,
    description_localizations, description_localized, required, choices, options, channel_types, min_value,
    max_value, min_length, max_length, autocomplete, file_types,
} }

impl CommandOptionDefinition {
    /// An option of this kind; what else it has is for its fields to say.
    ///
    /// ```
    /// use syncord::model::{CommandOptionDefinition, CommandOptionType};
    ///
    /// let mut sides = CommandOptionDefinition::new(CommandOptionType::INTEGER, "sides", "Faces of a die");
    /// sides.required = true;
    /// sides.min_value = Some(2.into());
    /// ```
    pub fn new(kind: CommandOptionType, name: impl Into<String>, description: impl Into<String>) -> Self {
        CommandOptionDefinition {
            kind,
            name: name.into(),
            name_localizations: None,
            name_localized: None,
            description: description.into(),
            description_localizations: None,
            description_localized: None,
            required: false,
            choices: List::new(),
            options: List::new(),
            channel_types: List::new(),
            min_value: None,
            max_value: None,
            min_length: None,
            max_length: None,
            autocomplete: false,
            file_types: List::new(),
        }
    }
}

impl CommandOptionDefinition {
    /// The number of characters of its names, descriptions and values, with those of its own options, as Discord counts
    /// them for [the limit of a command](super::limits::MAX_COMMAND_TEXT).
    pub(crate) fn text_length(&self) -> usize {
        let choices = self.choices.iter().map(|choice| {
            let value = choice.value.as_str().map_or(0, |text| text.chars().count());
            text_length(&choice.name, choice.name_localizations.as_ref()) + value
        });
        text_length(&self.name, self.name_localizations.as_ref())
            + text_length(&self.description, self.description_localizations.as_ref())
            + choices.sum::<usize>()
            + self.options.iter().map(CommandOptionDefinition::text_length).sum::<usize>()
    }
}

/// The number of characters of a text in several languages: only the longest one counts.
pub(crate) fn text_length(text: &str, localizations: Option<&BTreeMap<Locale, String>>) -> usize {
    let localized = localizations.into_iter().flat_map(BTreeMap::values).map(String::as_str);
    localized.chain([text]).map(|text| text.chars().count()).max().unwrap_or(0)
}

/// A [value that an option can have](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CommandChoice {
    /// What it is called.
    pub name: String,
    /// What it is called in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localizations: Option<BTreeMap<Locale, String>>,
    /// What it is called in the language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localized: Option<String>,
    /// What the bot is given.
    pub value: OptionValue,
}

object! { CommandChoice {
    name: required, name_localizations, name_localized, value: required,
} }

impl CommandChoice {
    /// What it is called, and what the bot is given.
    pub fn new(name: impl Into<String>, value: impl Into<OptionValue>) -> Self {
        CommandChoice {
            name: name.into(),
            name_localizations: None,
            name_localized: None,
            value: value.into(),
        }
    }
}

impl From<&str> for OptionValue {
    fn from(text: &str) -> Self {
        OptionValue::String(text.to_owned())
    }
}

impl From<String> for OptionValue {
    fn from(text: String) -> Self {
        OptionValue::String(text)
    }
}

impl From<i64> for OptionValue {
    fn from(number: i64) -> Self {
        OptionValue::Integer(number)
    }
}

impl From<f64> for OptionValue {
    fn from(number: f64) -> Self {
        OptionValue::Number(number)
    }
}

/// Who may use an application's [commands in a guild](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-guild-application-command-permissions-structure).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CommandPermissions {
    /// The command's id, or the application's where it is about all its commands.
    pub id: AnyId,
    /// The application.
    pub application_id: ApplicationId,
    /// The guild.
    pub guild_id: GuildId,
    /// Who may use it, and who may not.
    pub permissions: List<CommandPermission>,
}

object! { CommandPermissions {
    id: required, application_id: required, guild_id: required, permissions,
} }

impl CommandPermissions {
    /// The command that it is about; `None` where it is about all of the application's.
    pub fn command_id(&self) -> Option<CommandId> {
        (self.id.get() != self.application_id.get()).then(|| self.id.get().into())
    }
}

/// Whether a [role, a user or a channel](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-application-command-permissions-structure) may use a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CommandPermission {
    /// The id of the role, user or channel; the guild's stands for everyone, one less for all channels.
    pub id: AnyId,
    /// Which of these it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: CommandPermissionType,
    /// Whether it may.
    pub permission: bool,
}

object! { CommandPermission {
    id: required, kind = "type": required, permission,
} }

number! {
    /// What [kind of command](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types) it is.
    CommandType {
    CHAT_INPUT = 1,
    USER = 2,
    MESSAGE = 3,
    PRIMARY_ENTRY_POINT = 4,
    }
}

impl CommandType {
    /// What it is where Discord does not say.
    fn chat_input() -> Self {
        Self::CHAT_INPUT
    }
}

number! {
    /// What [kind of option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type) it is.
    CommandOptionType {
    SUB_COMMAND = 1,
    SUB_COMMAND_GROUP = 2,
    STRING = 3,
    INTEGER = 4,
    BOOLEAN = 5,
    USER = 6,
    CHANNEL = 7,
    ROLE = 8,
    MENTIONABLE = 9,
    NUMBER = 10,
    ATTACHMENT = 11,
    }
}

number! {
    /// [Whom](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-application-command-permission-type) a permission is for.
    CommandPermissionType {
    ROLE = 1,
    USER = 2,
    CHANNEL = 3,
    }
}

number! {
    /// [Who answers](https://docs.discord.com/developers/interactions/application-commands#application-command-object-entry-point-command-handler-types) an entry point command.
    EntryPointHandlerType {
    APP_HANDLER = 1,
    DISCORD_LAUNCH_ACTIVITY = 2,
    }
}
