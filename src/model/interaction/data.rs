use std::iter;

use serde::{Serialize, Serializer};

use super::{ModalData, OptionValue, Resolved};
use crate::id::{AnyId, CommandId, GuildId};
use crate::json::{self, Read, Reader, object};
use crate::model::{CommandOptionType, CommandType, ComponentType, List, Raw};

/// What was [used, and how](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-data); of which kind goes by the interaction's.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum InteractionData {
    /// A command, used or being typed.
    Command(Box<CommandData>),
    /// A component of a message.
    Component(Box<ComponentData>),
    /// A modal.
    Modal(Box<ModalData>),
    /// Of a kind that this version does not know.
    Unknown(Raw),
}

impl Read for InteractionData {
    /// The data alone does not say which kind it is.
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        Raw::read(reader).map(InteractionData::Unknown)
    }
}

impl Serialize for InteractionData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            InteractionData::Command(data) => data.serialize(serializer),
            InteractionData::Component(data) => data.serialize(serializer),
            InteractionData::Modal(data) => data.serialize(serializer),
            InteractionData::Unknown(raw) => raw.serialize(serializer),
        }
    }
}

/// A [command](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-data-structure) that was used or is being typed.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CommandData {
    /// The command's id.
    pub id: CommandId,
    /// The command's name.
    pub name: String,
    /// What kind of command it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: CommandType,
    /// What the ids in its options stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Box<Resolved>>,
    /// What was given.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOption>,
    /// The guild that the command is registered in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The user or message it was used on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<AnyId>,
}

object! { CommandData {
    id: required, name, kind = "type", resolved, options, guild_id, target_id,
} }

impl CommandData {
    /// Returns the names of the invoked subcommand group and subcommand; empty for a command without subcommands.
    pub fn subcommand_path(&self) -> Vec<&str> {
        self.subcommands().map(|subcommand| subcommand.name.as_str()).collect()
    }

    /// Returns the options of the invoked subcommand, or of the command if it has no subcommands.
    pub fn invoked_options(&self) -> &List<CommandOption> {
        self.subcommands().last().map_or(&self.options, |subcommand| &subcommand.options)
    }

    /// Returns the value of an option of the command or of the invoked subcommand.
    pub fn value(&self, name: &str) -> Option<&OptionValue> {
        self.invoked_options().iter().find(|option| option.name == name)?.value.as_ref()
    }

    /// Returns the option that the user is typing; only in autocomplete interactions.
    pub fn focused(&self) -> Option<&CommandOption> {
        self.invoked_options().iter().find(|option| option.focused)
    }

    /// The invoked subcommand group and subcommand, if the command has some.
    fn subcommands(&self) -> impl Iterator<Item = &CommandOption> {
        iter::successors(subcommand(&self.options), |outer| subcommand(&outer.options))
    }
}

/// The subcommand or group among these options. Discord sends it as the only option.
fn subcommand(options: &[CommandOption]) -> Option<&CommandOption> {
    match options {
        [only]
            if matches!(only.kind, CommandOptionType::SUB_COMMAND | CommandOptionType::SUB_COMMAND_GROUP) =>
        {
            Some(only)
        }
        _ => None,
    }
}

/// What was given for one [option](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-interaction-data-option-structure), or a subcommand.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct CommandOption {
    /// Its name.
    pub name: String,
    /// What kind of option it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: CommandOptionType,
    /// What was given; subcommands have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<OptionValue>,
    /// What was given to a subcommand, or the subcommand of a group.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOption>,
    /// Whether it is being typed.
    pub focused: bool,
}

object! { CommandOption {
    name: required, kind = "type", value, options, focused,
} }

/// A [component](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-message-component-data-structure) that was used.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ComponentData {
    /// What the bot named it.
    pub custom_id: String,
    /// What kind of component it is.
    pub component_type: ComponentType,
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What was chosen: texts, or ids.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub values: List<String>,
    /// What the ids stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Box<Resolved>>,
}

object! { ComponentData {
    custom_id, component_type, id, values, resolved,
} }
