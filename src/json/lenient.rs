//! Counts and logs the values that cannot be read.
//!
//! [`Reader::field`](super::Reader::field) leaves out a field that cannot be read. Lists and maps keep an element that
//! cannot be read as JSON.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::sync::Mutex;

/// The number of values that could not be read so far.
static UNREADABLE: AtomicU64 = AtomicU64::new(0);

/// The names that were logged, so that each is logged only once.
static LOGGED: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

/// Returns how many values from Discord this process could not read: fields, which are left out, and elements of lists
/// and maps, which are kept as [`Raw`](crate::model::Raw). The objects around them were read.
pub fn unreadable_parts() -> u64 {
    UNREADABLE.load(Ordering::Relaxed)
}

/// Counts a value that could not be read. `name` is the name of the field or the type of the element.
#[cold]
#[inline(never)]
pub(crate) fn count(name: &'static str, error: &serde_json::Error) {
    UNREADABLE.fetch_add(1, Ordering::Relaxed);
    let mut logged = LOGGED.lock();
    if !logged.contains(&name) {
        logged.push(name);
        drop(logged);
        log::warn!("Discord sent a `{name}` that this version cannot read; it was left out (logged once)");
        // The error may contain user content, so it is logged at a lower level.
        log::debug!("`{name}` cannot be read: {error}");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::id::UserId;
    use crate::json::{object, read};
    use crate::model::List;

    #[derive(Debug)]
    struct Party {
        host: UserId,
        guests: List<UserId>,
        speaker: Option<UserId>,
        open: bool,
    }

    object! { Party {
        host: required, guests, speaker, open,
    } }

    #[test]
    fn an_unreadable_element_is_left_out_of_the_list() {
        let party: Party = read(r#"{"host":"1","guests":["2",{"x":[]},"3"]}"#).unwrap();
        assert_eq!(
            (party.host, party.guests.into_vec()),
            (UserId::new(1), vec![UserId::new(2), UserId::new(3)])
        );
    }

    #[test]
    fn unreadable_optional_fields_are_left_out() {
        let party: Party = read(r#"{"host":"1","guests":null,"speaker":{},"open":"yes"}"#).unwrap();
        assert!(party.guests.is_empty() && party.speaker.is_none() && !party.open);
    }

    #[test]
    fn an_unreadable_required_field_is_an_error_that_names_it() {
        let error = read::<Party>(r#"{"host":"me","guests":[1]}"#).unwrap_err().to_string();
        assert!(error.contains("near `host`"), "{error}");
    }

    #[test]
    fn text_after_the_value_is_ignored() {
        let party: Party = read(r#"{"host":"1"},"op":0}"#).unwrap();
        assert_eq!(party.host, UserId::new(1));
    }
}
