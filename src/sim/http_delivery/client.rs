//! Sends a request to an endpoint, and reads its answer.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use ureq::Agent;

use super::signing::{Signature, sign};
use crate::deadline::FAR_FUTURE;
use crate::sim::clock::unix_time;

/// Discord's user agent.
const USER_AGENT: &str = "Discord-Interactions/1.0 (+https://discord.com)";

/// Maximum size of an answer. Inline responses can contain files.
const MAX_ANSWER: u64 = 100 << 20;
/// Maximum length of a body in an error.
const MAX_SHOWN: usize = 300;

/// The answer of an endpoint.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

/// Posts JSON, signed for an application. The error says why there is no answer.
pub(super) fn post(
    url: &str,
    application: u64,
    body: &[u8],
    signature: Signature,
    timeout: Duration,
) -> Result<Answer, String> {
    let headers = sign(application, unix_time(), body, signature);
    // A connection for each request: an endpoint may close an idle one at any time.
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .timeout_global(Some(timeout.min(FAR_FUTURE)))
        .user_agent(USER_AGENT)
        .build()
        .into();
    let request = agent
        .post(url)
        .header("Content-Type", "application/json")
        .header("X-Signature-Ed25519", headers.signature)
        .header("X-Signature-Timestamp", headers.timestamp);
    let read = request.send(body).and_then(|mut response| {
        let content_type = response.headers().get("content-type").map(|value| value.as_bytes().to_vec());
        Ok(Answer {
            status: response.status().as_u16(),
            content_type: String::from_utf8_lossy(&content_type.unwrap_or_default()).into_owned(),
            body: response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec()?,
        })
    });
    read.map_err(|error| match error {
        ureq::Error::Timeout(_) => format!("no answer within {timeout:?}"),
        error => format!("no answer: {}", with_sources(&error)),
    })
}

/// An error and what caused it.
fn with_sources(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text += &format!(": {cause_text}");
        }
        source = cause.source();
    }
    text
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the status {}", self.status)?;
        if self.body.is_empty() {
            return f.write_str(" without a body");
        }
        let text = String::from_utf8_lossy(&self.body);
        let shown: String = text.chars().take(MAX_SHOWN).collect();
        let rest = if shown.len() < text.len() { "…" } else { "" };
        write!(f, " with the Content-Type {:?} and the body {shown:?}{rest}", self.content_type)
    }
}
