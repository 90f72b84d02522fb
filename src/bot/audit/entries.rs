//! The recent entries of the audit log, for all threads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::timeline::{Found, Timeline, Wanted, kept_name};
use crate::error::Error;
use crate::gateway::event::{Event, GuildAuditLogEntryCreate};
use crate::model::AuditLogEntry;
use crate::sync::{Condvar, Mutex};

/// The recent entries of the audit log, and the events that they may belong to.
#[derive(Default)]
pub(crate) struct AuditEntries {
    /// Whether the bot has declared that it waits for entries. Without that nothing is kept.
    is_on: AtomicBool,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    timeline: Timeline,
    /// Whether an entry has come since the start.
    has_entries: bool,
    has_warned: bool,
    /// The bot stops.
    is_closed: bool,
}

impl AuditEntries {
    pub(crate) fn turn_on(&self) {
        self.is_on.store(true, Ordering::Release);
    }

    pub(crate) fn is_on(&self) -> bool {
        self.is_on.load(Ordering::Acquire)
    }

    /// Keeps an event for a while, if it is an entry or can have one.
    pub(crate) fn offer(&self, name: &str, data: &str) {
        let Some(name) = kept_name(name) else { return };
        let mut state = self.state.lock();
        state.timeline.push(Instant::now(), name, data);
        state.has_entries |= name == GuildAuditLogEntryCreate::NAME;
        drop(state);
        self.changed.notify_all();
    }

    /// Ends all waiting: the bot stops.
    pub(crate) fn stop(&self) {
        self.state.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// Waits until the entry of an event is known, at most until `until`.
    pub(super) fn wait(&self, wanted: &Wanted<'_>, until: Instant) -> Result<Option<AuditLogEntry>, Error> {
        let mut state = self.state.lock();
        loop {
            let now = Instant::now();
            let search_at = match state.timeline.find(now, wanted) {
                Found::Entry(entry) => return Ok(Some(*entry)),
                Found::UnknownEvent => return Ok(None),
                Found::NotYet(at) => at.map_or(until, |at| at.min(until)),
            };
            if state.is_closed {
                return Err(Error::Stopped);
            }
            if now >= until {
                let is_suspicious = !state.has_entries && !std::mem::replace(&mut state.has_warned, true);
                drop(state);
                if is_suspicious {
                    log::warn!(
                        "no entry of an audit log has come yet: Discord sends them only if the bot has the permission \
                         VIEW_AUDIT_LOG in the guild"
                    );
                }
                return Ok(None);
            }
            state = self.changed.wait_timeout(state, search_at.saturating_duration_since(now)).0;
        }
    }
}
