use serde::Serialize;

use crate::json::object;
use crate::model::List;
use crate::model::open_enum::int_enum;

/// A [text input](https://docs.discord.com/developers/components/reference#text-input). It is placed in a [`Label`](super::Label).
///
/// ```
/// use syncord::model::component::{Label, TextInput};
///
/// let why = Label::new("Why?", TextInput::paragraph("why").min_length(10).max_length(500).required(false));
/// assert_eq!(why.label, "Why?");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct TextInput {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID, 1-100 characters.
    pub custom_id: String,
    /// Whether it has a single line or several lines.
    pub style: TextInputStyle,
    /// The label; deprecated in favor of [`Label`](super::Label).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The minimum length of the input, 0-4000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// The maximum length of the input, 1-4000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Whether the field is required. Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// The initial value, up to 4000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The placeholder if the field is empty, up to 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
}

object! { TextInput {
    id, custom_id, style, label, min_length, max_length, required, value, placeholder,
} }

/// A [file upload](https://docs.discord.com/developers/components/reference#file-upload). It is placed in a [`Label`](super::Label).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct FileUpload {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID, 1-100 characters.
    pub custom_id: String,
    /// The minimum number of files, 0-10. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// The maximum number of files, 1-10. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether the field is required. Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// The [file types](https://docs.discord.com/developers/reference#file-type-filters) that the user can upload. If empty: all.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub file_types: List<String>,
}

object! { FileUpload {
    id, custom_id, min_values, max_values, required, file_types,
} }

/// A [group of radio buttons](https://docs.discord.com/developers/components/reference#radio-group), of which the user selects one. It is placed in a [`Label`](super::Label).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct RadioGroup {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID, 1-100 characters.
    pub custom_id: String,
    /// The options, 2-10.
    pub options: List<GroupOption>,
    /// Whether a selection is required. Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}

object! { RadioGroup {
    id, custom_id, options, required,
} }

/// A [group of checkboxes](https://docs.discord.com/developers/components/reference#checkbox-group). It is placed in a [`Label`](super::Label).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct CheckboxGroup {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID, 1-100 characters.
    pub custom_id: String,
    /// The options, 1-10.
    pub options: List<GroupOption>,
    /// The minimum number of selected options, 0-10. Default: 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_values: Option<u32>,
    /// The maximum number of selected options, 1-10. Default: the number of options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_values: Option<u32>,
    /// Whether a selection is required. Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
}

object! { CheckboxGroup {
    id, custom_id, options, min_values, max_values, required,
} }

/// An option of a [radio group](https://docs.discord.com/developers/components/reference#radio-group-radio-group-option-structure) or [checkbox group](https://docs.discord.com/developers/components/reference#checkbox-group-checkbox-group-option-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct GroupOption {
    /// The value that the bot receives, 1-100 characters.
    pub value: String,
    /// The label, 1-100 characters.
    pub label: String,
    /// The description, up to 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the option is selected by default.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

object! { GroupOption {
    value, label, description, default,
} }

/// A [checkbox](https://docs.discord.com/developers/components/reference#checkbox). It is placed in a [`Label`](super::Label).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct Checkbox {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID, 1-100 characters.
    pub custom_id: String,
    /// Whether the checkbox is checked by default.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

object! { Checkbox {
    id, custom_id, default,
} }

int_enum! {
    /// The [style of a text input](https://docs.discord.com/developers/components/reference#text-input-text-input-styles): a single line or several lines.
    TextInputStyle {
    SHORT = 1,
    PARAGRAPH = 2,
    }
}

impl TextInput {
    /// Creates a single-line text input. The custom ID has 1-100 characters.
    pub fn short(custom_id: impl Into<String>) -> Self {
        TextInput { custom_id: custom_id.into(), style: TextInputStyle::SHORT, ..TextInput::default() }
    }

    /// Creates a multi-line text input. The custom ID has 1-100 characters.
    pub fn paragraph(custom_id: impl Into<String>) -> Self {
        TextInput { custom_id: custom_id.into(), style: TextInputStyle::PARAGRAPH, ..TextInput::default() }
    }

    /// Sets the minimum length of the input, 0-4000.
    pub fn min_length(mut self, min: u32) -> Self {
        self.min_length = Some(min);
        self
    }

    /// Sets the maximum length of the input, 1-4000.
    pub fn max_length(mut self, max: u32) -> Self {
        self.max_length = Some(max);
        self
    }

    /// Sets whether the field is required. Default: true.
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Sets the initial value, up to 4000 characters.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Sets the placeholder if the field is empty, up to 100 characters.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }
}

impl FileUpload {
    /// Creates a file upload. The custom ID has 1-100 characters.
    pub fn new(custom_id: impl Into<String>) -> Self {
        FileUpload { custom_id: custom_id.into(), ..FileUpload::default() }
    }

    /// Sets the minimum number of files, 0-10. Default: 1.
    pub fn min_values(mut self, min: u32) -> Self {
        self.min_values = Some(min);
        self
    }

    /// Sets the maximum number of files, 1-10. Default: 1.
    pub fn max_values(mut self, max: u32) -> Self {
        self.max_values = Some(max);
        self
    }

    /// Sets whether the field is required. Default: true.
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }

    /// Sets the accepted file types, up to 10: `image`, `video`, `audio` or an extension such as `.pdf`.
    pub fn file_types<T: Into<String>>(mut self, types: impl IntoIterator<Item = T>) -> Self {
        self.file_types = types.into_iter().map(Into::into).collect();
        self
    }
}

impl RadioGroup {
    /// Creates a radio group with 2-10 options. The custom ID has 1-100 characters.
    pub fn new(custom_id: impl Into<String>, options: impl IntoIterator<Item = GroupOption>) -> Self {
        RadioGroup {
            custom_id: custom_id.into(),
            options: options.into_iter().collect(),
            ..RadioGroup::default()
        }
    }

    /// Sets whether a selection is required. Default: true.
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }
}

impl CheckboxGroup {
    /// Creates a checkbox group with 1-10 options. The custom ID has 1-100 characters.
    pub fn new(custom_id: impl Into<String>, options: impl IntoIterator<Item = GroupOption>) -> Self {
        CheckboxGroup {
            custom_id: custom_id.into(),
            options: options.into_iter().collect(),
            ..CheckboxGroup::default()
        }
    }

    /// Sets the minimum number of selected options, 0-10. Default: 1.
    pub fn min_values(mut self, min: u32) -> Self {
        self.min_values = Some(min);
        self
    }

    /// Sets the maximum number of selected options, 1-10. Default: the number of options.
    pub fn max_values(mut self, max: u32) -> Self {
        self.max_values = Some(max);
        self
    }

    /// Sets whether a selection is required. Default: true.
    pub fn required(mut self, required: bool) -> Self {
        self.required = Some(required);
        self
    }
}

impl GroupOption {
    /// Creates an option. The label and the value have 1-100 characters each.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        GroupOption { label: label.into(), value: value.into(), ..GroupOption::default() }
    }

    /// Sets the description, up to 100 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets whether the option is selected by default; `default` in JSON.
    #[doc(alias = "default")]
    pub fn preselected(mut self, preselected: bool) -> Self {
        self.default = preselected;
        self
    }
}

impl Checkbox {
    /// Creates a checkbox. The custom ID has 1-100 characters.
    pub fn new(custom_id: impl Into<String>) -> Self {
        Checkbox { custom_id: custom_id.into(), ..Checkbox::default() }
    }

    /// Sets whether the checkbox is checked by default; `default` in JSON.
    #[doc(alias = "default")]
    pub fn preselected(mut self, preselected: bool) -> Self {
        self.default = preselected;
        self
    }
}
