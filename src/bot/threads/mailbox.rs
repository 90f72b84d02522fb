//! The events that tasks wait for. The shards' threads add them, ahead of the queue, so that a slow handler
//! delays no conversation.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::gateway::event::{Event, InteractionCreate};
use crate::interaction::{OfferTicket, TaskOffer};
use crate::sync::{Condvar, Mutex, MutexGuard};

/// Maximum number of interactions, and of other events, in a mailbox. Beyond it events are lost: first those that the task
/// has seen but not taken, then the oldest.
const MAX_MAILS: usize = 1000;
const MAX_BYTES: usize = 1 << 20;

/// The mailboxes of all tasks.
#[derive(Default)]
pub(crate) struct Mailboxes {
    /// Their number, which is read for every event without the lock.
    count: AtomicUsize,
    boxes: Mutex<Boxes>,
}

#[derive(Default)]
struct Boxes {
    open: Vec<Arc<Mailbox>>,
    /// The bot stops: a mailbox that is opened from now on is closed.
    stopped: bool,
}

impl Mailboxes {
    /// Opens a mailbox for events of these names.
    pub(crate) fn open(&self, names: &[&'static str]) -> Arc<Mailbox> {
        let mailbox =
            Arc::new(Mailbox { names: names.into(), state: Mutex::default(), changed: Condvar::new() });
        let mut boxes = self.lock();
        mailbox.lock().closed = boxes.stopped;
        boxes.open.push(Arc::clone(&mailbox));
        self.count.store(boxes.open.len(), Ordering::Release);
        drop(boxes);
        mailbox
    }

    /// Removes a mailbox. Returns the events that are still in it.
    pub(crate) fn close(&self, mailbox: &Arc<Mailbox>) -> Vec<Mail> {
        let mut boxes = self.lock();
        boxes.open.retain(|known| !Arc::ptr_eq(known, mailbox));
        self.count.store(boxes.open.len(), Ordering::Release);
        drop(boxes);
        let mut state = mailbox.lock();
        state.closed = true;
        let State { events, interactions, .. } = &mut *state;
        events.mails.drain(..).chain(interactions.mails.drain(..)).collect()
    }

    /// Whether a task waits for events of this name.
    pub(crate) fn want(&self, name: &str) -> bool {
        self.count.load(Ordering::Acquire) > 0 && self.lock().open.iter().any(|mailbox| mailbox.takes(name))
    }

    /// Gives an event to the tasks that wait for it. Returns whether there is one.
    pub(crate) fn offer(&self, name: &str, data: &str, interaction: Option<&Arc<TaskOffer>>) -> bool {
        if self.count.load(Ordering::Acquire) == 0 {
            return false;
        }
        let mut taken = false;
        for mailbox in &self.lock().open {
            if let Some(name) = mailbox.names.iter().find(|known| **known == name) {
                mailbox.put(name, data, interaction);
                taken = true;
            }
        }
        taken
    }

    /// Ends all waiting: the bot stops.
    pub(crate) fn stop(&self) {
        let mut boxes = self.lock();
        boxes.stopped = true;
        for mailbox in &boxes.open {
            mailbox.lock().closed = true;
            mailbox.changed.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Boxes> {
        self.boxes.lock()
    }
}

/// The events for one task that it has not taken yet.
pub(crate) struct Mailbox {
    names: Box<[&'static str]>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    events: MailQueue,
    /// Interactions are few, and a user waits for a response: other events cannot displace them.
    interactions: MailQueue,
    /// The number of the next event.
    next: u64,
    /// Number of lost events that the task had not seen.
    lost: u64,
    closed: bool,
}

/// Events that can displace each other, by their numbers.
#[derive(Default)]
struct MailQueue {
    mails: VecDeque<Mail>,
    bytes: usize,
}

/// An event in a mailbox.
#[derive(Clone)]
pub(crate) struct Mail {
    number: u64,
    pub(crate) name: &'static str,
    pub(crate) data: Arc<str>,
    /// Whether the task has seen it but not taken it.
    seen: bool,
    /// How to respond, for an interaction.
    pub(crate) interaction: Option<Arc<OfferTicket>>,
}

/// How a wait ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Waited<T> {
    Found(T),
    TimedOut,
    /// The bot stops.
    Closed,
}

impl Mailbox {
    /// Whether events of this name belong here.
    pub(crate) fn takes(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// Takes the oldest event of this name that `pick` accepts. Waits for it at most until `until`.
    /// Events that are not picked stay.
    pub(crate) fn wait<T>(
        &self,
        name: &str,
        until: Instant,
        mut pick: impl FnMut(&Mail) -> Option<T>,
    ) -> Waited<T> {
        let mut next = 0;
        let mut state = self.lock();
        loop {
            while let Some(mail) = state.queue(name).next(next, name) {
                next = mail.number + 1;
                // It is read without the lock: the shard's thread must not wait for that.
                drop(state);
                let found = pick(&mail);
                state = self.lock();
                let queue = state.queue(name);
                match found {
                    Some(found) => {
                        queue.remove(mail.number);
                        return Waited::Found(found);
                    }
                    None => queue.mark_seen(mail.number),
                }
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

    fn put(&self, name: &'static str, data: &str, interaction: Option<&Arc<TaskOffer>>) {
        let mut state = self.lock();
        if state.closed {
            return;
        }
        let number = state.next;
        state.next += 1;
        let interaction = interaction.map(OfferTicket::new);
        let lost = state.queue(name).put(Mail { number, name, data: data.into(), seen: false, interaction });
        if lost > 0 && state.lost == 0 {
            log::warn!(
                "a task's mailbox is full: events that it has not looked at are lost, the oldest first"
            );
        }
        state.lost += lost;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

impl State {
    fn queue(&mut self, name: &str) -> &mut MailQueue {
        if name == InteractionCreate::NAME { &mut self.interactions } else { &mut self.events }
    }
}

impl MailQueue {
    /// The first event of this name from this number on.
    fn next(&self, from: u64, name: &str) -> Option<Mail> {
        let place = self.mails.partition_point(|mail| mail.number < from);
        self.mails.range(place..).find(|mail| mail.name == name).cloned()
    }

    /// Adds an event. Returns the number of events lost by it that the task had not seen.
    fn put(&mut self, mail: Mail) -> u64 {
        self.bytes += mail.data.len();
        self.mails.push_back(mail);
        let mut lost = 0;
        while self.mails.len() > 1 && (self.mails.len() > MAX_MAILS || self.bytes > MAX_BYTES) {
            let place = self.mails.iter().position(|mail| mail.seen);
            lost += u64::from(place.is_none());
            self.take(place.unwrap_or(0));
        }
        lost
    }

    fn mark_seen(&mut self, number: u64) {
        if let Some(mail) = self.place(number).and_then(|place| self.mails.get_mut(place)) {
            mail.seen = true;
            if let Some(ticket) = &mail.interaction {
                ticket.reject();
            }
        }
    }

    fn remove(&mut self, number: u64) {
        if let Some(place) = self.place(number) {
            self.take(place);
        }
    }

    fn place(&self, number: u64) -> Option<usize> {
        self.mails.binary_search_by_key(&number, |mail| mail.number).ok()
    }

    fn take(&mut self, place: usize) {
        if let Some(mail) = self.mails.remove(place) {
            self.bytes -= mail.data.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{MAX_MAILS, Mail, Mailboxes, Waited};
    use crate::gateway::event::{Event, InteractionCreate};

    const PATIENCE: Duration = Duration::from_secs(30);

    impl Waited<String> {
        fn found(self) -> String {
            match self {
                Waited::Found(found) => found,
                other => format!("{other:?}"),
            }
        }
    }

    fn text(mail: &Mail) -> Option<String> {
        Some(mail.data.to_string())
    }

    fn is(wanted: &str) -> impl Fn(&Mail) -> Option<String> {
        move |mail| (&*mail.data == wanted).then(|| wanted.to_owned())
    }

    #[test]
    fn only_declared_events_are_received() {
        let boxes = Mailboxes::default();
        assert!(!boxes.want("A"));
        let mailbox = boxes.open(&["A"]);
        assert!(boxes.want("A") && !boxes.want("B"));
        assert!(boxes.offer("A", "1", None) && !boxes.offer("B", "2", None));
        assert_eq!(mailbox.wait("A", Instant::now(), text), Waited::Found("1".to_owned()));
        assert_eq!(mailbox.wait("A", Instant::now(), text), Waited::TimedOut);
        assert!(boxes.close(&mailbox).is_empty());
        assert!(!boxes.want("A"));
    }

    #[test]
    fn early_events_are_found_and_events_not_picked_stay() {
        let boxes = Mailboxes::default();
        let mailbox = boxes.open(&["A", "B"]);
        for (name, data) in [("A", "1"), ("B", "2"), ("A", "3"), ("A", "4")] {
            boxes.offer(name, data, None);
        }
        let now = Instant::now();
        assert_eq!(mailbox.wait("A", now, is("3")), Waited::Found("3".to_owned()));
        assert_eq!(mailbox.wait("A", now, text), Waited::Found("1".to_owned()));
        assert_eq!(mailbox.wait("B", now, text), Waited::Found("2".to_owned()));
        let left: Vec<_> = boxes.close(&mailbox).iter().map(|mail| mail.data.to_string()).collect();
        assert_eq!(left, ["4"]);
    }

    #[test]
    fn a_wait_ends_with_the_event_that_it_is_for() {
        let boxes = Mailboxes::default();
        let mailbox = boxes.open(&["A"]);
        thread::scope(|scope| {
            let waiter = scope.spawn(|| mailbox.wait("A", Instant::now() + PATIENCE, is("2")));
            boxes.offer("A", "1", None);
            boxes.offer("A", "2", None);
            assert_eq!(waiter.join().ok(), Some(Waited::Found("2".to_owned())));
        });
    }

    #[test]
    fn a_stop_ends_every_wait() {
        let boxes = Mailboxes::default();
        let mailbox = boxes.open(&["A"]);
        thread::scope(|scope| {
            let waiter = scope.spawn(|| mailbox.wait("A", Instant::now() + PATIENCE, text));
            boxes.stop();
            assert_eq!(waiter.join().ok(), Some(Waited::Closed));
        });
    }

    #[test]
    fn a_mailbox_is_bounded_and_loses_the_oldest() {
        let boxes = Mailboxes::default();
        let mailbox = boxes.open(&["A"]);
        for n in 0..MAX_MAILS + 5 {
            boxes.offer("A", &n.to_string(), None);
        }
        assert_eq!(mailbox.lock().lost, 5);
        assert_eq!(mailbox.wait("A", Instant::now(), text), Waited::Found("5".to_owned()));
        // A single event that is larger than the limit is still accepted.
        boxes.offer("A", &"x".repeat(2 << 20), None);
        assert_eq!(mailbox.lock().events.mails.len(), 1);
    }

    #[test]
    fn a_flood_takes_no_interactions_place() {
        let boxes = Mailboxes::default();
        let mailbox = boxes.open(&["A", InteractionCreate::NAME]);
        boxes.offer(InteractionCreate::NAME, "click", None);
        for n in 0..2 * MAX_MAILS {
            boxes.offer("A", &n.to_string(), None);
        }
        assert_eq!(mailbox.wait(InteractionCreate::NAME, Instant::now(), text).found(), "click");
    }

    #[test]
    fn a_full_mailbox_drops_seen_events_first() {
        let boxes = Mailboxes::default();
        let mailbox = boxes.open(&["A", "B"]);
        boxes.offer("B", "early", None);
        for n in 0..MAX_MAILS - 1 {
            boxes.offer("A", &n.to_string(), None);
        }
        assert_eq!(mailbox.wait("A", Instant::now(), is("none of them")), Waited::TimedOut);
        for n in 0..MAX_MAILS - 1 {
            boxes.offer("A", &format!("new {n}"), None);
        }
        assert_eq!(mailbox.lock().lost, 0);
        assert_eq!(mailbox.wait("B", Instant::now(), text).found(), "early");
        assert_eq!(mailbox.wait("A", Instant::now(), text).found(), "new 0");
    }

    #[test]
    fn a_mailbox_opened_after_a_stop_is_closed() {
        let boxes = Mailboxes::default();
        boxes.stop();
        let mailbox = boxes.open(&["A"]);
        assert_eq!(mailbox.wait("A", Instant::now() + PATIENCE, text), Waited::Closed);
    }
}
