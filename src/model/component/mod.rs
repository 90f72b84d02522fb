//! [Components](https://docs.discord.com/developers/components/reference): what messages and modals are built of.

mod build;
mod button;
mod content;
mod input;
mod layout;
mod select;

pub use button::{Button, ButtonStyle};
pub use content::{
    FileDisplay, MediaGallery, MediaGalleryItem, TextDisplay, Thumbnail, UnfurledMediaItem,
    UnfurledMediaItemFlags,
};
pub use input::{Checkbox, CheckboxGroup, FileUpload, GroupOption, RadioGroup, TextInput, TextInputStyle};
pub use layout::{ActionRow, Container, Label, Section, Separator, SeparatorSpacing};
pub use select::{EntitySelect, SelectDefaultValue, SelectDefaultValueType, SelectOption, StringSelect};

use super::open_enum::number;
use super::tagged::tagged;

tagged! {
    /// A [component](https://docs.discord.com/developers/components/reference#what-is-a-component).
    ///
    /// The kinds that this version does not know are kept as they came.
    Component {
        /// A row of buttons, or of one select.
        ActionRow(ActionRow) = 1,
        /// A button.
        Button(Button) = 2,
        /// A choice among given texts.
        StringSelect(StringSelect) = 3,
        /// A field to type in.
        TextInput(TextInput) = 4,
        /// A choice among users.
        UserSelect(EntitySelect) = 5,
        /// A choice among roles.
        RoleSelect(EntitySelect) = 6,
        /// A choice among users and roles.
        MentionableSelect(EntitySelect) = 7,
        /// A choice among channels.
        ChannelSelect(EntitySelect) = 8,
        /// Texts with something beside them.
        Section(Section) = 9,
        /// A text.
        TextDisplay(TextDisplay) = 10,
        /// A small picture.
        Thumbnail(Thumbnail) = 11,
        /// Pictures and videos.
        MediaGallery(MediaGallery) = 12,
        /// A file.
        File(FileDisplay) = 13,
        /// Space between components.
        Separator(Separator) = 14,
        /// A box around components.
        Container(Container) = 17,
        /// A text with a field of a modal.
        Label(Label) = 18,
        /// A field to upload files with.
        FileUpload(FileUpload) = 19,
        /// A choice of one thing.
        RadioGroup(RadioGroup) = 21,
        /// A choice of several things.
        CheckboxGroup(CheckboxGroup) = 22,
        /// A choice between yes and no.
        Checkbox(Checkbox) = 23,
    }
}

impl Component {
    /// The components directly within this one.
    pub fn children(&self) -> &[Component] {
        match self {
            Component::ActionRow(row) => &row.components,
            Component::Section(section) => &section.components,
            Component::Container(container) => &container.components,
            Component::Label(label) => std::slice::from_ref(&label.component),
            _ => &[],
        }
    }
}

/// The objects that are components of one kind only.
macro_rules! is_component {
    ($($kind:ident($fields:ty);)+) => {$(
        impl From<$fields> for Component {
            fn from(fields: $fields) -> Self {
                Component::$kind(fields)
            }
        }
    )+};
}

is_component! {
    ActionRow(ActionRow);
    Button(Button);
    StringSelect(StringSelect);
    TextInput(TextInput);
    Section(Section);
    TextDisplay(TextDisplay);
    Thumbnail(Thumbnail);
    MediaGallery(MediaGallery);
    File(FileDisplay);
    Separator(Separator);
    Container(Container);
    Label(Label);
    FileUpload(FileUpload);
    RadioGroup(RadioGroup);
    CheckboxGroup(CheckboxGroup);
    Checkbox(Checkbox);
}

number! {
    /// What [kind of component](https://docs.discord.com/developers/components/reference#component-object-component-types) something is.
    ComponentType {
    ACTION_ROW = 1,
    BUTTON = 2,
    STRING_SELECT = 3,
    TEXT_INPUT = 4,
    USER_SELECT = 5,
    ROLE_SELECT = 6,
    MENTIONABLE_SELECT = 7,
    CHANNEL_SELECT = 8,
    SECTION = 9,
    TEXT_DISPLAY = 10,
    THUMBNAIL = 11,
    MEDIA_GALLERY = 12,
    FILE = 13,
    SEPARATOR = 14,
    CONTAINER = 17,
    LABEL = 18,
    FILE_UPLOAD = 19,
    RADIO_GROUP = 21,
    CHECKBOX_GROUP = 22,
    CHECKBOX = 23,
    }
}
