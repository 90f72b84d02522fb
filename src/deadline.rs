//! Deadlines from timeouts of any length.

use std::time::{Duration, Instant};

/// Longer than any real timeout, and short enough to be added to any `Instant`.
pub(crate) const FAR_FUTURE: Duration = Duration::from_secs(365 * 24 * 3600);

/// Returns `now + timeout`, where a timeout beyond [`FAR_FUTURE`] counts as that.
pub(crate) fn deadline(now: Instant, timeout: Duration) -> Instant {
    now + timeout.min(FAR_FUTURE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_timeout_does_not_overflow() {
        let now = Instant::now();
        assert_eq!(deadline(now, Duration::from_secs(1)), now + Duration::from_secs(1));
        assert_eq!(deadline(now, Duration::MAX), now + FAR_FUTURE);
    }
}
