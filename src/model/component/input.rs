use serde::Serialize;

use crate::json::object;
use crate::model::List;
use crate::model::open_enum::number;

/// A [field to type in](https://docs.discord.com/developers/components/reference#text-input).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TextInput {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    pub custom_id: String,
    /// Whether it has one line or several.
    pub style: TextInputStyle,
    /// What stands above it, where no [`Label`](super::Label) does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many characters an answer must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// How many characters an answer may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Whether it must be filled in; where it is `None` it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// What stands in it from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What it says while it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
}

object! { TextInput {
    id, custom_id, style, label, min_length, max_length, required, value, placeholder,
} }

/// A [field to upload files with](https://docs.discord.com/developers/components/reference#file-upload).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct FileUpload {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    pub custom_id: String,
    /// How many files there must be; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many files there may be; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether there must be an answer; where it is `None` it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// The [kinds of files](https://docs.discord.com/developers/reference#file-type-filters) it takes; all where it is empty.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub file_types: List<String>,
}

object! { FileUpload {
    id, custom_id, min_values, max_values, required, file_types,
} }

/// A [choice of one thing](https://docs.discord.com/developers/components/reference#radio-group).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct RadioGroup {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    pub custom_id: String,
    /// What can be chosen.
    pub options: List<GroupOption>,
    /// Whether something must be chosen; where it is `None` it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}

object! { RadioGroup {
    id, custom_id, options, required,
} }

/// A [choice of several things](https://docs.discord.com/developers/components/reference#checkbox-group).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct CheckboxGroup {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    pub custom_id: String,
    /// What can be chosen.
    pub options: List<GroupOption>,
    /// How many must be chosen; one where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// How many may be chosen; all where it is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether something must be chosen; where it is `None` it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}

object! { CheckboxGroup {
    id, custom_id, options, min_values, max_values, required,
} }

/// One thing that can be chosen of a [radio group](https://docs.discord.com/developers/components/reference#radio-group-radio-group-option-structure) or a [checkbox group](https://docs.discord.com/developers/components/reference#checkbox-group-checkbox-group-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupOption {
    /// What the answer contains.
    pub value: String,
    /// What it says.
    pub label: String,
    /// A second, smaller text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it is chosen from the start.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

object! { GroupOption {
    value, label, description, default,
} }

/// A [choice between yes and no](https://docs.discord.com/developers/components/reference#checkbox).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Checkbox {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What its answer is known by.
    pub custom_id: String,
    /// Whether it is ticked from the start.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

object! { Checkbox {
    id, custom_id, default,
} }

number! {
    /// Whether a [text input](https://docs.discord.com/developers/components/reference#text-input-text-input-styles) has one line or several.
    TextInputStyle {
    SHORT = 1,
    PARAGRAPH = 2,
    }
}
