//! Reading at full speed what is as documented, and as much as can be read of what is not.
//!
//! A value is first read strictly, with no overhead. Only when that fails is it read again in salvage
//! mode, in which a [`List`](super::List) sets aside the elements and [`optional`] leaves out the values
//! that cannot be read. Each is counted, and the first of a type is logged.

use std::any::type_name;
use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, Visitor};
use serde_json::value::RawValue;

use crate::json;
use crate::sync::Mutex;

thread_local! {
    /// Whether this thread is on its second attempt. Serde has no way to hand a setting down.
    static SALVAGING: Cell<bool> = const { Cell::new(false) };
}

/// How much was left out or set aside so far.
static UNREADABLE: AtomicU64 = AtomicU64::new(0);

/// The types of which something was, so that each is logged once.
static LOGGED: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

/// How many parts of what Discord sent this process could not read: elements of lists that are kept
/// as [`Raw`](super::Raw), and optional values that are not. Whatever it counts, the rest was read.
pub fn unreadable_parts() -> u64 {
    UNREADABLE.load(Ordering::Relaxed)
}

/// Counts a part that could not be read as what has this name.
///
/// It takes the problem by value, so that what is compiled for every type need not drop it.
#[cold]
#[inline(never)]
#[expect(clippy::needless_pass_by_value, reason = "see above")]
pub(crate) fn count(name: &'static str, problem: serde_json::Error) {
    UNREADABLE.fetch_add(1, Ordering::Relaxed);
    let mut logged = LOGGED.lock();
    if !logged.contains(&name) {
        logged.push(name);
        drop(logged);
        log::warn!("Discord sent a {name} that this version cannot read (said once per type)");
        // It may quote what people wrote.
        log::debug!("what was wrong with it: {problem}");
    }
}

/// Whether this thread is reading what it could not read strictly.
pub(crate) fn salvaging() -> bool {
    SALVAGING.get()
}

/// Salvage mode for as long as it lives, so that a panic cannot leave it on.
struct Salvage;

impl Salvage {
    fn begin() -> Salvage {
        SALVAGING.set(true);
        Salvage
    }
}

impl Drop for Salvage {
    fn drop(&mut self) {
        SALVAGING.set(false);
    }
}

/// Reads the value at the beginning of `data`; whatever follows it is not looked at.
pub(crate) fn decode<T: DeserializeOwned>(data: &str) -> Result<T, serde_json::Error> {
    json::read(data).or_else(|first| {
        let salvage = Salvage::begin();
        let second = json::read(data);
        drop(salvage);
        match second {
            Ok(value) => {
                log::debug!("left out what could not be read: {first}");
                Ok(value)
            }
            // The first error names the culprit; the second may be about something further on.
            Err(_) => Err(first),
        }
    })
}

/// A value or `null`; in salvage mode `None` where neither could be read.
pub(crate) fn part<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    if !salvaging() {
        return Option::deserialize(deserializer).map(Some);
    }
    let whole = Box::<RawValue>::deserialize(deserializer)?;
    Ok(salvage(&whole))
}

/// What can be read, if it can; of no use to those that are read at full speed, and so apart from them.
#[cold]
#[inline(never)]
fn salvage<T: DeserializeOwned>(whole: &RawValue) -> Option<Option<T>> {
    match json::read(whole.get()) {
        Ok(value) => Some(value),
        Err(problem) => {
            count(type_name::<T>(), problem);
            None
        }
    }
}

/// A value that may be missing or null; in salvage mode `None` also when it cannot be read.
pub(crate) fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    part(deserializer).map(Option::flatten)
}

/// A value that has a default, taken for `null` too; in salvage mode also for what cannot be read.
pub(crate) fn plain<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    optional(deserializer).map(Option::unwrap_or_default)
}

/// A string, or an integer as one.
pub(crate) fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct TextOrNumber;

    impl Visitor<'_> for TextOrNumber {
        type Value = Option<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string or an integer")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(text.to_owned()))
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }

        fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    deserializer.deserialize_any(TextOrNumber)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde::Deserialize;

    use super::{SALVAGING, decode};
    use crate::id::UserId;
    use crate::model::List;

    #[derive(Debug, Deserialize)]
    struct Party {
        host: UserId,
        #[serde(default)]
        guests: List<UserId>,
        #[serde(default, deserialize_with = "super::optional")]
        speaker: Option<UserId>,
        #[serde(default, deserialize_with = "super::plain")]
        open: bool,
    }

    #[test]
    fn one_unreadable_element_does_not_cost_the_list() {
        let party: Party = decode(r#"{"host":"1","guests":["2",{"x":[]},"3"]}"#).unwrap();
        assert_eq!(
            (party.host, party.guests.into_vec()),
            (UserId::new(1), vec![UserId::new(2), UserId::new(3)])
        );
    }

    #[test]
    fn unreadable_optional_parts_are_left_out() {
        let party: Party = decode(r#"{"host":"1","guests":null,"speaker":{},"open":"yes"}"#).unwrap();
        assert!(party.guests.is_empty() && party.speaker.is_none() && !party.open);
    }

    #[test]
    fn an_unreadable_required_part_is_an_error_that_names_it_and_leaves_no_mode_behind() {
        let problem = decode::<Party>(r#"{"host":"me","guests":[1]}"#).unwrap_err().to_string();
        assert!(problem.contains("me"), "{problem}");
        assert!(!SALVAGING.get());
    }

    #[test]
    fn what_follows_the_value_is_not_looked_at() {
        let party: Party = decode(r#"{"host":"1"},"op":0}"#).unwrap();
        assert_eq!(party.host, UserId::new(1));
    }
}
