//! Whether a bot receives requests, and the event that webhook events are to its handlers.

use crate::bot::threads::batch::Name;
use crate::gateway::event::Event;
use crate::gateway::intents::Intents;
use crate::json;
use crate::model::WebhookEventPayload;

/// The name under which the handlers of webhook events are registered. No event of the gateway has it.
pub(crate) const WEBHOOK_EVENT: Name<'static> = Name::Unknown(<WebhookEventPayload as Event>::NAME);

/// Whether a bot receives requests, and where.
#[derive(Default)]
pub(crate) struct HttpConfig {
    pub(crate) is_on: bool,
    /// The address of its own server, if it has one.
    pub(crate) address: Option<String>,
}

impl Event for WebhookEventPayload {
    const NAME: &'static str = "WEBHOOK_EVENT";
    const INTENTS: Intents = Intents::empty();

    fn decode(data: &str) -> Result<Self, serde_json::Error> {
        json::read_event(data)
    }
}
