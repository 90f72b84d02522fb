//! What happened on the gateway.

use std::time::Duration;

use serde_json::Value;

use super::error::SimError;
use super::http::Request;
use super::hub::Hub;
use super::peer::Counters;

/// What has happened on the gateway: see [`Discord::log`](super::Discord::log).
#[derive(Clone, Debug)]
pub struct Log {
    counters: Counters,
    send_events: Vec<Value>,
    violations: Vec<String>,
}

impl Log {
    pub(super) fn new(hub: &Hub) -> Log {
        hub.read(|state| Log {
            counters: state.peer.counters(),
            send_events: state.peer.send_events().to_vec(),
            violations: [state.peer.violations(), &state.violations].concat(),
        })
    }

    /// The number of connections opened.
    pub fn connections(&self) -> u64 {
        self.counters.connections
    }

    /// The number of identifies with the right token, including rejected ones.
    pub fn identifies(&self) -> u64 {
        self.counters.identifies
    }

    /// The number of sessions resumed.
    pub fn resumes(&self) -> u64 {
        self.counters.resumes
    }

    /// The number of resumes rejected.
    pub fn resumes_rejected(&self) -> u64 {
        self.counters.resumes_rejected
    }

    /// The number of heartbeats received.
    pub fn heartbeats(&self) -> u64 {
        self.counters.heartbeats
    }

    /// The number of connections closed because heartbeats were missing.
    pub fn timeouts(&self) -> u64 {
        self.counters.timeouts
    }

    /// What the bot sent except heartbeats and resumes: whole frames, without the token.
    pub fn send_events(&self) -> &[Value] {
        &self.send_events
    }

    /// The bot's violations of the documented rules, on the gateway and over HTTP.
    pub fn violations(&self) -> &[String] {
        &self.violations
    }
}

/// The error when something did not happen within `timeout`. It lists what did happen.
pub(super) fn timeout_error(hub: &Hub, timeout: Duration, what: &str) -> SimError {
    SimError::Timeout { waited: timeout, what: what.to_owned(), happened: summary(hub) }
}

/// What happened on the gateway and over REST, for an error.
fn summary(hub: &Hub) -> String {
    let log = Log::new(hub);
    let requests = hub.read(|state| {
        let line = |request: &Request| format!("{} {}", request.method, request.path);
        state.requests.iter().rev().take(5).map(line).collect::<Vec<_>>()
    });
    format!("{:?}; last requests, newest first: {requests:?}; violations: {:?}", log.counters, log.violations)
}
