//! Reading at full speed what is as documented, and as much as can be read of what is not.
//!
//! [`Reader::field`](crate::json::Reader::field) leaves out the fields that cannot be read, [`List`](crate::model::List) and
//! [`Map`](crate::model::Map) set the elements aside. Each is counted, and the first of its kind is logged.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::sync::Mutex;

/// How much was left out or set aside so far.
static UNREADABLE: AtomicU64 = AtomicU64::new(0);

/// The types of which something was, so that each is logged once.
static LOGGED: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

/// How many parts of what Discord sent this process could not read: elements of lists that are kept
/// as [`Raw`](crate::model::Raw), and optional values that are not. Whatever it counts, the rest was read.
pub fn unreadable_parts() -> u64 {
    UNREADABLE.load(Ordering::Relaxed)
}

/// Counts a part that could not be read: a field of this name, or an element of this type.
#[cold]
#[inline(never)]
pub(crate) fn count(name: &'static str, error: &serde_json::Error) {
    UNREADABLE.fetch_add(1, Ordering::Relaxed);
    let mut logged = LOGGED.lock();
    if !logged.contains(&name) {
        logged.push(name);
        drop(logged);
        log::warn!("Discord sent a `{name}` that this version cannot read; it was left out (logged once)");
        // The error may quote what people wrote.
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
    fn one_unreadable_element_does_not_cost_the_list() {
        let party: Party = read(r#"{"host":"1","guests":["2",{"x":[]},"3"]}"#).unwrap();
        assert_eq!(
            (party.host, party.guests.into_vec()),
            (UserId::new(1), vec![UserId::new(2), UserId::new(3)])
        );
    }

    #[test]
    fn unreadable_optional_parts_are_left_out() {
        let party: Party = read(r#"{"host":"1","guests":null,"speaker":{},"open":"yes"}"#).unwrap();
        assert!(party.guests.is_empty() && party.speaker.is_none() && !party.open);
    }

    #[test]
    fn an_unreadable_required_part_is_an_error_that_names_it() {
        let problem = read::<Party>(r#"{"host":"me","guests":[1]}"#).unwrap_err().to_string();
        assert!(problem.contains("near `host`"), "{problem}");
    }

    #[test]
    fn what_follows_the_value_is_not_looked_at() {
        let party: Party = read(r#"{"host":"1"},"op":0}"#).unwrap();
        assert_eq!(party.host, UserId::new(1));
    }
}
