use std::fmt;
use std::time::{Duration, SystemTime};

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::json::{self, Read, Reader};

/// A time in ISO 8601 format, such as `2026-05-02T09:14:37.412000+00:00`.
///
/// The text is kept as Discord sent it. It is only parsed when the time is needed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(Text);

/// The length of the timestamps that Discord sends: with microseconds and offset.
const INLINE_LENGTH: usize = 32;

/// The text, without an allocation for the usual length: a message contains two or three timestamps.
///
/// A text that fits is never `Long`, so that equal texts are equal values.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Text {
    Inline { length: u8, bytes: [u8; INLINE_LENGTH] },
    Long(Box<str>),
}

impl Timestamp {
    /// Creates a timestamp from a text. The text is not checked.
    pub fn new(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let mut bytes = [0; INLINE_LENGTH];
        Timestamp(match bytes.get_mut(..text.len()) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                // The length fits into `u8`: it is at most `INLINE_LENGTH`.
                Text::Inline { length: text.len() as u8, bytes }
            }
            None => Text::Long(text.into()),
        })
    }

    /// Returns the text as Discord sent it.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // The bytes were copied from a `str`.
            Text::Inline { length, bytes } => {
                std::str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or_default()
            }
            Text::Long(text) => text,
        }
    }

    /// Returns the time in milliseconds since 1970; `None` if the text is not a valid timestamp.
    pub fn unix_millis(&self) -> Option<i64> {
        let (seconds, nanos) = parse(self.as_str().as_bytes())?;
        Some(seconds * 1000 + i64::from(nanos / 1_000_000))
    }

    /// Returns the time with all digits that Discord sent, up to nanoseconds; `None` if the text is not a valid timestamp.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let (seconds, nanos) = parse(self.as_str().as_bytes())?;
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        };
        time?.checked_add(Duration::from_nanos(nanos.into()))
    }
}

impl Timestamp {
    /// The time, if the text is in one of the two forms that Discord sends: with six digits of a second or
    /// with none, in UTC. Then [`from_exact`](Timestamp::from_exact) returns the same text.
    pub(crate) fn exact(&self) -> Option<ExactTime> {
        let text = self.as_str().as_bytes();
        let is_utc = text.ends_with(b"+00:00") && text.get(10) == Some(&b'T');
        let (seconds, nanos) = parse(text).filter(|_| is_utc && text.get(17..19) != Some(b"60"))?;
        match (text.len(), text[19]) {
            (32, b'.') => Some(ExactTime::Micros(seconds * 1_000_000 + i64::from(nanos / 1000))),
            (25, _) => Some(ExactTime::Seconds(seconds)),
            _ => None,
        }
    }

    /// The timestamp with this text.
    pub(crate) fn from_exact(time: ExactTime) -> Timestamp {
        match time {
            ExactTime::Micros(micros) => Timestamp::new(format(micros)),
            ExactTime::Seconds(seconds) => {
                let text = format(seconds * 1_000_000);
                Timestamp::new(format!("{}+00:00", &text[..19]))
            }
        }
    }
}

/// A time whose text in Discord's form is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExactTime {
    /// Microseconds since 1970; the text has six digits of a second.
    Micros(i64),
    /// Seconds since 1970; the text has no fraction of a second.
    Seconds(i64),
}

impl Default for Timestamp {
    /// Returns an empty text, which is not a valid time. A field has it if Discord sent no time.
    fn default() -> Self {
        Timestamp::new("")
    }
}

impl From<SystemTime> for Timestamp {
    /// Formats a time as Discord does: with microseconds, in UTC. Times outside of the years 1-9999 are clamped to them.
    fn from(time: SystemTime) -> Self {
        let micros = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_nanos().div_ceil(1000)).map_or(i64::MIN, |micros| -micros)
            }
        };
        Timestamp::new(format(micros.clamp(MIN_MICROS, MAX_MICROS)))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Read for Timestamp {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        reader.string().map(|text| Timestamp::new(&text))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsText;

        impl Visitor<'_> for AsText {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                Ok(Timestamp::new(text))
            }
        }

        deserializer.deserialize_str(AsText)
    }
}

/// The start of year 1 and the end of year 9999, in microseconds since 1970.
const MIN_MICROS: i64 = -62_135_596_800_000_000;
const MAX_MICROS: i64 = 253_402_300_799_999_999;

/// Formats microseconds since 1970.
fn format(micros: i64) -> String {
    let (days, micros_of_day) = (micros.div_euclid(86_400_000_000), micros.rem_euclid(86_400_000_000));
    let (year, month, day) = date_from_days(days);
    let (seconds, micros) = (micros_of_day / 1_000_000, micros_of_day % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}+00:00")
}

/// Parses `YYYY-MM-DDThh:mm:ss[.fraction][Z|+hh:mm|-hh:mm]`. Returns seconds since 1970 and nanoseconds.
fn parse(text: &[u8]) -> Option<(i64, u32)> {
    let (date_time, rest) = text.split_at_checked(19)?;
    for (at, separator) in [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')] {
        if date_time[at] != separator {
            return None;
        }
    }
    if !matches!(date_time[10], b'T' | b't' | b' ') {
        return None;
    }
    let part = |from: usize, to: usize| digits(&date_time[from..to]);
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
    // A leap second is written as :60.
    if !(1..=12).contains(&month) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = days_from_date(year, month, day);
    if date_from_days(days) != (year, month, day) {
        return None;
    }
    let (nanos, zone) = fraction(rest)?;
    let seconds = ((days * 24 + hour) * 60 + minute - offset_minutes(zone)?) * 60 + second;
    Some((seconds, nanos))
}

/// Parses an optional fraction of a second. Returns nanoseconds and the rest of the text.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let Some((b'.', text)) = text.split_first() else { return Some((0, text)) };
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, rest) = text.split_at(length);
    if length == 0 {
        return None;
    }
    let nanos =
        (0..9).fold(0, |nanos, at| nanos * 10 + fraction.get(at).map_or(0, |digit| u32::from(digit - b'0')));
    Some((nanos, rest))
}

/// Parses the offset from UTC. Webhook events have none, and are in UTC.
fn offset_minutes(zone: &[u8]) -> Option<i64> {
    match zone {
        [] | [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let minutes = digits(&[*h1, *h2])? * 60 + digits(&[*m1, *m2])?;
            Some(if *sign == b'-' { -minutes } else { minutes })
        }
        _ => None,
    }
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0')))
}

// The calendar follows Howard Hinnant's algorithms: https://howardhinnant.github.io/date_algorithms.html. Its years start
// in March, so that the leap day is the last day of a year. An era is 400 years.

/// Converts a date to days since 1970.
fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Converts days since 1970 to a year, month and day.
fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_since_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * months_since_march + 2) / 5 + 1;
    let month = (months_since_march + 2) % 12 + 1;
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::Timestamp;

    #[test]
    fn documented_formats_are_parsed() {
        // The numbers were computed with GNU date.
        let table = [
            ("1970-01-01T00:00:00+00:00", 0),
            ("1970-01-01T00:00:00.001Z", 1),
            ("2026-05-02T09:14:37.412000+00:00", 1_777_713_277_412),
            ("2026-05-02T11:14:37.412999+02:00", 1_777_713_277_412),
            ("2026-05-02T04:44:37.4-04:30", 1_777_713_277_400),
            ("2026-05-02T09:14:37.412000", 1_777_713_277_412),
            ("2000-02-29T23:59:59+00:00", 951_868_799_000),
            ("2024-12-31T23:59:60+00:00", 1_735_689_600_000),
            ("1969-12-31T23:59:59.500+00:00", -500),
            ("2100-03-01T00:00:00+00:00", 4_107_542_400_000),
            ("9999-12-31T23:59:59.999999+00:00", 253_402_300_799_999),
        ];
        for (text, millis) in table {
            assert_eq!(Timestamp::new(text).unix_millis(), Some(millis), "{text}");
        }
    }

    #[test]
    fn invalid_timestamps_are_kept_as_text() {
        let table = [
            "",
            "soon",
            "2026-05-02",
            "2026-05-02T09:14",
            "2026-13-02T09:14:37Z",
            "2026-02-29T09:14:37Z",
            "2026-05-02T24:14:37Z",
            "2026-05-02T09:14:37.Z",
            "2026-05-02T09:14:37+0000",
            "2026-05-02T09:14:37ZZ",
            "2026-05-00T09:14:37Z",
            "20é6-05-02T09:14:37Z",
            "+026-05-02T09:14:37Z",
        ];
        for text in table {
            let timestamp = Timestamp::new(text);
            assert_eq!((timestamp.unix_millis(), timestamp.to_system_time()), (None, None), "{text}");
            assert_eq!(timestamp.to_string(), text);
        }
    }

    #[test]
    fn a_text_of_any_length_is_kept() {
        for length in [0, 1, 31, 32, 33, 100] {
            let text = "ü".repeat(length / 2) + &"x".repeat(length % 2);
            let timestamp = Timestamp::new(&text);
            assert_eq!(timestamp.as_str(), text);
            assert_eq!(timestamp, Timestamp::new(text));
        }
        assert_ne!(Timestamp::new("2026"), Timestamp::new("2026\0"));
    }

    #[test]
    fn times_before_1970_are_parsed() {
        let time = Timestamp::new("1969-12-31T23:59:59.500+00:00").to_system_time();
        assert_eq!(time, Some(SystemTime::UNIX_EPOCH - Duration::from_millis(500)));
    }

    #[test]
    fn fractions_keep_all_digits() {
        for (text, nanos) in [
            ("1970-01-01T00:00:01.412345+00:00", 1_412_345_000),
            ("1970-01-01T00:00:01.123456789Z", 1_123_456_789),
            ("1970-01-01T00:00:01.1234567899Z", 1_123_456_789),
        ] {
            let time = Timestamp::new(text).to_system_time();
            assert_eq!(time, Some(SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos)), "{text}");
        }
    }

    #[test]
    fn a_time_is_formatted_as_discord_does_and_parsed_back() {
        let after = |micros| SystemTime::UNIX_EPOCH + Duration::from_micros(micros);
        let before = |micros| SystemTime::UNIX_EPOCH - Duration::from_micros(micros);
        let table = [
            (after(0), "1970-01-01T00:00:00.000000+00:00"),
            (after(1_777_713_277_412_000), "2026-05-02T09:14:37.412000+00:00"),
            (after(951_868_799_000_001), "2000-02-29T23:59:59.000001+00:00"),
            (after(1_735_689_599_999_999), "2024-12-31T23:59:59.999999+00:00"),
            (after(4_107_542_400_000_000), "2100-03-01T00:00:00.000000+00:00"),
            (before(500_000), "1969-12-31T23:59:59.500000+00:00"),
            (before(62_135_596_800_000_000), "0001-01-01T00:00:00.000000+00:00"),
            (after(253_402_300_799_999_999), "9999-12-31T23:59:59.999999+00:00"),
        ];
        for (time, text) in table {
            let timestamp = Timestamp::from(time);
            assert_eq!(timestamp.as_str(), text);
            assert_eq!(timestamp.to_system_time(), Some(time), "{text}");
        }
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 39);
        assert_eq!(Timestamp::from(far).as_str(), "9999-12-31T23:59:59.999999+00:00");
    }

    #[test]
    fn every_day_of_400_years_is_formatted_and_parsed_back() {
        for day in (0..146_097).chain([200_000, 1_000_000]) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(day * 86_400);
            assert_eq!(Timestamp::from(time).to_system_time(), Some(time), "day {day}");
        }
    }
}
