//! The response to an operation.

use serde_json::Value;

use super::rejection::Rejection;

/// An event to dispatch: its name and its data.
pub type Event = (&'static str, Value);

/// The response to an operation, and the events that it causes.
#[derive(Clone, Debug, PartialEq)]
pub struct RestResponse {
    /// The HTTP status.
    pub status: u16,
    /// The body. Null if there is none.
    pub body: Value,
    /// The events that the gateway dispatches.
    pub events: Vec<Event>,
}

impl RestResponse {
    pub(super) fn new(status: u16, body: Value, events: Vec<Event>) -> RestResponse {
        RestResponse { status, body, events }
    }

    /// 200 with a body and no events.
    pub(super) fn ok(body: Value) -> RestResponse {
        RestResponse::new(200, body, Vec::new())
    }

    /// 204 without a body.
    pub(super) fn no_content(events: Vec<Event>) -> RestResponse {
        RestResponse::new(204, Value::Null, events)
    }

    /// The body, if the operation succeeded.
    pub(in crate::sim) fn body_if_ok(self) -> Option<Value> {
        (self.status < 300).then_some(self.body)
    }
}

impl From<Rejection> for RestResponse {
    fn from((status, body): Rejection) -> RestResponse {
        RestResponse::new(status, body, Vec::new())
    }
}
