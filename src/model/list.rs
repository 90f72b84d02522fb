use std::any::type_name;
use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::Raw;
use crate::json::{self, Read, Reader};

/// A list sent by Discord. An element that cannot be read does not affect the others.
///
/// It dereferences to a slice of the readable elements. The [`unreadable`](List::unreadable) elements are kept as JSON and
/// written back at their positions. [`unreadable_parts`](super::unreadable_parts) counts them.
///
/// ```
/// use syncord::model::{List, Raw};
///
/// let sent: Raw = serde_json::from_str(r#"[1, "two", 3]"#)?;
/// let list: List<u8> = sent.parse()?;
/// assert_eq!(*list, [1, 3]);
/// assert_eq!(serde_json::to_string(&list)?, r#"[1,"two",3]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct List<T> {
    items: Vec<T>,
    /// The positions in the original list, ascending.
    #[expect(clippy::box_collection, reason = "keeps the list small: most have no such elements")]
    unreadable: Option<Box<Vec<(usize, Raw)>>>,
}

impl<T> List<T> {
    /// Creates an empty list.
    pub const fn new() -> Self {
        List { items: Vec::new(), unreadable: None }
    }

    /// Appends an element.
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Returns the elements that could not be read, with their positions in the original list.
    pub fn unreadable(&self) -> &[(usize, Raw)] {
        self.unreadable.as_ref().map_or(&[], |rest| rest.as_slice())
    }

    /// Returns the readable elements.
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }

    /// Whether Discord sent no elements at all, so that the field can be omitted when writing.
    pub(crate) fn was_empty(&self) -> bool {
        self.items.is_empty() && self.unreadable.is_none()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).entries(self.unreadable().iter().map(|(_, raw)| raw)).finish()
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        List { items, unreadable: None }
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Vec::from_iter(items).into()
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.unreadable.is_none() {
            return self.items.serialize(serializer);
        }
        serializer.collect_seq(self.in_original_order())
    }
}

impl<T> List<T> {
    fn in_original_order(&self) -> impl Iterator<Item = Element<'_, T>> {
        let mut items = self.items.iter();
        let mut unreadable = self.unreadable().iter().peekable();
        (0..self.items.len() + self.unreadable().len()).filter_map(move |place| {
            // If elements were removed, the remaining unreadable ones are written at the end.
            match unreadable.next_if(|(at, _)| *at <= place) {
                Some((_, raw)) => Some(Element::Unreadable(raw)),
                None => items
                    .next()
                    .map(Element::Item)
                    .or_else(|| unreadable.next().map(|(_, raw)| Element::Unreadable(raw))),
            }
        })
    }
}

/// A readable or unreadable element, to be written.
enum Element<'a, T> {
    Item(&'a T),
    Unreadable(&'a Raw),
}

impl<T: Serialize> Serialize for Element<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Element::Item(item) => item.serialize(serializer),
            Element::Unreadable(raw) => raw.serialize(serializer),
        }
    }
}

impl<T: Read> Read for List<T> {
    /// Reads a list. `null` is an empty list.
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        let mut list = List::new();
        if reader.null()? {
            return Ok(list);
        }
        let mut elements = reader.list()?;
        while reader.next_element(&mut elements)? {
            let mark = reader.mark();
            match T::read(reader) {
                Ok(item) => list.items.push(item),
                Err(error) => {
                    let place = list.items.len() + list.unreadable().len();
                    let text = reader.leave_out(mark, type_name::<T>(), error)?;
                    list.unreadable.get_or_insert_default().push((place, Raw::from_json(text)));
                }
            }
        }
        Ok(list)
    }
}

impl<'de, T: Read> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::List;
    use crate::json;

    fn read(json: &str) -> List<u8> {
        json::read(json).unwrap()
    }

    #[test]
    fn unreadable_elements_keep_their_positions() {
        for json in [r#"[{},1,"x",2,null]"#, "[[]]", "[1,2]", "[]", r#"["a","b",3]"#] {
            assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
        }
        let list = read(r#"[{},1,"x",2,-1]"#);
        assert_eq!(*list, [1, 2]);
        let rest: Vec<_> = list.unreadable().iter().map(|(place, raw)| (*place, raw.get())).collect();
        assert_eq!(rest, [(0, "{}"), (2, "\"x\""), (4, "-1")]);
    }

    #[test]
    fn null_is_an_empty_list_and_an_object_is_an_error() {
        assert!(read("null").was_empty());
        assert!(json::read::<List<u8>>(r#"{"0":1}"#).is_err());
        assert!(!read(r#"["x"]"#).was_empty());
    }

    #[test]
    fn every_unreadable_element_is_counted() {
        let before = crate::model::unreadable_parts();
        let list = read(r#"["a",1,"b"]"#);
        assert_eq!(list.unreadable().len(), 2);
        // Other tests may count at the same time.
        assert!(crate::model::unreadable_parts() >= before + 2);
    }

    #[test]
    fn a_list_converts_from_and_to_a_vector() {
        let mut list: List<u8> = vec![3, 1].into();
        list.sort_unstable();
        assert_eq!((&list).into_iter().sum::<u8>(), 4);
        assert_eq!(format!("{list:?}"), "[1, 3]");
        assert_eq!(list.into_iter().collect::<List<_>>().into_vec(), [1, 3]);
    }
}
