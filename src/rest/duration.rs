//! Spans of time as Discord counts them: seconds here, minutes there.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::error::{Error, Limit};
use crate::rest::check::{invalid, outside};

/// How long a thread may be silent before it is archived, in minutes.
const ARCHIVE_AFTER: [u64; 4] = [60, 1440, 4320, 10080];

/// How long slow mode may make a user wait, in seconds.
const SLOW_MODE: RangeInclusive<u64> = 0..=21_600;

/// The seconds of a span.
pub(super) fn seconds(span: Duration) -> u64 {
    span.as_secs()
}

/// The minutes of a span.
pub(super) fn minutes(span: Duration) -> u64 {
    span.as_secs() / 60
}

/// Checks that a span is so many whole seconds.
pub(super) fn seconds_in(range: RangeInclusive<u64>) -> impl Fn(&Duration) -> Result<(), Error> {
    move |span| {
        if span.subsec_nanos() == 0 && range.contains(&span.as_secs()) {
            return Ok(());
        }
        let (min, max) = (Duration::from_secs(*range.start()), Duration::from_secs(*range.end()));
        outside("", Limit::Time { min, max, actual: *span })
    }
}

/// Checks the time that a user has to wait between two messages.
pub(super) fn slow_mode(span: &Duration) -> Result<(), Error> {
    seconds_in(SLOW_MODE)(span)
}

/// Checks the time of silence after which a thread is archived.
pub(super) fn archive(span: &Duration) -> Result<(), Error> {
    if ARCHIVE_AFTER.iter().any(|after| *span == Duration::from_secs(after * 60)) {
        return Ok(());
    }
    let minutes = span.as_secs_f64() / 60.0;
    invalid("", format!("60, 1440, 4320 or 10080 minutes, and this is {minutes}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{archive, seconds_in, slow_mode};
    use crate::rest::check::problem;

    #[test]
    fn a_span_is_whole_and_within_its_range() {
        let seconds = Duration::from_secs;
        let table = [
            (problem(slow_mode(&seconds(0))), "fine"),
            (problem(slow_mode(&seconds(21_600))), "fine"),
            (
                problem(slow_mode(&seconds(21_601))),
                ": from 0 to 21600 whole seconds, and this is 21601 (nothing was sent)",
            ),
            (
                problem(seconds_in(1..=9)(&Duration::from_millis(1500))),
                ": from 1 to 9 whole seconds, and this is 1.5 (nothing was sent)",
            ),
            (problem(archive(&seconds(3600))), "fine"),
            (problem(archive(&seconds(604_800))), "fine"),
            (
                problem(archive(&seconds(7200))),
                ": 60, 1440, 4320 or 10080 minutes, and this is 120 (nothing was sent)",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem, expected);
        }
    }
}
