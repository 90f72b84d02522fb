//! Retrying calls to Discord until they work.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::backoff::backoff;
use crate::bot::context::Shared;
use crate::error::Error;

const FIRST_PAUSE: Duration = Duration::from_secs(1);
const MAX_PAUSE: Duration = Duration::from_secs(60);

/// Retries calls until they work, fail for good, or the bot is stopped.
pub(crate) struct Retry {
    pub(crate) shared: Arc<Shared>,
    /// The API's address, if it is not Discord's own.
    pub(crate) api_url: Option<String>,
}

impl Retry {
    /// Retries until the call works or fails for good. `None` if the bot was stopped in the meantime: a stop ends the pauses.
    pub(crate) fn until_it_works<T>(&self, call: impl Fn() -> Result<T, Error>) -> Result<Option<T>, Error> {
        let mut failures: u32 = 0;
        while !self.shared.queue.is_stopped() {
            let error = match call() {
                Ok(value) => {
                    if failures > 0 {
                        log::info!("connected to Discord");
                    }
                    return Ok(Some(value));
                }
                Err(error) if error.is_temporary() => error,
                Err(error) if is_unauthorized(&error) => return Err(error),
                Err(error) => return Err(unexpected_response(error, self.api_url.as_deref())),
            };
            failures = failures.saturating_add(1);
            if failures == 1 {
                let place = self.api_url.as_deref().unwrap_or("Discord");
                log::warn!("no connection to {place}: {error}; retrying until it works");
            } else {
                log::debug!("attempt {failures}: {error}");
            }
            let pause = error.retry_after().unwrap_or(Duration::ZERO).max(retry_pause(failures));
            self.shared.queue.wait_for_stop(Instant::now() + pause);
        }
        Ok(None)
    }
}

/// Whether Discord refuses the token.
pub(crate) fn is_unauthorized(error: &Error) -> bool {
    matches!(error, Error::Http(e) if e.status == 401) || matches!(error, Error::Token { .. })
}

/// Names the API address when it was set and the response shows that Discord is not there.
pub(crate) fn unexpected_response(error: Error, api_url: Option<&str>) -> Error {
    match (error, api_url) {
        (error @ (Error::Http(_) | Error::Decode { .. }), Some(url)) => Error::setup(format!(
            "{error}. The API's address was set to {url} (DISCORD_API_URL or bot.api_url): is Discord's API there?"
        )),
        (error, _) => error,
    }
}

/// How long to wait after this many failures in a row: doubling, jittered, at most a minute.
pub(crate) fn retry_pause(failures: u32) -> Duration {
    let jitter = 0.25 + 0.75 * fastrand::f64();
    backoff(failures.saturating_sub(1), FIRST_PAUSE, MAX_PAUSE, jitter)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use super::{MAX_PAUSE, Retry, retry_pause, unexpected_response};
    use crate::bot::context::Shared;
    use crate::error::{Error, HttpError};

    fn retry() -> Retry {
        Retry { shared: Shared::new(), api_url: Some("http://127.0.0.1:1/".to_owned()) }
    }

    #[test]
    fn temporary_failures_are_retried_until_it_works() {
        let retry = retry();
        let tries = std::cell::Cell::new(0);
        let result = retry.until_it_works(|| {
            tries.set(tries.get() + 1);
            if tries.get() < 2 { Err(Error::network("ask", "refused")) } else { Ok(7) }
        });
        assert_eq!((result.unwrap(), tries.get()), (Some(7), 2));
    }

    #[test]
    fn a_lasting_failure_is_not_retried_and_names_the_address_that_was_set() {
        let retry = retry();
        let result = retry.until_it_works(|| Err::<(), _>(Error::decode("an answer", "not JSON")));
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Setup { .. }), "{error:?}");
        assert!(error.to_string().contains("DISCORD_API_URL"), "{error}");
    }

    #[test]
    fn pauses_double_up_to_a_minute_and_are_never_zero() {
        for (failures, longest) in [(0, 1), (1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (u32::MAX, 60)]
        {
            for _ in 0..100 {
                let pause = retry_pause(failures);
                assert!(pause <= Duration::from_secs(longest), "{failures}: {pause:?}");
                assert!(pause >= Duration::from_secs(longest) / 4, "{failures}: {pause:?}");
            }
        }
        assert!(retry_pause(u32::MAX) <= MAX_PAUSE);
    }

    #[test]
    fn a_unexpected_response_puts_the_blame_on_an_address_that_was_set() {
        let html = || Error::from(HttpError::new("GET /users/@me", 404, "<html>"));
        let error = unexpected_response(html(), Some("http://127.0.0.1:1/"));
        assert!(matches!(error, Error::Setup { .. }), "{error:?}");
        assert!(error.to_string().contains("DISCORD_API_URL"), "{error}");
        assert!(matches!(unexpected_response(html(), None), Error::Http(_)));
    }
}
