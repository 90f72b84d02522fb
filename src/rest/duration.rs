//! Durations in the units that Discord uses: seconds or minutes.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::error::{Error, Limit};
use crate::rest::check::{invalid, outside};

/// The times of inactivity after which a thread can be archived, in minutes.
const AUTO_ARCHIVE_MINUTES: [u64; 4] = [60, 1440, 4320, 10080];

/// The range of slow mode, in seconds.
const SLOW_MODE_SECONDS: RangeInclusive<u64> = 0..=21_600;

/// A duration in seconds.
pub(super) fn seconds(duration: Duration) -> u64 {
    duration.as_secs()
}

/// A duration in minutes.
pub(super) fn minutes(duration: Duration) -> u64 {
    duration.as_secs() / 60
}

/// Checks that a duration is a whole number of seconds in the range.
pub(super) fn seconds_in(range: RangeInclusive<u64>) -> impl Fn(&Duration) -> Result<(), Error> {
    move |duration| {
        if duration.subsec_nanos() == 0 && range.contains(&duration.as_secs()) {
            return Ok(());
        }
        let (min, max) = (Duration::from_secs(*range.start()), Duration::from_secs(*range.end()));
        outside("", Limit::Time { min, max, actual: *duration })
    }
}

/// Checks the time that slow mode makes a user wait between two messages.
pub(super) fn slow_mode(duration: &Duration) -> Result<(), Error> {
    seconds_in(SLOW_MODE_SECONDS)(duration)
}

/// Checks the time of inactivity after which a thread is archived.
pub(super) fn auto_archive(duration: &Duration) -> Result<(), Error> {
    if AUTO_ARCHIVE_MINUTES.iter().any(|after| *duration == Duration::from_secs(after * 60)) {
        return Ok(());
    }
    let minutes = duration.as_secs_f64() / 60.0;
    invalid("", format!("60, 1440, 4320 or 10080 minutes, and this is {minutes}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{auto_archive, seconds_in, slow_mode};
    use crate::rest::check::problem;

    #[test]
    fn a_duration_is_whole_and_in_its_range() {
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
            (problem(auto_archive(&seconds(3600))), "fine"),
            (problem(auto_archive(&seconds(604_800))), "fine"),
            (
                problem(auto_archive(&seconds(7200))),
                ": 60, 1440, 4320 or 10080 minutes, and this is 120 (nothing was sent)",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem, expected);
        }
    }
}
