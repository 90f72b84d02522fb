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
