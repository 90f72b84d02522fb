//! Uses of a node that run now.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::sync::Mutex;

/// The number of uses that run now, by what they are counted for. There is no entry for 0.
#[derive(Debug, Default)]
pub(in crate::bot) struct RunningUses(Mutex<BTreeMap<(u64, u64), usize>>);

impl RunningUses {
    /// The number of uses that run now.
    pub(in crate::bot) fn count(&self, key: (u64, u64)) -> usize {
        self.0.lock().get(&key).copied().unwrap_or(0)
    }

    /// Begins a use, if fewer than `most` run.
    pub(in crate::bot) fn begin(self: &Arc<Self>, key: (u64, u64), most: usize) -> Option<RunningUse> {
        let mut counts = self.0.lock();
        let count = counts.get(&key).copied().unwrap_or(0);
        if count >= most {
            return None;
        }
        counts.insert(key, count + 1);
        Some(RunningUse { running: Arc::clone(self), key })
    }
}

/// A use that ends when this is dropped.
#[derive(Debug)]
pub(in crate::bot) struct RunningUse {
    running: Arc<RunningUses>,
    key: (u64, u64),
}

impl Drop for RunningUse {
    fn drop(&mut self) {
        let mut counts = self.running.0.lock();
        match counts.get_mut(&self.key) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(counts.remove(&self.key)),
        }
    }
}
