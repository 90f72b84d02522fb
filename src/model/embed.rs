//! [Embeds](https://docs.discord.com/developers/resources/message#embed-object): framed boxes below the text of a message.

use serde::Serialize;

use super::open_enum::{flags, string_enum};
use super::{Color, List, Timestamp};
use crate::json::object;

/// An [embed](https://docs.discord.com/developers/resources/message#embed-object).
///
/// The limits are checked when the message is sent. All texts of a message's embeds have up to 6000 characters together.
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
#[doc(alias = "embed builder")]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct Embed {
    /// The title, up to 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The type of embed; `type` in JSON. Embeds sent by bots and webhooks are always [`RICH`](EmbedType::RICH).
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<EmbedType>,
    /// The description, up to 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The URL that the title links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The time shown in the footer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// The color of the edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    /// The footer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<EmbedFooter>,
    /// The image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<EmbedMedia>,
    /// The thumbnail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<EmbedMedia>,
    /// The video. Bots cannot send videos.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<EmbedMedia>,
    /// The provider. Bots cannot send providers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<EmbedProvider>,
    /// The author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<EmbedAuthor>,
    /// The fields, up to 25.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub fields: List<EmbedField>,
    /// The flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<EmbedFlags>,
}

object! { Embed {
    title, kind = "type", description, url, timestamp, color, footer, image, thumbnail, video, provider,
    author, fields, flags,
} }

/// The [footer of an embed](https://docs.discord.com/developers/resources/message#embed-object-embed-footer-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct EmbedFooter {
    /// The text, up to 2048 characters.
    pub text: String,
    /// The URL of the icon: `https` or `attachment://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
    /// The URL of a proxied copy of the icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_icon_url: Option<String>,
}

object! { EmbedFooter {
    text, icon_url, proxy_icon_url,
} }

/// An [image](https://docs.discord.com/developers/resources/message#embed-object-embed-image-structure), thumbnail or [video](https://docs.discord.com/developers/resources/message#embed-object-embed-video-structure) of an embed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmbedMedia {
    /// The URL: `https` or `attachment://`; always set for images and thumbnails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The URL of a proxied copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_url: Option<String>,
    /// The height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// The media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// A [thumbhash](https://evanw.github.io/thumbhash/) of the media, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The version of the placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder_version: Option<u32>,
    /// The alternative text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<EmbedMediaFlags>,
}

object! { EmbedMedia {
    url, proxy_url, height, width, content_type, placeholder, placeholder_version, description, flags,
} }

/// The [provider of an embed](https://docs.discord.com/developers/resources/message#embed-object-embed-provider-structure): the website that it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmbedProvider {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

object! { EmbedProvider {
    name, url,
} }

/// The [author of an embed](https://docs.discord.com/developers/resources/message#embed-object-embed-author-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct EmbedAuthor {
    /// The name, up to 256 characters.
    pub name: String,
    /// The URL that the name links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The URL of the icon: `https` or `attachment://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon_url: Option<String>,
    /// The URL of a proxied copy of the icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_icon_url: Option<String>,
}

object! { EmbedAuthor {
    name, url, icon_url, proxy_icon_url,
} }

/// A [field of an embed](https://docs.discord.com/developers/resources/message#embed-object-embed-field-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EmbedField {
    /// The name, up to 256 characters.
    pub name: String,
    /// The value, up to 1024 characters.
    pub value: String,
    /// Whether the field may be shown next to other inline fields.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
}

object! { EmbedField {
    name, value, inline,
} }

string_enum! {
    /// The [type of an embed](https://docs.discord.com/developers/resources/message#embed-object-embed-types).
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
    /// The [embed flags](https://docs.discord.com/developers/resources/message#embed-object-embed-flags).
    EmbedFlags {
    IS_CONTENT_INVENTORY_ENTRY = 5,
    }
}

flags! {
    /// The [flags of an embed's media](https://docs.discord.com/developers/resources/message#embed-object-embed-media-flags).
    EmbedMediaFlags {
    IS_ANIMATED = 5,
    }
}

impl Embed {
    /// Creates an empty embed.
    pub fn new() -> Self {
        Embed::default()
    }

    /// Sets the title, up to 256 characters.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the description, up to 4096 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the URL that the title links to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the time shown in the footer.
    pub fn timestamp(mut self, timestamp: impl Into<Timestamp>) -> Self {
        self.timestamp = Some(timestamp.into());
        self
    }

    /// Sets the color of the edge.
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// Sets the footer: a text of up to 2048 characters, or an [`EmbedFooter`] with an icon.
    pub fn footer(mut self, footer: impl Into<EmbedFooter>) -> Self {
        self.footer = Some(footer.into());
        self
    }

    /// Sets the image by its URL: `https` or `attachment://`.
    pub fn image(mut self, url: impl Into<String>) -> Self {
        self.image = Some(EmbedMedia::at(url));
        self
    }

    /// Sets the thumbnail by its URL: `https` or `attachment://`.
    pub fn thumbnail(mut self, url: impl Into<String>) -> Self {
        self.thumbnail = Some(EmbedMedia::at(url));
        self
    }

    /// Sets the author: a name of up to 256 characters, or an [`EmbedAuthor`] with an icon or a link.
    pub fn author(mut self, author: impl Into<EmbedAuthor>) -> Self {
        self.author = Some(author.into());
        self
    }

    /// Adds a field. The name has up to 256 characters, the value up to 1024. Up to 25 fields are allowed.
    pub fn field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(EmbedField { name: name.into(), value: value.into(), inline: false })
    }

    /// Adds a field that may be shown next to other inline fields.
    pub fn inline_field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(EmbedField { name: name.into(), value: value.into(), inline: true })
    }

    fn with(mut self, field: EmbedField) -> Self {
        self.fields.push(field);
        self
    }
}

impl EmbedFooter {
    /// Creates a footer with this text.
    pub fn new(text: impl Into<String>) -> Self {
        EmbedFooter { text: text.into(), ..EmbedFooter::default() }
    }

    /// Sets the URL of the icon: `https` or `attachment://`.
    pub fn icon_url(mut self, url: impl Into<String>) -> Self {
        self.icon_url = Some(url.into());
        self
    }
}

impl EmbedAuthor {
    /// Creates an author with this name.
    pub fn new(name: impl Into<String>) -> Self {
        EmbedAuthor { name: name.into(), ..EmbedAuthor::default() }
    }

    /// Sets the URL that the name links to.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the URL of the icon: `https` or `attachment://`.
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
