use serde::Serialize;

use super::Resolved;
use crate::id::AttachmentId;
use crate::json::object;
use crate::model::{Attachment, Channel, List, Member, Role, User, tagged::tagged};

/// A [modal](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure) that was sent.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ModalData {
    /// What the bot named it.
    pub custom_id: String,
    /// What was filled in.
    pub components: List<ModalComponent>,
    /// What the ids stand for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Box<Resolved>>,
}

object! { ModalData {
    custom_id, components, resolved,
} }

impl ModalData {
    /// All its fields, without the rows and labels they stand in.
    pub fn fields(&self) -> Vec<&ModalComponent> {
        self.components.iter().flat_map(ModalComponent::fields).collect()
    }

    /// The field with this custom id.
    pub fn field(&self, custom_id: &str) -> Option<&ModalComponent> {
        self.fields().into_iter().find(|field| field.custom_id() == Some(custom_id))
    }

    /// The text of the text input with this custom id, or what was chosen of the radio group.
    pub fn text(&self, custom_id: &str) -> Option<&str> {
        match self.field(custom_id)? {
            ModalComponent::TextInput(input) => Some(&input.value),
            ModalComponent::RadioGroup(group) => group.value.as_deref(),
            _ => None,
        }
    }

    /// What was chosen of the select or checkbox group with this custom id; nothing where there is none.
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

    /// Whether the checkbox with this custom id was ticked; not, where there is none.
    pub fn is_checked(&self, custom_id: &str) -> bool {
        matches!(self.field(custom_id), Some(ModalComponent::Checkbox(check)) if check.value)
    }

    /// The users that were chosen in the select with this custom id.
    pub fn users(&self, custom_id: &str) -> Vec<&User> {
        self.chosen(custom_id, |resolved, id| resolved.users.get(&id.into()))
    }

    /// The users that were chosen in the select with this custom id, as members of the guild.
    pub fn members(&self, custom_id: &str) -> Vec<Member> {
        self.chosen(custom_id, |resolved, id| resolved.member(id.into()))
    }

    /// The roles that were chosen in the select with this custom id.
    pub fn roles(&self, custom_id: &str) -> Vec<&Role> {
        self.chosen(custom_id, |resolved, id| resolved.roles.get(&id.into()))
    }

    /// The channels that were chosen in the select with this custom id.
    pub fn channels(&self, custom_id: &str) -> Vec<&Channel> {
        self.chosen(custom_id, |resolved, id| resolved.channels.get(&id.into()))
    }

    /// The files that were uploaded in the field with this custom id.
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
    /// A component of a modal that was sent: what of it [comes back](https://docs.discord.com/developers/components/reference#component-object-component-types).
    ///
    /// The kinds that this version does not know are kept as they came.
    ModalComponent {
        /// A row with one field, in modals of the old kind.
        ActionRow(ModalActionRow) = 1,
        /// What was chosen among given texts.
        StringSelect(ModalValues) = 3,
        /// What was typed.
        TextInput(ModalTextInput) = 4,
        /// The ids of chosen users.
        UserSelect(ModalValues) = 5,
        /// The ids of chosen roles.
        RoleSelect(ModalValues) = 6,
        /// The ids of chosen users and roles.
        MentionableSelect(ModalValues) = 7,
        /// The ids of chosen channels.
        ChannelSelect(ModalValues) = 8,
        /// A text that was shown.
        TextDisplay(ModalTextDisplay) = 10,
        /// A label with one field.
        Label(ModalLabel) = 18,
        /// The files that were uploaded.
        FileUpload(ModalFileUpload) = 19,
        /// What was chosen of a radio group.
        RadioGroup(ModalRadioGroup) = 21,
        /// What was chosen of a checkbox group.
        CheckboxGroup(ModalValues) = 22,
        /// Yes or no.
        Checkbox(ModalCheckbox) = 23,
    }
}

impl ModalComponent {
    /// The fields within it, or itself where it is one.
    fn fields(&self) -> &[ModalComponent] {
        match self {
            ModalComponent::ActionRow(row) => &row.components,
            ModalComponent::Label(label) => std::slice::from_ref(&label.component),
            _ => std::slice::from_ref(self),
        }
    }

    /// What the bot named it; rows, labels and texts have no such name.
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

/// A row with one field, in a modal of the old kind.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ModalActionRow {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What stands in it.
    pub components: List<ModalComponent>,
}

object! { ModalActionRow {
    id, components,
} }

/// A [label](https://docs.discord.com/developers/components/reference#label-label-interaction-response-structure) with one field.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ModalLabel {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The field.
    pub component: Box<ModalComponent>,
}

object! { ModalLabel {
    id, component: required,
} }

/// A [text](https://docs.discord.com/developers/components/reference#text-display-text-display-interaction-response-structure) that was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModalTextDisplay {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
}

object! { ModalTextDisplay {
    id,
} }

/// What was [typed](https://docs.discord.com/developers/components/reference#text-input-text-input-interaction-response-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModalTextInput {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What the bot named it.
    pub custom_id: String,
    /// The text; empty where nothing was typed.
    pub value: String,
}

object! { ModalTextInput {
    id, custom_id, value,
} }

/// What was chosen of a [select](https://docs.discord.com/developers/components/reference#string-select-string-select-interaction-response-structure) or a [checkbox group](https://docs.discord.com/developers/components/reference#checkbox-group-checkbox-group-interaction-response-structure).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ModalValues {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What the bot named it.
    pub custom_id: String,
    /// Texts, or ids.
    pub values: List<String>,
}

object! { ModalValues {
    id, custom_id, values,
} }

/// The [files](https://docs.discord.com/developers/components/reference#file-upload-file-upload-interaction-response-structure) that were uploaded.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ModalFileUpload {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What the bot named it.
    pub custom_id: String,
    /// Their ids; the files are in the modal's [`resolved`](ModalData::resolved).
    pub values: List<AttachmentId>,
}

object! { ModalFileUpload {
    id, custom_id, values,
} }

/// What was chosen of a [radio group](https://docs.discord.com/developers/components/reference#radio-group-radio-group-interaction-response-structure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModalRadioGroup {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What the bot named it.
    pub custom_id: String,
    /// What was chosen, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

object! { ModalRadioGroup {
    id, custom_id, value,
} }

/// Whether a [checkbox](https://docs.discord.com/developers/components/reference#checkbox-checkbox-interaction-response-structure) was ticked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ModalCheckbox {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What the bot named it.
    pub custom_id: String,
    /// Whether it was.
    pub value: bool,
}

object! { ModalCheckbox {
    id, custom_id, value,
} }
