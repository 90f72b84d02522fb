//! Which events the shards pass on.

use super::event::ConnectionEvent;
use crate::bot::threads::batch::Name;
use crate::gateway::intents::EVENTS;

/// What the shards need to know about the handlers: which events have one.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventFilter {
    pub(super) all: bool,
    /// A bit for each known event.
    pub(super) known: [u64; EVENTS.len().div_ceil(64)],
    pub(super) unknown: Vec<&'static str>,
    pub(super) connection: [bool; 3],
}

impl EventFilter {
    pub(crate) fn has_handler(&self, name: Name<'_>) -> bool {
        self.all
            || match name {
                Name::Known(place) => self.known[place / 64] & (1 << (place % 64)) != 0,
                Name::Unknown(name) => self.unknown.contains(&name),
            }
    }

    /// A filter with handlers of these events.
    #[cfg(test)]
    pub(crate) fn of(names: &[&str]) -> EventFilter {
        let mut filter = EventFilter::default();
        for name in names {
            if let Name::Known(place) = Name::of(name) {
                filter.add_known(place);
            }
        }
        filter
    }

    /// Adds events that something else than a handler needs.
    pub(crate) fn add(&mut self, is_needed: impl Fn(Name<'_>) -> bool) {
        for place in (0..EVENTS.len()).filter(|place| is_needed(Name::Known(*place))) {
            self.add_known(place);
        }
    }

    /// Adds the event at this place in [`EVENTS`].
    pub(super) fn add_known(&mut self, place: usize) {
        self.known[place / 64] |= 1 << (place % 64);
    }

    pub(crate) fn has_connection_handler(&self, kind: ConnectionEvent) -> bool {
        self.connection[kind as usize]
    }
}
