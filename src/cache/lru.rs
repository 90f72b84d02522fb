//! A list of values in the order of their last use.

/// A place in the list. It holds until its value is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place(u32);

/// The end of the list, and of the row of free places.
const NONE: u32 = u32::MAX;

/// Values in the order of their last use. All operations take constant time.
#[derive(Debug)]
pub(super) struct Lru<T> {
    nodes: Vec<Node<T>>,
    /// The first free place; the others follow by `next`.
    free: u32,
    /// The least recently used value.
    oldest: u32,
    /// The most recently used value.
    newest: u32,
}

#[derive(Debug)]
struct Node<T> {
    /// `None` in a free place.
    value: Option<T>,
    /// Used before this one.
    older: u32,
    /// Used after this one. In a free place: the next free one.
    newer: u32,
}

impl<T> Default for Lru<T> {
    fn default() -> Self {
        Lru { nodes: Vec::new(), free: NONE, oldest: NONE, newest: NONE }
    }
}

impl<T> Lru<T> {
    /// The memory of one place.
    pub(super) const PLACE_BYTES: usize = size_of::<Node<T>>();

    /// Adds a value as the most recently used one.
    pub(super) fn add(&mut self, value: T) -> Place {
        let node = Node { value: Some(value), older: NONE, newer: NONE };
        let index = if self.free == NONE {
            self.nodes.push(node);
            // Each place takes memory, so there are never 4 billion.
            (self.nodes.len() - 1) as u32
        } else {
            let index = self.free;
            self.free = self.node(index).newer;
            *self.node(index) = node;
            index
        };
        self.link(index);
        Place(index)
    }

    /// The value of a place.
    pub(super) fn get(&self, place: Place) -> Option<&T> {
        self.nodes.get(place.0 as usize)?.value.as_ref()
    }

    /// The value of a place, to change it.
    pub(super) fn get_mut(&mut self, place: Place) -> Option<&mut T> {
        self.nodes.get_mut(place.0 as usize)?.value.as_mut()
    }

    /// Makes the value of a place the most recently used one.
    pub(super) fn touch(&mut self, place: Place) {
        if place.0 != self.newest {
            self.unlink(place.0);
            self.link(place.0);
        }
    }

    /// Removes the value of a place, which is free then.
    pub(super) fn remove(&mut self, place: Place) -> Option<T> {
        let value = self.nodes.get_mut(place.0 as usize)?.value.take()?;
        self.unlink(place.0);
        let free = std::mem::replace(&mut self.free, place.0);
        self.node(place.0).newer = free;
        Some(value)
    }

    /// The least recently used value.
    pub(super) fn oldest(&self) -> Option<(Place, &T)> {
        let place = Place(self.oldest);
        Some((place, self.get(place)?))
    }

    fn node(&mut self, index: u32) -> &mut Node<T> {
        &mut self.nodes[index as usize]
    }

    /// Appends a place at the end of the most recently used.
    fn link(&mut self, index: u32) {
        let before = std::mem::replace(&mut self.newest, index);
        let node = self.node(index);
        (node.older, node.newer) = (before, NONE);
        match before {
            NONE => self.oldest = index,
            before => self.node(before).newer = index,
        }
    }

    /// Takes a place out of the list.
    fn unlink(&mut self, index: u32) {
        let Node { older, newer, .. } = *self.node(index);
        match older {
            NONE => self.oldest = newer,
            older => self.node(older).newer = newer,
        }
        match newer {
            NONE => self.newest = older,
            newer => self.node(newer).older = older,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lru;

    /// The values, the least recently used first.
    fn emptied(mut lru: Lru<u32>) -> Vec<u32> {
        let mut values = Vec::new();
        while let Some((place, _)) = lru.oldest() {
            values.extend(lru.remove(place));
        }
        values
    }

    #[test]
    fn values_leave_in_the_order_of_their_last_use() {
        let mut lru = Lru::default();
        let places = [1, 2, 3, 4].map(|value| lru.add(value));
        lru.touch(places[0]);
        lru.touch(places[3]);
        lru.touch(places[3]);
        lru.touch(places[1]);
        assert_eq!(emptied(lru), [3, 1, 4, 2]);
    }

    #[test]
    fn a_free_place_is_used_again() {
        let mut lru = Lru::default();
        let places = [1, 2, 3].map(|value| lru.add(value));
        assert_eq!(lru.remove(places[1]), Some(2));
        assert_eq!((lru.remove(places[1]), lru.get(places[1])), (None, None));
        assert_eq!(lru.add(4), places[1]);
        lru.add(5);
        assert_eq!(lru.nodes.len(), 4);
        assert_eq!(emptied(lru), [1, 3, 4, 5]);
    }

    #[test]
    fn random_uses_keep_the_order_of_a_plain_list() {
        let mut random = fastrand::Rng::with_seed(7);
        let (mut lru, mut plain) = (Lru::default(), Vec::new());
        for value in 0..2000 {
            match random.u8(..4) {
                0 if !plain.is_empty() => {
                    let (place, value) = plain.remove(random.usize(..plain.len()));
                    assert_eq!(lru.remove(place), Some(value));
                }
                1 if !plain.is_empty() => {
                    let used = plain.remove(random.usize(..plain.len()));
                    lru.touch(used.0);
                    plain.push(used);
                }
                _ => plain.push((lru.add(value), value)),
            }
        }
        assert_eq!(emptied(lru), plain.iter().map(|(_, value)| *value).collect::<Vec<_>>());
    }
}
