//! The bots of this process, which can be asked what they are doing.

use std::sync::Arc;

use serde_json::Value;

/// A bot of this process.
pub(crate) trait LocalBot: Send + Sync {
    /// Whether it has logged in, and all its shards are connected.
    #[cfg(feature = "http-interactions")]
    fn is_ready(&self) -> bool;

    /// Whether it has nothing to do. `None` if it does not know.
    fn is_idle(&self) -> Option<bool>;

    /// What the playground's page shows of it: its tree, its intents and its counters.
    fn description(&self) -> Value;
}

/// All bots of this process.
#[derive(Default)]
pub(super) struct LocalBots {
    bots: Vec<(u64, Arc<dyn LocalBot>)>,
    last: u64,
}

impl LocalBots {
    pub(super) fn add(&mut self, bot: Arc<dyn LocalBot>) -> u64 {
        self.last += 1;
        self.bots.push((self.last, bot));
        self.last
    }

    pub(super) fn remove(&mut self, number: u64) -> Option<Arc<dyn LocalBot>> {
        let index = self.bots.iter().position(|(other, _)| *other == number)?;
        Some(self.bots.swap_remove(index).1)
    }

    /// The bots, to be asked without a lock.
    pub(super) fn all(&self) -> Vec<Arc<dyn LocalBot>> {
        self.bots.iter().map(|(_, bot)| Arc::clone(bot)).collect()
    }
}

/// Whether all bots are idle. `None` if that is not known of one, or if the bots are in other programs.
pub(super) fn are_idle(bots: &[Arc<dyn LocalBot>]) -> Option<bool> {
    let states: Vec<Option<bool>> = bots.iter().map(|bot| bot.is_idle()).collect();
    if states.contains(&Some(false)) {
        return Some(false);
    }
    (!states.is_empty() && !states.contains(&None)).then_some(true)
}
