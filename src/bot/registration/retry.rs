//! Retrying calls to Discord until they work.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::backoff::backoff;
use crate::bot::context::Shared;
use crate::bot::startup::explain::wrong_address;
use crate::bot::trouble::{HOW_TO_DIAGNOSE, News, Outage, WasLasting};
use crate::deadline::deadline;
use crate::error::Error;
use crate::rest::with_version;

const FIRST_PAUSE: Duration = Duration::from_secs(1);
const MAX_PAUSE: Duration = Duration::from_secs(60);

/// Retries calls until they work, fail with a lasting error, or the bot is stopped.
pub(crate) struct Retry {
    pub(crate) shared: Arc<Shared>,
    /// The API's address.
    pub(crate) api_url: String,
    /// Whether the program has set the address.
    pub(crate) is_own_url: bool,
}

impl Retry {
    /// Retries until the call works or fails with a lasting error. `None` if the bot was stopped in the meantime: a stop ends the pauses.
    ///
    /// The call receives the number of failures before it.
    pub(crate) fn until_it_works<T>(
        &self,
        call: impl Fn(u32) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut outage = Outage::beginning(Instant::now());
        while !self.shared.queue.is_stopped() {
            match call(outage.failures()) {
                Ok(value) => {
                    match outage.ended() {
                        Some(WasLasting(true)) => self.shared.trouble.over(&"connected to Discord"),
                        Some(WasLasting(false)) => log::info!("connected to Discord"),
                        None => {}
                    }
                    return Ok(Some(value));
                }
                Err(error) if may_pass(&error) => self.pause(&mut outage, &error),
                Err(error) if is_unauthorized(&error) => return Err(error),
                Err(error) => return Err(self.unexpected_response(error)),
            }
        }
        Ok(None)
    }

    /// Reports a failure and waits before the next attempt.
    fn pause(&self, outage: &mut Outage, error: &Error) {
        let begun = Instant::now();
        let news = outage.failed(begun);
        let pause = error.retry_after().unwrap_or_default().max(retry_pause(outage.failures()));
        let until = deadline(begun, pause);
        if news != News::First {
            log::debug!("attempt {}: {error}", outage.failures());
        }
        self.report(news, error);
        loop {
            let wake_at = outage.next_report().map_or(until, |at| at.min(until));
            if self.shared.queue.wait_for_stop(wake_at) || Instant::now() >= until {
                return;
            }
            self.report(outage.goes_on(Instant::now()), error);
        }
    }

    fn report(&self, news: News, error: &Error) {
        let url = &self.api_url;
        let what = match error {
            Error::Network { .. } => "connection to",
            _ => "usable response from",
        };
        let advice = self.advice(error);
        match news {
            News::First => log::warn!("no {what} {url}: {error}{advice}; retrying until it works"),
            News::Lasting(time) => {
                let seconds = time.as_secs();
                self.shared.trouble.error(&format_args!(
                    "still no {what} {url} after {seconds} s: {error}{advice}; {HOW_TO_DIAGNOSE}; retrying until it works"
                ));
            }
            News::Nothing => {}
        }
    }

    /// What to check.
    fn advice(&self, error: &Error) -> String {
        let mut advice = match error {
            Error::Network { .. } => {
                "; check the network of this machine, its DNS, firewall and clock, and whether it needs a proxy \
                 (HTTPS_PROXY)"
            }
            Error::Http(e) if e.status == 429 => BLOCKED,
            Error::Http(e) if e.status >= 500 => "; see https://discordstatus.com, and check proxies and firewalls",
            Error::Http(e) if !e.is_from_discord => {
                "; check whether a proxy, a firewall or the login page of a network is in between"
            }
            Error::RateLimited { .. } => BLOCKED,
            _ => "",
        }
        .to_owned();
        if self.is_own_url {
            advice += "; the address was set by DISCORD_API_URL or bot.api_url: is Discord's API there?";
        }
        advice
    }

    /// Names the API address when it was set and the response shows that Discord is not there.
    pub(crate) fn unexpected_response(&self, error: Error) -> Error {
        let url = &self.api_url;
        match error {
            error @ (Error::Http(_) | Error::Decode { .. }) if self.is_own_url => Error::setup(format!(
                "{error}. The API's address was set to {url} (DISCORD_API_URL or bot.api_url): is Discord's API there?"
            )),
            // The client has explained that it lacks the version.
            error @ Error::Setup { .. } if self.is_own_url && with_version(url).is_some() => {
                wrong_address(&error, "DISCORD_API_URL or bot.api_url")
            }
            error => error,
        }
    }
}

const BLOCKED: &str = "; other programs at this IP address may have sent too many requests";

/// Whether the same call may succeed later. Something between this machine and Discord may have responded, such as the
/// login page of a network.
pub(crate) fn may_pass(error: &Error) -> bool {
    match error {
        Error::Http(e) => error.is_temporary() || !e.is_from_discord || e.status == 403,
        error => error.is_temporary(),
    }
}

/// Whether Discord itself refuses the token.
pub(crate) fn is_unauthorized(error: &Error) -> bool {
    match error {
        Error::Http(e) => e.status == 401 && e.is_from_discord,
        error => matches!(error, Error::Token { .. }),
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

    use super::{MAX_PAUSE, Retry, is_unauthorized, may_pass, retry_pause};
    use crate::bot::context::Shared;
    use crate::error::{Error, HttpError};

    fn retry() -> Retry {
        Retry { shared: Shared::new(), api_url: "http://127.0.0.1:1".to_owned(), is_own_url: true }
    }

    #[test]
    fn temporary_failures_are_retried_until_it_works() {
        let retry = retry();
        let tries = std::cell::Cell::new(0);
        let result = retry.until_it_works(|failures| {
            assert_eq!(failures, tries.get());
            tries.set(tries.get() + 1);
            if tries.get() < 2 { Err(Error::network("ask", "refused")) } else { Ok(7) }
        });
        assert_eq!((result.unwrap(), tries.get()), (Some(7), 2));
    }

    #[test]
    fn a_lasting_failure_is_not_retried_and_names_the_address_that_was_set() {
        let retry = retry();
        let result = retry.until_it_works(|_| Err::<(), _>(Error::decode("an answer", "not JSON")));
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
    fn an_unexpected_response_puts_the_blame_on_an_address_that_was_set() {
        let json = || Error::from(HttpError::new("GET /users/@me", 404, "404: Not Found"));
        let error = retry().unexpected_response(json());
        assert!(matches!(error, Error::Setup { .. }), "{error:?}");
        assert!(error.to_string().contains("DISCORD_API_URL"), "{error}");
        let default = Retry { is_own_url: false, ..retry() };
        assert!(matches!(default.unexpected_response(json()), Error::Http(_)));
    }

    #[test]
    fn a_response_of_something_in_between_is_waited_for_and_does_not_blame_the_token() {
        let response = |status, is_from_discord| {
            let mut error = HttpError::new("GET /users/@me", status, "");
            error.is_from_discord = is_from_discord;
            Error::from(error)
        };
        for status in [200, 302, 400, 401, 403, 404, 502] {
            assert!(may_pass(&response(status, false)), "{status}");
            assert!(!is_unauthorized(&response(status, false)), "{status}");
        }
        assert!(may_pass(&response(403, true)) && !may_pass(&response(404, true)));
        assert!(is_unauthorized(&response(401, true)) && !may_pass(&response(401, true)));
    }

    #[test]
    fn advice_names_what_to_check() {
        let advice = |error: &Error| Retry { is_own_url: false, ..retry() }.advice(error);
        let network = advice(&Error::network("ask", "refused"));
        for part in ["DNS", "firewall", "proxy"] {
            assert!(network.contains(part), "{network}");
        }
        assert!(advice(&HttpError::new("GET /users/@me", 503, "").into()).contains("discordstatus.com"));
        assert!(retry().advice(&Error::Stopped).contains("DISCORD_API_URL"));
    }
}
