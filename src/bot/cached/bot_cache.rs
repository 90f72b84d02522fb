//! The cache, and the events that change it.

use crate::bot::threads::batch::Name;
use crate::cache::Cache;
use crate::gateway::intents::EVENTS;

/// The cache of a bot that runs.
#[derive(Debug)]
pub(crate) struct BotCache {
    pub(crate) cache: Cache,
    /// By index in [`EVENTS`]: whether the event changes the cache.
    needs: [bool; EVENTS.len()],
}

impl BotCache {
    pub(crate) fn new(cache: Cache) -> BotCache {
        let kept = cache.kept();
        BotCache { needs: EVENTS.each_ref().map(|event| kept.needs_event(event.name)), cache }
    }

    /// Whether an event changes the cache.
    pub(crate) fn needs(&self, name: Name<'_>) -> bool {
        matches!(name, Name::Known(index) if self.needs[index])
    }
}
