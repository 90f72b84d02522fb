use serde::{Deserialize, Serialize};

use crate::model::List;
use crate::model::open_enum::number;

/// A [field to type in](https://docs.discord.com/developers/components/reference#text-input).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TextInput {
    /// Its number within the modal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    #[serde(default)]
    pub custom_id: String,
    /// Whether it has one line or several.
    #[serde(default)]
    pub style: TextInputStyle,
    /// What stands above it, where no [`Label`](super::Label) does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many characters an answer must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// How many characters an answer may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Whether it must be filled in; where it is `None` it must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// What stands in it from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What it says while it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
}

/// A [field to upload files with](https://docs.discord.com/developers/components/reference#file-upload).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileUpload {
    /// Its number within the modal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    #[serde(default)]
    pub custom_id: String,
    /// How many files there must be; one where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many files there may be; one where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether there must be an answer; where it is `None` it must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// The [kinds of files](https://docs.discord.com/developers/reference#file-type-filters) it takes; all where it is empty.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub file_types: List<String>,
}

/// A [choice of one thing](https://docs.discord.com/developers/components/reference#radio-group).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RadioGroup {
    /// Its number within the modal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    #[serde(default)]
    pub custom_id: String,
    /// What can be chosen.
    #[serde(default)]
    pub options: List<GroupOption>,
    /// Whether something must be chosen; where it is `None` it must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}

/// A [choice of several things](https://docs.discord.com/developers/components/reference#checkbox-group).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckboxGroup {
    /// Its number within the modal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    #[serde(default)]
    pub custom_id: String,
    /// What can be chosen.
    #[serde(default)]
    pub options: List<GroupOption>,
    /// How many must be chosen; one where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many may be chosen; all where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether something must be chosen; where it is `None` it must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}

/// One thing that can be chosen of a [radio group](https://docs.discord.com/developers/components/reference#radio-group-radio-group-option-structure) or a [checkbox group](https://docs.discord.com/developers/components/reference#checkbox-group-checkbox-group-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupOption {
    /// What the answer contains.
    #[serde(default)]
    pub value: String,
    /// What it says.
    #[serde(default)]
    pub label: String,
    /// A second, smaller text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it is chosen from the start.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

/// A [choice between yes and no](https://docs.discord.com/developers/components/reference#checkbox).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Checkbox {
    /// Its number within the modal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    #[serde(default)]
    pub custom_id: String,
    /// Whether it is ticked from the start.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

number! {
    /// Whether a [text input](https://docs.discord.com/developers/components/reference#text-input-text-input-styles) has one line or several.
    TextInputStyle {
    SHORT = 1,
    PARAGRAPH = 2,
    }
}
