use serde::{Deserialize, Serialize};

use crate::id::SkuId;
use crate::model::open_enum::number;
use crate::model::{Emoji, lenient};

/// A [button](https://docs.discord.com/developers/components/reference#button).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Button {
    /// Its number within the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// How it looks, and what it does.
    #[serde(default)]
    pub style: ButtonStyle,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The emoji before its label.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub emoji: Option<Emoji>,
    /// What its clicks are known by; links and premium buttons have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// What a premium button sells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku_id: Option<SkuId>,
    /// Where a link leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether it cannot be clicked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
}

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
