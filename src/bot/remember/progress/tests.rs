#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Hold, Progress, Tracker};
use crate::gateway::session::{Dispatch, KeptSession};

fn time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn session(id: &str, sequence: u64, caught_up_at: u64) -> KeptSession {
    KeptSession::new(id, sequence, time(caught_up_at))
}

/// A shard whose session began with READY, number 1.
struct Shard {
    progress: Arc<Progress>,
    tracker: Tracker,
}

impl Shard {
    fn restarted(kept: Option<&KeptSession>) -> Shard {
        let progress = Arc::new(Progress::new(kept, &Arc::default()));
        Shard { tracker: Tracker::new(Arc::clone(&progress)), progress }
    }

    fn ready() -> Shard {
        let mut shard = Shard::restarted(None);
        shard.unheard("READY", 1);
        shard.tracker.caught_up(&session("first", 1, 10));
        assert_eq!(shard.saved(), Some(("first".to_owned(), 1)));
        shard
    }

    /// Receives an event with a handler.
    fn queued(&mut self, name: &str, sequence: u64) -> u64 {
        self.tracker.received(&Dispatch::new(Some(sequence), name, "{}"), true)
    }

    /// Receives an event without a handler.
    fn unheard(&mut self, name: &str, sequence: u64) {
        self.tracker.received(&Dispatch::new(Some(sequence), name, "{}"), false);
    }

    /// Saves. Returns what was new: the session and its position.
    fn saved(&self) -> Option<(String, u64)> {
        let changed = self.progress.changed()?;
        self.progress.saved(changed.position, true);
        assert!(!self.progress.has_news());
        Some((changed.session.id, changed.session.sequence))
    }
}

fn first(sequence: u64) -> Option<(String, u64)> {
    Some(("first".to_owned(), sequence))
}

#[test]
fn an_event_counts_when_its_handlers_have_returned() {
    let mut shard = Shard::ready();
    let (second, third) = (shard.queued("EVENT", 2), shard.queued("EVENT", 3));
    assert_eq!(shard.saved(), None);
    shard.progress.handled(second);
    assert!(shard.progress.has_news());
    assert_eq!(shard.saved(), first(2));
    shard.progress.handled(third);
    assert_eq!(shard.saved(), first(3));
    assert_eq!(shard.saved(), None);
}

#[test]
fn events_without_a_handler_count_once_those_before_them_are_handled() {
    let mut shard = Shard::ready();
    shard.unheard("EVENT", 2);
    assert_eq!(shard.saved(), first(2));
    let third = shard.queued("EVENT", 3);
    shard.unheard("EVENT", 4);
    assert_eq!(shard.saved(), None, "event 3 waits");
    shard.progress.handled(third);
    assert_eq!(shard.saved(), first(4));
}

#[test]
fn an_event_in_lanes_holds_back_those_after_it() {
    let mut shard = Shard::ready();
    let numbers = [2, 3, 4].map(|sequence| shard.queued("EVENT", sequence));
    shard.progress.handled(numbers[0]);
    let slow = Hold::new(&shard.progress);
    shard.progress.handled(numbers[1]);
    let quick = Hold::new(&shard.progress);
    shard.progress.handled(numbers[2]);
    shard.unheard("EVENT", 5);
    assert_eq!(shard.saved(), first(2));
    quick.release();
    assert_eq!(shard.saved(), None);
    slow.release();
    assert!(shard.progress.has_news());
    assert_eq!(shard.saved(), first(5));
}

#[test]
fn an_event_whose_job_is_dropped_undone_stays_unhandled() {
    let mut shard = Shard::ready();
    let second = shard.queued("EVENT", 2);
    drop(Hold::new(&shard.progress));
    shard.progress.handled(second);
    assert_eq!(shard.saved(), None);
}

#[test]
fn a_job_that_panics_has_been_done() {
    let mut shard = Shard::ready();
    let second = shard.queued("EVENT", 2);
    let hold = Hold::new(&shard.progress);
    shard.progress.handled(second);
    let job = std::panic::AssertUnwindSafe(move || {
        let _released_at_the_end = hold.release_on_drop();
        std::panic::resume_unwind(Box::new("a bug"));
    });
    assert!(std::panic::catch_unwind(job).is_err());
    assert_eq!(shard.saved(), first(2));
}

#[test]
fn a_new_session_replaces_the_old_one_when_its_ready_is_handled() {
    let mut shard = Shard::ready();
    let old = shard.queued("EVENT", 2);
    let ready = shard.queued("READY", 1);
    shard.tracker.caught_up(&session("second", 1, 20));
    assert_eq!(shard.saved_or_idle(), None, "an event of the old session waits");
    shard.progress.handled(old);
    assert_eq!(shard.saved_or_idle(), None, "READY waits");
    shard.progress.handled(ready);
    assert_eq!(shard.saved(), Some(("second".to_owned(), 1)));
    let next = shard.queued("EVENT", 2);
    shard.progress.handled(next);
    assert_eq!(shard.saved(), Some(("second".to_owned(), 2)), "numbers begin again");
}

impl Shard {
    /// As [`saved`](Shard::saved); if nothing can be saved, there is no news either, or saving would be tried all the time.
    fn saved_or_idle(&self) -> Option<(String, u64)> {
        let saved = self.saved();
        assert!(!self.progress.has_news());
        saved
    }
}

#[test]
fn the_session_is_complete_only_up_to_what_was_handled() {
    let mut shard = Shard::ready();
    let second = shard.queued("EVENT", 2);
    shard.tracker.caught_up(&session("first", 2, 50));
    shard.tracker.caught_up(&session("first", 2, 90));
    let changed = shard.progress.changed().unwrap();
    assert_eq!(
        changed.session,
        session("first", 1, 10),
        "saved again, because Discord has confirmed the session"
    );
    shard.progress.handled(second);
    assert_eq!(shard.progress.changed().unwrap().session, session("first", 2, 50));
}

#[test]
fn a_restarted_shard_saves_nothing_before_its_session_is_resumed() {
    let mut shard = Shard::restarted(Some(&session("first", 7, 10)));
    assert_eq!(shard.saved_or_idle(), None);
    let eighth = shard.queued("EVENT", 8);
    shard.progress.handled(eighth);
    assert_eq!(shard.saved(), first(8), "a replayed event");
    shard.tracker.caught_up(&session("first", 8, 20));
    assert_eq!(shard.saved(), first(8));
}

#[test]
fn what_could_not_be_saved_is_saved_again() {
    let mut shard = Shard::ready();
    shard.unheard("EVENT", 2);
    let changed = shard.progress.changed().unwrap();
    shard.progress.saved(changed.position, false);
    assert_eq!(shard.saved(), first(2));
}

#[test]
fn an_event_without_a_number_stands_with_the_one_before_it() {
    let mut shard = Shard::ready();
    let odd = shard.tracker.received(&Dispatch::new(None, "EVENT", "{}"), true);
    shard.progress.handled(odd);
    assert_eq!(shard.saved(), None);
}
