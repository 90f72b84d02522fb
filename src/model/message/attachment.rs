use serde::Serialize;

use crate::id::AttachmentId;
use crate::json::object;
use crate::model::open_enum::flags;
use crate::model::{List, PartialApplication, Timestamp, User};

/// A [file of a message](https://docs.discord.com/developers/resources/message#attachment-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// Its name.
    pub filename: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text for those who cannot see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// Where it is; signed, and for a limited time.
    pub url: String,
    /// Where a proxied copy of it is.
    pub proxy_url: String,
    /// Its height in pixels, of an image or video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Its width in pixels, of an image or video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// A [thumbhash](https://evanw.github.io/thumbhash/) of it, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// The version of the placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder_version: Option<u32>,
    /// Whether it goes away after a while.
    pub ephemeral: bool,
    /// The length of a voice message, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_secs: Option<f64>,
    /// The loudness of a voice message, as bytes in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waveform: Option<String>,
    /// Flags.
    pub flags: AttachmentFlags,
    /// Who is in the clip.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub clip_participants: List<User>,
    /// When the clip was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clip_created_at: Option<Timestamp>,
    /// The game that the clip shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<Box<PartialApplication>>,
}

object! { Attachment {
    id: required, filename, title, description, content_type, size, url, proxy_url, height, width,
    placeholder, placeholder_version, ephemeral, duration_secs, waveform, flags, clip_participants,
    clip_created_at, application,
} }

flags! {
    /// [Attachment flags](https://docs.discord.com/developers/resources/message#attachment-object-attachment-flags).
    AttachmentFlags {
    IS_CLIP = 0,
    IS_THUMBNAIL = 1,
    IS_REMIX = 2,
    IS_SPOILER = 3,
    IS_ANIMATED = 5,
    }
}
