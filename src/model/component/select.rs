use serde::{Deserialize, Serialize};

use crate::id::AnyId;
use crate::model::open_enum::text;
use crate::model::{ChannelType, Emoji, List, lenient};

/// A [choice among given texts](https://docs.discord.com/developers/components/reference#string-select).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StringSelect {
    /// Its number within the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answers are known by.
    #[serde(default)]
    pub custom_id: String,
    /// What can be chosen.
    #[serde(default)]
    pub options: List<SelectOption>,
    /// What it says while nothing is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// How many must be chosen; one where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many may be chosen; one where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a modal must have an answer; where it is `None` it must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether nothing can be chosen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

/// One [text that can be chosen](https://docs.discord.com/developers/components/reference#string-select-select-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SelectOption {
    /// What it says.
    #[serde(default)]
    pub label: String,
    /// What the answer contains.
    #[serde(default)]
    pub value: String,
    /// A second, smaller text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The emoji before its label.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub emoji: Option<Emoji>,
    /// Whether it is chosen from the start.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

/// A choice among [users](https://docs.discord.com/developers/components/reference#user-select), [roles](https://docs.discord.com/developers/components/reference#role-select), [both](https://docs.discord.com/developers/components/reference#mentionable-select) or [channels](https://docs.discord.com/developers/components/reference#channel-select).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EntitySelect {
    /// Its number within the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answers are known by.
    #[serde(default)]
    pub custom_id: String,
    /// The kinds of channels that can be chosen; all where it is empty.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub channel_types: List<ChannelType>,
    /// What it says while nothing is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What is chosen from the start.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub default_values: List<SelectDefaultValue>,
    /// How many must be chosen; one where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many may be chosen; one where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a modal must have an answer; where it is `None` it must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether nothing can be chosen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

/// What is [chosen from the start](https://docs.discord.com/developers/components/reference#user-select-select-default-value-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SelectDefaultValue {
    /// The id of the user, role or channel.
    pub id: AnyId,
    /// Which of these it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: SelectDefaultValueType,
}

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
