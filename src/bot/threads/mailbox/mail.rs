//! The events for one task.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::wanted::{EventIds, Wanted};
use crate::bot::waits::Waits;
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
    /// The task is not declared to wait for events of this type.
    Undeclared(&'static str),
}

/// The events for one task.
pub(crate) struct Mailbox {
    pub(super) number: u64,
    /// What the task may wait for.
    waits: Arc<Waits>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
pub(super) struct State {
    /// What the running wait is for.
    pub(super) wanted: Vec<Wanted>,
    /// The running wait has been given everything before this number.
    pub(super) next: u64,
    /// The number of the first event that the task may take.
    pub(super) opened_at: u64,
    /// Interactions from this number on are undecided, while the task does not wait for interactions.
    pub(super) undecided_from: u64,
    /// In a box, because most waiting tasks have received nothing yet.
    received: Option<Box<Received>>,
    pub(super) closed: bool,
}

/// The events that a task's waits were for.
#[derive(Default)]
pub(super) struct Received {
    pub(super) events: Undecided,
    /// Interactions are few, and a user waits for a response: other events cannot displace them.
    pub(super) interactions: Undecided,
    /// Of events that are still kept, those that the task has taken.
    pub(super) taken: BTreeSet<u64>,
    /// The kept events that the most recent wait was for.
    pub(super) searched: Option<Searched>,
    /// Number of events that were lost.
    pub(super) lost: usize,
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
    /// The numbers of the events that fit and were not taken, in order.
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
    pub(super) fn new(number: u64, waits: Arc<Waits>, opened_at: u64, closed: bool) -> Mailbox {
        let state = State { opened_at, undecided_from: opened_at, closed, ..State::default() };
        Mailbox { number, waits, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// What the task may wait for.
    pub(crate) fn waits(&self) -> &Waits {
        &self.waits
    }

    /// Whether the task may wait for events of this name.
    pub(crate) fn takes(&self, name: &str) -> bool {
        self.waits.names.contains(&name)
    }

    /// Whether the running wait is for an event of this name with these IDs.
    pub(super) fn waits_for(&self, name: &str, ids: &EventIds) -> bool {
        self.lock().wanted.iter().any(|wanted| wanted.name == name && ids.fits(&wanted.ids))
    }

    /// Adds an event that the running wait is for. [`wake`](Mailbox::wake) must follow. Returns what it displaces.
    pub(super) fn put(&self, mail: &Arc<Mail>) -> Vec<Arc<Mail>> {
        let mut state = self.lock();
        let received = state.received();
        let undecided = if mail.is_interaction() { &mut received.interactions } else { &mut received.events };
        let displaced = undecided.push(Arc::clone(mail));
        received.lost += displaced.len();
        displaced
    }

    /// Wakes the task.
    pub(super) fn wake(&self) {
        self.changed.notify_all();
    }

    /// Waits until an event has arrived that the running wait is for, at most until `until`.
    #[inline(never)]
    pub(super) fn wait_for_arrival(&self, until: Instant) -> Waited<()> {
        let mut state = self.lock();
        loop {
            if state.arrived().is_some() {
                return Waited::Found(());
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

    /// The next event that the running wait is for, if one has arrived.
    pub(super) fn next(&self) -> Option<Arc<Mail>> {
        let mut state = self.lock();
        let mail = Arc::clone(state.arrived()?);
        state.next = mail.number + 1;
        Some(mail)
    }

    /// Notes that the task has looked at an event and not taken it.
    pub(super) fn looked_at(&self, number: u64) {
        // It is dropped without the lock.
        let removed = self.lock().received.as_mut().and_then(|received| received.remove(number));
        if let Some(mail) = removed {
            mail.reject();
        }
    }

    /// Notes that the task has taken an event.
    pub(super) fn took(&self, number: u64) {
        let mut state = self.lock();
        let received = state.received();
        let removed = received.remove(number);
        received.taken.insert(number);
        if let Some(searched) = &mut received.searched {
            if let Ok(at) = searched.fitting.binary_search(&number) {
                searched.fitting.remove(at);
            }
        }
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

    pub(super) fn received(&mut self) -> &mut Received {
        self.received.get_or_insert_default()
    }

    pub(super) fn take_received(&mut self) -> Option<Box<Received>> {
        self.received.take()
    }

    /// The number of events that were lost since the last call.
    pub(super) fn take_lost(&mut self) -> usize {
        self.received.as_mut().map_or(0, |received| std::mem::take(&mut received.lost))
    }

    /// The oldest event that has arrived during the running wait and was not looked at.
    #[inline(never)]
    fn arrived(&self) -> Option<&Arc<Mail>> {
        let received = self.received.as_ref()?;
        let found = [received.events.first_from(self.next), received.interactions.first_from(self.next)];
        found.into_iter().flatten().min_by_key(|mail| mail.number)
    }
}

impl Received {
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

    fn first_from(&self, number: u64) -> Option<&Arc<Mail>> {
        self.mails.range(number..).next().map(|(_, mail)| mail)
    }

    fn remove(&mut self, number: u64) -> Option<Arc<Mail>> {
        let mail = self.mails.remove(&number)?;
        self.bytes -= mail.data.len();
        Some(mail)
    }
}
