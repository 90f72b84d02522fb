use super::super::{
    ActionRow, Button, Component, Container, Label, Section, Separator, SeparatorSpacing, StringSelect,
};
use crate::model::Color;

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
