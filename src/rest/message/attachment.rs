use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use crate::error::Error;
use crate::id::AttachmentId;
use crate::model::limits::MAX_ATTACHMENT_DESCRIPTION;
use crate::rest::check::{at_field, bytes, chars};
use crate::rest::upload::Upload;

/// Maximum length of the waveform of a voice message, in bytes before encoding.
const MAX_WAVEFORM: usize = 256;

/// An attachment that stays when its message is edited: [Attachment Request](https://docs.discord.com/developers/resources/message#attachment-object-attachment-request-structure).
///
/// An [`AttachmentId`] converts into one.
///
/// ```
/// use syncord::id::AttachmentId;
/// use syncord::rest::{EditMessage, KeptAttachment};
///
/// let chart = KeptAttachment::new(AttachmentId::new(41)).description("The chart, corrected").spoiler(false);
/// let edit = EditMessage::new().keep_attachment(chart).keep_attachment(AttachmentId::new(42));
/// assert!(edit.check().is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use]
pub struct KeptAttachment {
    id: AttachmentId,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_spoiler: Option<bool>,
}

impl KeptAttachment {
    /// Keeps the attachment with this ID unchanged.
    pub fn new(id: AttachmentId) -> KeptAttachment {
        KeptAttachment { id, description: None, is_spoiler: None }
    }

    /// Replaces the description for users who cannot see the file: at most 1,024 characters.
    pub fn description(mut self, description: impl Into<String>) -> KeptAttachment {
        self.description = Some(description.into());
        self
    }

    /// Sets whether the file is hidden until a user clicks it.
    pub fn spoiler(mut self, spoiler: bool) -> KeptAttachment {
        self.is_spoiler = Some(spoiler);
        self
    }
}

impl From<AttachmentId> for KeptAttachment {
    fn from(id: AttachmentId) -> Self {
        KeptAttachment::new(id)
    }
}

/// The metadata of the only file of a [voice message](https://docs.discord.com/developers/resources/message#voice-messages).
#[derive(Clone, Debug)]
pub(in crate::rest) struct Voice {
    pub(in crate::rest) duration_secs: f64,
    pub(in crate::rest) waveform: Vec<u8>,
}

/// One element of a message's `attachments`.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Attachment<'a> {
    Kept(&'a KeptAttachment),
    New {
        /// The `n` of the form's part `files[n]`.
        id: usize,
        filename: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        is_spoiler: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        duration_secs: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        waveform: Option<String>,
    },
}

impl<'a> Attachment<'a> {
    pub(super) fn new(id: usize, file: &'a Upload, voice: Option<&Voice>) -> Attachment<'a> {
        Attachment::New {
            id,
            filename: file.name(),
            title: file.title_text(),
            description: file.description_text(),
            is_spoiler: file.is_spoiler().then_some(true),
            duration_secs: voice.map(|voice| voice.duration_secs),
            waveform: voice.map(|voice| BASE64_STANDARD.encode(&voice.waveform)),
        }
    }
}

impl KeptAttachment {
    pub(super) fn check(&self) -> Result<(), Error> {
        let description = self.description.as_deref().unwrap_or_default();
        at_field(chars(0..=MAX_ATTACHMENT_DESCRIPTION)(description), || "description".to_owned())
    }
}

impl Voice {
    pub(super) fn check(&self) -> Result<(), Error> {
        bytes("waveform", self.waveform.len(), MAX_WAVEFORM)
    }
}
