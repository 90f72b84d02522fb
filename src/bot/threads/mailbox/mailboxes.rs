//! All mailboxes: what the shards' threads give events to.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use super::index::{Slot, WaitIndex};
use super::kept::KeptEvents;
use super::mail::{MAX_MAILS, Mail, Mailbox};
use super::quick::Interest;
use super::wanted::EventIds;
use crate::bot::threads::batch::Name;
use crate::bot::waits::Waits;
use crate::gateway::event::{Event, InteractionCreate};
use crate::gateway::intents::EVENTS;
use crate::interaction::TaskOffer;
use crate::sync::{Mutex, MutexGuard};

/// The slot of the atomic for all names that are not in the table of events.
const UNKNOWN: usize = EVENTS.len();

/// Maximum number of bytes of the kept interactions.
const MAX_INTERACTION_BYTES: usize = 1 << 20;

/// The mailboxes of all tasks.
pub(crate) struct Mailboxes {
    /// What tasks wait for, by the index of the event's name. It is read for every event without the lock.
    interests: Box<[AtomicU8]>,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    open: HashMap<u64, Arc<Mailbox>>,
    /// The number of open mailboxes for each name.
    declared: BTreeMap<Slot, usize>,
    /// Names that are not in the table of events. Their slots follow those of the table.
    unknown: Vec<&'static str>,
    pub(super) index: WaitIndex,
    pub(super) events: KeptEvents,
    pub(super) interactions: KeptInteractions,
    /// The number of tasks that may wait for interactions, but do something else at the moment.
    pub(super) undecided_tasks: usize,
    pub(super) next_event: u64,
    next_mailbox: u64,
    /// The bot stops: a mailbox that is opened from now on is closed.
    stopped: bool,
    #[cfg(test)]
    pub(super) counts: Counts,
}

/// What events have cost.
#[cfg(test)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Copies into the store that all tasks share.
    pub(super) kept: usize,
    /// Events of which the IDs were read.
    pub(super) read: usize,
    /// Copies for tasks that wait for the event.
    pub(super) mails: usize,
    /// Tasks that were woken.
    pub(super) woken: usize,
    /// Kept events that new waits have looked at.
    pub(super) searched: usize,
}

/// The most recent interactions, the oldest first.
#[derive(Default)]
pub(super) struct KeptInteractions {
    mails: VecDeque<Arc<Mail>>,
    bytes: usize,
}

impl Default for Mailboxes {
    fn default() -> Mailboxes {
        Mailboxes { interests: (0..=UNKNOWN).map(|_| AtomicU8::default()).collect(), state: Mutex::default() }
    }
}

impl Mailboxes {
    /// Opens a mailbox for a task that may wait for these events.
    pub(crate) fn open(&self, waits: &Arc<Waits>) -> Arc<Mailbox> {
        let mut state = self.lock();
        for name in &waits.names {
            let slot = state.slot_or_new(name);
            *state.declared.entry(slot).or_default() += 1;
            state.undecided_tasks += usize::from(*name == InteractionCreate::NAME);
        }
        let number = state.next_mailbox;
        state.next_mailbox += 1;
        let mailbox = Arc::new(Mailbox::new(number, Arc::clone(waits), state.next_event, state.stopped));
        state.open.insert(number, Arc::clone(&mailbox));
        self.publish_interests(&state, waits.names.iter().copied());
        drop(state);
        mailbox
    }

    /// Removes a mailbox. Users whose interactions no task takes any more are notified.
    pub(crate) fn close(&self, mailbox: &Arc<Mailbox>) {
        let mut state = self.lock();
        if state.open.remove(&mailbox.number).is_none() {
            return;
        }
        let undecided = mailbox.takes(InteractionCreate::NAME).then(|| {
            state.undecided_tasks -= 1;
            state.interactions.since(mailbox.lock().undecided_from)
        });
        let mut dropped = Vec::new();
        for name in &mailbox.waits().names {
            let Some(slot) = state.slot(name) else { continue };
            if let Some(count) = state.declared.get_mut(&slot) {
                *count -= 1;
                if *count == 0 {
                    state.declared.remove(&slot);
                    if *name == InteractionCreate::NAME {
                        dropped.extend(std::mem::take(&mut state.interactions).mails);
                    }
                }
            }
        }
        if state.declared.is_empty() {
            state.events.clear();
        }
        self.publish_interests(&state, mailbox.waits().names.iter().copied());
        drop(state);
        let mut own = mailbox.lock();
        own.closed = true;
        let received = own.take_received();
        drop(own);
        let interactions = received.iter().flat_map(|received| received.interactions.mails.values());
        for mail in interactions.chain(undecided.iter().flatten()) {
            mail.reject();
        }
    }

    /// Whether a task may wait for events of this name.
    pub(crate) fn want(&self, name: Name<'_>) -> bool {
        self.interest(name).is_declared()
    }

    /// Gives an event to the tasks that wait for it, and keeps it for those that may do so later.
    pub(crate) fn offer(&self, name: Name<'_>, data: &str, offer: Option<Arc<TaskOffer>>) {
        let interest = self.interest(name);
        if interest.is_declared() {
            self.offer_declared(name, data, offer.as_ref(), interest);
        }
        if let Some(offer) = offer {
            offer.offered();
        }
    }

    fn offer_declared(&self, name: Name<'_>, data: &str, offer: Option<&Arc<TaskOffer>>, interest: Interest) {
        // The text is searched and read without the lock.
        let quick = interest.find(data);
        let mut state = self.lock();
        let Some((name, slot)) = state.declared_name(name) else { return };
        let mut ids = None;
        if state.index.needs_reading(slot, interest, &quick) {
            drop(state);
            ids = Some(EventIds::of(name, data));
            state = self.lock();
            #[cfg(test)]
            (state.counts.read += 1);
        }
        let delivery = state.put(name, slot, data, ids, offer);
        drop(state);
        delivery.complete();
    }

    /// Ends all waiting: the bot stops.
    pub(crate) fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        for mailbox in state.open.values() {
            mailbox.close();
        }
    }

    fn interest(&self, name: Name<'_>) -> Interest {
        let place = match name {
            Name::Known(place) => place,
            Name::Unknown(_) => UNKNOWN,
        };
        Interest(self.interests[place].load(Ordering::Acquire))
    }

    /// Publishes what is waited for, after a change to these names.
    pub(super) fn publish_interests(&self, state: &State, names: impl Iterator<Item = &'static str>) {
        for slot in names.filter_map(|name| state.slot(name)) {
            let place = usize::from(slot).min(UNKNOWN);
            let interest = match place {
                // All of them have one atomic. Each event of such a name is looked up.
                UNKNOWN if state.declared.keys().any(|slot| usize::from(*slot) >= UNKNOWN) => {
                    Interest::DECLARED_ONLY
                }
                UNKNOWN => Interest::default(),
                _ if state.declared.contains_key(&slot) => state.index.interest(slot),
                _ => Interest::default(),
            };
            self.interests[place].store(interest.0, Ordering::Release);
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    #[cfg(test)]
    pub(super) fn counts(&self) -> Counts {
        self.lock().counts
    }
}

impl State {
    fn slot_or_new(&mut self, name: &'static str) -> Slot {
        self.slot(name).unwrap_or_else(|| {
            self.unknown.push(name);
            // Names are types of the program, which has fewer than 65,000 of them.
            (UNKNOWN + self.unknown.len() - 1) as Slot
        })
    }

    /// The slot of a name that a task may wait for.
    pub(super) fn slot(&self, name: &str) -> Option<Slot> {
        let place = match Name::of(name) {
            Name::Known(place) => place,
            Name::Unknown(_) => UNKNOWN + self.unknown.iter().position(|known| *known == name)?,
        };
        Some(place as Slot)
    }

    /// The name and its slot, if tasks are declared to wait for such events.
    fn declared_name(&self, name: Name<'_>) -> Option<(&'static str, Slot)> {
        let (name, place) = match name {
            Name::Known(place) => (EVENTS[place].name, place),
            Name::Unknown(name) => {
                let place = self.unknown.iter().position(|known| *known == name)?;
                (self.unknown[place], UNKNOWN + place)
            }
        };
        let slot = place as Slot;
        self.declared.contains_key(&slot).then_some((name, slot))
    }

    /// Keeps an event, and gives it to the tasks whose waits it is for.
    fn put(
        &mut self,
        name: &'static str,
        slot: Slot,
        data: &str,
        ids: Option<EventIds>,
        offer: Option<&Arc<TaskOffer>>,
    ) -> Delivery {
        let mut delivery = Delivery::default();
        let is_interaction = name == InteractionCreate::NAME;
        if is_interaction && offer.is_none() {
            // Nothing can respond to it.
            return delivery;
        }
        let number = self.next_event;
        self.next_event += 1;
        let tasks = self.index.find(slot, ids.as_ref());
        let waiting = tasks.iter().filter_map(|task| self.open.get(task));
        let no_ids = EventIds::default();
        let woken = waiting.filter(|mailbox| mailbox.waits_for(name, ids.as_ref().unwrap_or(&no_ids)));
        delivery.woken.extend(woken.cloned());
        if !is_interaction {
            self.events.push(number, name, data);
            #[cfg(test)]
            (self.counts.kept += 1);
            if delivery.woken.is_empty() {
                return delivery;
            }
        }
        let mail = Arc::new(Mail {
            number,
            name,
            data: data.into(),
            offer: offer.cloned(),
            is_shared: is_interaction || delivery.woken.len() > 1,
            decoded: OnceLock::new(),
            ids: ids.map_or_else(OnceLock::new, OnceLock::from),
        });
        if let Some(offer) = offer {
            offer.add_undecided(self.undecided_tasks + delivery.woken.len());
            delivery.dropped = self.interactions.push(Arc::clone(&mail));
        }
        for mailbox in &delivery.woken {
            delivery.displaced.extend(mailbox.put(&mail));
        }
        #[cfg(test)]
        {
            self.counts.mails += 1;
            self.counts.woken += delivery.woken.len();
        }
        delivery
    }

    /// The number of waits for events of this name.
    #[cfg(test)]
    pub(super) fn waits_of(&self, name: &str) -> usize {
        self.declared_name(Name::of(name)).map_or(0, |(_, slot)| self.index.count(slot))
    }

    /// The number of the oldest event that is still kept.
    pub(super) fn oldest(&self) -> u64 {
        let interaction = self.interactions.mails.front().map(|mail| mail.number);
        [self.events.oldest(), interaction].into_iter().flatten().min().unwrap_or(self.next_event)
    }
}

impl KeptInteractions {
    /// Adds an interaction. Returns what is lost by it.
    fn push(&mut self, mail: Arc<Mail>) -> Vec<Arc<Mail>> {
        self.bytes += mail.data.len();
        self.mails.push_back(mail);
        let mut lost = Vec::new();
        while self.mails.len() > 1 && (self.mails.len() > MAX_MAILS || self.bytes > MAX_INTERACTION_BYTES) {
            if let Some(oldest) = self.mails.pop_front() {
                self.bytes -= oldest.data.len();
                lost.push(oldest);
            }
        }
        lost
    }

    /// The interactions from this number on.
    pub(super) fn since(&self, number: u64) -> Vec<Arc<Mail>> {
        self.mails.iter().skip_while(|mail| mail.number < number).cloned().collect()
    }
}

/// What is left to do for an event without the lock.
#[derive(Default)]
struct Delivery {
    woken: Vec<Arc<Mailbox>>,
    /// Events that had no room in a mailbox any more.
    displaced: Vec<Arc<Mail>>,
    /// Interactions that are too old to be kept.
    dropped: Vec<Arc<Mail>>,
}

impl Delivery {
    fn complete(self) {
        for mailbox in &self.woken {
            mailbox.wake();
        }
        for mail in &self.displaced {
            mail.reject();
        }
    }
}

#[cfg(test)]
mod tests;
