use serde::Serialize;

use crate::id::SkuId;
use crate::json::object;
use crate::model::Emoji;
use crate::model::open_enum::number;

/// A [button](https://docs.discord.com/developers/components/reference#button).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Button {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// How it looks, and what it does.
    pub style: ButtonStyle,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The emoji before its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<Emoji>,
    /// What its clicks are known by; links and premium buttons have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// What a premium button sells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku_id: Option<SkuId>,
    /// Where a link leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether it cannot be clicked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

object! { Button {
    id, style, label, emoji, custom_id, sku_id, url, disabled,
} }

number! {
    /// How a [button looks](https://docs.discord.com/developers/components/reference#button-button-styles), and what it does.
    ButtonStyle {
    PRIMARY = 1,
    SECONDARY = 2,
    SUCCESS = 3,
    DANGER = 4,
    LINK = 5,
    PREMIUM = 6,
    }
}

/// A label has at most 80 characters, a custom id 1 to 100; a button may show an emoji in place of its label.
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
impl Button {
    /// The button to be clicked most.
    pub fn primary(custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button::new(ButtonStyle::PRIMARY, custom_id, label)
    }

    /// A button beside others.
    pub fn secondary(custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button::new(ButtonStyle::SECONDARY, custom_id, label)
    }

    /// A button that agrees or completes.
    pub fn success(custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button::new(ButtonStyle::SUCCESS, custom_id, label)
    }

    /// A button whose effect cannot be undone.
    pub fn danger(custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button::new(ButtonStyle::DANGER, custom_id, label)
    }

    /// A button that leads to an address of at most 512 characters; the bot does not hear of its clicks.
    pub fn link(url: impl Into<String>, label: impl Into<String>) -> Self {
        Button { style: ButtonStyle::LINK, url: Some(url.into()), ..Button::default() }.label(label)
    }

    /// A button that sells something; the bot does not hear of its clicks.
    pub fn premium(sku: SkuId) -> Self {
        Button { style: ButtonStyle::PREMIUM, sku_id: Some(sku), ..Button::default() }
    }

    /// A button of this style, known by this custom id.
    pub fn new(style: ButtonStyle, custom_id: impl Into<String>, label: impl Into<String>) -> Self {
        Button { style, custom_id: Some(custom_id.into()), ..Button::default() }.label(label)
    }

    /// Sets what it says; with an empty text only its emoji shows.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into()).filter(|label| !label.is_empty());
        self
    }

    /// Sets the emoji before its label.
    pub fn emoji(mut self, emoji: impl Into<Emoji>) -> Self {
        self.emoji = Some(emoji.into());
        self
    }

    /// Whether it cannot be clicked.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}
