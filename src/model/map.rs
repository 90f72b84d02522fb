use std::any::type_name;
use std::fmt;
use std::ops::Index;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Raw;
use crate::json::{self, Key, Read, Reader};

/// A map sent by Discord. An entry that cannot be read does not affect the others.
///
/// The entries are sorted by key. The [`unreadable`](Map::unreadable) entries are kept as JSON and written back.
/// [`unreadable_parts`](super::unreadable_parts) counts them.
///
/// ```
/// use syncord::id::RoleId;
/// use syncord::model::{Map, Raw};
///
/// let sent: Raw = serde_json::from_str(r#"{"41": 5, "7": 12, "8": "many"}"#)?;
/// let members: Map<RoleId, u64> = sent.parse()?;
/// assert_eq!(members.get(&RoleId::new(7)), Some(&12));
/// assert_eq!(members.values().sum::<u64>(), 17);
/// assert_eq!(members.unreadable()[0].0, "8");
/// # Ok::<(), serde_json::Error>(())
/// ```
// A sorted vector: most maps have one or two entries, and a `BTreeMap` would be compiled again for each pair of
// types.
#[derive(Clone)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
    #[expect(clippy::box_collection, reason = "keeps the map small: most have no such entries")]
    unreadable: Option<Box<Vec<(String, Raw)>>>,
}

impl<K, V> Map<K, V> {
    /// Creates an empty map.
    pub const fn new() -> Self {
        Map { entries: Vec::new(), unreadable: None }
    }

    /// Returns the number of readable entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the map has no readable entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns an iterator over the entries, sorted by key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&K, &V)> + DoubleEndedIterator {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// Returns an iterator over the keys, sorted.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &K> + DoubleEndedIterator {
        self.entries.iter().map(|(key, _)| key)
    }

    /// Returns an iterator over the values, sorted by key.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> + DoubleEndedIterator {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Converts the map to an iterator over the values, sorted by key.
    pub fn into_values(self) -> impl ExactSizeIterator<Item = V> + DoubleEndedIterator {
        self.entries.into_iter().map(|(_, value)| value)
    }

    /// Returns the entries that could not be read, with their names.
    pub fn unreadable(&self) -> &[(String, Raw)] {
        self.unreadable.as_ref().map_or(&[], |rest| rest.as_slice())
    }

    /// Whether Discord sent no entries at all, so that the field can be omitted when writing.
    pub(crate) fn was_empty(&self) -> bool {
        self.entries.is_empty() && self.unreadable.is_none()
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Returns the value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.position(key).ok().map(|position| &self.entries[position].1)
    }

    /// Whether the map contains a key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.position(key).is_ok()
    }

    /// Inserts a value for a key. Returns the previous value.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.position(&key) {
            Ok(position) => Some(std::mem::replace(&mut self.entries[position].1, value)),
            Err(position) => {
                self.entries.insert(position, (key, value));
                None
            }
        }
    }

    fn position(&self, key: &K) -> Result<usize, usize> {
        self.entries.binary_search_by(|(other, _)| other.cmp(key))
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unreadable = self.unreadable().iter().map(|(name, raw)| (name, raw));
        f.debug_map().entries(self.iter()).entries(unreadable).finish()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries && self.unreadable() == other.unreadable()
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K: Ord, V> Index<&K> for Map<K, V> {
    type Output = V;

    /// Returns the value of a key.
    ///
    /// # Panics
    ///
    /// Panics if the key is not in the map.
    fn index(&self, key: &K) -> &V {
        self.get(key).expect("no entry with this key")
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    /// Collects entries. If a key occurs more than once, the last value is kept.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Map::new();
        entries.into_iter().for_each(|(key, value)| drop(map.insert(key, value)));
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        Map::from_iter(entries)
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, (K, V)>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len() + self.unreadable().len()))?;
        for (key, value) in self.iter() {
            map.serialize_entry(key, value)?;
        }
        for (name, raw) in self.unreadable() {
            map.serialize_entry(name, raw)?;
        }
        map.end()
    }
}

impl<K: Key, V: Read> Read for Map<K, V> {
    /// Reads a map. `null` is an empty map. If a key occurs more than once, the last value is kept.
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        let mut map = Map::new();
        if reader.null()? {
            return Ok(map);
        }
        let mut entries = reader.object()?;
        while let Some(name) = reader.next_field(&mut entries)? {
            let mark = reader.mark();
            let key = K::from_name(&name).ok_or_else(|| json::Error::new("a field name that is not a key"));
            match key.and_then(|key| Ok((key, V::read(reader)?))) {
                Ok((key, value)) => drop(map.insert(key, value)),
                Err(error) => {
                    let text = reader.leave_out(mark, type_name::<V>(), error)?;
                    map.unreadable.get_or_insert_default().push((name.into_owned(), Raw::from_json(text)));
                }
            }
        }
        Ok(map)
    }
}

impl<'de, K: Key, V: Read> Deserialize<'de> for Map<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Map;
    use crate::id::UserId;
    use crate::json;
    use crate::model::Emoji;

    fn read(json: &str) -> Map<UserId, Emoji> {
        json::read(json).unwrap()
    }

    #[test]
    fn an_unreadable_entry_is_left_out_of_the_map_and_written_back() {
        let map = read(r#"{"3":{"name":"c"},"1":{"name":"a"},"2":7,"x":{}}"#);
        let names: Vec<_> = map.iter().map(|(id, emoji)| (id.get(), emoji.name.as_deref())).collect();
        assert_eq!(names, [(1, Some("a")), (3, Some("c"))]);
        let rest: Vec<_> = map.unreadable().iter().map(|(name, raw)| (&**name, raw.get())).collect();
        assert_eq!(rest, [("2", "7"), ("x", "{}")]);
        let written: serde_json::Value = serde_json::to_value(&map).unwrap();
        assert_eq!(
            (&written["2"], &written["x"], &written["3"]["name"]),
            (&7.into(), &serde_json::json!({}), &"c".into())
        );
    }

    #[test]
    fn null_is_an_empty_map_and_a_list_is_an_error() {
        assert!(read("null").was_empty());
        assert!(json::read::<Map<UserId, Emoji>>("[]").is_err());
        assert!(read("{}").was_empty());
        assert!(!read(r#"{"x":1}"#).was_empty());
    }

    #[test]
    fn entries_are_found_by_key_in_any_order() {
        let mut map = Map::from([(5, 'e'), (1, 'a'), (3, 'c')]);
        assert_eq!((map.insert(2, 'b'), map.insert(5, 'E')), (None, Some('e')));
        assert_eq!(map.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 5]);
        assert_eq!((map.get(&5), map.get(&4), map[&1]), (Some(&'E'), None, 'a'));
        assert!(map.contains_key(&3) && !map.contains_key(&0) && map.len() == 4);
        assert_eq!(format!("{map:?}"), "{1: 'a', 2: 'b', 3: 'c', 5: 'E'}");
        let mut pairs = String::new();
        for (key, value) in &map {
            pairs.push_str(&format!("{key}{value}"));
        }
        assert_eq!(pairs, "1a2b3c5E");
        assert_eq!(map.into_values().collect::<String>(), "abcE");
    }

    #[test]
    fn the_last_value_of_a_repeated_key_is_kept() {
        let map: Map<UserId, u8> = json::read(r#"{"1":1,"1":2}"#).unwrap();
        assert_eq!(map.into_iter().collect::<Vec<_>>(), [(UserId::new(1), 2)]);
    }
}
