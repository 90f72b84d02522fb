use serde::Serialize;

use crate::id::SkuId;
use crate::json::object;
use crate::model::Emoji;
use crate::model::open_enum::int_enum;

/// A [button](https://docs.discord.com/developers/components/reference#button). It is placed in an [`ActionRow`](super::ActionRow) or a [`Section`](super::Section).
///
/// ```
/// use syncord::model::component::{ActionRow, Button};
///
/// let row = ActionRow::new([
///     Button::success("vote/yes", "Yes").emoji("👍"),
///     Button::danger("vote/no", "No").disabled(true),
///     Button::link("https://example.com", "Why?"),
/// ]);
/// assert_eq!(row.components.len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct Button {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The style, which also decides what a click does.
    pub style: ButtonStyle,
    /// The label, up to 80 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The emoji before the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// The custom ID, 1-100 characters; link and premium buttons have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// The ID of the SKU that a premium button sells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku_id: Option<SkuId>,
    /// The URL of a link button, up to 512 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether the button is disabled.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

object! { Button {
    id, style, label, emoji, custom_id, sku_id, url, disabled,
} }

int_enum! {
    /// The [style of a button](https://docs.discord.com/developers/components/reference#button-button-styles).
    ButtonStyle {
    PRIMARY = 1,
    SECONDARY = 2,
    SUCCESS = 3,
    DANGER = 4,
    LINK = 5,
    PREMIUM = 6,
    }
}

impl Button {
    /// Creates a button for the most important action of a group.
    pub fn primary(custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button::new(ButtonStyle::PRIMARY, custom_id, label)
    }

    /// Creates a button for other actions.
    pub fn secondary(custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button::new(ButtonStyle::SECONDARY, custom_id, label)
    }

    /// Creates a button that confirms or completes an action.
    pub fn success(custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button::new(ButtonStyle::SUCCESS, custom_id, label)
    }

    /// Creates a button for an action that cannot be undone.
    pub fn danger(custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button::new(ButtonStyle::DANGER, custom_id, label)
    }

    /// Creates a button that opens a URL of up to 512 characters. The bot receives no interaction for it.
    #[doc(alias = "link button")]
    pub fn link(url: impl Into<String>, label: impl Into<String>) -> Self {
        Button { style: ButtonStyle::LINK, url: Some(url.into()), ..Button::default() }.label(label)
    }

    /// Creates a button that sells an SKU. The bot receives no interaction for it.
    pub fn premium(sku: SkuId) -> Self {
        Button { style: ButtonStyle::PREMIUM, sku_id: Some(sku), ..Button::default() }
    }

    /// Creates a button with this style. The custom ID has 1-100 characters, the label up to 80.
    pub fn new(style: ButtonStyle, custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button { style, custom_id: Some(custom_id.into()), ..Button::default() }.label(label)
    }

    /// Sets the label, up to 80 characters. It may be empty if there is an emoji.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into()).filter(|label| !label.is_empty());
        self
    }

    /// Sets the emoji before the label.
    pub fn emoji(mut self, emoji: impl Into<Emoji>) -> Self {
        self.emoji = Some(emoji.into());
        self
    }

    /// Sets whether the button is disabled.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}
