//! How a connection ends, and sometimes the session with it.

use std::time::Duration;

use super::phase::Phase;
use super::session::Session;
use super::types::{Action, DisconnectCause, Disconnected, Ended, LostSession, Notice, Now, Step, Stop};
use crate::gateway::close_code::{After, CloseCode};

/// Closes a connection and keeps the session: any code but 1000 and 1001 does.
const CLOSE_AND_KEEP: u16 = 4000;
/// Closes a connection and ends the session.
pub(crate) const CLOSE_AND_END: u16 = 1000;

/// The end of a connection, and what follows.
pub(super) struct Disconnect {
    /// The close code to send, when the socket is still open.
    pub(super) close: Option<u16>,
    /// The close code that was received.
    pub(super) code: Option<u16>,
    /// The peer's reason.
    pub(super) reason: String,
    pub(super) cause: DisconnectCause,
    /// Why the connection ended, in a sentence.
    pub(super) why: String,
    pub(super) after: After,
    /// The minimum pause before the next attempt.
    pub(super) pause: Duration,
}

impl Disconnect {
    /// This side closes the connection, and then resumes.
    pub(super) fn by_us(cause: DisconnectCause, why: impl Into<String>) -> Self {
        Disconnect {
            close: Some(CLOSE_AND_KEEP),
            code: None,
            reason: String::new(),
            cause,
            why: why.into(),
            after: After::Resume,
            pause: Duration::ZERO,
        }
    }
}

impl Session {
    /// Closes the connection, if there is one, in order to resume.
    pub(super) fn drop_connection(
        &mut self,
        now: Now,
        cause: DisconnectCause,
        why: impl Into<String>,
        step: &mut Step<'_>,
    ) {
        self.disconnect(now, Disconnect::by_us(cause, why), step);
    }

    pub(super) fn on_closed(&mut self, now: Now, code: Option<u16>, reason: String, step: &mut Step<'_>) {
        if self.connection().is_none() {
            return;
        }
        let (cause, why, after) = match code.map(CloseCode) {
            Some(code) => {
                let why = format!("Discord closed the connection ({code})");
                (DisconnectCause::ClosedByDiscord, why, code.after())
            }
            None => (DisconnectCause::ConnectionLost, "the connection broke".to_owned(), After::Resume),
        };
        self.disconnect(
            now,
            Disconnect { close: None, code, reason, cause, why, after, pause: Duration::ZERO },
            step,
        );
    }

    pub(super) fn disconnect(&mut self, now: Now, end: Disconnect, step: &mut Step<'_>) {
        let resuming = matches!(self.phase, Phase::ExpectResumed { .. });
        match &self.phase {
            Phase::Ready { since, .. } => self.reconnect.record_end(now.mono, *since),
            // Without Hello the peer was not Discord.
            Phase::ExpectHello { .. } => self.reconnect.record_unreachable(),
            phase if phase.connection().is_some() => {}
            _ => return,
        }
        if let Some(code) = end.close {
            step.actions.push(Action::Close(code));
        }
        let mut after = end.after;
        if after == After::Resume && self.position().is_none() {
            after = After::Identify;
        }
        // While reading is paused, it cannot be seen whether Discord accepted the resume.
        if after == After::Resume && resuming && !self.paused && self.reconnect.resume_failed() {
            after = After::Identify;
        }
        if after == After::Identify {
            self.drop_session(&end.why);
        }
        let (why, reason) = (end.why, end.reason);
        let full = if reason.is_empty() { why.clone() } else { format!("{why}: {reason}") };
        step.actions.push(Action::Notice(Notice::Disconnected(Disconnected {
            code: end.code,
            reason: reason.clone(),
            cause: end.cause,
            why,
            after,
        })));
        match (after, end.code) {
            (After::Stop, Some(code)) => {
                self.phase = Phase::Stopped;
                step.actions.push(Action::Stop(Ended::Refused { code, reason }));
            }
            _ => self.schedule_retry(now, end.pause, full, step),
        }
    }

    /// Drops the session, if there is one, and keeps what the gap will report about it.
    pub(super) fn drop_session(&mut self, why: &str) {
        if let Some(info) = self.info.take() {
            self.lost.get_or_insert_with(|| LostSession {
                last_seq: info.sequence.last(),
                since: info.caught_up_at,
                why: why.to_owned(),
            });
        }
    }

    pub(super) fn stop(&mut self, stop: Stop, step: &mut Step<'_>) {
        if matches!(self.phase, Phase::Stopped) {
            return;
        }
        if self.connection().is_some() {
            step.actions.push(Action::Close(match stop {
                Stop::EndSession => CLOSE_AND_END,
                Stop::KeepSession => CLOSE_AND_KEEP,
            }));
        }
        self.phase = Phase::Stopped;
        step.actions.push(Action::Stop(Ended::Requested));
    }
}
