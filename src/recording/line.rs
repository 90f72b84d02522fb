//! The format of a recording: a JSON object in each line.
//!
//! The first line is the header. Lines are in the order in which events arrived and responses were complete; `at` is when an event
//! arrived or a request began, in microseconds since the start of the recording. Unknown fields are ignored.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version of the format. A reader refuses a higher one.
pub(crate) const FORMAT: u32 = 1;

/// The version of the library that writes and reads.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Line {
    Header(Header),
    Event(Event),
    Call(Call),
    Connection(Connection),
    Dropped(Dropped),
}

/// The first line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) format: u32,
    /// The version of the library.
    pub(crate) version: String,
    /// When the recording began, in milliseconds since the Unix epoch.
    pub(crate) started: u64,
    /// The intents that the bot requests.
    pub(crate) intents: u64,
    /// Whether texts are masked.
    pub(crate) masked: bool,
    /// The words that are not masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) words: Vec<String>,
}

/// A dispatch of the gateway.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) at: u64,
    pub(crate) shard: u32,
    #[serde(default)]
    pub(crate) seq: Option<u64>,
    pub(crate) name: String,
    pub(crate) data: Text,
}

/// One attempt to send a request.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Call {
    pub(crate) at: u64,
    /// How long the response took, in microseconds.
    pub(crate) took: u64,
    pub(crate) method: String,
    /// The path with placeholders.
    pub(crate) route: String,
    /// The path with its query.
    pub(crate) path: String,
    /// What was sent. Of a form, its JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Text>,
    /// The number of files that were sent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) files: usize,
    /// The status of the response. `None` if there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) response: Option<Text>,
    /// The header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after: Option<String>,
    /// The header `X-RateLimit-Scope`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scope: Option<String>,
    /// Why there was no response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
}

/// A change of a shard's connection. For people who read the file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Connection {
    pub(crate) at: u64,
    pub(crate) shard: u32,
    pub(crate) change: String,
}

/// What was not recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dropped {
    pub(crate) at: u64,
    pub(crate) events: u64,
    pub(crate) calls: u64,
    pub(crate) why: String,
}

/// A text that usually is JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Text {
    Json(Box<RawValue>),
    /// Something that is not JSON.
    Text(String),
}

impl Text {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Text::Json(json) => json.get(),
            Text::Text(text) => text,
        }
    }
}

// serde passes a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &usize) -> bool {
    *number == 0
}
