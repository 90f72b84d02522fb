//! [Embeds](https://docs.discord.com/developers/resources/message#embed-object): framed boxes below a message's text.

mod build;

use serde::{Deserialize, Serialize};

use super::lenient;
use super::open_enum::{flags, text};
use super::{Color, List, Timestamp};

/// An [embed](https://docs.discord.com/developers/resources/message#embed-object).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Embed {
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What kind of embed it is; `type` in Discord's words. Bots send only [`RICH`](EmbedType::RICH) ones.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EmbedType>,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where its title links to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A time shown in the footer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// The colour of its edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    /// Its last line.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub footer: Option<EmbedFooter>,
    /// Its large picture.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub image: Option<EmbedMedia>,
    /// Its small picture.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub thumbnail: Option<EmbedMedia>,
    /// Its video; bots cannot send one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub video: Option<EmbedMedia>,
    /// The site it comes from; bots cannot send one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub provider: Option<EmbedProvider>,
    /// Its first line.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub author: Option<EmbedAuthor>,
    /// Its table.
    #[serde(default, skip_serializing_if = "List::was_empty")]
    pub fields: List<EmbedField>,
    /// Flags.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub flags: Option<EmbedFlags>,
}

/// The [footer](https://docs.discord.com/developers/resources/message#embed-object-embed-footer-structure) of an embed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmbedFooter {
    /// What it says.
    #[serde(default)]
    pub text: String,
    /// Its icon, by `https` or `attachment://`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
    /// Where a proxied copy of the icon is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_icon_url: Option<String>,
}

/// A [picture](https://docs.discord.com/developers/resources/message#embed-object-embed-image-structure) or [video](https://docs.discord.com/developers/resources/message#embed-object-embed-video-structure) of an embed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmbedMedia {
    /// Where it is, by `https` or `attachment://`; pictures always have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where a proxied copy of it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_url: Option<String>,
    /// Its height in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Its width in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Its media type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// A [thumbhash](https://evanw.github.io/thumbhash/) of it, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The version of the placeholder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder_version: Option<u32>,
    /// The text for those who cannot see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Flags.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub flags: Option<EmbedMediaFlags>,
}

/// The [site](https://docs.discord.com/developers/resources/message#embed-object-embed-provider-structure) an embed comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmbedProvider {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// The [author](https://docs.discord.com/developers/resources/message#embed-object-embed-author-structure) of an embed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmbedAuthor {
    /// The name.
    #[serde(default)]
    pub name: String,
    /// Where the name links to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The icon, by `https` or `attachment://`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
    /// Where a proxied copy of the icon is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_icon_url: Option<String>,
}

/// One [field](https://docs.discord.com/developers/resources/message#embed-object-embed-field-structure) of an embed's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmbedField {
    /// Its heading.
    #[serde(default)]
    pub name: String,
    /// Its text.
    #[serde(default)]
    pub value: String,
    /// Whether it may stand beside its neighbours.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
}

text! {
    /// What [kind of embed](https://docs.discord.com/developers/resources/message#embed-object-embed-types) it is.
    EmbedType {
    RICH = "rich",
    IMAGE = "image",
    VIDEO = "video",
    GIFV = "gifv",
    ARTICLE = "article",
    LINK = "link",
    POLL_RESULT = "poll_result",
    }
}

flags! {
    /// [Embed flags](https://docs.discord.com/developers/resources/message#embed-object-embed-flags).
    EmbedFlags {
    IS_CONTENT_INVENTORY_ENTRY = 5,
    }
}

flags! {
    /// [Flags of an embed's media](https://docs.discord.com/developers/resources/message#embed-object-embed-media-flags).
    EmbedMediaFlags {
    IS_ANIMATED = 5,
    }
}
