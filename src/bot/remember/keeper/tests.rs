#![allow(clippy::unwrap_used)]

use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant, SystemTime};

use super::{INTERVAL, RETRY};
use crate::bot::remember::{Expected, Remembered, Tracker};
use crate::error::Result;
use crate::gateway::intents::Intents;
use crate::gateway::session::{Dispatch, KeptSession};
use crate::id::ApplicationId;
use crate::store::{IdentifyRecord, MemoryStore, SessionRecord, SessionStore};
use crate::sync::Mutex;

const LONG: Duration = Duration::from_secs(30);

/// A store whose saves are counted, and take as long as the test wants.
#[derive(Debug)]
struct Store {
    records: MemoryStore,
    begun: Sender<Instant>,
    go_on: Mutex<Option<Receiver<bool>>>,
}

impl Store {
    fn new() -> (Arc<Store>, Receiver<Instant>) {
        let (begun, begins) = mpsc::channel();
        (Arc::new(Store { records: MemoryStore::new(), begun, go_on: Mutex::new(None) }), begins)
    }

    /// From now on each save waits for a value: whether it succeeds.
    fn controlled(&self) -> Sender<bool> {
        let (sender, receiver) = mpsc::channel();
        *self.go_on.lock() = Some(receiver);
        sender
    }
}

impl SessionStore for Store {
    fn load(&self, shards: Range<u32>) -> Result<Vec<SessionRecord>> {
        self.records.load(shards)
    }

    fn save(&self, records: &[SessionRecord]) -> Result {
        self.begun.send(Instant::now()).unwrap();
        let succeeds = self.go_on.lock().as_ref().is_none_or(|go_on| go_on.recv().unwrap_or(true));
        if succeeds { self.records.save(records) } else { Err("no room".into()) }
    }

    fn remove(&self, shards: Range<u32>) -> Result {
        self.records.remove(shards)
    }

    fn load_identifies(&self, shards: Range<u32>) -> Result<Vec<IdentifyRecord>> {
        self.records.load_identifies(shards)
    }

    fn save_identifies(&self, records: &[IdentifyRecord]) -> Result {
        self.records.save_identifies(records)
    }
}

fn start(store: &Arc<Store>) -> (Remembered, Tracker) {
    let expected =
        Expected { application_id: ApplicationId::new(1), shards: 4..5, total: 8, intents: Intents::GUILDS };
    let remembered = Remembered::start(expected, &[None], store.clone(), &Arc::default());
    let mut tracker = remembered.tracker(4).unwrap();
    assert!(remembered.tracker(0).is_none() && remembered.tracker(5).is_none());
    let ready = tracker.received(&Dispatch::new(Some(1), "READY", "{}"), true);
    remembered.handled(4, ready);
    tracker.caught_up(&KeptSession::new("session", 1, SystemTime::UNIX_EPOCH));
    (remembered, tracker)
}

fn event(remembered: &Remembered, tracker: &mut Tracker, sequence: u64) {
    let position = tracker.received(&Dispatch::new(Some(sequence), "EVENT", "{}"), true);
    remembered.handled(4, position);
}

fn saved(store: &Store) -> Option<u64> {
    store.load(4..5).unwrap().first().map(|record| record.sequence)
}

#[test]
fn the_end_saves_exactly_what_was_handled() {
    let (store, _begins) = Store::new();
    let (remembered, mut tracker) = start(&store);
    for sequence in 2..=1000 {
        event(&remembered, &mut tracker, sequence);
    }
    assert!(remembered.finish(LONG));
    let record = store.load(4..5).unwrap().remove(0);
    assert_eq!((record.shard, record.total, record.sequence), (4, 8, 1000));
    assert_eq!((record.session_id.as_str(), record.intents), ("session", Intents::GUILDS));
    assert!(record.saved_at > SystemTime::UNIX_EPOCH);
    assert_eq!(Arc::strong_count(&store), 1, "the store is free for the next bot");
}

#[test]
fn busy_shards_are_saved_at_most_ten_times_a_second() {
    let (store, begins) = Store::new();
    let began = Instant::now();
    let (remembered, mut tracker) = start(&store);
    let mut sequence = 1;
    // Five saves, without a pause between the events.
    let saves: Vec<Instant> = std::iter::repeat_with(|| {
        loop {
            sequence += 1;
            event(&remembered, &mut tracker, sequence);
            if let Ok(begin) = begins.try_recv() {
                break begin;
            }
        }
    })
    .take(5)
    .collect();
    assert!(remembered.finish(LONG));
    // A new session is saved without a pause, so there may be one save more.
    let is_paced = (0..).zip(&saves[1..]).all(|(count, save)| *save >= began + INTERVAL * count);
    assert!(is_paced, "{began:?} {saves:?}");
}

#[test]
fn a_store_that_hangs_holds_nothing_up_and_catches_up() {
    let (store, begins) = Store::new();
    let go_on = store.controlled();
    let (remembered, mut tracker) = start(&store);
    begins.recv_timeout(LONG).unwrap();
    // The save hangs, and the bot's thread goes on.
    for sequence in 2..=50 {
        event(&remembered, &mut tracker, sequence);
    }
    assert_eq!(saved(&store), None);
    assert!(!remembered.finish(Duration::from_millis(10)), "the stop has a limit");
    drop(go_on);
    assert!(remembered.finish(LONG));
    assert_eq!(saved(&store), Some(50));
}

#[test]
fn a_save_that_fails_is_made_up_for_at_the_end() {
    let (store, begins) = Store::new();
    let go_on = store.controlled();
    let (remembered, _tracker) = start(&store);
    begins.recv_timeout(LONG).unwrap();
    go_on.send(false).unwrap();
    drop(go_on);
    assert!(remembered.finish(LONG));
    assert_eq!(saved(&store), Some(1));
}

#[test]
fn an_identify_is_saved_although_nothing_was_handled() {
    let (store, _begins) = Store::new();
    let (remembered, _tracker) = start(&store);
    let record =
        IdentifyRecord::new(ApplicationId::new(1), 4, SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH);
    remembered.identified(record.clone());
    let end = Instant::now() + LONG;
    while store.load_identifies(0..8).unwrap().is_empty() {
        assert!(Instant::now() < end);
        std::thread::yield_now();
    }
    assert_eq!(store.load_identifies(0..8).unwrap(), [record]);
    assert!(remembered.finish(LONG));
}

#[test]
fn a_new_session_is_saved_without_a_pause() {
    let (store, begins) = Store::new();
    let go_on = store.controlled();
    let (remembered, mut tracker) = start(&store);
    let first = begins.recv_timeout(LONG).unwrap();
    // The longest pause is the one after a save that failed.
    go_on.send(false).unwrap();
    drop(go_on);
    let ready = tracker.received(&Dispatch::new(Some(1), "READY", "{}"), true);
    remembered.handled(4, ready);
    tracker.caught_up(&KeptSession::new("second", 1, SystemTime::UNIX_EPOCH));
    let second = begins.recv_timeout(LONG).unwrap();
    assert!(second < first + RETRY, "{:?}", second - first);
    assert!(remembered.finish(LONG));
    assert_eq!(store.load(4..5).unwrap()[0].session_id, "second");
}
