//! Which events reach the cache.

use super::scene::full;
use crate::cache::events::{CachedEvent, Visit, visit};
use crate::gateway::intents::EVENTS;

struct Known;

impl Visit for Known {
    type Output = ();

    fn visit<E: CachedEvent>(self) {}
}

#[test]
fn a_full_cache_receives_exactly_the_events_that_it_can_apply() {
    let kept = full().kept();
    for event in &EVENTS {
        let is_applied = visit(event.name, Known).is_ok();
        assert_eq!(kept.needs_event(event.name), is_applied, "{}", event.name);
    }
}
