//! The time in the simulated Discord.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

/// The time since the Unix epoch. It advances evenly even when the machine's clock is set.
pub(super) fn unix_time() -> Duration {
    static ANCHOR: OnceLock<(Instant, Duration)> = OnceLock::new();
    let (start, time_at_start) = ANCHOR.get_or_init(|| {
        let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        (Instant::now(), time)
    });
    *time_at_start + start.elapsed()
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
