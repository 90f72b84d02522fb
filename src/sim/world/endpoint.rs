//! The URLs in the settings of applications to which interactions and webhook events are sent.

use std::collections::BTreeMap;

/// A URL in the settings of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    /// Where interactions are sent.
    Interactions,
    /// Where webhook events are sent.
    WebhookEvents,
}

/// The endpoints of all applications.
pub(super) type Endpoints = BTreeMap<(u64, Endpoint), String>;

impl Endpoint {
    pub(in crate::sim) const ALL: [Endpoint; 2] = [Endpoint::Interactions, Endpoint::WebhookEvents];

    /// The field of an application.
    pub(in crate::sim) fn field(self) -> &'static str {
        match self {
            Endpoint::Interactions => "interactions_endpoint_url",
            Endpoint::WebhookEvents => "event_webhooks_url",
        }
    }
}
