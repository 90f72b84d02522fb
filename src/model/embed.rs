//! [Embeds](https://docs.discord.com/developers/resources/message#embed-object): framed boxes below a message's text.

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

/// Embeds are put together by what they show; their limits are checked when they are sent.
///
/// ```
/// use std::time::SystemTime;
/// use syncord::model::{Color, Embed};
///
/// let tide = Embed::new()
///     .title("Tide")
///     .description("The water of the day")
///     .color(Color(0x1abc9c))
///     .inline_field("High", "06:12")
///     .inline_field("Low", "12:25")
///     .footer("as measured")
///     .timestamp(SystemTime::now());
/// assert_eq!(tide.fields.len(), 2);
/// ```
impl Embed {
    /// An embed with nothing in it yet.
    pub fn new() -> Self {
        Embed::default()
    }

    /// Sets its title: at most 256 characters.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets its text: at most 4,096 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets where its title links to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the time shown in its footer.
    pub fn timestamp(mut self, timestamp: impl Into<Timestamp>) -> Self {
        self.timestamp = Some(timestamp.into());
        self
    }

    /// Sets the colour of its edge.
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// Sets its last line: at most 2,048 characters, or an [`EmbedFooter`] with an icon.
    pub fn footer(mut self, footer: impl Into<EmbedFooter>) -> Self {
        self.footer = Some(footer.into());
        self
    }

    /// Sets its large picture, by `https` or `attachment://`.
    pub fn image(mut self, url: impl Into<String>) -> Self {
        self.image = Some(EmbedMedia::at(url));
        self
    }

    /// Sets its small picture, by `https` or `attachment://`.
    pub fn thumbnail(mut self, url: impl Into<String>) -> Self {
        self.thumbnail = Some(EmbedMedia::at(url));
        self
    }

    /// Sets its first line: at most 256 characters, or an [`EmbedAuthor`] with an icon or a link.
    pub fn author(mut self, author: impl Into<EmbedAuthor>) -> Self {
        self.author = Some(author.into());
        self
    }

    /// Adds a field, of which there are at most 25: a heading of at most 256 characters and a text of at
    /// most 1,024.
    pub fn field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(EmbedField { name: name.into(), value: value.into(), inline: false })
    }

    /// Adds a field that may stand beside its neighbours.
    pub fn inline_field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(EmbedField { name: name.into(), value: value.into(), inline: true })
    }

    fn with(mut self, field: EmbedField) -> Self {
        self.fields.push(field);
        self
    }
}

impl EmbedFooter {
    /// This text.
    pub fn new(text: impl Into<String>) -> Self {
        EmbedFooter { text: text.into(), ..EmbedFooter::default() }
    }

    /// Sets its icon, by `https` or `attachment://`.
    pub fn icon_url(mut self, url: impl Into<String>) -> Self {
        self.icon_url = Some(url.into());
        self
    }
}

impl EmbedAuthor {
    /// This name.
    pub fn new(name: impl Into<String>) -> Self {
        EmbedAuthor { name: name.into(), ..EmbedAuthor::default() }
    }

    /// Sets where the name links to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets its icon, by `https` or `attachment://`.
    pub fn icon_url(mut self, url: impl Into<String>) -> Self {
        self.icon_url = Some(url.into());
        self
    }
}

impl EmbedMedia {
    fn at(url: impl Into<String>) -> Self {
        EmbedMedia { url: Some(url.into()), ..EmbedMedia::default() }
    }
}

impl From<&str> for EmbedFooter {
    fn from(text: &str) -> Self {
        EmbedFooter::new(text)
    }
}

impl From<String> for EmbedFooter {
    fn from(text: String) -> Self {
        EmbedFooter::new(text)
    }
}

impl From<&str> for EmbedAuthor {
    fn from(name: &str) -> Self {
        EmbedAuthor::new(name)
    }
}

impl From<String> for EmbedAuthor {
    fn from(name: String) -> Self {
        EmbedAuthor::new(name)
    }
}
