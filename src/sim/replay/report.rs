//! What a bot did otherwise than recorded.

use std::fmt;

/// What a bot did otherwise in a [replay](super::Replay) than in the recording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplayReport {
    /// The number of events that were sent to the bot.
    pub events: usize,
    /// The number of recorded events that were not sent, because the bot had stopped.
    pub events_left: usize,
    /// The recorded calls that the bot did not make, as `POST /channels/123/messages`.
    pub missing: Vec<String>,
    /// The calls that the bot made and that were not recorded, or not this often.
    pub extra: Vec<String>,
    /// The calls that the bot made with another body.
    pub different: Vec<DifferentCall>,
    /// What limits the comparison: another version, other intents, what was not recorded.
    pub notes: Vec<String>,
}

/// A call with another body than the recorded one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DifferentCall {
    /// The call, as `POST /channels/123/messages`.
    pub call: String,
    /// What differs, field by field.
    pub differences: Vec<String>,
}

impl ReplayReport {
    /// Whether the bot received all events and made exactly the recorded calls.
    pub fn is_as_recorded(&self) -> bool {
        self.events_left == 0 && self.missing.is_empty() && self.extra.is_empty() && self.different.is_empty()
    }
}

/// Lists everything, a line for each.
impl fmt::Display for ReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} events replayed", self.events)?;
        if self.is_as_recorded() {
            write!(f, ", and the bot did what was recorded")?;
        }
        if self.events_left > 0 {
            write!(f, "\nthe bot stopped before {} other events", self.events_left)?;
        }
        let mut list =
            |what: &str, calls: &[String]| calls.iter().try_for_each(|call| write!(f, "\n{what}: {call}"));
        list("missing", &self.missing)?;
        list("not recorded", &self.extra)?;
        for DifferentCall { call, differences } in &self.different {
            write!(f, "\ndifferent: {call}: {}", differences.join("; "))?;
        }
        self.notes.iter().try_for_each(|note| write!(f, "\nnote: {note}"))
    }
}
