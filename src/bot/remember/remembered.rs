//! The progress of all shards of a bot that remembers its sessions.

use std::sync::Arc;
use std::time::Duration;

use super::alarm::Alarm;
use super::keeper::Keeper;
use super::previous::Expected;
use super::progress::{Hold, Progress, Tracker};
use crate::bot::trouble::Trouble;
use crate::gateway::session::PreviousSession;
use crate::store::{IdentifyRecord, SessionStore};

/// How far the events of each shard were handled. A separate thread saves it.
#[derive(Debug)]
pub(crate) struct Remembered {
    first: u32,
    shards: Vec<Arc<Progress>>,
    alarm: Arc<Alarm>,
}

impl Remembered {
    /// Begins with what an earlier process left of each shard, and starts the thread that saves.
    pub(crate) fn start(
        expected: Expected,
        previous: &[Option<PreviousSession>],
        store: Arc<dyn SessionStore>,
        trouble: &Arc<Trouble>,
    ) -> Remembered {
        let (first, alarm) = (expected.shards.start, Arc::<Alarm>::default());
        let kept = |previous: &Option<PreviousSession>| match previous {
            Some(PreviousSession::Kept(kept)) => Arc::new(Progress::new(Some(kept), &alarm)),
            _ => Arc::new(Progress::new(None, &alarm)),
        };
        let shards: Vec<_> = previous.iter().map(kept).collect();
        Keeper::new(expected, shards.clone(), store, Arc::clone(&alarm), Arc::clone(trouble)).start();
        Remembered { first, shards, alarm }
    }

    fn shard(&self, index: u32) -> Option<&Arc<Progress>> {
        self.shards.get(index.checked_sub(self.first)? as usize)
    }

    /// The side of a shard's thread.
    pub(crate) fn tracker(&self, shard: u32) -> Option<Tracker> {
        self.shard(shard).map(|progress| Tracker::new(Arc::clone(progress)))
    }

    /// The handlers of an event on the bot's thread have returned.
    pub(crate) fn handled(&self, shard: u32, position: u64) {
        if let Some(progress) = self.shard(shard) {
            progress.handled(position);
        }
    }

    /// The event of this shard that the bot's thread is handling goes to lanes.
    pub(crate) fn hold(&self, shard: u32) -> Option<Hold> {
        self.shard(shard).map(Hold::new)
    }

    /// Saves soon that a shard has identified, without waiting for it.
    pub(crate) fn identified(&self, record: IdentifyRecord) {
        self.alarm.add_identify(record);
    }

    /// Saves exactly what was handled, and ends the thread. Waits for it at most this long. Returns whether it has ended.
    pub(crate) fn finish(&self, timeout: Duration) -> bool {
        self.alarm.finish(timeout)
    }
}
