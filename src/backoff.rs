//! How long to wait before the next attempt.

use std::time::Duration;

/// Returns the pause after `attempt` failed retries: a bound that starts at `base` and doubles with each attempt up to
/// `maximum`, multiplied by `jitter`.
///
/// `jitter` is a random number from 0 to 1. The whole range is "full jitter"; a range that starts above 0 sets a
/// minimum pause.
pub(crate) fn backoff(attempt: u32, base: Duration, maximum: Duration, jitter: f64) -> Duration {
    let factor = 1_u32.checked_shl(attempt).unwrap_or(u32::MAX);
    base.saturating_mul(factor).min(maximum).mul_f64(jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Duration = Duration::from_secs(1);
    const MAXIMUM: Duration = Duration::from_secs(60);

    #[test]
    fn the_bound_doubles_up_to_the_maximum() {
        let pause = |attempt| backoff(attempt, BASE, MAXIMUM, 1.0).as_secs();
        assert_eq!([0, 1, 2, 5, 6, 7, 31, 32, u32::MAX].map(pause), [1, 2, 4, 32, 60, 60, 60, 60, 60]);
    }

    #[test]
    fn jitter_scales_the_bound() {
        assert_eq!(backoff(3, BASE, MAXIMUM, 0.0), Duration::ZERO);
        assert_eq!(backoff(3, BASE, MAXIMUM, 0.25), Duration::from_secs(2));
        assert_eq!(backoff(u32::MAX, BASE, MAXIMUM, 0.5), Duration::from_secs(30));
    }
}
