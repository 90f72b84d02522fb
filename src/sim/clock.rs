//! The time in the simulated Discord.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use super::world::timestamp;

/// The time since the Unix epoch. It advances evenly even when the machine's clock is set.
pub(super) fn unix_time() -> Duration {
    static ANCHOR: OnceLock<(Instant, Duration)> = OnceLock::new();
    let (start, time_at_start) = ANCHOR.get_or_init(|| {
        let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        (Instant::now(), time)
    });
    *time_at_start + start.elapsed()
}

/// Formats a time since the Unix epoch as the header `Date`
/// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7)).
pub(super) fn http_date(time: Duration) -> String {
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // 1 January 1970 was a Thursday.
    let weekday = WEEKDAYS[(time.as_secs() / 86_400 % 7) as usize];
    let iso = timestamp(time);
    let month = iso[5..7].parse::<usize>().ok().and_then(|month| MONTHS.get(month - 1)).unwrap_or(&"");
    format!("{weekday}, {} {month} {} {} GMT", &iso[8..10], &iso[..4], &iso[11..19])
}

/// The clock of a world, which a test can advance.
#[derive(Clone, Copy, Debug)]
pub(super) enum Clock {
    /// Runs, and is this far ahead of the machine's clock.
    Ahead(Duration),
    /// Stands still at this time.
    Fixed(Duration),
}

impl Clock {
    /// The time of the world, since the Unix epoch.
    pub(super) fn time(self) -> Duration {
        match self {
            Clock::Ahead(ahead) => unix_time() + ahead,
            Clock::Fixed(time) => time,
        }
    }

    /// Sets the clock to a time that is not before its own.
    pub(super) fn set(&mut self, time: Duration) {
        *self = match self {
            Clock::Ahead(_) => Clock::Ahead(time.saturating_sub(unix_time())),
            Clock::Fixed(before) => Clock::Fixed(time.max(*before)),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::http_date;

    #[test]
    fn the_date_of_a_response_is_that_of_rfc_9110() {
        for (seconds, date) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            // The example of the RFC.
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_164_799, "Wed, 28 Feb 2024 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(Duration::from_secs(seconds)), date);
        }
    }
}
