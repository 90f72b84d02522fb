use serde::Serialize;

use crate::id::AttachmentId;
use crate::json::object;
use crate::model::List;
use crate::model::open_enum::flags;

/// A [text display](https://docs.discord.com/developers/components/reference#text-display): a text with markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TextDisplay {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The text. All text displays of a message have up to 4000 characters together.
    pub content: String,
}

object! { TextDisplay {
    id, content,
} }

/// A [thumbnail](https://docs.discord.com/developers/components/reference#thumbnail): a small image in a section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct Thumbnail {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The image.
    pub media: UnfurledMediaItem,
    /// The alternative text, up to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the image is a spoiler: blurred until the user clicks it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
}

object! { Thumbnail {
    id, media, description, spoiler,
} }

/// A [media gallery](https://docs.discord.com/developers/components/reference#media-gallery): 1-10 images and videos.
///
/// ```
/// use syncord::model::component::{MediaGallery, MediaGalleryItem};
///
/// let north = MediaGalleryItem::new("attachment://north.png").description("The north");
/// let charts = MediaGallery::new([north, "https://example.com/south.png".into()]);
/// assert_eq!(charts.items.len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MediaGallery {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The images and videos.
    pub items: List<MediaGalleryItem>,
}

object! { MediaGallery {
    id, items,
} }

/// An [image or video of a media gallery](https://docs.discord.com/developers/components/reference#media-gallery-media-gallery-item-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct MediaGalleryItem {
    /// The image or video.
    pub media: UnfurledMediaItem,
    /// The alternative text, up to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the media is a spoiler: blurred until the user clicks it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
}

object! { MediaGalleryItem {
    media, description, spoiler,
} }

/// A [file](https://docs.discord.com/developers/components/reference#file), shown as a component.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[must_use]
pub struct FileDisplay {
    /// The ID of the component within the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// The file. It must be an `attachment://` URL.
    pub file: UnfurledMediaItem,
    /// Whether the file is a spoiler: blurred until the user clicks it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub spoiler: bool,
    /// The file name; set by Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The file size in bytes; set by Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

object! { FileDisplay {
    id, file, spoiler, name, size,
} }

/// The [media of a component](https://docs.discord.com/developers/components/reference#unfurled-media-item): an image, video or file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UnfurledMediaItem {
    /// The ID of the media.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<AttachmentId>,
    /// The URL: `https`, or `attachment://<filename>` for a file of the message.
    pub url: String,
    /// The URL of a proxied copy; set by Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_url: Option<String>,
    /// The height in pixels; set by Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The width in pixels; set by Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// A [thumbhash](https://evanw.github.io/thumbhash/) of the media, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The version of the placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder_version: Option<u32>,
    /// The media type; set by Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<UnfurledMediaItemFlags>,
    /// The ID of the attachment, if the media is one; set by Discord.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_id: Option<AttachmentId>,
}

object! { UnfurledMediaItem {
    id, url, proxy_url, height, width, placeholder, placeholder_version, content_type, flags, attachment_id,
} }

impl UnfurledMediaItem {
    /// Creates media from a URL: `https`, or `attachment://<filename>` for a file of the message.
    pub fn new(url: impl Into<String>) -> Self {
        UnfurledMediaItem { url: url.into(), ..UnfurledMediaItem::default() }
    }
}

flags! {
    /// The [flags of a component's media](https://docs.discord.com/developers/components/reference#unfurled-media-item-unfurled-media-item-flags).
    UnfurledMediaItemFlags {
    IS_ANIMATED = 0,
    }
}

impl TextDisplay {
    /// Creates a text display. All text displays of a message have up to 4000 characters together.
    pub fn new(content: impl Into<String>) -> Self {
        TextDisplay { id: None, content: content.into() }
    }
}

impl Thumbnail {
    /// Creates a thumbnail from a URL: `https`, or `attachment://<filename>` for a file of the message.
    pub fn new(url: impl Into<String>) -> Self {
        Thumbnail { media: UnfurledMediaItem::new(url), ..Thumbnail::default() }
    }

    /// Sets the alternative text, up to 1024 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets whether the image is a spoiler.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}

impl MediaGallery {
    /// Creates a gallery of 1-10 images and videos.
    pub fn new<I: Into<MediaGalleryItem>>(items: impl IntoIterator<Item = I>) -> Self {
        MediaGallery { id: None, items: items.into_iter().map(Into::into).collect() }
    }
}

impl MediaGalleryItem {
    /// Creates a gallery item from a URL: `https`, or `attachment://<filename>` for a file of the message.
    pub fn new(url: impl Into<String>) -> Self {
        MediaGalleryItem { media: UnfurledMediaItem::new(url), ..MediaGalleryItem::default() }
    }

    /// Sets the alternative text, up to 1024 characters.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets whether the media is a spoiler.
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
    /// Creates a component for a file of the message, from its name.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        let url = if name.starts_with("attachment://") { name } else { format!("attachment://{name}") };
        FileDisplay { file: UnfurledMediaItem::new(url), ..FileDisplay::default() }
    }

    /// Sets whether the file is a spoiler.
    pub fn spoiler(mut self, spoiler: bool) -> Self {
        self.spoiler = spoiler;
        self
    }
}
