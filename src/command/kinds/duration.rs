//! Durations as options.

use std::ops::{Bound, RangeBounds};
use std::time::Duration;

use super::argument::{Argument, ArgumentError};
use super::basic::string;
use super::kind::{OptionKind, OptionSpec};
use crate::model::{format_duration, parse_duration};

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
    /// What is accepted, in words.
    fn expected(&self) -> String {
        let limit = |least: &str, above: &str, bound: Bound<Duration>| match bound {
            Bound::Included(limit) => Some(format!("{least} {}", format_duration(limit))),
            Bound::Excluded(limit) => Some(format!("{above} {}", format_duration(limit))),
            Bound::Unbounded => None,
        };
        let limits = [limit("at least", "more than", self.min), limit("at most", "less than", self.max)];
        let limits: Vec<_> = limits.into_iter().flatten().collect();
        let of = if limits.is_empty() { "" } else { " of " };
        format!("a duration{of}{}, such as `90s`, `1h 30m` or `2 days`", limits.join(" and "))
    }
}

impl OptionKind for DurationOption {
    type Value = Duration;

    fn spec(&self) -> OptionSpec {
        string().spec()
    }

    fn read(&self, argument: Argument<'_>) -> Result<Duration, ArgumentError> {
        let duration = parse_duration(argument.text()?).ok();
        duration
            .filter(|duration| (self.min, self.max).contains(duration))
            .ok_or_else(|| ArgumentError::invalid(format!("Expected {}.", self.expected())))
    }
}
