//! State that all objects of the process with the same key share, such as the limits of one token.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use crate::sync::Mutex;

/// Unused entries are removed only above this number of entries.
const FEW_ENTRIES: usize = 16;

/// State that is forgotten once nothing uses it and it says nothing any more.
pub(crate) trait Idle {
    /// Whether forgetting the state changes nothing.
    fn is_idle(&self, now: Instant) -> bool;
}

/// Shared state by key.
///
/// An entry stays after its last user is dropped, because a program may create a client for each call. It is removed
/// later, when it is idle and another entry is added.
#[derive(Debug)]
pub(crate) struct Registry<K, V>(Mutex<Entries<K, V>>);

#[derive(Debug)]
struct Entries<K, V> {
    entries: BTreeMap<K, Arc<V>>,
    /// The number of entries at which the unused ones are removed. It grows with the number of those that stay, so that
    /// the search has a constant cost per new entry.
    remove_at: usize,
}

impl<K: Ord, V: Idle> Registry<K, V> {
    pub(crate) const fn new() -> Registry<K, V> {
        Registry(Mutex::new(Entries { entries: BTreeMap::new(), remove_at: FEW_ENTRIES }))
    }

    /// The state of this key. Creates it if there is none.
    pub(crate) fn get(&self, now: Instant, key: K, create: impl FnOnce() -> V) -> Arc<V> {
        let mut guard = self.0.lock();
        let Entries { entries, remove_at } = &mut *guard;
        if let Some(known) = entries.get(&key) {
            return Arc::clone(known);
        }
        if entries.len() >= *remove_at {
            entries.retain(|_, value| Arc::strong_count(value) > 1 || !value.is_idle(now));
            *remove_at = FEW_ENTRIES.max(2 * entries.len());
        }
        let created = Arc::new(create());
        entries.insert(key, Arc::clone(&created));
        created
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use super::{FEW_ENTRIES, Idle, Registry};

    /// Idle from this time on.
    struct Until(Instant);

    impl Idle for Until {
        fn is_idle(&self, now: Instant) -> bool {
            now >= self.0
        }
    }

    #[test]
    fn one_key_has_one_state_while_it_is_used_or_not_idle() {
        let registry = Registry::new();
        let now = Instant::now();
        let later = now + Duration::from_secs(1);
        let used = registry.get(now, 0, || Until(now));
        drop(registry.get(now, 1, || Until(later)));
        let add_many = |now, first: u32| {
            for key in 0..100 {
                drop(registry.get(now, first + key, || Until(now)));
            }
        };
        let count = || registry.0.lock().entries.len();
        add_many(now, 100);
        assert!(Arc::ptr_eq(&used, &registry.get(now, 0, || Until(later))));
        assert!(registry.get(now, 1, || Until(now)).0 == later, "it was dropped, and is not idle");
        assert!(count() <= 2 + FEW_ENTRIES, "{}", count());
        add_many(later, 200);
        assert!(registry.get(later, 1, || Until(now)).0 == now, "it was removed when it was idle");
        assert!(Arc::ptr_eq(&used, &registry.get(later, 0, || Until(later))));
    }
}
