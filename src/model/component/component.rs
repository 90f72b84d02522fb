use serde::Serialize;

use super::{
    Button, Checkbox, CheckboxGroup, EntitySelect, FileDisplay, FileUpload, MediaGallery, RadioGroup,
    StringSelect, TextDisplay, TextInput, Thumbnail,
};
use crate::json::object;
use crate::model::open_enum::number;
use crate::model::tagged::tagged;
use crate::model::{Color, List};

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

/// A [row](https://docs.discord.com/developers/components/reference#action-row) of up to five buttons, or of one select.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct ActionRow {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What stands in it.
    pub components: List<Component>,
}

object! { ActionRow {
    id, components,
} }

/// A [section](https://docs.discord.com/developers/components/reference#section): up to three texts with something beside them.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Section {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// Its texts.
    pub components: List<Component>,
    /// A button or a thumbnail beside them.
    pub accessory: Box<Component>,
}

object! { Section {
    id, components, accessory: required,
} }

/// A [box](https://docs.discord.com/developers/components/reference#container) around components.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Container {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// What stands in it.
    pub components: List<Component>,
    /// The colour of its edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent_color: Option<Color>,
    /// Whether it is hidden until it is clicked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
}

object! { Container {
    id, components, accent_color, spoiler,
} }

/// [Space](https://docs.discord.com/developers/components/reference#separator) between components.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Separator {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// Whether a line is drawn; where it is `None` it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub divider: Option<bool>,
    /// How much space it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spacing: Option<SeparatorSpacing>,
}

object! { Separator {
    id, divider, spacing,
} }

/// A [text with a field](https://docs.discord.com/developers/components/reference#label) of a modal.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Label {
    /// Its number within the modal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The text.
    pub label: String,
    /// A second, smaller text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The field.
    pub component: Box<Component>,
}

object! { Label {
    id, label, description, component: required,
} }

number! {
    /// How much [space](https://docs.discord.com/developers/components/reference#separator-separator-structure) a separator is.
    SeparatorSpacing {
    SMALL = 1,
    LARGE = 2,
    }
}

impl ActionRow {
    /// A row of up to five buttons, or of one select.
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

/// A box holds rows, sections, texts, galleries, files and separators.
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
impl Container {
    /// A box with nothing in it yet.
    pub fn new() -> Self {
        Container::default()
    }

    /// Adds a component.
    pub fn component(mut self, component: impl Into<Component>) -> Self {
        self.components.push(component.into());
        self
    }

    /// Sets the colour of its edge.
    pub fn accent_color(mut self, color: Color) -> Self {
        self.accent_color = Some(color);
        self
    }

    /// Whether it is hidden until it is clicked.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}

impl Section {
    /// One to three texts with a button or a thumbnail beside them.
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
    /// A line with a little space.
    pub fn new() -> Self {
        Separator::default()
    }

    /// Whether a line is drawn (yes).
    pub fn divider(mut self, divider: bool) -> Self {
        self.divider = Some(divider);
        self
    }

    /// Sets how much space it is (small).
    pub fn spacing(mut self, spacing: SeparatorSpacing) -> Self {
        self.spacing = Some(spacing);
        self
    }
}

impl Label {
    /// This text of at most 45 characters with this field.
    pub fn new(label: impl Into<String>, field: impl Into<Component>) -> Self {
        Label { id: None, label: label.into(), description: None, component: Box::new(field.into()) }
    }

    /// Sets a second, smaller text of at most 100 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }
}
