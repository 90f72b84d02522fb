use std::time::Duration;

use crate::deadline::FAR_FUTURE;

/// Timeouts of one attempt to send a request.
///
/// An attempt lives as long as bytes move, in either direction. Only the call's
/// [deadline](crate::rest::ClientBuilder::deadline) can end it earlier.
///
/// ```
/// use std::time::Duration;
/// use syncord::rest::Timeouts;
///
/// let mut timeouts = Timeouts::default();
/// timeouts.idle = Duration::from_secs(30);
/// timeouts.min_upload_rate = 8 * 1024; // a very slow line
/// # let discord = syncord::sim::Discord::start()?;
/// # let token = syncord::Token::new(&discord.token())?;
/// let client = syncord::rest::Client::builder(token).timeouts(timeouts).build()?;
/// # Ok::<(), syncord::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Timeouts {
    /// Maximum time to resolve the name, connect, and complete the TLS handshake. Default: 10 s.
    pub connect: Duration,
    /// Maximum time in which no byte of the request or the response moves. Default: 15 s.
    ///
    /// During and after a body it is longer by the time that the line needs for what the operating system still holds of
    /// it: see `min_upload_rate`.
    pub idle: Duration,
    /// Bytes per second that the slowest line carries. Default: 64 KiB/s.
    ///
    /// A call without its own deadline has more time if it sends files: this rate says how much.
    pub min_upload_rate: u64,
    /// The same as `connect`, for the first response to an interaction. Default: 2 s.
    pub callback_connect: Duration,
    /// Time for the first response to an interaction, with its retries. Default: 3 s, after which Discord
    /// [rejects it](https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction).
    pub callback: Duration,
}

impl Timeouts {
    /// The timeouts with none that is too long to be added to a time.
    pub(super) fn bounded(self) -> Timeouts {
        let bounded = |timeout: Duration| timeout.min(FAR_FUTURE);
        Timeouts {
            connect: bounded(self.connect),
            idle: bounded(self.idle),
            callback_connect: bounded(self.callback_connect),
            ..self
        }
    }

    /// How long a line of this rate needs for a number of bytes.
    pub(super) fn transfer(bytes: u64, rate: u64) -> Duration {
        let seconds = bytes as f64 / rate.max(1) as f64;
        Duration::try_from_secs_f64(seconds).map_or(FAR_FUTURE, |time| time.min(FAR_FUTURE))
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(15),
            min_upload_rate: 64 * 1024,
            callback_connect: Duration::from_secs(2),
            callback: Duration::from_secs(3),
        }
    }
}

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub(super) enum CallTimeout {
    /// What the program has set.
    Exact(Duration),
    /// The time for a call without a body.
    Default(Duration),
}

impl CallTimeout {
    /// The time for a call with a body of this size in bytes.
    pub(super) fn with_body(self, bytes: u64, timeouts: &Timeouts) -> Duration {
        match self {
            CallTimeout::Exact(timeout) => timeout,
            CallTimeout::Default(timeout) => {
                timeout.saturating_add(Timeouts::transfer(bytes, timeouts.min_upload_rate))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{CallTimeout, Timeouts};

    #[test]
    fn the_default_deadline_fits_the_size_of_the_body() {
        let timeouts = Timeouts::default();
        let ten_mib = 10 << 20;
        let base = Duration::from_secs(30);
        assert_eq!(CallTimeout::Default(base).with_body(0, &timeouts), base);
        assert_eq!(CallTimeout::Default(base).with_body(ten_mib, &timeouts), Duration::from_secs(190));
        assert_eq!(CallTimeout::Exact(base).with_body(ten_mib, &timeouts), base);
    }

    #[test]
    fn absurd_sizes_and_rates_do_not_overflow() {
        for (bytes, rate) in [(u64::MAX, 0), (u64::MAX, 1), (0, 0)] {
            let timeouts = Timeouts { min_upload_rate: rate, ..Timeouts::default() };
            CallTimeout::Default(Duration::MAX).with_body(bytes, &timeouts);
        }
    }
}
