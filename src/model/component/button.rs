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
