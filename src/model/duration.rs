//! Durations that Discord sends as bare numbers. A field that is a [`Duration`], or an `Option` of one, is declared
//! `with(duration::seconds::read)`.

use std::time::Duration;

use serde::ser::Serializer;

use crate::json::{Error, Read, Reader, Result};

/// What can be read from and written as a number of some unit.
pub(crate) trait Span: Sized {
    fn from_span(span: Option<Duration>) -> Option<Self>;
    fn span(&self) -> Option<Duration>;
}

impl Span for Duration {
    fn from_span(span: Option<Duration>) -> Option<Self> {
        span
    }

    fn span(&self) -> Option<Duration> {
        Some(*self)
    }
}

impl Span for Option<Duration> {
    fn from_span(span: Option<Duration>) -> Option<Self> {
        Some(span)
    }

    fn span(&self) -> Option<Duration> {
        *self
    }
}

/// One module per unit, named for `#[serde(with)]`.
macro_rules! units {
    ($($unit:ident = $seconds:literal;)+) => {$(
        pub(crate) mod $unit {
            use super::{Reader, Result, Serializer, Span};

            pub(crate) fn serialize<S: Serializer, T: Span>(span: &T, serializer: S) -> Result<S::Ok, S::Error> {
                super::write(span, $seconds, serializer)
            }

            pub(crate) fn read<T: Span>(reader: &mut Reader<'_>) -> Result<T> {
                super::read($seconds, reader)
            }
        }
    )+};
}

units! {
    millis = 0.001;
    seconds = 1.0;
    minutes = 60.0;
    days = 86_400.0;
}

fn read<T: Span>(unit: f64, reader: &mut Reader<'_>) -> Result<T> {
    let span = match Option::<f64>::read(reader)? {
        // In nanoseconds, so that 0.1 is not a float's idea of it.
        Some(count) if (0.0..1e15).contains(&count) => {
            let whole = Duration::try_from_secs_f64((count.trunc() * unit * 1000.0).round() / 1000.0);
            let rest = Duration::try_from_secs_f64(count.fract() * unit);
            let (Ok(whole), Ok(rest)) = (whole, rest) else { return Err(no_duration(count)) };
            Some(whole + rest)
        }
        Some(count) => return Err(no_duration(count)),
        None => None,
    };
    T::from_span(span).ok_or_else(|| Error::new("expected a duration, found null"))
}

#[cold]
fn no_duration(count: f64) -> Error {
    Error::new(&format!("{count} is no duration"))
}

fn write<S: Serializer, T: Span>(span: &T, unit: f64, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(span) = span.span() else { return serializer.serialize_none() };
    // Never more than 2^64 / 1000, as it was read from a number or given by a program.
    let count = span.as_secs_f64() / unit;
    if (count - count.round()).abs() < 1e-9 {
        serializer.serialize_u64(count.round() as u64)
    } else {
        serializer.serialize_f64(count)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Duration;

    use serde::Serialize;

    use crate::json::object;

    #[derive(Debug, Serialize, PartialEq)]
    struct Watch {
        #[serde(serialize_with = "super::seconds::serialize")]
        length: Duration,
        #[serde(serialize_with = "super::millis::serialize", skip_serializing_if = "Option::is_none")]
        pause: Option<Duration>,
        #[serde(serialize_with = "super::minutes::serialize", skip_serializing_if = "Option::is_none")]
        rest: Option<Duration>,
    }

    object! { Watch {
        length: required_with(super::seconds::read), pause: with(super::millis::read),
        rest: with(super::minutes::read),
    } }

    #[test]
    fn units_are_read_and_written_as_they_came() {
        let table = [
            (r#"{"length":3}"#, (3000, None, None)),
            (r#"{"length":0,"pause":250,"rest":10080}"#, (0, Some(250), Some(604_800_000))),
            (r#"{"length":1.337}"#, (1337, None, None)),
            (r#"{"length":21600,"pause":41250}"#, (21_600_000, Some(41_250), None)),
        ];
        for (json, (length, pause, rest)) in table {
            let watch: Watch = serde_json::from_str(json).unwrap();
            let millis = |watch: Option<Duration>| watch.map(|span| span.as_millis());
            assert_eq!(
                (millis(Some(watch.length)), millis(watch.pause), millis(watch.rest)),
                (Some(length), pause, rest)
            );
            assert_eq!(serde_json::to_string(&watch).unwrap(), json);
        }
    }

    #[test]
    fn null_is_none_where_there_may_be_none() {
        assert_eq!(serde_json::from_str::<Watch>(r#"{"length":1,"pause":null}"#).unwrap().pause, None);
        for json in [r#"{"length":null}"#, r#"{"length":-1}"#, r#"{"length":1e300}"#] {
            assert!(serde_json::from_str::<Watch>(json).is_err(), "{json}");
        }
    }
}
