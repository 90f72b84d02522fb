use serde::Serialize;

use super::Resolved;
use crate::id::AttachmentId;
use crate::json::object;
use crate::model::{Attachment, Channel, List, Member, Role, User, tagged::tagged};

/// The data of a [submitted modal](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ModalData {
    /// The custom ID that the bot gave to the modal.
    pub custom_id: String,
    /// The submitted components.
    pub components: List<ModalComponent>,
    /// The objects that the selected IDs refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Box<Resolved>>,
}

object! { ModalData {
    custom_id, components, resolved,
} }

impl ModalData {
    /// Returns all input fields, without the labels and rows around them.
    pub fn fields(&self) -> Vec<&ModalComponent> {
        self.components.iter().flat_map(ModalComponent::fields).collect()
    }

    /// Returns the field with this custom ID.
    pub fn field(&self, custom_id: &str) -> Option<&ModalComponent> {
        self.fields().into_iter().find(|field| field.custom_id() == Some(custom_id))
    }

    /// Returns the text of a text input, or the selected value of a radio group.
    pub fn text(&self, custom_id: &str) -> Option<&str> {
        match self.field(custom_id)? {
            ModalComponent::TextInput(input) => Some(&input.value),
            ModalComponent::RadioGroup(group) => group.value.as_deref(),
            _ => None,
        }
    }

    /// Returns the selected values of a select menu or checkbox group; empty if there is no such field.
    pub fn values(&self, custom_id: &str) -> &[String] {
        match self.field(custom_id) {
            Some(
                ModalComponent::StringSelect(select)
                | ModalComponent::UserSelect(select)
                | ModalComponent::RoleSelect(select)
                | ModalComponent::MentionableSelect(select)
                | ModalComponent::ChannelSelect(select)
                | ModalComponent::CheckboxGroup(select),
            ) => &select.values,
            _ => &[],
        }
    }

    /// Whether a checkbox is checked; false if there is no such field.
    pub fn is_checked(&self, custom_id: &str) -> bool {
        matches!(self.field(custom_id), Some(ModalComponent::Checkbox(check)) if check.value)
    }

    /// Returns the users that were selected in a select menu.
    pub fn users(&self, custom_id: &str) -> Vec<&User> {
        self.chosen(custom_id, |resolved, id| resolved.users.get(&id.into()))
    }

    /// Returns the users that were selected in a select menu, as members of the guild.
    pub fn members(&self, custom_id: &str) -> Vec<Member> {
        self.chosen(custom_id, |resolved, id| resolved.member(id.into()))
    }

    /// Returns the roles that were selected in a select menu.
    pub fn roles(&self, custom_id: &str) -> Vec<&Role> {
        self.chosen(custom_id, |resolved, id| resolved.roles.get(&id.into()))
    }

    /// Returns the channels that were selected in a select menu.
    pub fn channels(&self, custom_id: &str) -> Vec<&Channel> {
        self.chosen(custom_id, |resolved, id| resolved.channels.get(&id.into()))
    }

    /// Returns the files that were uploaded in a file upload.
    pub fn files(&self, custom_id: &str) -> Vec<&Attachment> {
        let (Some(ModalComponent::FileUpload(upload)), Some(resolved)) =
            (self.field(custom_id), &self.resolved)
        else {
            return Vec::new();
        };
        upload.values.iter().filter_map(|id| resolved.attachments.get(id)).collect()
    }

    fn chosen<'d, T>(&'d self, custom_id: &str, find: impl Fn(&'d Resolved, u64) -> Option<T>) -> Vec<T> {
        super::chosen(self.resolved.as_deref(), self.values(custom_id), find)
    }
}

tagged! {
    /// A component of a submitted modal, with the [values](https://docs.discord.com/developers/components/reference#component-object-component-types) that the user entered.
    ///
    /// Unknown types are kept as JSON.
    ModalComponent {
        /// An action row with one field; only in modals of the old layout.
        ActionRow(ModalActionRow) = 1,
        /// The selected values of a string select.
        StringSelect(ModalValues) = 3,
        /// The text of a text input.
        TextInput(ModalTextInput) = 4,
        /// The IDs of the selected users.
        UserSelect(ModalValues) = 5,
        /// The IDs of the selected roles.
        RoleSelect(ModalValues) = 6,
        /// The IDs of the selected users and roles.
        MentionableSelect(ModalValues) = 7,
        /// The IDs of the selected channels.
        ChannelSelect(ModalValues) = 8,
        /// A text display.
        TextDisplay(ModalTextDisplay) = 10,
        /// A label with one field.
        Label(ModalLabel) = 18,
        /// The uploaded files.
        FileUpload(ModalFileUpload) = 19,
        /// The selected value of a radio group.
        RadioGroup(ModalRadioGroup) = 21,
        /// The selected values of a checkbox group.
        CheckboxGroup(ModalValues) = 22,
        /// The state of a checkbox.
        Checkbox(ModalCheckbox) = 23,
    }
}

impl ModalComponent {
    /// The fields inside of a label or row, or the component itself.
    fn fields(&self) -> &[ModalComponent] {
        match self {
            ModalComponent::ActionRow(row) => &row.components,
            ModalComponent::Label(label) => std::slice::from_ref(&label.component),
            _ => std::slice::from_ref(self),
        }
    }

    /// Returns the custom ID; rows, labels and text displays have none.
    pub fn custom_id(&self) -> Option<&str> {
        match self {
            ModalComponent::StringSelect(field)
            | ModalComponent::UserSelect(field)
            | ModalComponent::RoleSelect(field)
            | ModalComponent::MentionableSelect(field)
            | ModalComponent::ChannelSelect(field)
            | ModalComponent::CheckboxGroup(field) => Some(&field.custom_id),
            ModalComponent::TextInput(field) => Some(&field.custom_id),
            ModalComponent::FileUpload(field) => Some(&field.custom_id),
            ModalComponent::RadioGroup(field) => Some(&field.custom_id),
            ModalComponent::Checkbox(field) => Some(&field.custom_id),
            ModalComponent::ActionRow(_)
            | ModalComponent::TextDisplay(_)
            | ModalComponent::Label(_)
            | ModalComponent::Unknown(_) => None,
        }
    }
}

/// An action row with one field; only in modals of the old layout.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ModalActionRow {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The field.
    pub components: List<ModalComponent>,
}

object! { ModalActionRow {
    id, components,
} }

/// A [label](https://docs.discord.com/developers/components/reference#label-label-interaction-response-structure) with one field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ModalLabel {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The field.
    pub component: Box<ModalComponent>,
}

object! { ModalLabel {
    id, component,
} }

/// A [text display](https://docs.discord.com/developers/components/reference#text-display-text-display-interaction-response-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModalTextDisplay {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
}

object! { ModalTextDisplay {
    id,
} }

/// The text of a [text input](https://docs.discord.com/developers/components/reference#text-input-text-input-interaction-response-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModalTextInput {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID that the bot gave to the field.
    pub custom_id: String,
    /// The text; empty if the user entered nothing.
    pub value: String,
}

object! { ModalTextInput {
    id, custom_id, value,
} }

/// The selected values of a [select menu](https://docs.discord.com/developers/components/reference#string-select-string-select-interaction-response-structure) or [checkbox group](https://docs.discord.com/developers/components/reference#checkbox-group-checkbox-group-interaction-response-structure).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ModalValues {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID that the bot gave to the field.
    pub custom_id: String,
    /// The selected values: strings or IDs.
    pub values: List<String>,
}

object! { ModalValues {
    id, custom_id, values,
} }

/// The files of a [file upload](https://docs.discord.com/developers/components/reference#file-upload-file-upload-interaction-response-structure).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ModalFileUpload {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID that the bot gave to the field.
    pub custom_id: String,
    /// The attachment IDs. The attachments are in [`resolved`](ModalData::resolved).
    pub values: List<AttachmentId>,
}

object! { ModalFileUpload {
    id, custom_id, values,
} }

/// The selected value of a [radio group](https://docs.discord.com/developers/components/reference#radio-group-radio-group-interaction-response-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModalRadioGroup {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID that the bot gave to the field.
    pub custom_id: String,
    /// The value; `None` if the user selected nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

object! { ModalRadioGroup {
    id, custom_id, value,
} }

/// The state of a [checkbox](https://docs.discord.com/developers/components/reference#checkbox-checkbox-interaction-response-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModalCheckbox {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The custom ID that the bot gave to the field.
    pub custom_id: String,
    /// Whether the checkbox is checked.
    pub value: bool,
}

object! { ModalCheckbox {
    id, custom_id, value,
} }
