//! The handlers of a bot, by name, for other threads.

use std::collections::BTreeMap;
use std::panic::Location;
use std::sync::Arc;

use crate::bot::error::HandlerId;
use crate::sync::Mutex;

/// The handlers of a bot, and the closures that it posts and spawns, by the place in the source.
#[derive(Default)]
pub(crate) struct HandlerRegistry(Mutex<Handlers>);

#[derive(Default)]
struct Handlers {
    ids: Vec<Arc<HandlerId>>,
    /// The places of closures that exist only while they wait or run.
    closures: BTreeMap<(&'static str, &'static Location<'static>), usize>,
}

impl HandlerRegistry {
    /// Adds a handler.
    pub(crate) fn add(&self, id: &HandlerId) {
        let mut handlers = self.0.lock();
        handlers.push(Arc::new(id.clone()));
    }

    /// The ID of the closures that are posted or spawned at this place in the source.
    pub(crate) fn closure(&self, what: &'static str, at: &'static Location<'static>) -> Arc<HandlerId> {
        let mut handlers = self.0.lock();
        if let Some(place) = handlers.closures.get(&(what, at)) {
            return Arc::clone(&handlers.ids[*place]);
        }
        let id = Arc::new(HandlerId::new(what, at));
        let place = handlers.push(Arc::clone(&id));
        handlers.closures.insert((what, at), place);
        id
    }

    /// The IDs of all handlers, in the order in which they were added.
    pub(super) fn ids(&self) -> Vec<Arc<HandlerId>> {
        self.0.lock().ids.clone()
    }

    /// The name of the handler at this place.
    pub(crate) fn name(&self, place: usize) -> Option<String> {
        let id = self.0.lock().ids.get(place).cloned();
        id.map(|id| id.to_string())
    }
}

impl Handlers {
    fn push(&mut self, id: Arc<HandlerId>) -> usize {
        let place = self.ids.len();
        // A program has far fewer handlers.
        id.meter.set_place(place as u32);
        self.ids.push(id);
        place
    }
}
