use serde::Serialize;

use crate::id::AttachmentId;
use crate::json::object;
use crate::model::List;
use crate::model::open_enum::flags;

/// A [text](https://docs.discord.com/developers/components/reference#text-display) with markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TextDisplay {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The text.
    pub content: String,
}

object! { TextDisplay {
    id, content,
} }

/// A [small picture](https://docs.discord.com/developers/components/reference#thumbnail) beside a section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Thumbnail {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The picture.
    pub media: UnfurledMediaItem,
    /// The text for those who cannot see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it is hidden until it is clicked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
}

object! { Thumbnail {
    id, media: required, description, spoiler,
} }

/// [Pictures and videos](https://docs.discord.com/developers/components/reference#media-gallery), up to ten.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct MediaGallery {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The pictures and videos.
    pub items: List<MediaGalleryItem>,
}

object! { MediaGallery {
    id, items,
} }

/// One [picture or video](https://docs.discord.com/developers/components/reference#media-gallery-media-gallery-item-structure) of a gallery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MediaGalleryItem {
    /// The picture or video.
    pub media: UnfurledMediaItem,
    /// The text for those who cannot see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it is hidden until it is clicked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
}

object! { MediaGalleryItem {
    media: required, description, spoiler,
} }

/// A [file](https://docs.discord.com/developers/components/reference#file) within a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FileDisplay {
    /// Its number within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The file, by `attachment://`.
    pub file: UnfurledMediaItem,
    /// Whether it is hidden until it is clicked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
    /// Its name; Discord fills it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its size in bytes; Discord fills it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

object! { FileDisplay {
    id, file: required, spoiler, name, size,
} }

/// A [picture, video or file](https://docs.discord.com/developers/components/reference#unfurled-media-item) of a component.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnfurledMediaItem {
    /// Its own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<AttachmentId>,
    /// Where it is, by `https` or `attachment://`.
    pub url: String,
    /// Where a proxied copy of it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_url: Option<String>,
    /// Its height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Its width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// A [thumbhash](https://evanw.github.io/thumbhash/) of it, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The version of the placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder_version: Option<u32>,
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<UnfurledMediaItemFlags>,
    /// The message's attachment that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_id: Option<AttachmentId>,
}

object! { UnfurledMediaItem {
    id, url, proxy_url, height, width, placeholder, placeholder_version, content_type, flags, attachment_id,
} }

impl UnfurledMediaItem {
    /// What is at this address: `https`, or `attachment://` for a file sent along.
    pub fn new(url: impl Into<String>) -> Self {
        UnfurledMediaItem { url: url.into(), ..UnfurledMediaItem::default() }
    }
}

flags! {
    /// [Flags of a component's media](https://docs.discord.com/developers/components/reference#unfurled-media-item-unfurled-media-item-flags).
    UnfurledMediaItemFlags {
    IS_ANIMATED = 0,
    }
}

impl TextDisplay {
    /// This text with markdown: at most 4,000 characters in all texts of a message.
    pub fn new(content: impl Into<String>) -> Self {
        TextDisplay { id: None, content: content.into() }
    }
}

impl Thumbnail {
    /// The picture at this address: `https`, or `attachment://` for a file sent along.
    pub fn new(url: impl Into<String>) -> Self {
        Thumbnail { media: UnfurledMediaItem::new(url), ..Thumbnail::default() }
    }

    /// Describes it to those who cannot see it: at most 1,024 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Whether it is hidden until it is clicked.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}

/// One to ten pictures and videos.
///
/// ```
/// use syncord::model::component::{MediaGallery, MediaGalleryItem};
///
/// let north = MediaGalleryItem::new("attachment://north.png").description("The north");
/// let charts = MediaGallery::new([north, "https://example.com/south.png".into()]);
/// assert_eq!(charts.items.len(), 2);
/// ```
impl MediaGallery {
    /// These pictures and videos.
    pub fn new<I: Into<MediaGalleryItem>>(items: impl IntoIterator<Item = I>) -> Self {
        MediaGallery { id: None, items: items.into_iter().map(Into::into).collect() }
    }
}

impl MediaGalleryItem {
    /// The picture or video at this address: `https`, or `attachment://` for a file sent along.
    pub fn new(url: impl Into<String>) -> Self {
        MediaGalleryItem { media: UnfurledMediaItem::new(url), ..MediaGalleryItem::default() }
    }

    /// Describes it to those who cannot see it: at most 1,024 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Whether it is hidden until it is clicked.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}

impl From<&str> for MediaGalleryItem {
    fn from(url: &str) -> Self {
        MediaGalleryItem::new(url)
    }
}

impl From<String> for MediaGalleryItem {
    fn from(url: String) -> Self {
        MediaGalleryItem::new(url)
    }
}

impl FileDisplay {
    /// The file of this name that is sent along.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        let url = if name.starts_with("attachment://") { name } else { format!("attachment://{name}") };
        FileDisplay { file: UnfurledMediaItem::new(url), ..FileDisplay::default() }
    }

    /// Whether it is hidden until it is clicked.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}
