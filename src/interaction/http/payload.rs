//! What a verified request contains.

use crate::json::{self, Reader};
use crate::model::{InteractionType, WebhookEventPayloadType};

/// What a verified request contains, as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Payload<'b> {
    /// An [`Interaction`](crate::model::Interaction).
    Interaction(&'b str),
    /// A [`WebhookEventPayload`](crate::model::WebhookEventPayload) with an event.
    WebhookEvent(&'b str),
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body<'b> {
    /// The test of an Interactions Endpoint URL.
    InteractionPing,
    /// The test of a Webhook Events URL.
    WebhookPing,
    Payload(Payload<'b>),
}

/// The fields that tell the bodies apart. An interaction has a token, a webhook event has an event, and a ping has neither or only a
/// token.
#[derive(Default)]
struct Fields {
    kind: Option<u32>,
    has_token: bool,
    has_event: bool,
}

impl Fields {
    fn read(reader: &mut Reader<'_>) -> json::Result<Fields> {
        let mut fields = Fields::default();
        let mut rest = reader.object()?;
        while let Some(name) = reader.next_field(&mut rest)? {
            match &*name {
                "type" => fields.kind = reader.raw()?.parse().ok(),
                "token" => fields.has_token = reader.raw()?.starts_with('"'),
                "event" => fields.has_event = reader.raw()?.starts_with('{'),
                _ => reader.skip()?,
            }
        }
        Ok(fields)
    }
}

impl<'b> Body<'b> {
    /// `None` if it is neither an interaction nor a webhook event.
    pub(super) fn read(body: &'b [u8]) -> Option<Body<'b>> {
        let text = std::str::from_utf8(body).ok()?;
        let fields = json::read_with(text, Fields::read).ok()?;
        let is_ping = |kind: u32| fields.kind == Some(kind) && !fields.has_event;
        if is_ping(InteractionType::PING.0) {
            Some(Body::InteractionPing)
        } else if fields.has_token {
            Some(Body::Payload(Payload::Interaction(text)))
        } else if is_ping(WebhookEventPayloadType::PING.0) {
            Some(Body::WebhookPing)
        } else if fields.has_event {
            Some(Body::Payload(Payload::WebhookEvent(text)))
        } else {
            None
        }
    }
}
