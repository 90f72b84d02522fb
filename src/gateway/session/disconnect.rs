//! How a connection, and sometimes the session with it, comes to its end.

use std::time::Duration;

use super::phase::Phase;
use super::types::{Action, Disconnected, Ended, Notice, Now, Step, Stop};
use super::{Lost, Session};
use crate::gateway::close_code::{After, CloseCode};

/// Closes a connection so that the session lives on: neither 1000 nor 1001.
const CLOSE_AND_KEEP: u16 = 4000;
/// Closes a connection and ends the session.
const CLOSE_AND_END: u16 = 1000;

/// What to do about a connection that is over.
pub(super) struct Leave {
    /// Our own close code, when the socket is still there.
    pub(super) close: Option<u16>,
    pub(super) code: Option<u16>,
    pub(super) reason: String,
    pub(super) why: String,
    pub(super) after: After,
    pub(super) wait: Duration,
}

impl Leave {
    pub(super) fn ours(why: impl Into<String>) -> Self {
        Leave {
            close: Some(CLOSE_AND_KEEP),
            code: None,
            reason: String::new(),
            why: why.into(),
            after: After::Resume,
            wait: Duration::ZERO,
        }
    }
}

impl Session {
    pub(super) fn closed(&mut self, now: Now, code: Option<u16>, reason: &str, step: &mut Step<'_>) {
        if self.link().is_none() {
            return;
        }
        let (why, after) = match code.map(CloseCode) {
            Some(code) => (format!("Discord closed the connection ({code})"), code.after()),
            None => ("the connection broke".to_owned(), After::Resume),
        };
        self.leave(
            now,
            Leave { close: None, code, reason: reason.to_owned(), why, after, wait: Duration::ZERO },
            step,
        );
    }

    pub(super) fn leave(&mut self, now: Now, leave: Leave, step: &mut Step<'_>) {
        let resuming = matches!(self.phase, Phase::ExpectResumed { .. });
        match &self.phase {
            Phase::Ready { since, .. } => self.ladder.left(now.mono, *since),
            // Whoever answered, it was not Discord.
            Phase::ExpectHello { .. } => self.ladder.unreached(),
            phase if phase.link().is_some() => {}
            _ => return,
        }
        if let Some(code) = leave.close {
            step.actions.push(Action::Close(code));
        }
        let mut after = leave.after;
        if after == After::Resume && self.position().is_none() {
            after = After::Identify;
        }
        // While nothing is read a resume that Discord answered looks like one that it did not.
        if after == After::Resume && resuming && !self.held && self.ladder.fruitless() {
            after = After::Identify;
        }
        if after == After::Identify {
            self.forget(&leave.why);
        }
        let (why, reason) = (leave.why, leave.reason);
        let told = if reason.is_empty() { why.clone() } else { format!("{why}: {reason}") };
        step.actions.push(Action::Notice(Notice::Disconnected(Disconnected {
            code: leave.code,
            reason: reason.clone(),
            why,
            after,
        })));
        match (after, leave.code) {
            (After::Stop, Some(code)) => {
                self.phase = Phase::Stopped;
                step.actions.push(Action::Stop(Ended::Refused { code, reason }));
            }
            _ => self.pause(now, leave.wait, told, step),
        }
    }

    pub(super) fn forget(&mut self, why: &str) {
        if let Some(login) = self.login.take() {
            self.lost.get_or_insert_with(|| Lost {
                last_seq: login.seq,
                since: login.complete,
                why: why.to_owned(),
            });
        }
    }

    pub(super) fn stop(&mut self, stop: Stop, step: &mut Step<'_>) {
        if matches!(self.phase, Phase::Stopped) {
            return;
        }
        if self.link().is_some() {
            step.actions.push(Action::Close(match stop {
                Stop::EndSession => CLOSE_AND_END,
                Stop::KeepSession => CLOSE_AND_KEEP,
            }));
        }
        self.phase = Phase::Stopped;
        step.actions.push(Action::Stop(Ended::Requested));
    }
}
