//! Durations that Discord sends as numbers. A field of type [`Duration`] or `Option<Duration>` is declared
//! `with(duration::seconds::read)`.

use std::time::Duration;

use serde::ser::Serializer;

use crate::json::{Error, Read, Reader, Result};

/// A type that is read from and written as a number with a unit.
pub(crate) trait AsDuration: Sized {
    fn from_duration(duration: Option<Duration>) -> Option<Self>;
    fn duration(&self) -> Option<Duration>;
}

impl AsDuration for Duration {
    fn from_duration(duration: Option<Duration>) -> Option<Self> {
        duration
    }

    fn duration(&self) -> Option<Duration> {
        Some(*self)
    }
}

impl AsDuration for Option<Duration> {
    fn from_duration(duration: Option<Duration>) -> Option<Self> {
        Some(duration)
    }

    fn duration(&self) -> Option<Duration> {
        *self
    }
}

/// Declares a module for each unit.
macro_rules! units {
    ($($unit:ident = $seconds:literal;)+) => {$(
        pub(crate) mod $unit {
            use super::{Reader, Result, Serializer, AsDuration};

            pub(crate) fn serialize<S: Serializer, T: AsDuration>(duration: &T, serializer: S) -> Result<S::Ok, S::Error> {
                super::write(duration, $seconds, serializer)
            }

            pub(crate) fn read<T: AsDuration>(reader: &mut Reader<'_>) -> Result<T> {
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

fn read<T: AsDuration>(unit: f64, reader: &mut Reader<'_>) -> Result<T> {
    let duration = match Option::<f64>::read(reader)? {
        // Nanoseconds keep decimal fractions such as 0.1 exact.
        Some(count) if (0.0..1e15).contains(&count) => {
            let whole = Duration::try_from_secs_f64((count.trunc() * unit * 1000.0).round() / 1000.0);
            let rest = Duration::try_from_secs_f64(count.fract() * unit);
            let (Ok(whole), Ok(rest)) = (whole, rest) else { return Err(not_a_duration(count)) };
            Some(whole + rest)
        }
        Some(count) => return Err(not_a_duration(count)),
        None => None,
    };
    T::from_duration(duration).ok_or_else(|| Error::new("expected a duration, found null"))
}

#[cold]
fn not_a_duration(count: f64) -> Error {
    Error::new(&format!("{count} is not a duration"))
}

fn write<S: Serializer, T: AsDuration>(duration: &T, unit: f64, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(duration) = duration.duration() else { return serializer.serialize_none() };
    // At most 2^64 / 1000: it was read from a number or set by a program.
    let count = duration.as_secs_f64() / unit;
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
    use crate::model::collect_unreadable;

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
        length: with(super::seconds::read), pause: with(super::millis::read),
        rest: with(super::minutes::read),
    } }

    #[test]
    fn units_are_read_and_written_unchanged() {
        let table = [
            (r#"{"length":3}"#, (3000, None, None)),
            (r#"{"length":0,"pause":250,"rest":10080}"#, (0, Some(250), Some(604_800_000))),
            (r#"{"length":1.337}"#, (1337, None, None)),
            (r#"{"length":21600,"pause":41250}"#, (21_600_000, Some(41_250), None)),
        ];
        for (json, (length, pause, rest)) in table {
            let watch: Watch = serde_json::from_str(json).unwrap();
            let millis = |watch: Option<Duration>| watch.map(|duration| duration.as_millis());
            assert_eq!(
                (millis(Some(watch.length)), millis(watch.pause), millis(watch.rest)),
                (Some(length), pause, rest)
            );
            assert_eq!(serde_json::to_string(&watch).unwrap(), json);
        }
    }

    #[test]
    fn a_number_that_is_not_a_duration_costs_its_field() {
        for wrong in ["null", "-1", "1e300", "-0.5", "\"1\""] {
            let json = format!(r#"{{"length":{wrong},"pause":{wrong},"rest":1}}"#);
            let (watch, unreadable) = collect_unreadable(|| serde_json::from_str::<Watch>(&json).unwrap());
            assert_eq!(
                (watch.length, watch.pause, watch.rest.is_some()),
                (Duration::ZERO, None, true),
                "{json}"
            );
            // An absent pause may be null.
            assert_eq!(unreadable.len(), if wrong == "null" { 1 } else { 2 }, "{json}");
        }
    }
}
