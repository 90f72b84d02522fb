//! The states of a session, with what each of them holds, and how long each waits for Discord.

use std::time::{Duration, Instant};

use super::connection::Connection;
use super::types::Target;

/// How long to wait for Hello.
pub(super) const HELLO_TIMEOUT: Duration = Duration::from_secs(20);
/// How long to wait for READY. It is long because another identify counts against the daily limit. A dead connection is
/// found sooner by its heartbeat.
const READY_TIMEOUT: Duration = Duration::from_secs(180);
/// How long to wait for the next event of a replay.
const REPLAY_TIMEOUT: Duration = Duration::from_secs(60);

/// A state of a session. The module documentation of the session says what each waits for.
#[derive(Debug)]
pub(super) enum Phase {
    Disconnected { retry_at: Instant },
    Opening(Target),
    ExpectHello { connection: Connection, target: Target, until: Instant },
    ExpectReady { connection: Connection, until: Instant },
    ExpectResumed { connection: Connection, until: Instant },
    Ready { connection: Connection, since: Instant },
    Stopped,
}

impl Phase {
    pub(super) fn expect_ready(connection: Connection, now: Instant) -> Phase {
        Phase::ExpectReady { connection, until: now + READY_TIMEOUT }
    }

    pub(super) fn expect_resumed(connection: Connection, now: Instant) -> Phase {
        Phase::ExpectResumed { connection, until: now + REPLAY_TIMEOUT }
    }

    /// The deadline of Discord's response, in a state that expects a response.
    pub(super) fn timeout_at(&self) -> Option<Instant> {
        match self {
            Phase::ExpectHello { until, .. }
            | Phase::ExpectReady { until, .. }
            | Phase::ExpectResumed { until, .. } => Some(*until),
            Phase::Disconnected { .. } | Phase::Opening(_) | Phase::Ready { .. } | Phase::Stopped => None,
        }
    }

    /// Starts the timeout again. Hello is read even under backpressure, so its timeout is not affected.
    pub(super) fn restart_timeout(&mut self, now: Instant) {
        match self {
            Phase::ExpectReady { until, .. } => *until = now + READY_TIMEOUT,
            Phase::ExpectResumed { until, .. } => *until = now + REPLAY_TIMEOUT,
            Phase::Disconnected { .. }
            | Phase::Opening(_)
            | Phase::ExpectHello { .. }
            | Phase::Ready { .. }
            | Phase::Stopped => {}
        }
    }

    /// What to report when the timeout has passed.
    pub(super) fn timeout_reason(&self) -> &'static str {
        match self {
            Phase::ExpectHello { .. } => "Discord did not send Hello",
            Phase::ExpectReady { .. } => "Discord did not respond to the identify",
            _ => "Discord did not finish resuming",
        }
    }

    pub(super) fn connection(&self) -> Option<&Connection> {
        match self {
            Phase::ExpectHello { connection, .. }
            | Phase::ExpectReady { connection, .. }
            | Phase::ExpectResumed { connection, .. }
            | Phase::Ready { connection, .. } => Some(connection),
            Phase::Disconnected { .. } | Phase::Opening(_) | Phase::Stopped => None,
        }
    }

    pub(super) fn connection_mut(&mut self) -> Option<&mut Connection> {
        match self {
            Phase::ExpectHello { connection, .. }
            | Phase::ExpectReady { connection, .. }
            | Phase::ExpectResumed { connection, .. }
            | Phase::Ready { connection, .. } => Some(connection),
            Phase::Disconnected { .. } | Phase::Opening(_) | Phase::Stopped => None,
        }
    }
}
