//! The automatic deferral of one interaction.

use std::time::Instant;

use super::action::ResponseAction;
use super::auto_defer::{Deferrable, Deferred};
use super::content::Content;
use super::error::ResponseError;
use super::meter::{InteractionOutcome, Sender};
use super::responder::{Attempt, InteractionResponder};
use super::step::Step;
use crate::error::Error;

impl Deferrable for InteractionResponder {
    fn is_open(&self) -> bool {
        !self.holders.is_silent() && self.state().is_open()
    }

    fn auto_defer(&self) -> Deferred {
        if self.holders.is_silent() {
            return Deferred::NotSent;
        }
        let started = Instant::now();
        let Some(initial) = self.state().start_auto_defer(started, self.visibility) else {
            // Without a response it is too late for one.
            if !self.is_open() {
                return Deferred::NotSent;
            }
            self.outcome.count(InteractionOutcome::TooLate, None);
            return Deferred::TooLate;
        };
        let action = ResponseAction::Defer(self.visibility);
        let sender = Sender::AutoDefer;
        let attempt = Attempt::new(self, &self.client, sender, action, Step::Respond(initial));
        match attempt.respond(&Content::Empty.response(initial)) {
            Ok(()) => Deferred::Sent(started.elapsed()),
            Err(Error::Response(ResponseError::TooLate(_))) => Deferred::TooLate,
            Err(error) => {
                log::warn!("an interaction could not be deferred automatically: {error}");
                Deferred::NotSent
            }
        }
    }
}
