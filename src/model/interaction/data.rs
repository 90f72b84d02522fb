use std::{fmt, iter};

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{InteractionType, ModalData, Resolved};
use crate::id::{AnyId, CommandId, GuildId};
use crate::json;
use crate::model::{CommandOptionType, CommandType, ComponentType, List, Raw, lenient, object};

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

impl InteractionData {
    /// Reads the data of an interaction of this kind; `None` where the kind is not known.
    pub(super) fn read(kind: InteractionType, raw: &Raw) -> Result<Option<Self>, serde_json::Error> {
        match kind {
            InteractionType::APPLICATION_COMMAND | InteractionType::APPLICATION_COMMAND_AUTOCOMPLETE => {
                json::read(raw.get()).map(|data| Some(InteractionData::Command(data)))
            }
            InteractionType::MESSAGE_COMPONENT => {
                json::read(raw.get()).map(|data| Some(InteractionData::Component(data)))
            }
            InteractionType::MODAL_SUBMIT => {
                json::read(raw.get()).map(|data| Some(InteractionData::Modal(data)))
            }
            _ => Ok(None),
        }
    }
}

impl<'de> Deserialize<'de> for InteractionData {
    /// Alone it does not tell its kind.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Raw::deserialize(deserializer).map(InteractionData::Unknown)
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CommandData {
    /// The command's id.
    pub id: CommandId,
    /// The command's name.
    #[serde(default)]
    pub name: String,
    /// What kind of command it is; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: CommandType,
    /// What the ids in its options stand for.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub resolved: Option<Box<Resolved>>,
    /// What was given.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOption>,
    /// The guild that the command is registered in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The user or message it was used on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_id: Option<AnyId>,
}

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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CommandOption {
    /// Its name.
    pub name: String,
    /// What kind of option it is; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: CommandOptionType,
    /// What was given; subcommands have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<OptionValue>,
    /// What was given to a subcommand, or the subcommand of a group.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub options: List<CommandOption>,
    /// Whether it is being typed.
    #[serde(default)]
    pub focused: bool,
}

/// What was given for an option.
///
/// While something is being typed it may be a string where the option takes a number.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum OptionValue {
    /// A text, or an id.
    String(String),
    /// A whole number; also for an option that takes any number.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// Something that this version does not know.
    Unknown(Raw),
}

impl OptionValue {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            OptionValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            OptionValue::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, if it is one, whole or not.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            // Discord's whole numbers stay within the 53 bits that this holds.
            OptionValue::Integer(number) => Some(*number as f64),
            OptionValue::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Yes or no, if it is one of these.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            OptionValue::Boolean(yes) => Some(*yes),
            _ => None,
        }
    }

    /// The id, if it is one; which kind of id goes by the option's.
    pub fn as_id<T: From<u64>>(&self) -> Option<T> {
        self.as_str()?.parse::<u64>().ok().map(T::from)
    }
}

impl Serialize for OptionValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            OptionValue::String(text) => serializer.serialize_str(text),
            OptionValue::Integer(number) => serializer.serialize_i64(*number),
            OptionValue::Number(number) => serializer.serialize_f64(*number),
            OptionValue::Boolean(yes) => serializer.serialize_bool(*yes),
            OptionValue::Unknown(raw) => raw.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for OptionValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = OptionValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value of an option")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<OptionValue, E> {
        Ok(OptionValue::String(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<OptionValue, E> {
        Ok(OptionValue::String(text))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<OptionValue, E> {
        Ok(OptionValue::Integer(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<OptionValue, E> {
        Ok(i64::try_from(number).map_or(OptionValue::Number(number as f64), OptionValue::Integer))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<OptionValue, E> {
        Ok(OptionValue::Number(number))
    }

    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<OptionValue, E> {
        Ok(OptionValue::Boolean(yes))
    }

    fn visit_unit<E: de::Error>(self) -> Result<OptionValue, E> {
        Ok(OptionValue::Unknown(Raw::default()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OptionValue, A::Error> {
        object::raw(map, "{".to_owned()).map(OptionValue::Unknown)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OptionValue, A::Error> {
        object::raw_list(seq).map(OptionValue::Unknown)
    }
}

/// A [component](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-message-component-data-structure) that was used.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ComponentData {
    /// What the bot named it.
    #[serde(default)]
    pub custom_id: String,
    /// What kind of component it is.
    #[serde(default)]
    pub component_type: ComponentType,
    /// Its number within the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What was chosen: texts, or ids.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub values: List<String>,
    /// What the ids stand for.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub resolved: Option<Box<Resolved>>,
}
