//! [Application commands](https://docs.discord.com/developers/interactions/application-commands), as Discord stores them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::open_enum::int_enum;
use super::{
    ApplicationIntegrationType, ChannelType, InteractionContextType, List, Locale, OptionValue, Permissions,
};
use crate::id::{AnyId, ApplicationId, CommandId, CommandVersionId, GuildId};
use crate::json::object;

/// An [application command](https://docs.discord.com/developers/interactions/application-commands#application-command-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Command {
    /// The command ID.
    pub id: CommandId,
    /// The type of command; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: CommandType,
    /// The ID of the application.
    pub application_id: ApplicationId,
    /// The ID of the guild that the command is registered in; global commands have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The name, 1-32 characters.
    pub name: String,
    /// The names in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localizations: Option<BTreeMap<Locale, String>>,
    /// The name in the requested language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localized: Option<String>,
    /// The description, 1-100 characters; empty for user and message commands.
    pub description: String,
    /// The descriptions in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_localizations: Option<BTreeMap<Locale, String>>,
    /// The description in the requested language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_localized: Option<String>,
    /// The options or subcommands, up to 25.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOptionDefinition>,
    /// The permissions that a member needs to use the command. `None`: none. Empty: only administrators can use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_member_permissions: Option<Permissions>,
    /// Whether the command is available in direct messages; deprecated in favor of `contexts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dm_permission: Option<bool>,
    /// Whether the command is enabled when the application is added to a guild; deprecated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_permission: Option<bool>,
    /// Whether the command is age-restricted.
    pub nsfw: bool,
    /// The installation contexts in which the command is available.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub integration_types: List<ApplicationIntegrationType>,
    /// The interaction contexts in which the command can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contexts: Option<List<InteractionContextType>>,
    /// The version, which changes with each change to the command.
    pub version: CommandVersionId,
    /// Whether the application or Discord handles an entry point command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handler: Option<EntryPointHandlerType>,
}

object! { Command {
    id: required, kind = "type": default(CommandType::chat_input()), application_id, guild_id,
    name, name_localizations, name_localized, description, description_localizations,
    description_localized, options, default_member_permissions, dm_permission, default_permission, nsfw,
    integration_types, contexts, version, handler,
} }

/// An [option of a command](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure), or a subcommand.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CommandOptionDefinition {
    /// The type of option; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: CommandOptionType,
    /// The name, 1-32 characters.
    pub name: String,
    /// The names in other languages.
    #[serde(skip_serializing_if = "has_no_texts")]
    pub name_localizations: Option<BTreeMap<Locale, String>>,
    /// The name in the requested language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localized: Option<String>,
    /// The description, 1-100 characters.
    pub description: String,
    /// The descriptions in other languages.
    #[serde(skip_serializing_if = "has_no_texts")]
    pub description_localizations: Option<BTreeMap<Locale, String>>,
    /// The description in the requested language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description_localized: Option<String>,
    /// Whether the option is required.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// The choices, up to 25. If empty, the user can enter any value.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub choices: List<CommandChoice>,
    /// The options of a subcommand, or the subcommands of a group, up to 25.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOptionDefinition>,
    /// The channel types that the user can select. If empty: all.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub channel_types: List<ChannelType>,
    /// The minimum value of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_value: Option<OptionValue>,
    /// The maximum value of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_value: Option<OptionValue>,
    /// The minimum length of a string, 0-6000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// The maximum length of a string, 1-6000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Whether the bot provides choices while the user types.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub autocomplete: bool,
    /// The [file types](https://docs.discord.com/developers/reference#file-type-filters) that the user can upload. If empty: all.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub file_types: List<String>,
    /// Whether the bot reads the text as a duration. Discord has no such type: this is not sent, and never read.
    #[serde(skip)]
    pub(crate) is_duration: bool,
}

object! { CommandOptionDefinition {
    kind = "type", name: required, name_localizations, name_localized, description,
    description_localizations, description_localized, required, choices, options, channel_types, min_value,
    max_value, min_length, max_length, autocomplete, file_types, is_duration: elsewhere,
} }

impl CommandOptionDefinition {
    /// Creates an option of this type. Set other properties through the fields.
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
            is_duration: false,
        }
    }
}

impl CommandOptionDefinition {
    /// The number of characters of names, descriptions and values, options included, as Discord counts them for
    /// [the limit of a command](super::limits::MAX_COMMAND_TEXT).
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

/// Whether a map of localizations is left out of a request.
fn has_no_texts(texts: &Option<BTreeMap<Locale, String>>) -> bool {
    texts.as_ref().is_none_or(BTreeMap::is_empty)
}

/// The number of characters of a text with localizations. Only the longest text counts.
pub(crate) fn text_length(text: &str, localizations: Option<&BTreeMap<Locale, String>>) -> usize {
    let localized = localizations.into_iter().flat_map(BTreeMap::values).map(String::as_str);
    localized.chain([text]).map(|text| text.chars().count()).max().unwrap_or(0)
}

/// A [choice of an option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CommandChoice {
    /// The name, 1-100 characters.
    pub name: String,
    /// The names in other languages.
    #[serde(skip_serializing_if = "has_no_texts")]
    pub name_localizations: Option<BTreeMap<Locale, String>>,
    /// The name in the requested language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_localized: Option<String>,
    /// The value that the bot receives. A string has up to 100 characters.
    pub value: OptionValue,
}

object! { CommandChoice {
    name: required, name_localizations, name_localized, value,
} }

impl CommandChoice {
    /// Creates a choice from its name and value.
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

/// The [permissions of a command](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-guild-application-command-permissions-structure), or of all commands of an application, in a guild.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CommandPermissions {
    /// The ID of the command, or that of the application if the permissions apply to all its commands.
    pub id: AnyId,
    /// The ID of the application.
    pub application_id: ApplicationId,
    /// The ID of the guild.
    pub guild_id: GuildId,
    /// The permissions, up to 100.
    pub permissions: List<CommandPermission>,
}

object! { CommandPermissions {
    id: required, application_id, guild_id, permissions,
} }

impl CommandPermissions {
    /// Returns the command ID; `None` if the permissions apply to all commands of the application.
    pub fn command_id(&self) -> Option<CommandId> {
        (self.id.get() != self.application_id.get()).then(|| self.id.get().into())
    }
}

/// A [permission](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-application-command-permissions-structure) of a role, user or channel to use a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CommandPermission {
    /// The ID of the role, user or channel. The guild ID means everyone, the guild ID minus 1 means all channels.
    pub id: AnyId,
    /// Whether it is for a role, user or channel; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: CommandPermissionType,
    /// Whether it allows or denies use of the command.
    pub permission: bool,
}

object! { CommandPermission {
    id: required, kind = "type", permission,
} }

int_enum! {
    /// The [type of a command](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types).
    CommandType {
    CHAT_INPUT = 1,
    USER = 2,
    MESSAGE = 3,
    PRIMARY_ENTRY_POINT = 4,
    }
}

impl CommandType {
    /// The default type, if Discord omits it.
    fn chat_input() -> Self {
        Self::CHAT_INPUT
    }
}

int_enum! {
    /// The [type of a command option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
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

impl CommandOptionType {
    /// Whether an option of this type is a subcommand or a group of subcommands.
    pub(crate) fn is_subcommand(self) -> bool {
        matches!(self, Self::SUB_COMMAND | Self::SUB_COMMAND_GROUP)
    }
}

int_enum! {
    /// Whether a command permission is for a [role, user or channel](https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object-application-command-permission-type).
    CommandPermissionType {
    ROLE = 1,
    USER = 2,
    CHANNEL = 3,
    }
}

int_enum! {
    /// Who [handles an entry point command](https://docs.discord.com/developers/interactions/application-commands#application-command-object-entry-point-command-handler-types): the application or Discord.
    EntryPointHandlerType {
    APP_HANDLER = 1,
    DISCORD_LAUNCH_ACTIVITY = 2,
    }
}
