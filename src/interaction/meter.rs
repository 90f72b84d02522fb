//! What is counted of interactions.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::action::InitialResponse;
use super::error::ResponseError;
use crate::counters::{Counter, DurationCounts, Histogram};

/// The interactions that a bot has received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct InteractionHealth {
    /// How many were received.
    pub received: u64,
    /// How many of their users wait for the bot now.
    pub waiting: usize,
    /// How many nothing handled: no command, component or modal of the bot has their name or custom ID, and no task took them.
    /// The first ones are reported, and then fewer and fewer.
    pub unhandled: u64,
    /// The outcomes of those that do not wait for their first response any more. Only outcomes that occurred are in it.
    pub outcomes: Vec<(InteractionOutcome, u64)>,
    /// How long after its arrival the first response to an interaction had been sent. Discord waits 3 seconds.
    pub first_response: Histogram,
}

/// What became of an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum InteractionOutcome {
    /// A handler or task responded: with a message, an update, a modal or choices.
    Responded,
    /// A handler or task deferred it.
    Deferred,
    /// It was [deferred automatically](crate::Bot::auto_defer_after).
    AutoDeferred,
    /// The library responded to its user: the handler failed or gave no response, nothing handles it, or the bot stops.
    Notified,
    /// It was too late for a first response.
    TooLate,
    /// Another program or another call had responded.
    RespondedElsewhere,
    /// The network failed, and it is unknown whether the first response arrived.
    Unconfirmed,
    /// Nothing responded by way of the library.
    Unanswered,
}

impl InteractionOutcome {
    pub(crate) const ALL: [InteractionOutcome; 8] = [
        InteractionOutcome::Responded,
        InteractionOutcome::Deferred,
        InteractionOutcome::AutoDeferred,
        InteractionOutcome::Notified,
        InteractionOutcome::TooLate,
        InteractionOutcome::RespondedElsewhere,
        InteractionOutcome::Unconfirmed,
        InteractionOutcome::Unanswered,
    ];

    /// The outcome as the value of a label: `too_late`.
    pub fn name(self) -> &'static str {
        match self {
            InteractionOutcome::Responded => "responded",
            InteractionOutcome::Deferred => "deferred",
            InteractionOutcome::AutoDeferred => "auto_deferred",
            InteractionOutcome::Notified => "notified",
            InteractionOutcome::TooLate => "too_late",
            InteractionOutcome::RespondedElsewhere => "responded_elsewhere",
            InteractionOutcome::Unconfirmed => "unconfirmed",
            InteractionOutcome::Unanswered => "unanswered",
        }
    }
}

/// Counts interactions.
#[derive(Debug, Default)]
pub(super) struct InteractionMeter {
    received: Counter,
    outcomes: [Counter; InteractionOutcome::ALL.len()],
    first_response: DurationCounts,
}

impl InteractionMeter {
    pub(super) fn count_received(&self) {
        self.received.add(1);
    }

    /// Counts an outcome. `time` is how long the first response took, if there was one.
    pub(super) fn count(&self, outcome: InteractionOutcome, time: Option<Duration>) {
        self.outcomes[outcome as usize].add(1);
        if let Some(time) = time {
            self.first_response.record(time);
        }
    }

    /// What was counted. `waiting` is the number of users who wait now, `unhandled` that of interactions that nothing handled.
    pub(super) fn read(&self, waiting: usize, unhandled: u64) -> InteractionHealth {
        let counts = self.outcomes.iter().map(Counter::get);
        let outcomes = InteractionOutcome::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
        InteractionHealth {
            received: self.received.get(),
            waiting,
            unhandled,
            outcomes: outcomes.collect(),
            first_response: self.first_response.read(),
        }
    }
}

/// What sends a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    Handler,
    AutoDefer,
    /// A message of the library.
    Library,
}

/// Counts the outcome of one interaction: the first one.
#[derive(Debug, Default)]
pub(super) struct OutcomeCounter {
    /// `None` for an interaction that nothing counts.
    meter: Option<Arc<InteractionMeter>>,
    is_counted: AtomicBool,
}

impl OutcomeCounter {
    pub(super) fn new(meter: &Arc<InteractionMeter>) -> OutcomeCounter {
        OutcomeCounter { meter: Some(Arc::clone(meter)), is_counted: AtomicBool::new(false) }
    }

    pub(super) fn count(&self, outcome: InteractionOutcome, time: Option<Duration>) {
        if let Some(meter) = &self.meter {
            if !self.is_counted.swap(true, Ordering::Relaxed) {
                meter.count(outcome, time);
            }
        }
    }

    /// Counts a first response that was sent this long after the arrival.
    pub(super) fn count_response(&self, sender: Sender, response: InitialResponse, time: Duration) {
        let outcome = match (sender, response) {
            (Sender::AutoDefer, _) => InteractionOutcome::AutoDeferred,
            (Sender::Library, _) => InteractionOutcome::Notified,
            (Sender::Handler, InitialResponse::Defer(_) | InitialResponse::DeferUpdate) => {
                InteractionOutcome::Deferred
            }
            (Sender::Handler, _) => InteractionOutcome::Responded,
        };
        self.count(outcome, Some(time));
    }

    /// Counts the end of the interaction, if this error is one.
    pub(super) fn count_end(&self, error: &ResponseError) {
        match error {
            ResponseError::TooLate(_) => self.count(InteractionOutcome::TooLate, None),
            ResponseError::RespondedElsewhere => self.count(InteractionOutcome::RespondedElsewhere, None),
            _ => {}
        }
    }

    /// Counts an interaction whose responder is dropped, if it got no first response.
    pub(super) fn count_drop(&self, is_unconfirmed: bool) {
        let unconfirmed = InteractionOutcome::Unconfirmed;
        self.count(if is_unconfirmed { unconfirmed } else { InteractionOutcome::Unanswered }, None);
    }
}
