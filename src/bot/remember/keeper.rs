//! The thread that saves.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::alarm::Alarm;
use super::previous::Expected;
use super::progress::{Progress, Snapshot};
use crate::bot::trouble::Trouble;
use crate::error::Result;
use crate::store::{IdentifyRecord, SessionRecord, SessionStore};

/// The minimum time between the starts of two saves.
const INTERVAL: Duration = Duration::from_millis(100);

/// A slow store is used for at most one part of the time in this many.
const SLOWNESS: u32 = 5;

/// How long to wait if nothing is handled. Events without a handler are received all the time, and are not saved sooner.
const IDLE: Duration = Duration::from_secs(5);

/// When to save again after a save that failed.
const RETRY: Duration = Duration::from_secs(5);

/// Saves the progress of the shards.
pub(super) struct Keeper {
    expected: Expected,
    shards: Vec<Arc<Progress>>,
    store: Arc<dyn SessionStore>,
    alarm: Arc<Alarm>,
    trouble: Arc<Trouble>,
    /// The last save failed, which was reported.
    has_failed: bool,
}

impl Keeper {
    pub(super) fn new(
        expected: Expected,
        shards: Vec<Arc<Progress>>,
        store: Arc<dyn SessionStore>,
        alarm: Arc<Alarm>,
        trouble: Arc<Trouble>,
    ) -> Keeper {
        Keeper { expected, shards, store, alarm, trouble, has_failed: false }
    }

    pub(super) fn start(mut self) {
        let end = EndOnDrop(Arc::clone(&self.alarm));
        let trouble = Arc::clone(&self.trouble);
        let run = move || {
            // Dropped after the keeper: the next bot may open its store as soon as this one has ended.
            let _end = end;
            self.run();
            drop(self);
        };
        if let Err(error) = thread::Builder::new().name("syncord-store".to_owned()).spawn(run) {
            trouble.error(&format_args!(
                "the sessions are not saved, because the system gives no thread for it: {error}; lift its limit"
            ));
        }
    }

    fn run(&mut self) {
        loop {
            let began = Instant::now();
            self.alarm.forget();
            let did_save = self.save();
            let pause = match (self.has_failed, did_save) {
                (true, _) => RETRY,
                (false, true) => INTERVAL.max(began.elapsed() * SLOWNESS),
                (false, false) => Duration::ZERO,
            };
            if self.alarm.wait(began + pause) || self.sleep() {
                self.save();
                return;
            }
        }
    }

    /// Waits until there is something to save, at most for a while. Returns whether to end.
    fn sleep(&self) -> bool {
        // What was handled before the alarm was set does not wake this thread.
        let has_news = || {
            self.has_failed || self.alarm.has_identifies() || self.shards.iter().any(|shard| shard.has_news())
        };
        self.alarm.sleep(has_news, IDLE)
    }

    /// Saves what has changed. Returns whether something had.
    fn save(&mut self) -> bool {
        let changed: Vec<_> = self
            .shards
            .iter()
            .enumerate()
            .filter_map(|(place, shard)| Some((place, shard.changed()?)))
            .collect();
        let identifies = self.alarm.take_identifies();
        if changed.is_empty() && identifies.is_empty() {
            return false;
        }
        let now = SystemTime::now();
        let records: Vec<_> = changed.iter().map(|(place, shard)| self.record(*place, shard, now)).collect();
        let result = self.write(&records, &identifies);
        for (place, shard) in &changed {
            self.shards[*place].saved(shard.position, result.is_ok());
        }
        if result.is_err() {
            self.alarm.give_back(identifies);
        }
        self.report(result);
        true
    }

    fn write(&self, records: &[SessionRecord], identifies: &BTreeMap<u32, IdentifyRecord>) -> Result {
        if !identifies.is_empty() {
            let identifies: Vec<_> = identifies.values().cloned().collect();
            self.store.save_identifies(&identifies)?;
        }
        if records.is_empty() { Ok(()) } else { self.store.save(records) }
    }

    fn record(&self, place: usize, shard: &Snapshot, now: SystemTime) -> SessionRecord {
        // There are fewer shards than `u32::MAX`.
        let index = self.expected.shards.start + place as u32;
        let (session, expected) = (&shard.session, &self.expected);
        let mut record = SessionRecord::new(
            expected.application_id,
            index,
            expected.total,
            session.id.as_str(),
            session.sequence,
        );
        record.resume_url.clone_from(&session.resume_url);
        record.intents = expected.intents;
        (record.caught_up_at, record.saved_at) = (session.caught_up_at, now);
        record
    }

    /// Reports the first failure, and the end of the failures.
    fn report(&mut self, result: Result) {
        let fails = result.is_err();
        match result {
            Ok(()) if self.has_failed => self.trouble.over(&"the sessions are saved again"),
            Err(error) if !self.has_failed => self.trouble.error(&format_args!(
                "the sessions are not saved: {error}; the bot goes on and tries again, but what was handled since the last \
                 save comes twice after a restart, or is lost if that takes long"
            )),
            Err(error) => log::debug!("the sessions are still not saved: {error}"),
            Ok(()) => {}
        }
        self.has_failed = fails;
    }
}

/// Reports that the thread has ended, however it ended.
struct EndOnDrop(Arc<Alarm>);

impl Drop for EndOnDrop {
    fn drop(&mut self) {
        self.0.ended();
    }
}

#[cfg(test)]
mod tests;
