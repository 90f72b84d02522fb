//! A call that shows how the API is doing: how long it takes, and what time it is there.

use std::time::{Duration, Instant, SystemTime};

use super::client::{Client, decode};
use super::request::Request;
use super::route;
use super::transport::{is_certificate_error, is_proxy_error};
use crate::error::Error;
use crate::model::{Timestamp, User};

/// What one call shows of the API.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    pub(crate) me: User,
    /// When it was sent, by the clock of this machine.
    pub(crate) sent: SystemTime,
    /// How long it took.
    pub(crate) elapsed: Duration,
    /// The time in the header `Date`, in whole seconds.
    pub(crate) date: Option<SystemTime>,
}

/// Why a call got no response, if that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NetworkFailure {
    /// The certificate of the other side is not trusted.
    Certificate,
    /// The proxy opened no tunnel.
    Proxy,
    Other,
}

impl NetworkFailure {
    /// `None` if the error is not one of the network.
    pub(crate) fn of(error: &Error) -> Option<NetworkFailure> {
        let Error::Network { source, .. } = error else { return None };
        Some(match &**source {
            source if is_certificate_error(source) => NetworkFailure::Certificate,
            source if is_proxy_error(source) => NetworkFailure::Proxy,
            _ => NetworkFailure::Other,
        })
    }
}

impl Client {
    /// Asks who the bot is, and measures the call. With retries it is measured from the first attempt on.
    pub(crate) fn probe(&self) -> Result<Probe, Error> {
        let (sent, begun) = (SystemTime::now(), Instant::now());
        let response = self.send(Request::new(route::CURRENT_USER.at(&[])))?;
        let elapsed = begun.elapsed();
        let date = response.headers().get("date").and_then(|date| date.to_str().ok()).and_then(http_date);
        Ok(Probe { me: decode(route::CURRENT_USER, &response)?, sent, elapsed, date })
    }
}

/// Reads the header [`Date`](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<SystemTime> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, date) = text.trim().split_once(", ")?;
    let mut words = date.split(' ');
    let (day, name, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    Timestamp::new(format!("{year}-{month:02}-{day}T{time}Z")).to_system_time()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::http_date;

    #[test]
    fn a_date_is_read_and_anything_else_is_none() {
        let at = |seconds| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at(784_111_777));
        assert_eq!(http_date("Wed, 31 Dec 2025 23:59:59 GMT"), at(1_767_225_599));
        for text in
            ["", "now", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov", "Sunday, 06-Nov-94 08:49:37 GMT"]
        {
            assert_eq!(http_date(text), None, "{text}");
        }
    }
}
