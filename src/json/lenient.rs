//! Counts and logs the values that cannot be read.
//!
//! [`Reader::field`](super::Reader::field) leaves out a field that cannot be read. Lists and maps keep an element that
//! cannot be read as JSON.

use super::error::Error;
use crate::sync::Mutex;

/// How many values of each name could not be read so far. The names are those of the crate's fields and types.
static COUNTS: Mutex<Vec<(&'static str, u64)>> = Mutex::new(Vec::new());

/// Returns how many values from Discord this process could not read: fields, which have their default, and elements of
/// lists and maps, which are kept as [`Raw`](crate::model::Raw). The objects around them were read.
///
/// [`unreadable_counts`] returns the number for each field.
pub fn unreadable_parts() -> u64 {
    COUNTS.lock().iter().map(|(_, count)| count).sum()
}

/// Returns the names of the fields that this process could not read, and how often. For an element of a list or map, it
/// is the name of the element's type.
///
/// Each name is logged once, as a warning. For the values, see
/// [`collect_unreadable`](crate::model::collect_unreadable).
pub fn unreadable_counts() -> Vec<(&'static str, u64)> {
    COUNTS.lock().clone()
}

/// Counts a value that could not be read. `name` is the name of the field or the type of the element.
#[cold]
#[inline(never)]
pub(crate) fn count(name: &'static str, error: &Error) {
    let mut counts = COUNTS.lock();
    if let Some((_, count)) = counts.iter_mut().find(|(counted, _)| *counted == name) {
        *count += 1;
        return;
    }
    counts.push((name, 1));
    drop(counts);
    log::warn!("Discord sent a `{name}` that this version cannot read; it was left out (logged once)");
    // The error may contain user content, so it is logged at a lower level.
    log::debug!("`{name}` cannot be read: {error}");
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
    fn unreadable_values_are_counted_by_name() {
        let speakers = || {
            let counts = crate::model::unreadable_counts();
            counts.iter().find(|(name, _)| *name == "speaker").map_or(0, |(_, count)| *count)
        };
        let (before, all) = (speakers(), crate::model::unreadable_parts());
        read::<Party>(r#"{"host":"1","speaker":[]}"#).unwrap();
        // Other tests may count at the same time.
        assert!(speakers() > before && crate::model::unreadable_parts() > all);
    }

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
