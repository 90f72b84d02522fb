use std::iter;

use serde::{Serialize, Serializer};

use super::{InteractionType, ModalData, OptionValue, Resolved};
use crate::id::{AnyId, CommandId, GuildId};
use crate::json::{self, Read, Reader, object};
use crate::model::{CommandOptionType, CommandType, ComponentType, List, Raw};

/// The [data of an interaction](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-data). Its variant follows from the type of interaction.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InteractionData {
    /// A command that was invoked or is being typed.
    Command(Box<CommandData>),
    /// A component of a message.
    Component(Box<ComponentData>),
    /// A submitted modal.
    Modal(Box<ModalData>),
    /// The data of an unknown type of interaction.
    Unknown(Raw),
}

impl InteractionData {
    /// Reads the data of an interaction of this type; `None` for `null`. Data that cannot be read is kept as JSON.
    pub(super) fn read_kind(kind: InteractionType, reader: &mut Reader<'_>) -> json::Result<Option<Self>> {
        if reader.null()? {
            return Ok(None);
        }
        let mark = reader.mark();
        let data = match kind {
            InteractionType::APPLICATION_COMMAND | InteractionType::APPLICATION_COMMAND_AUTOCOMPLETE => {
                Read::read(reader).map(InteractionData::Command)
            }
            InteractionType::MESSAGE_COMPONENT => Read::read(reader).map(InteractionData::Component),
            InteractionType::MODAL_SUBMIT => Read::read(reader).map(InteractionData::Modal),
            _ => Raw::read(reader).map(InteractionData::Unknown),
        };
        data.or_else(|error| {
            let text = reader.leave_out(mark, "data", error)?;
            Ok(InteractionData::Unknown(Raw::from_json(text)))
        })
        .map(Some)
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

/// The [data of a command](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-data-structure) that was invoked or is being typed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CommandData {
    /// The command ID.
    pub id: CommandId,
    /// The command name.
    pub name: String,
    /// The type of command; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: CommandType,
    /// The objects that the option values refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Box<Resolved>>,
    /// The options that the user passed.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOption>,
    /// The ID of the guild that the command is registered in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The ID of the user or message that a user or message command targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_id: Option<AnyId>,
}

object! { CommandData {
    id, name, kind = "type", resolved, options, guild_id, target_id,
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
        [only] if only.kind.is_subcommand() => Some(only),
        _ => None,
    }
}

/// An [option](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-interaction-data-option-structure) that the user passed to a command, or a subcommand.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CommandOption {
    /// The option name.
    pub name: String,
    /// The type of option; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: CommandOptionType,
    /// The value; subcommands have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<OptionValue>,
    /// The options of a subcommand, or the subcommand of a group.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOption>,
    /// Whether the user is typing this option; only in autocomplete interactions.
    pub focused: bool,
}

object! { CommandOption {
    name: required, kind = "type", value, options, focused,
} }

/// The data of a [component](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-message-component-data-structure) that a user used.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ComponentData {
    /// The custom ID that the bot gave to the component.
    pub custom_id: String,
    /// The type of component.
    pub component_type: ComponentType,
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The selected values of a select menu: strings or IDs.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub values: List<String>,
    /// The objects that the selected IDs refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Box<Resolved>>,
}

object! { ComponentData {
    custom_id, component_type, id, values, resolved,
} }
