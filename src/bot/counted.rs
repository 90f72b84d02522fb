//! Numbers of things, in texts for people.

use std::fmt;

/// A number of things, such as `1 event` or `2 events`.
pub(in crate::bot) struct Counted(pub(in crate::bot) u64, pub(in crate::bot) &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counted(count, thing) = self;
        write!(f, "{count} {thing}{}", if *count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::Counted;

    #[test]
    fn one_thing_is_singular() {
        let texts = [0, 1, 2].map(|count| Counted(count, "event").to_string());
        assert_eq!(texts, ["0 events", "1 event", "2 events"]);
    }
}
