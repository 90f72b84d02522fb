use serde::Serialize;

use super::Component;
use crate::json::object;
use crate::model::open_enum::number;
use crate::model::{Color, List};

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
