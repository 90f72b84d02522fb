//! The heartbeat interval, as a server says it in Hello.

use std::time::Duration;

use crate::json::{self, Reader, object};

/// The interval when Hello has none that can be read: the one that Discord sends.
pub(super) const DEFAULT: Duration = Duration::from_millis(41_250);
/// The minimum interval: shorter ones would use up the 120 payloads a minute, and leave no time for an ACK.
pub(super) const MIN: Duration = Duration::from_secs(1);
/// The maximum interval. With a longer one, a dead connection would be noticed late.
pub(super) const MAX: Duration = Duration::from_secs(300);

/// The fields of [Hello](https://docs.discord.com/developers/events/gateway-events#hello) that a session needs.
#[derive(Default)]
struct Hello {
    /// Milliseconds.
    heartbeat_interval: Option<f64>,
}

object! { Hello {
    heartbeat_interval: with(milliseconds),
} }

/// Reads a number, or a text that contains one.
fn milliseconds(reader: &mut Reader<'_>) -> json::Result<Option<f64>> {
    if reader.peek()? != b'"' {
        return json::Read::read(reader);
    }
    let text = reader.string()?;
    text.trim().parse().map(Some).map_err(|_| json::Error::new("a text that is not a number"))
}

/// Reads the interval from the data of Hello, and limits it to [`MIN`] to [`MAX`].
pub(super) fn heartbeat_interval(data: &str) -> Duration {
    let hello = json::read::<Hello>(data).unwrap_or_default();
    let Some(millis) = hello.heartbeat_interval.filter(|millis| *millis > 0.0) else {
        log::warn!("Hello has no valid heartbeat interval: {} ms are used", DEFAULT.as_millis());
        return DEFAULT;
    };
    let (min, max) = (MIN.as_secs_f64() * 1e3, MAX.as_secs_f64() * 1e3);
    if !(min..=max).contains(&millis) {
        log::warn!("Hello has a heartbeat interval of {millis} ms: it is limited to {min} to {max} ms");
    }
    Duration::from_secs_f64(millis.clamp(min, max) / 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(value: &str) -> Duration {
        heartbeat_interval(&format!(r#"{{"heartbeat_interval":{value},"_trace":[]}}"#))
    }

    #[test]
    fn an_interval_is_read_however_it_is_written() {
        for value in ["41250", "41250.0", "4.125e4", r#""41250""#, r#"" 41250.0 ""#] {
            assert_eq!(interval(value), Duration::from_millis(41_250), "{value}");
        }
        assert_eq!(interval("2000.5"), Duration::from_micros(2_000_500));
    }

    #[test]
    fn an_interval_has_limits() {
        for value in ["1", "0.001", "999", r#""1""#, "1e-300"] {
            assert_eq!(interval(value), MIN, "{value}");
        }
        for value in ["300001", "18446744073709551615", "18446744073709551616", "1e300", r#""inf""#] {
            assert_eq!(interval(value), MAX, "{value}");
        }
    }

    #[test]
    fn without_a_valid_interval_there_is_a_default() {
        let invalid =
            ["0", "-1", "-41250.5", "-0", "null", "true", "[]", "{}", r#""""#, r#""x""#, r#""NaN""#, "1e999"];
        for value in invalid {
            assert_eq!(interval(value), DEFAULT, "{value}");
        }
        for data in ["null", "{}", "[]", "7", r#""x""#, "", "{"] {
            assert_eq!(heartbeat_interval(data), DEFAULT, "{data}");
        }
    }
}
