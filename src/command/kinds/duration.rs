//! Durations as options.

use std::ops::{Bound, RangeBounds};
use std::time::Duration;

use super::argument::{Argument, ArgumentError};
use super::basic::string;
use super::kind::{OptionKind, OptionSpec};
use crate::model::{format_duration, parse_duration};
use crate::texts::LibraryText;

/// A duration in a range, which users write as `90s`, `1h 30m` or `2 days`. [`parse_duration`] says what is read. `..` takes
/// every duration.
///
/// Discord has no such type, so it is a text option there. What is not a duration, or not in the range, is refused with
/// what is expected. In a text command, spaces in it need quotes unless it is the last option.
///
/// ```
/// use std::time::Duration;
/// use syncord::tree::{command, duration};
///
/// const DAY: Duration = Duration::from_secs(24 * 3600);
///
/// let remind = command("remind", "Reminds you")
///     .option("in", "In which time, such as 1h 30m", duration(Duration::from_secs(60)..=7 * DAY))
///     .run(|cx, time| cx.reply(format!("I will come back in {} s.", time.as_secs())));
/// ```
pub fn duration(range: impl RangeBounds<Duration>) -> DurationOption {
    DurationOption { min: range.start_bound().cloned(), max: range.end_bound().cloned() }
}

/// The [kind](OptionKind) of option that [`duration`] returns.
#[derive(Clone, Copy, Debug)]
pub struct DurationOption {
    min: Bound<Duration>,
    max: Bound<Duration>,
}

impl DurationOption {
    /// What is accepted.
    fn expected(&self) -> LibraryText {
        let min = match self.min {
            Bound::Included(min) => Some(LibraryText::AtLeast { limit: format_duration(min) }),
            Bound::Excluded(min) => Some(LibraryText::MoreThan { limit: format_duration(min) }),
            Bound::Unbounded => None,
        };
        let max = match self.max {
            Bound::Included(max) => Some(LibraryText::AtMost { limit: format_duration(max) }),
            Bound::Excluded(max) => Some(LibraryText::LessThan { limit: format_duration(max) }),
            Bound::Unbounded => None,
        };
        let limits = match (min, max) {
            (None, None) => return LibraryText::ADuration,
            (Some(limit), None) | (None, Some(limit)) => limit,
            (Some(min), Some(max)) => LibraryText::Both { first: min.into(), second: max.into() },
        };
        LibraryText::ALimitedDuration { limits: limits.into() }
    }
}

impl OptionKind for DurationOption {
    type Value = Duration;

    fn spec(&self) -> OptionSpec {
        let mut spec = string().spec();
        spec.option.is_duration = true;
        spec
    }

    fn read(&self, argument: Argument<'_>) -> Result<Duration, ArgumentError> {
        let duration = parse_duration(argument.text()?).ok();
        duration
            .filter(|duration| (self.min, self.max).contains(duration))
            .ok_or_else(|| LibraryText::Expected { expected: self.expected().into() }.into())
    }
}
