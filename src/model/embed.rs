//! [Embeds](https://docs.discord.com/developers/resources/message#embed-object): framed boxes below a message's text.

mod build;

use serde::Serialize;

use super::open_enum::{flags, text};
use super::{Color, List, Timestamp};
use crate::json::object;

/// An [embed](https://docs.discord.com/developers/resources/message#embed-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Embed {
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What kind of embed it is; `type` in Discord's words. Bots send only [`RICH`](EmbedType::RICH) ones.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<EmbedType>,
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where its title links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A time shown in the footer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// The colour of its edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    /// Its last line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<EmbedFooter>,
    /// Its large picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<EmbedMedia>,
    /// Its small picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<EmbedMedia>,
    /// Its video; bots cannot send one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<EmbedMedia>,
    /// The site it comes from; bots cannot send one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<EmbedProvider>,
    /// Its first line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<EmbedAuthor>,
    /// Its table.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub fields: List<EmbedField>,
    /// Flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<EmbedFlags>,
}

object! { Embed {
    title, kind = "type", description, url, timestamp, color, footer, image, thumbnail, video, provider,
    author, fields, flags,
} }

/// The [footer](https://docs.discord.com/developers/resources/message#embed-object-embed-footer-structure) of an embed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmbedFooter {
    /// What it says.
    pub text: String,
    /// Its icon, by `https` or `attachment://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
    /// Where a proxied copy of the icon is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_icon_url: Option<String>,
}

object! { EmbedFooter {
    text, icon_url, proxy_icon_url,
} }

/// A [picture](https://docs.discord.com/developers/resources/message#embed-object-embed-image-structure) or [video](https://docs.discord.com/developers/resources/message#embed-object-embed-video-structure) of an embed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmbedMedia {
    /// Where it is, by `https` or `attachment://`; pictures always have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where a proxied copy of it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_url: Option<String>,
    /// Its height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Its width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// A [thumbhash](https://evanw.github.io/thumbhash/) of it, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The version of the placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder_version: Option<u32>,
    /// The text for those who cannot see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<EmbedMediaFlags>,
}

object! { EmbedMedia {
    url, proxy_url, height, width, content_type, placeholder, placeholder_version, description, flags,
} }

/// The [site](https://docs.discord.com/developers/resources/message#embed-object-embed-provider-structure) an embed comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmbedProvider {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

object! { EmbedProvider {
    name, url,
} }

/// The [author](https://docs.discord.com/developers/resources/message#embed-object-embed-author-structure) of an embed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmbedAuthor {
    /// The name.
    pub name: String,
    /// Where the name links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The icon, by `https` or `attachment://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
    /// Where a proxied copy of the icon is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_icon_url: Option<String>,
}

object! { EmbedAuthor {
    name, url, icon_url, proxy_icon_url,
} }

/// One [field](https://docs.discord.com/developers/resources/message#embed-object-embed-field-structure) of an embed's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmbedField {
    /// Its heading.
    pub name: String,
    /// Its text.
    pub value: String,
    /// Whether it may stand beside its neighbours.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
}

object! { EmbedField {
    name, value, inline,
} }

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
