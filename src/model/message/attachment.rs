use serde::Serialize;

use crate::id::AttachmentId;
use crate::json::object;
use crate::model::open_enum::flags;
use crate::model::{List, PartialApplication, Timestamp, User};

/// A [file attached to a message](https://docs.discord.com/developers/resources/message#attachment-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Attachment {
    /// The attachment ID.
    pub id: AttachmentId,
    /// The file name.
    pub filename: String,
    /// The title of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The alternative text, up to 1024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The media type, such as `image/png`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The size in bytes.
    pub size: u64,
    /// The URL of the file. It is signed and expires.
    pub url: String,
    /// The URL of a proxied copy.
    pub proxy_url: String,
    /// The height in pixels of an image or video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The width in pixels of an image or video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// A [thumbhash](https://evanw.github.io/thumbhash/) of an image or video, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The version of the placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder_version: Option<u32>,
    /// Whether the attachment is ephemeral: Discord deletes it after some time.
    pub ephemeral: bool,
    /// The duration of a voice message in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_secs: Option<f64>,
    /// The waveform of a voice message: bytes in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waveform: Option<String>,
    /// The attachment flags.
    pub flags: AttachmentFlags,
    /// The users in the clip.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub clip_participants: List<User>,
    /// When the clip was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip_created_at: Option<Timestamp>,
    /// The application in the clip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<Box<PartialApplication>>,
}

object! { Attachment {
    id: required, filename, title, description, content_type, size, url, proxy_url, height, width,
    placeholder, placeholder_version, ephemeral, duration_secs, waveform, flags, clip_participants,
    clip_created_at, application,
} }

flags! {
    /// The [attachment flags](https://docs.discord.com/developers/resources/message#attachment-object-attachment-flags).
    AttachmentFlags {
    IS_CLIP = 0,
    IS_THUMBNAIL = 1,
    IS_REMIX = 2,
    IS_SPOILER = 3,
    IS_ANIMATED = 5,
    }
}
