use serde::Serialize;

use super::{
    Button, Checkbox, CheckboxGroup, EntitySelect, FileDisplay, FileUpload, MediaGallery, RadioGroup,
    StringSelect, TextDisplay, TextInput, Thumbnail,
};
use crate::json::object;
use crate::model::open_enum::int_enum;
use crate::model::tagged::tagged;
use crate::model::{Color, List};

tagged! {
    /// A [component](https://docs.discord.com/developers/components/reference#what-is-a-component) of a message or modal.
    ///
    /// Unknown types are kept as JSON.
    Component {
        /// A row of buttons, or one select menu.
        ActionRow(ActionRow) = 1,
        /// A button.
        Button(Button) = 2,
        /// A select menu with given options.
        StringSelect(StringSelect) = 3,
        /// A text input.
        TextInput(TextInput) = 4,
        /// A select menu for users.
        UserSelect(EntitySelect) = 5,
        /// A select menu for roles.
        RoleSelect(EntitySelect) = 6,
        /// A select menu for users and roles.
        MentionableSelect(EntitySelect) = 7,
        /// A select menu for channels.
        ChannelSelect(EntitySelect) = 8,
        /// Texts next to a button or thumbnail.
        Section(Section) = 9,
        /// A text.
        TextDisplay(TextDisplay) = 10,
        /// A small image.
        Thumbnail(Thumbnail) = 11,
        /// A gallery of images and videos.
        MediaGallery(MediaGallery) = 12,
        /// A file.
        File(FileDisplay) = 13,
        /// A vertical space between components.
        Separator(Separator) = 14,
        /// A container with a border.
        Container(Container) = 17,
        /// A label with an input field.
        Label(Label) = 18,
        /// A file upload.
        FileUpload(FileUpload) = 19,
        /// A group of radio buttons.
        RadioGroup(RadioGroup) = 21,
        /// A group of checkboxes.
        CheckboxGroup(CheckboxGroup) = 22,
        /// A checkbox.
        Checkbox(Checkbox) = 23,
    }
}

impl Component {
    /// Returns the components directly inside of this one.
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

/// Declares the components that have their own struct.
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

/// An [action row](https://docs.discord.com/developers/components/reference#action-row): up to five buttons, or one select menu.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ActionRow {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The buttons, or the select menu.
    pub components: List<Component>,
}

object! { ActionRow {
    id, components,
} }

/// A [section](https://docs.discord.com/developers/components/reference#section): one to three texts next to a button or thumbnail.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Section {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The text displays.
    pub components: List<Component>,
    /// The button or thumbnail next to the texts.
    pub accessory: Box<Component>,
}

object! { Section {
    id, components, accessory,
} }

/// A [container](https://docs.discord.com/developers/components/reference#container): a group of components with a border.
///
/// It can contain action rows, sections, text displays, media galleries, files and separators.
///
/// ```
/// use syncord::model::Color;
/// use syncord::model::component::{Container, Section, Separator, TextDisplay, Thumbnail};
///
/// let tide = Container::new()
///     .component(TextDisplay::new("# Tide"))
///     .component(Separator::new())
///     .component(Section::new([TextDisplay::new("High at 06:12")], Thumbnail::new("attachment://chart.png")))
///     .accent_color(Color(0x1abc9c));
/// assert_eq!(tide.components.len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct Container {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The components in the container.
    pub components: List<Component>,
    /// The color of the border.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent_color: Option<Color>,
    /// Whether the container is a spoiler: blurred until the user clicks it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
}

object! { Container {
    id, components, accent_color, spoiler,
} }

/// A [separator](https://docs.discord.com/developers/components/reference#separator): a vertical space between components.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct Separator {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// Whether a line is shown. Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub divider: Option<bool>,
    /// The size of the space. Default: small.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spacing: Option<SeparatorSpacing>,
}

object! { Separator {
    id, divider, spacing,
} }

/// A [label](https://docs.discord.com/developers/components/reference#label) with an input field, for modals.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct Label {
    /// The ID of the component within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The label text, up to 45 characters.
    pub label: String,
    /// The description, up to 100 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The input field.
    pub component: Box<Component>,
}

object! { Label {
    id, label, description, component,
} }

int_enum! {
    /// The [size of a separator](https://docs.discord.com/developers/components/reference#separator-separator-structure).
    SeparatorSpacing {
    SMALL = 1,
    LARGE = 2,
    }
}

impl ActionRow {
    /// Creates a row of up to five buttons, or of one select menu.
    pub fn new<C: Into<Component>>(components: impl IntoIterator<Item = C>) -> Self {
        ActionRow { id: None, components: components.into_iter().map(Into::into).collect() }
    }
}

impl From<Button> for ActionRow {
    fn from(button: Button) -> Self {
        ActionRow::new([button])
    }
}

impl From<StringSelect> for ActionRow {
    fn from(select: StringSelect) -> Self {
        ActionRow::new([select])
    }
}

impl Container {
    /// Creates an empty container.
    pub fn new() -> Self {
        Container::default()
    }

    /// Adds a component.
    pub fn component(mut self, component: impl Into<Component>) -> Self {
        self.components.push(component.into());
        self
    }

    /// Sets the color of the border.
    pub fn accent_color(mut self, color: Color) -> Self {
        self.accent_color = Some(color);
        self
    }

    /// Sets whether the container is a spoiler.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}

impl Section {
    /// Creates a section with one to three texts, and a button or thumbnail next to them.
    pub fn new<C: Into<Component>>(
        texts: impl IntoIterator<Item = C>,
        accessory: impl Into<Component>,
    ) -> Self {
        Section {
            id: None,
            components: texts.into_iter().map(Into::into).collect(),
            accessory: Box::new(accessory.into()),
        }
    }
}

impl Separator {
    /// Creates a small separator with a line.
    pub fn new() -> Self {
        Separator::default()
    }

    /// Sets whether a line is shown. Default: true.
    pub fn divider(mut self, divider: bool) -> Self {
        self.divider = Some(divider);
        self
    }

    /// Sets the size of the space. Default: small.
    pub fn spacing(mut self, spacing: SeparatorSpacing) -> Self {
        self.spacing = Some(spacing);
        self
    }
}

impl Label {
    /// Creates a label with a text of up to 45 characters and an input field.
    pub fn new(label: impl Into<String>, field: impl Into<Component>) -> Self {
        Label { id: None, label: label.into(), description: None, component: Box::new(field.into()) }
    }

    /// Sets the description, up to 100 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }
}
