//! The events for one task.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::index::Slot;
use super::wanted::EventIds;
use crate::gateway::event::{Event, InteractionCreate};
use crate::interaction::TaskOffer;
use crate::sync::{Condvar, Mutex, MutexGuard};

/// Maximum number of interactions, and of other events, that a task was woken for and has not looked at.
pub(super) const MAX_MAILS: usize = 1000;
const MAX_BYTES: usize = 1 << 20;

/// An event that at least one task waits for, or an interaction.
pub(crate) struct Mail {
    pub(super) number: u64,
    pub(super) slot: Slot,
    pub(super) name: &'static str,
    pub(super) data: Box<str>,
    /// How to respond, for an interaction.
    pub(super) offer: Option<Arc<TaskOffer>>,
    /// Whether several tasks look at it.
    pub(super) is_shared: bool,
    pub(super) decoded: OnceLock<Option<Box<dyn Any + Send + Sync>>>,
    pub(super) ids: OnceLock<EventIds>,
}

/// An event that a waiting task looks at.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'m> {
    pub(crate) name: &'static str,
    pub(crate) data: &'m str,
    pub(super) mail: Option<&'m Mail>,
}

/// How a wait ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Waited<T> {
    Found(T),
    TimedOut,
    /// The bot stops.
    Closed,
}

/// The events for one task.
pub(crate) struct Mailbox {
    pub(super) number: u64,
    /// The events that the task may wait for.
    pub(super) names: Box<[(&'static str, Slot)]>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
pub(super) struct State {
    /// What the running wait is for and was not looked at.
    events: Arrived,
    /// Interactions are few, and a user waits for a response: other events cannot displace them.
    interactions: Arrived,
    /// What the task was woken for but has not looked at, and interactions that it has not decided about.
    pub(super) pending: BTreeMap<u64, Arc<Mail>>,
    /// Of events that are still kept, those that the task has taken.
    pub(super) taken: Vec<u64>,
    /// The number of the first event that the task may take.
    pub(super) opened_at: u64,
    /// Interactions from this number on are undecided, while the task does not wait for interactions.
    pub(super) undecided_from: u64,
    /// Number of events that were lost.
    pub(super) lost: usize,
    pub(super) closed: bool,
}

/// Events that can displace each other, the oldest first.
#[derive(Default)]
struct Arrived {
    mails: VecDeque<Arc<Mail>>,
    bytes: usize,
}

impl Candidate<'_> {
    /// The event, decoded once for all tasks that look at it. `None` if no other task does, or if it cannot be read.
    pub(crate) fn shared<E: Event + Send + Sync>(&self) -> Option<&E> {
        self.decoded(|data| E::decode(data).ok())
    }

    /// What a function reads from the event's text, once for all tasks that look at it.
    pub(crate) fn decoded<T: Send + Sync + 'static>(
        &self,
        decode: impl FnOnce(&str) -> Option<T>,
    ) -> Option<&T> {
        let mail = self.mail.filter(|mail| mail.is_shared)?;
        let decoded = mail.decoded.get_or_init(|| Some(Box::new(decode(&mail.data)?)));
        decoded.as_ref()?.downcast_ref()
    }

    /// How to respond, for an interaction.
    pub(crate) fn offer(&self) -> Option<&Arc<TaskOffer>> {
        self.mail?.offer.as_ref()
    }
}

impl Mail {
    pub(super) fn candidate(&self) -> Candidate<'_> {
        Candidate { name: self.name, data: &self.data, mail: Some(self) }
    }

    pub(super) fn ids(&self) -> &EventIds {
        self.ids.get_or_init(|| EventIds::of(self.name, &self.data))
    }

    pub(super) fn is_interaction(&self) -> bool {
        self.name == InteractionCreate::NAME
    }

    /// Notes that a task does not take it.
    pub(super) fn reject(&self) {
        if let Some(offer) = &self.offer {
            offer.reject();
        }
    }
}

impl Mailbox {
    pub(super) fn new(
        number: u64,
        names: Box<[(&'static str, Slot)]>,
        opened_at: u64,
        closed: bool,
    ) -> Mailbox {
        let state = State { opened_at, undecided_from: opened_at, closed, ..State::default() };
        Mailbox { number, names, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Whether the task may wait for events of this name.
    pub(crate) fn takes(&self, name: &str) -> bool {
        self.slot(name).is_some()
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> {
        self.names.iter().map(|(_, slot)| *slot)
    }

    pub(super) fn slot(&self, name: &str) -> Option<Slot> {
        self.names.iter().find(|(known, _)| *known == name).map(|(_, slot)| *slot)
    }

    /// Adds an event that the running wait is for. [`wake`](Mailbox::wake) must follow. Returns what it displaces.
    pub(super) fn put(&self, mail: &Arc<Mail>) -> Vec<Arc<Mail>> {
        let mut state = self.lock();
        let arrived = if mail.is_interaction() { &mut state.interactions } else { &mut state.events };
        let displaced = arrived.push(Arc::clone(mail));
        state.lost += displaced.len();
        displaced
    }

    /// Wakes the task.
    pub(super) fn wake(&self) {
        self.changed.notify_all();
    }

    /// The next event that the running wait is for. Waits for it at most until `until`.
    pub(super) fn next(&self, until: Instant) -> Waited<Arc<Mail>> {
        let mut state = self.lock();
        loop {
            if let Some(mail) = state.pop() {
                state.pending.insert(mail.number, Arc::clone(&mail));
                return Waited::Found(mail);
            }
            if state.closed {
                return Waited::Closed;
            }
            let timeout = until.saturating_duration_since(Instant::now());
            if timeout.is_zero() {
                return Waited::TimedOut;
            }
            state = self.changed.wait_timeout(state, timeout).0;
        }
    }

    /// Notes that the task has looked at an event and not taken it.
    pub(super) fn looked_at(&self, number: u64) {
        // It is dropped without the lock.
        let removed = self.lock().pending.remove(&number);
        if let Some(mail) = removed {
            mail.reject();
        }
    }

    /// Notes that the task has taken an event.
    pub(super) fn took(&self, number: u64) {
        let mut state = self.lock();
        let removed = state.pending.remove(&number);
        state.taken.push(number);
        drop(state);
        drop(removed);
    }

    /// Ends all waiting.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.wake();
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl State {
    /// The oldest event that has arrived.
    fn pop(&mut self) -> Option<Arc<Mail>> {
        let number = |arrived: &Arrived| arrived.mails.front().map(|mail| mail.number);
        match (number(&self.events), number(&self.interactions)) {
            (Some(event), Some(interaction)) if interaction < event => self.interactions.pop(),
            (Some(_), _) => self.events.pop(),
            (None, _) => self.interactions.pop(),
        }
    }

    /// Keeps what has arrived for a wait that ended, for the next ones. Returns what it displaces.
    pub(super) fn keep_arrived(&mut self) -> Vec<Arc<Mail>> {
        while let Some(mail) = self.pop() {
            self.pending.insert(mail.number, mail);
        }
        let mut displaced = Vec::new();
        if self.pending.len() > MAX_MAILS {
            let mut excess = self.pending.len() - MAX_MAILS;
            self.pending.retain(|_, mail| {
                let is_kept = excess == 0 || mail.is_interaction();
                if !is_kept {
                    excess -= 1;
                    displaced.push(Arc::clone(mail));
                }
                is_kept
            });
        }
        self.lost += displaced.len();
        displaced
    }
}

impl Arrived {
    fn push(&mut self, mail: Arc<Mail>) -> Vec<Arc<Mail>> {
        self.bytes += mail.data.len();
        self.mails.push_back(mail);
        let mut displaced = Vec::new();
        while self.mails.len() > 1 && (self.mails.len() > MAX_MAILS || self.bytes > MAX_BYTES) {
            displaced.extend(self.pop());
        }
        displaced
    }

    fn pop(&mut self) -> Option<Arc<Mail>> {
        let mail = self.mails.pop_front()?;
        self.bytes -= mail.data.len();
        Some(mail)
    }
}
