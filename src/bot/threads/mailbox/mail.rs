//! The events for one task.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::index::Slot;
use super::wanted::{EventIds, Wanted};
use crate::gateway::event::{Event, InteractionCreate};
use crate::interaction::TaskOffer;
use crate::sync::{Condvar, Mutex, MutexGuard};

/// Maximum number of interactions, and of other events, that a task was woken for and has not looked at.
pub(super) const MAX_MAILS: usize = 1000;
const MAX_BYTES: usize = 1 << 20;

/// An event that at least one task waits for, or an interaction.
pub(crate) struct Mail {
    pub(super) number: u64,
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
    /// What the running wait is for.
    pub(super) wanted: Vec<Wanted>,
    pub(super) events: Undecided,
    /// Interactions are few, and a user waits for a response: other events cannot displace them.
    pub(super) interactions: Undecided,
    /// The running wait has been given everything before this number.
    pub(super) next: u64,
    /// Of events that are still kept, those that the task has taken.
    pub(super) taken: Vec<u64>,
    /// The kept events that the most recent wait was for.
    pub(super) searched: Option<Box<Searched>>,
    /// The number of the first event that the task may take.
    pub(super) opened_at: u64,
    /// Interactions from this number on are undecided, while the task does not wait for interactions.
    pub(super) undecided_from: u64,
    /// Number of events that were lost.
    pub(super) lost: usize,
    pub(super) closed: bool,
}

/// What arrived for the task's waits, and it has neither taken nor refused, by number. They can displace each other.
#[derive(Default)]
pub(super) struct Undecided {
    pub(super) mails: BTreeMap<u64, Arc<Mail>>,
    bytes: usize,
}

/// The kept events that a wait is for, so that the next wait for the same does not search all of them again.
pub(super) struct Searched {
    pub(super) wanted: Vec<Wanted>,
    /// The number of the first event that was not searched.
    pub(super) until: u64,
    /// The numbers of the events that fit.
    pub(super) fitting: Vec<u64>,
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

    /// Whether the running wait is for an event of this name with these IDs.
    pub(super) fn waits_for(&self, name: &str, ids: &EventIds) -> bool {
        self.lock().wanted.iter().any(|wanted| wanted.name == name && ids.fits(&wanted.ids))
    }

    /// Adds an event that the running wait is for. [`wake`](Mailbox::wake) must follow. Returns what it displaces.
    pub(super) fn put(&self, mail: &Arc<Mail>) -> Vec<Arc<Mail>> {
        let mut state = self.lock();
        let displaced = state.undecided(mail.is_interaction()).push(Arc::clone(mail));
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
            if let Some(mail) = state.arrived() {
                state.next = mail.number + 1;
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
        let removed = self.lock().remove(number);
        if let Some(mail) = removed {
            mail.reject();
        }
    }

    /// Notes that the task has taken an event.
    pub(super) fn took(&self, number: u64) {
        let mut state = self.lock();
        let removed = state.remove(number);
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
    /// Whether the running wait is for interactions.
    pub(super) fn is_for_interactions(&self) -> bool {
        self.wanted.iter().any(|wanted| wanted.name == InteractionCreate::NAME)
    }

    /// The slots of what the running wait is for.
    pub(super) fn slots(&self, mailbox: &Mailbox) -> impl Iterator<Item = Slot> {
        self.wanted.iter().filter_map(|wanted| mailbox.slot(wanted.name))
    }

    fn undecided(&mut self, is_interaction: bool) -> &mut Undecided {
        if is_interaction { &mut self.interactions } else { &mut self.events }
    }

    /// The oldest event that has arrived during the running wait and was not looked at.
    fn arrived(&self) -> Option<Arc<Mail>> {
        let oldest = |undecided: &Undecided| Some(undecided.mails.range(self.next..).next()?.1.clone());
        let found = [oldest(&self.events), oldest(&self.interactions)];
        found.into_iter().flatten().min_by_key(|mail| mail.number)
    }

    fn remove(&mut self, number: u64) -> Option<Arc<Mail>> {
        self.events.remove(number).or_else(|| self.interactions.remove(number))
    }
}

impl Undecided {
    /// Adds an event. Returns the oldest ones that have no room any more.
    pub(super) fn push(&mut self, mail: Arc<Mail>) -> Vec<Arc<Mail>> {
        self.bytes += mail.data.len();
        self.mails.insert(mail.number, mail);
        let mut displaced = Vec::new();
        while self.mails.len() > 1 && (self.mails.len() > MAX_MAILS || self.bytes > MAX_BYTES) {
            let Some(oldest) = self.mails.keys().next() else { break };
            displaced.extend(self.remove(*oldest));
        }
        displaced
    }

    fn remove(&mut self, number: u64) -> Option<Arc<Mail>> {
        let mail = self.mails.remove(&number)?;
        self.bytes -= mail.data.len();
        Some(mail)
    }
}
