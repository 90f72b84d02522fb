//! The identifies of a bot over restarts: what earlier processes have used counts, and what this one uses is saved.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::bot::startup::identify_queue::InMemoryQueue;
use crate::gateway::identify::Used;
use crate::gateway::session::Now;
use crate::gateway::shard::{Admission, IdentifyQueue};
use crate::gateway::shard_id::ShardId;
use crate::id::ApplicationId;
use crate::store::IdentifyRecord;

/// Discord resets the count once a day. A record of a later reset was written by another clock.
const MAX_RESET_AFTER: Duration = Duration::from_secs(25 * 3600);

/// The queue of a bot that remembers its identifies.
pub(crate) struct Ledger {
    queue: Arc<InMemoryQueue>,
    application_id: ApplicationId,
    save: Box<dyn Fn(IdentifyRecord) + Send + Sync>,
}

impl Ledger {
    /// Begins with the records of earlier processes. `save` is called when a shard is about to identify, and must not block.
    pub(crate) fn new(
        queue: Arc<InMemoryQueue>,
        application_id: ApplicationId,
        now: Now,
        records: &[IdentifyRecord],
        save: impl Fn(IdentifyRecord) + Send + Sync + 'static,
    ) -> Ledger {
        for record in records.iter().filter(|record| record.application_id == application_id) {
            if let Some(used) = used(record, now) {
                queue.restore(record.shard, used);
            }
        }
        Ledger { queue, application_id, save: Box::new(save) }
    }
}

impl IdentifyQueue for Ledger {
    fn address(&self, shard: ShardId, resume: Option<&str>, now: Now) -> Admission {
        self.queue.address(shard, resume, now)
    }

    fn identify(&self, shard: ShardId, was_ready: bool, now: Now) -> Admission {
        let admission = self.queue.identify(shard, was_ready, now);
        if matches!(admission, Admission::Connect(_)) {
            // Before the shard connects, so that a crash right after its login does not hide it.
            let now = Now::read();
            (self.save)(record(self.application_id, shard, self.queue.used_with_next(shard, now), now));
        }
        admission
    }

    fn identified(&self, shard: ShardId, now: Now) {
        self.queue.identified(shard, now);
    }

    fn release(&self, shard: ShardId, now: Now) {
        self.queue.release(shard, now);
    }
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").field("application_id", &self.application_id).finish_non_exhaustive()
    }
}

/// What a record means now. A time in the future counts as now: a clock was set back. `None` if it was before the machine
/// started, where the clock cannot tell.
fn used(record: &IdentifyRecord, now: Now) -> Option<Used> {
    let since = now.wall.duration_since(record.last).unwrap_or_default();
    let reset_after = record.reset_at.duration_since(now.wall).unwrap_or_default();
    let reset_after = if reset_after > MAX_RESET_AFTER { Duration::ZERO } else { reset_after };
    Some(Used { last: now.mono.checked_sub(since)?, count: record.used, reset_at: now.mono + reset_after })
}

fn record(application_id: ApplicationId, shard: ShardId, used: Used, now: Now) -> IdentifyRecord {
    let wall = |at: std::time::Instant| {
        now.wall - now.mono.saturating_duration_since(at) + at.saturating_duration_since(now.mono)
    };
    let mut record = IdentifyRecord::new(application_id, shard.index, wall(used.last), wall(used.reset_at));
    record.used = used.count;
    record
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;
    use std::time::{Duration, Instant, SystemTime};

    use super::{Ledger, record, used};
    use crate::bot::startup::identify_queue::tests::queue;
    use crate::gateway::identify::Used;
    use crate::gateway::session::Now;
    use crate::gateway::shard::{Admission, IdentifyQueue};
    use crate::gateway::shard_id::ShardId;
    use crate::id::ApplicationId;
    use crate::store::IdentifyRecord;
    use crate::sync::Mutex;

    const APPLICATION: ApplicationId = ApplicationId::new(1);
    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3600);

    fn now() -> Now {
        Now { mono: Instant::now() + 100 * HOUR, wall: SystemTime::now() }
    }

    fn later(now: Now, time: Duration) -> Now {
        Now { mono: now.mono + time, wall: now.wall + time }
    }

    #[test]
    fn an_identify_is_saved_before_the_shard_connects_and_counts_in_the_next_process() {
        let saved = Arc::new(Mutex::new(Vec::new()));
        // Each token has its own limits, as each process has.
        let start = |token: &str, records: &[IdentifyRecord]| {
            let saved = Arc::clone(&saved);
            let save = move |record| saved.lock().push(record);
            let ledger = Ledger::new(Arc::new(queue(token)), APPLICATION, Now::read(), records, save);
            ledger.identify(ShardId::default(), false, Now::read())
        };
        assert!(matches!(start("first-process", &[]), Admission::Connect(_)));
        let records = saved.lock().clone();
        assert!(records.len() == 1 && records[0].used == 1, "{records:?}");
        let next = start("next-process", &records);
        assert!(matches!(next, Admission::Wait { until } if until > Instant::now()), "{next:?}");
        assert_eq!(saved.lock().len(), 1);
        let mut foreign = records[0].clone();
        foreign.application_id = ApplicationId::new(2);
        assert!(matches!(start("another-bot", &[foreign]), Admission::Connect(_)));
    }

    #[test]
    fn a_record_means_the_same_in_the_next_process() {
        let now = now();
        let known = Used { last: now.mono, count: 7, reset_at: now.mono + 3 * HOUR };
        let saved = record(APPLICATION, ShardId { index: 2, total: 4 }, known, now);
        assert_eq!((saved.shard, saved.used, saved.last), (2, 7, now.wall));
        // Another machine was started at another time.
        let restarted = Now { mono: now.mono - 50 * HOUR, ..now };
        let restored = used(&saved, later(restarted, MINUTE)).unwrap();
        let begin = restarted.mono;
        assert_eq!(restored, Used { last: begin, count: 7, reset_at: begin + 3 * HOUR });
    }

    #[test]
    fn a_clock_that_was_set_back_or_far_ahead_costs_no_more_than_a_pause() {
        let now = now();
        let known = Used { last: now.mono, count: 7, reset_at: now.mono + 3 * HOUR };
        let saved = record(APPLICATION, ShardId::default(), known, now);
        // The clock was set back by a week: the record seems to be of the future.
        let back = Now { wall: now.wall - 7 * 24 * HOUR, ..now };
        assert_eq!(used(&saved, back).unwrap(), Used { last: now.mono, count: 7, reset_at: now.mono });
        // A day later the count does not hold any more.
        let ahead = later(now, 24 * HOUR);
        let restored = used(&saved, ahead).unwrap();
        assert_eq!((restored.last, restored.reset_at), (now.mono, ahead.mono));
    }
}
