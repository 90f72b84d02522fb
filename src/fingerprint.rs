//! Identifies a secret without holding it.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::sync::OnceLock;

/// Identifies a value, such as a token, and does not contain it. It is valid only in this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Fingerprint([u64; 2]);

impl Fingerprint {
    pub(crate) fn of(value: &(impl Hash + ?Sized)) -> Fingerprint {
        // The keys are random, so that the value cannot be looked up in a table of known fingerprints.
        static KEYS: OnceLock<[RandomState; 2]> = OnceLock::new();
        let keys = KEYS.get_or_init(|| [RandomState::new(), RandomState::new()]);
        Fingerprint([0, 1].map(|part: usize| keys[part].hash_one(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn equal_values_have_equal_fingerprints_that_do_not_show_them() {
        assert_eq!(Fingerprint::of("abc"), Fingerprint::of(&"abc".to_owned()));
        assert_ne!(Fingerprint::of("abc"), Fingerprint::of("abd"));
        assert!(!format!("{:?}", Fingerprint::of("abc")).contains("abc"));
        let Fingerprint([first, second]) = Fingerprint::of("abc");
        assert_ne!(first, second, "both halves count");
    }
}
