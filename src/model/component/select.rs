use serde::Serialize;

use crate::id::AnyId;
use crate::json::object;
use crate::model::open_enum::text;
use crate::model::{ChannelType, Emoji, List};

/// A [choice among given texts](https://docs.discord.com/developers/components/reference#string-select).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct StringSelect {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answers are known by.
    pub custom_id: String,
    /// What can be chosen.
    pub options: List<SelectOption>,
    /// What it says while nothing is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// How many must be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many may be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a modal must have an answer; where it is `None` it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether nothing can be chosen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

object! { StringSelect {
    id, custom_id, options, placeholder, min_values, max_values, required, disabled,
} }

/// One [text that can be chosen](https://docs.discord.com/developers/components/reference#string-select-select-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SelectOption {
    /// What it says.
    pub label: String,
    /// What the answer contains.
    pub value: String,
    /// A second, smaller text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The emoji before its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// Whether it is chosen from the start.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

object! { SelectOption {
    label, value, description, emoji, default,
} }

/// A choice among [users](https://docs.discord.com/developers/components/reference#user-select), [roles](https://docs.discord.com/developers/components/reference#role-select), [both](https://docs.discord.com/developers/components/reference#mentionable-select) or [channels](https://docs.discord.com/developers/components/reference#channel-select).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct EntitySelect {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answers are known by.
    pub custom_id: String,
    /// The kinds of channels that can be chosen; all where it is empty.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub channel_types: List<ChannelType>,
    /// What it says while nothing is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What is chosen from the start.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub default_values: List<SelectDefaultValue>,
    /// How many must be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many may be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a modal must have an answer; where it is `None` it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether nothing can be chosen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

object! { EntitySelect {
    id, custom_id, channel_types, placeholder, default_values, min_values, max_values, required, disabled,
} }

/// What is [chosen from the start](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SelectDefaultValue {
    /// The id of the user, role or channel.
    pub id: AnyId,
    /// Which of these it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: SelectDefaultValueType,
}

object! { SelectDefaultValue {
    id: required, kind = "type": required,
} }

impl SelectDefaultValue {
    /// This user, role or channel.
    pub fn new(id: impl Into<AnyId>, kind: SelectDefaultValueType) -> Self {
        SelectDefaultValue { id: id.into(), kind }
    }
}

text! {
    /// Whether a [default value](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure) is a user, a role or a channel.
    SelectDefaultValueType {
    USER = "user",
    ROLE = "role",
    CHANNEL = "channel",
    }
}
