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

/// A field stands in a [`Label`](super::Label) of a modal.
///
/// ```
/// use syncord::model::component::{Label, TextInput};
///
/// let why = Label::new("Why?", TextInput::paragraph("why").min_length(10).max_length(500).required(false));
/// assert_eq!(why.label, "Why?");
/// ```
impl TextInput {
    /// A field of one line, known by this custom id of 1 to 100 characters.
    pub fn short(custom_id: impl Into<String>) -> Self {
        TextInput { custom_id: custom_id.into(), style: TextInputStyle::SHORT, ..TextInput::default() }
    }

    /// A field of several lines, known by this custom id of 1 to 100 characters.
    pub fn paragraph(custom_id: impl Into<String>) -> Self {
        TextInput { custom_id: custom_id.into(), style: TextInputStyle::PARAGRAPH, ..TextInput::default() }
    }

    /// Sets the minimum number of characters of the input: 0 to 4,000.
    pub fn min_length(mut self, min: u32) -> Self {
        self.min_length = Some(min);
        self
    }

    /// Sets the maximum number of characters of the input: 1 to 4,000.
    pub fn max_length(mut self, max: u32) -> Self {
        self.max_length = Some(max);
        self
    }

    /// Whether it must be filled in (yes).
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Sets what stands in it from the start: at most 4,000 characters.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Sets what it says while it is empty: at most 100 characters.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }
}

impl FileUpload {
    /// A field for files, known by this custom id of 1 to 100 characters.
    pub fn new(custom_id: impl Into<String>) -> Self {
        FileUpload { custom_id: custom_id.into(), ..FileUpload::default() }
    }

    /// Sets the minimum number of files: 0 to 10. Default: 1.
    pub fn min_values(mut self, min: u32) -> Self {
        self.min_values = Some(min);
        self
    }

    /// Sets the maximum number of files: 1 to 10. Default: 1.
    pub fn max_values(mut self, max: u32) -> Self {
        self.max_values = Some(max);
        self
    }

    /// Whether there must be an answer (yes).
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Sets the kinds of files it takes, at most 10: `image`, `video`, `audio` or an ending such as `.pdf`.
    pub fn file_types<T: Into<String>>(mut self, types: impl IntoIterator<Item = T>) -> Self {
        self.file_types = types.into_iter().map(Into::into).collect();
        self
    }
}

impl RadioGroup {
    /// A choice of one of 2 to 10 things, known by this custom id of 1 to 100 characters.
    pub fn new(custom_id: impl Into<String>, options: impl IntoIterator<Item = GroupOption>) -> Self {
        RadioGroup {
            custom_id: custom_id.into(),
            options: options.into_iter().collect(),
            ..RadioGroup::default()
        }
    }

    /// Whether something must be chosen (yes).
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }
}

impl CheckboxGroup {
    /// A choice of several of 1 to 10 things, known by this custom id of 1 to 100 characters.
    pub fn new(custom_id: impl Into<String>, options: impl IntoIterator<Item = GroupOption>) -> Self {
        CheckboxGroup {
            custom_id: custom_id.into(),
            options: options.into_iter().collect(),
            ..CheckboxGroup::default()
        }
    }

    /// Sets the minimum number of choices: 0 to 10. Default: 1.
    pub fn min_values(mut self, min: u32) -> Self {
        self.min_values = Some(min);
        self
    }

    /// Sets the maximum number of choices: 1 to 10. Default: the number of options.
    pub fn max_values(mut self, max: u32) -> Self {
        self.max_values = Some(max);
        self
    }

    /// Whether something must be chosen (yes).
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }
}

impl GroupOption {
    /// This label for this value, each with 1 to 100 characters.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        GroupOption { label: label.into(), value: value.into(), ..GroupOption::default() }
    }

    /// Sets a second, smaller text of at most 100 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Whether it is chosen from the start.
    #[doc(alias = "default")]
    pub fn preselected(mut self, preselected: bool) -> Self {
        self.default = preselected;
        self
    }
}

impl Checkbox {
    /// A choice between yes and no, known by this custom id of 1 to 100 characters.
    pub fn new(custom_id: impl Into<String>) -> Self {
        Checkbox { custom_id: custom_id.into(), ..Checkbox::default() }
    }

    /// Whether it is ticked from the start.
    #[doc(alias = "default")]
    pub fn preselected(mut self, preselected: bool) -> Self {
        self.default = preselected;
        self
    }
}
