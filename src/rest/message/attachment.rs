use serde::Serialize;

use super::body::{Body, Purpose};
use crate::error::Error;
use crate::id::AttachmentId;
use crate::model::limits::MAX_ATTACHMENT_DESCRIPTION;
use crate::rest::check::{at_field, bytes, chars, elements, invalid};
use crate::rest::upload::Upload;

/// How many files a message can have.
const MAX_FILES: usize = 10;

/// The longest waveform of a voice message, in bytes before they are encoded.
const MAX_WAVEFORM: usize = 256;

/// An attachment that stays on a message that is edited: [Attachment Request](https://docs.discord.com/developers/resources/message#attachment-object-attachment-request-structure).
///
/// An id becomes one by itself.
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
    /// The attachment with this id, as it is.
    pub fn new(id: AttachmentId) -> KeptAttachment {
        KeptAttachment { id, description: None, is_spoiler: None }
    }

    /// Describes it anew to those who cannot see it: at most 1,024 characters.
    pub fn description(mut self, description: impl Into<String>) -> KeptAttachment {
        self.description = Some(description.into());
        self
    }

    /// Whether it is hidden until it is clicked.
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

/// What a [voice message](https://docs.discord.com/developers/resources/message#voice-messages) says of its only file.
#[derive(Clone, Debug)]
pub(in crate::rest) struct Voice {
    pub(in crate::rest) duration_secs: f64,
    pub(in crate::rest) waveform: Vec<u8>,
}

/// What is said of one attachment.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Entry<'a> {
    Kept(&'a KeptAttachment),
    New {
        /// The `n` of its `files[n]`.
        id: usize,
        filename: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        duration_secs: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        waveform: Option<String>,
    },
}

/// What is said of the attachments; `None` where new files are added to whatever there is.
pub(super) fn entries(body: &Body) -> Option<Vec<Entry<'_>>> {
    if body.kept.is_none() && (body.files.is_empty() || body.purpose == Purpose::Edit) {
        return None;
    }
    let kept = body.kept.iter().flatten().map(Entry::Kept);
    let new = body.files.iter().enumerate().map(|(id, file)| Entry::New {
        id,
        filename: file.name(),
        title: file.titled(),
        description: file.described_as(),
        duration_secs: body.voice.as_ref().map(|voice| voice.duration_secs),
        waveform: body.voice.as_ref().map(Voice::encoded),
    });
    Some(kept.chain(new).collect())
}

impl Voice {
    fn encoded(&self) -> String {
        use base64::Engine;

        base64::prelude::BASE64_STANDARD.encode(&self.waveform)
    }
}

pub(super) fn check(body: &Body) -> Result<(), Error> {
    for (number, file) in body.files.iter().enumerate() {
        at_field(file.check(), || format!("files[{number}]"))?;
    }
    for (number, kept) in body.kept.iter().flatten().enumerate() {
        let description = kept.description.as_deref().unwrap_or_default();
        let name = || format!("attachments[{number}].description");
        at_field(chars(0..=MAX_ATTACHMENT_DESCRIPTION)(description), name)?;
    }
    let count = body.files.len() + body.kept.as_ref().map_or(0, Vec::len);
    elements("attachments", count, &(0..=MAX_FILES))?;
    if body.purpose == Purpose::Edit && body.kept.is_none() && body.files.iter().any(Upload::is_described) {
        // Discord reads the list as all that is to be there.
        return invalid(
            "attachments",
            "a file with a title or a description can be added only where it is said which of the message's \
             attachments stay: see keep_attachment and drop_attachments",
        );
    }
    body.voice.as_ref().map_or(Ok(()), |voice| bytes("waveform", voice.waveform.len(), MAX_WAVEFORM))
}
