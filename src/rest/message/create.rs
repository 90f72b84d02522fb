use serde::ser::SerializeMap;

use super::body::Body;
use super::setters::setters;
use crate::error::Error;
use crate::id::{ChannelId, MessageId};
use crate::model::{MessageReference, MessageReferenceType, SharedClientTheme};
use crate::rest::check::{at_field, chars};

/// Maximum length of a nonce, in characters.
const MAX_NONCE: usize = 25;

/// A new message: [Create Message](https://docs.discord.com/developers/resources/message#create-message).
///
/// ```
/// use syncord::id::MessageId;
/// use syncord::model::Embed;
/// use syncord::model::component::{ActionRow, Button};
/// use syncord::rest::{CreateMessage, Upload};
///
/// let plain: CreateMessage = "aye".into();
/// let reply = CreateMessage::text("aye").reply_to(MessageId::new(1500062951300792337));
/// let rich = CreateMessage::new()
///     .embed(Embed::new().title("Tide").field("High", "06:12").image("attachment://chart.png"))
///     .file(Upload::path("charts/chart.png").description("The tide of the day"))
///     .component(ActionRow::new([Button::primary("again", "Again")]));
/// assert!(plain.check().is_ok() && reply.check().is_ok() && rich.check().is_ok());
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct CreateMessage {
    pub(in crate::rest) body: Body,
    nonce: Option<String>,
}

setters! {
    CreateMessage: content tts embeds components stickers poll files voice allowed_mentions suppress_embeds
        suppress_notifications;
    and Self::check_nonce;
    with Self::write_nonce
}

impl CreateMessage {
    /// Creates an empty message.
    pub fn new() -> CreateMessage {
        CreateMessage::default()
    }

    /// Creates a message with this text.
    pub fn text(content: impl Into<String>) -> CreateMessage {
        CreateMessage { body: Body::text(content), nonce: None }
    }

    /// Creates a message that [forwards](https://docs.discord.com/developers/resources/message#message-reference-content-attribution) another one.
    ///
    /// It cannot have other content.
    pub fn forward(channel: ChannelId, message: MessageId) -> CreateMessage {
        CreateMessage::new().message_reference(MessageReference {
            kind: MessageReferenceType::FORWARD,
            message_id: Some(message),
            channel_id: Some(channel),
            ..MessageReference::default()
        })
    }

    /// Makes the message a reply to a message of the same channel. It is sent even if that message was deleted.
    pub fn reply_to(self, message: MessageId) -> CreateMessage {
        self.message_reference(MessageReference {
            message_id: Some(message),
            fail_if_not_exists: Some(false),
            ..MessageReference::default()
        })
    }

    /// Sets the referenced message; see [`reply_to`](Self::reply_to) and [`forward`](Self::forward).
    pub fn message_reference(mut self, reference: MessageReference) -> CreateMessage {
        self.body.reference = Some(reference);
        self
    }

    /// Shares the colors of a client theme.
    pub fn shared_client_theme(mut self, theme: SharedClientTheme) -> CreateMessage {
        self.body.theme = Some(theme);
        self
    }

    /// Sets the nonce: at most 25 characters. For a few minutes, a second message with the same nonce is not sent, and the
    /// call returns the first one. By default each call creates its own nonce.
    pub fn nonce(mut self, nonce: impl Into<String>) -> CreateMessage {
        self.nonce = Some(nonce.into());
        self
    }

    pub(in crate::rest) fn from_body(body: Body) -> CreateMessage {
        CreateMessage { body, nonce: None }
    }

    /// Adds a nonce if there is none, so that the request can be repeated.
    pub(in crate::rest) fn with_nonce(mut self) -> CreateMessage {
        self.nonce.get_or_insert_with(|| fastrand::u64(..).to_string());
        self
    }

    fn check_nonce(&self) -> Result<(), Error> {
        match &self.nonce {
            Some(nonce) => at_field(chars(1..=MAX_NONCE)(nonce), || "nonce".to_owned()),
            None => Ok(()),
        }
    }

    fn write_nonce<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        if let Some(nonce) = &self.nonce {
            map.serialize_entry("nonce", nonce)?;
            map.serialize_entry("enforce_nonce", &true)?;
        }
        Ok(())
    }
}

/// The first message of a thread in a forum or media channel: [Start Thread in Forum or Media Channel](https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel).
///
/// ```
/// use syncord::rest::ThreadMessage;
///
/// assert!(ThreadMessage::from("Which tide is best?").suppress_notifications(true).check().is_ok());
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ThreadMessage {
    pub(in crate::rest) body: Body,
}

setters! {
    ThreadMessage: content embeds components stickers files allowed_mentions suppress_embeds suppress_notifications
}

impl ThreadMessage {
    /// Creates an empty message.
    pub fn new() -> ThreadMessage {
        ThreadMessage::default()
    }
}

#[cfg(test)]
mod tests;
