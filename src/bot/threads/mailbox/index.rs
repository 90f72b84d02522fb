//! Which waits an event is for: pure.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::quick::{Anchor, Interest, QuickIds};
use super::wanted::EventIds;

/// The number of an event's name.
pub(super) type Slot = u16;

/// All waits, by an ID that they ask for. The cost of a look-up does not depend on their number.
#[derive(Debug, Default)]
pub(super) struct WaitIndex {
    /// Few names are waited for at a time.
    names: BTreeMap<Slot, WaitsForName>,
}

/// The tasks that wait for the events of one name, by their numbers.
#[derive(Debug, Default)]
struct WaitsForName {
    /// A task by the ID at the anchor of its wait. Usually no other waits for this ID.
    anchored: HashMap<u64, u64, BuildHasherDefault<IdHasher>>,
    /// The other tasks that wait for these IDs, with the ID in front.
    others: BTreeSet<(u64, u64)>,
    /// The number of waits for each anchor.
    anchors: [usize; Anchor::ALL.len()],
    /// The waits that ask for IDs without an anchor.
    unanchored: Vec<u64>,
    /// The waits that ask for no ID.
    any: Vec<u64>,
}

impl WaitIndex {
    pub(super) fn add(&mut self, slot: Slot, name: &str, ids: &EventIds, task: u64) {
        let waits = self.names.entry(slot).or_default();
        match Anchor::of(name, ids) {
            Some((anchor, id)) => {
                waits.anchors[anchor as usize] += 1;
                if *waits.anchored.entry(id).or_insert(task) != task {
                    waits.others.insert((id, task));
                }
            }
            None => waits.without_anchor(ids).push(task),
        }
    }

    pub(super) fn remove(&mut self, slot: Slot, name: &str, ids: &EventIds, task: u64) {
        let Some(waits) = self.names.get_mut(&slot) else { return };
        match Anchor::of(name, ids) {
            Some((anchor, id)) => {
                if waits.remove_anchored(id, task) {
                    waits.anchors[anchor as usize] -= 1;
                }
            }
            None => {
                let tasks = waits.without_anchor(ids);
                if let Some(place) = tasks.iter().position(|known| *known == task) {
                    tasks.swap_remove(place);
                }
            }
        }
        if waits.is_empty() {
            self.names.remove(&slot);
        }
    }

    /// What to look for in the text of an event of this name, for which tasks are declared to wait.
    pub(super) fn interest(&self, slot: Slot) -> Interest {
        self.names.get(&slot).map_or(Interest::DECLARED_ONLY, WaitsForName::interest)
    }

    /// Whether the IDs of an event must be read to know which waits it is for. `quick` is what `interest` found in it.
    pub(super) fn needs_reading(&self, slot: Slot, interest: Interest, quick: &QuickIds) -> bool {
        let Some(waits) = self.names.get(&slot) else { return false };
        // Waits may have been added since the text was searched.
        interest != waits.interest()
            || interest.needs_reading()
            || quick.any(|id| waits.anchored.contains_key(&id))
    }

    /// The number of waits for events of this name.
    #[cfg(test)]
    pub(super) fn count(&self, slot: Slot) -> usize {
        self.names.get(&slot).map_or(0, |waits| {
            waits.anchored.len() + waits.others.len() + waits.unanchored.len() + waits.any.len()
        })
    }

    /// The tasks whose waits an event may be for: not all of its IDs were compared. `ids` is `None` if they are not needed.
    pub(super) fn find(&self, slot: Slot, ids: Option<&EventIds>) -> Vec<u64> {
        let Some(waits) = self.names.get(&slot) else { return Vec::new() };
        let mut found = waits.any.clone();
        if let Some(ids) = ids {
            found.extend(&waits.unanchored);
            found.extend(ids.scope.ids().flat_map(|id| waits.anchored(id)));
            // A guild and its oldest channel may have the same ID.
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}

impl WaitsForName {
    fn interest(&self) -> Interest {
        Interest::new(&self.anchors, self.unanchored.len())
    }

    /// The tasks that wait for this ID.
    fn anchored(&self, id: u64) -> impl Iterator<Item = u64> {
        let others = self.others.range((id, 0)..=(id, u64::MAX)).map(|(_, task)| *task);
        self.anchored.get(&id).copied().into_iter().chain(others)
    }

    /// Removes a task that waits for this ID. Returns false if there was none.
    fn remove_anchored(&mut self, id: u64, task: u64) -> bool {
        if self.anchored.get(&id) != Some(&task) {
            return self.others.remove(&(id, task));
        }
        let next = self.anchored(id).nth(1);
        match next {
            Some(other) => {
                self.others.remove(&(id, other));
                self.anchored.insert(id, other);
            }
            None => {
                self.anchored.remove(&id);
            }
        }
        true
    }

    fn without_anchor(&mut self, ids: &EventIds) -> &mut Vec<u64> {
        if *ids == EventIds::default() { &mut self.any } else { &mut self.unanchored }
    }

    fn is_empty(&self) -> bool {
        self.anchored.is_empty() && self.unanchored.is_empty() && self.any.is_empty()
    }
}

/// A hasher for IDs, which Discord chooses and a peer cannot. It is called for each event.
#[derive(Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, id: u64) {
        // The table uses the highest and the lowest bits; in an ID, those in the middle differ most.
        let mixed = (self.0 ^ id).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

#[cfg(test)]
mod tests {
    use super::{EventIds, Interest, WaitIndex};
    use crate::bot::event_scope::EventScope;
    use crate::id::{ChannelId, UserId};

    const NAME: &str = "MESSAGE_CREATE";

    fn ids(channel: u64, user: u64) -> EventIds {
        EventScope::new().channel(ChannelId::new(channel)).user(UserId::new(user)).into()
    }

    fn of_channel(channel: u64) -> EventIds {
        EventScope::new().channel(ChannelId::new(channel)).into()
    }

    fn find(index: &WaitIndex, ids: &EventIds) -> Vec<u64> {
        let mut found = index.find(1, Some(ids));
        found.sort_unstable();
        found
    }

    #[test]
    fn the_waits_that_an_event_may_be_for_are_found_by_its_ids() {
        let mut index = WaitIndex::default();
        for (task, wanted) in [(1, ids(2, 3)), (2, of_channel(2)), (3, EventIds::default()), (4, ids(2, 4))] {
            index.add(1, NAME, &wanted, task);
        }
        assert_eq!(find(&index, &ids(2, 3)), [1, 2, 3]);
        assert_eq!(find(&index, &ids(2, 5)), [2, 3]);
        // The wait of task 1 is found by the user alone.
        assert_eq!(find(&index, &ids(5, 3)), [1, 3]);
        assert_eq!(find(&index, &EventIds::default()), [3]);
        assert_eq!(index.find(1, None), [3]);
        assert_eq!(index.find(2, Some(&ids(2, 3))), [0; 0]);
    }

    #[test]
    fn a_removed_wait_leaves_nothing() {
        let mut index = WaitIndex::default();
        let waits = [(1, ids(2, 3)), (2, ids(2, 3)), (2, of_channel(2)), (3, EventIds::default())];
        for (task, wanted) in &waits {
            index.add(1, NAME, wanted, *task);
        }
        assert_ne!(index.interest(1), Interest::DECLARED_ONLY);
        index.remove(1, NAME, &ids(2, 3), 1);
        assert_eq!((find(&index, &ids(2, 3)), index.count(1)), (vec![2, 3], 3));
        for (task, wanted) in &waits {
            // The first of them is not there any more.
            index.remove(1, NAME, wanted, *task);
        }
        assert!(index.names.is_empty(), "{index:?}");
        assert_eq!(index.interest(1), Interest::DECLARED_ONLY);
    }

    #[test]
    fn an_event_is_read_only_if_one_of_its_ids_is_waited_for() {
        let mut index = WaitIndex::default();
        for user in 0..500 {
            index.add(1, NAME, &ids(2, 1000 + user), user);
        }
        let needs_reading = |index: &WaitIndex, user: u64| {
            let interest = index.interest(1);
            let text = format!(r#"{{"channel_id":"2","author":{{"id":"{user}"}}}}"#);
            index.needs_reading(1, interest, &interest.find(&text))
        };
        assert!(needs_reading(&index, 1400) && !needs_reading(&index, 400));
        let before = index.interest(1);
        index.add(1, NAME, &of_channel(7), 501);
        assert!(index.needs_reading(1, before, &before.find("{}")), "a wait was added in the meantime");
        assert!(!needs_reading(&index, 400));
        index.add(1, "THREAD_CREATE", &of_channel(7), 502);
        assert!(needs_reading(&index, 400), "a wait without an anchor");
    }
}
