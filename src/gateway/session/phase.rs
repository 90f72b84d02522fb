//! What a session waits for, and for how long.

use std::time::{Duration, Instant};

use super::connection::Link;
use super::types::Target;

/// How long Discord may take to say hello.
pub(super) const HELLO_PATIENCE: Duration = Duration::from_secs(20);
/// How long an identify may stay unanswered. Long, because another one costs a login; a dead link is found sooner.
pub(super) const READY_PATIENCE: Duration = Duration::from_secs(180);
/// How long a replay may pause.
pub(super) const REPLAY_PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) enum Phase {
    Paused { until: Instant },
    Opening(Target),
    ExpectHello { link: Link, target: Target, until: Instant },
    ExpectReady { link: Link, until: Instant },
    ExpectResumed { link: Link, until: Instant },
    Ready { link: Link, since: Instant },
    Stopped,
}

impl Phase {
    /// How long Discord may take to answer, where an answer is expected.
    pub(super) fn until(&self) -> Option<Instant> {
        match self {
            Phase::ExpectHello { until, .. }
            | Phase::ExpectReady { until, .. }
            | Phase::ExpectResumed { until, .. } => Some(*until),
            Phase::Paused { .. } | Phase::Opening(_) | Phase::Ready { .. } | Phase::Stopped => None,
        }
    }

    /// Hello is read whatever happens, so there is nothing to wait anew for.
    pub(super) fn wait_anew(&mut self, now: Instant) {
        match self {
            Phase::ExpectReady { until, .. } => *until = now + READY_PATIENCE,
            Phase::ExpectResumed { until, .. } => *until = now + REPLAY_PATIENCE,
            Phase::Paused { .. }
            | Phase::Opening(_)
            | Phase::ExpectHello { .. }
            | Phase::Ready { .. }
            | Phase::Stopped => {}
        }
    }

    /// What there is to say when the answer does not come.
    pub(super) fn late(&self) -> &'static str {
        match self {
            Phase::ExpectHello { .. } => "Discord did not say hello",
            Phase::ExpectReady { .. } => "Discord did not answer the login",
            _ => "Discord did not finish resuming",
        }
    }

    pub(super) fn link(&self) -> Option<&Link> {
        match self {
            Phase::ExpectHello { link, .. }
            | Phase::ExpectReady { link, .. }
            | Phase::ExpectResumed { link, .. }
            | Phase::Ready { link, .. } => Some(link),
            Phase::Paused { .. } | Phase::Opening(_) | Phase::Stopped => None,
        }
    }

    pub(super) fn link_mut(&mut self) -> Option<&mut Link> {
        match self {
            Phase::ExpectHello { link, .. }
            | Phase::ExpectReady { link, .. }
            | Phase::ExpectResumed { link, .. }
            | Phase::Ready { link, .. } => Some(link),
            Phase::Paused { .. } | Phase::Opening(_) | Phase::Stopped => None,
        }
    }
}
