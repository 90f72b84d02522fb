//! The state of one interaction.

use std::time::Duration;

use serde_json::Value;

/// An interaction and the responses to it.
pub(in crate::sim::world) struct Interaction {
    pub(super) token: String,
    pub(super) application: u64,
    pub(super) kind: u64,
    /// The full name of the command, or the custom ID.
    pub(super) name: String,
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) sent_at: Duration,
    /// The interaction as it was dispatched.
    pub(super) payload: Value,
    /// The message of the component, or of the component that opened the modal.
    pub(super) message: Option<u64>,
    /// The interaction that the modal was the response to.
    pub(super) triggered_by: Option<u64>,
    pub(super) acknowledgement: Option<Acknowledgement>,
    pub(super) rejected_responses: Vec<RejectedResponse>,
    /// The message that `@original` names.
    pub(super) original: Option<u64>,
    /// Whether the response is deferred and not sent yet.
    pub(super) is_deferred: bool,
    pub(super) followups: Vec<u64>,
    pub(super) modal: Option<Value>,
    pub(super) choices: Option<Value>,
    /// Why it could not be delivered over HTTP.
    #[cfg(feature = "http-interactions")]
    pub(in crate::sim::world) delivery_error: Option<String>,
}

/// How a bot acknowledged an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The [callback type](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type)
    /// of the response.
    pub kind: u64,
    /// The time since the interaction was sent.
    pub after: Duration,
    /// Whether only the user sees the response.
    pub ephemeral: bool,
}

/// A response that was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RejectedResponse {
    /// Discord's error code.
    pub code: u64,
    /// The time since the interaction was sent.
    pub after: Duration,
}
