use std::fmt;
use std::time::{Duration, SystemTime};

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::json::{self, Read, Reader};

/// A moment as Discord writes it: ISO 8601, such as `2026-05-02T09:14:37.412000+00:00`.
///
/// The text is kept as sent; the time is read from it when asked for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(Text);

/// As long as what Discord writes: to the microsecond, with an offset.
const USUAL: usize = 32;

/// The text, without an allocation for what Discord usually sends: a message has two or three times in it.
///
/// A text that fits is never `Long`, so that equal texts are equal values.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Text {
    Usual { length: u8, bytes: [u8; USUAL] },
    Long(Box<str>),
}

impl Timestamp {
    /// Takes a text as it is.
    pub fn new(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        let mut bytes = [0; USUAL];
        Timestamp(match bytes.get_mut(..text.len()) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                // It fits, so its length is at most `USUAL`.
                Text::Usual { length: text.len() as u8, bytes }
            }
            None => Text::Long(text.into()),
        })
    }

    /// The text as Discord sent it.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // It was a text when it came in.
            Text::Usual { length, bytes } => {
                std::str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or_default()
            }
            Text::Long(text) => text,
        }
    }

    /// Milliseconds since 1970, or `None` when the text is no date of the documented form.
    pub fn unix_millis(&self) -> Option<i64> {
        let (seconds, nanos) = since_1970(self.as_str().as_bytes())?;
        Some(seconds * 1000 + i64::from(nanos / 1_000_000))
    }

    /// The time, to the last digit that was sent, or `None` when the text is no date of the documented form.
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let (seconds, nanos) = since_1970(self.as_str().as_bytes())?;
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        };
        time?.checked_add(Duration::from_nanos(nanos.into()))
    }
}

impl From<SystemTime> for Timestamp {
    /// As Discord writes it, to the microsecond, in UTC. Times outside the years 1 to 9999 become the nearest of them.
    fn from(time: SystemTime) -> Self {
        let micros = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
            Err(before) => {
                i64::try_from(before.duration().as_nanos().div_ceil(1000)).map_or(i64::MIN, |micros| -micros)
            }
        };
        Timestamp::new(written(micros.clamp(FIRST_MICROS, LAST_MICROS)))
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

/// The beginning of the year 1 and the end of the year 9999, in microseconds since 1970.
const FIRST_MICROS: i64 = -62_135_596_800_000_000;
const LAST_MICROS: i64 = 253_402_300_799_999_999;

/// Writes microseconds since 1970.
fn written(micros: i64) -> String {
    let (days, of_day) = (micros.div_euclid(86_400_000_000), micros.rem_euclid(86_400_000_000));
    // 400 years have 146097 days; the mean year is short of 365.2425 days by no more than the loop makes up for.
    let mut year = 1970 + days * 400 / 146_097;
    while days_since_1970(year, 1, 1) > days {
        year -= 1;
    }
    while days_since_1970(year + 1, 1, 1) <= days {
        year += 1;
    }
    let month = (2..=12).rev().find(|month| days_since_1970(year, *month, 1) <= days).unwrap_or(1);
    let day = days - days_since_1970(year, month, 1) + 1;
    let (seconds, micros) = (of_day / 1_000_000, of_day % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}+00:00")
}

/// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|+hh:mm|-hh:mm)` as seconds since 1970, and nanoseconds after them.
fn since_1970(text: &[u8]) -> Option<(i64, u32)> {
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
    if !(1..=12).contains(&month)
        || day < 1
        || day > days_of(year, month)
        || hour > 23
        || minute > 59
        || second > 60
    {
        return None;
    }
    let (nanos, zone) = fraction(rest)?;
    let seconds =
        ((days_since_1970(year, month, day) * 24 + hour) * 60 + minute - offset_minutes(zone)?) * 60 + second;
    Some((seconds, nanos))
}

/// The nanoseconds of a fraction, if one stands here, and what follows it.
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

fn offset_minutes(zone: &[u8]) -> Option<i64> {
    match zone {
        [b'Z' | b'z'] => Some(0),
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

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    // 719162 days lie between the first of January of the years 1 and 1970.
    let years =
        before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) - 719_162;
    years + (1..month).map(|earlier| days_of(year, earlier)).sum::<i64>() + day - 1
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::Timestamp;

    #[test]
    fn documented_forms_are_read() {
        // The right-hand sides were computed with GNU date.
        let table = [
            ("1970-01-01T00:00:00+00:00", 0),
            ("1970-01-01T00:00:00.001Z", 1),
            ("2026-05-02T09:14:37.412000+00:00", 1_777_713_277_412),
            ("2026-05-02T11:14:37.412999+02:00", 1_777_713_277_412),
            ("2026-05-02T04:44:37.4-04:30", 1_777_713_277_400),
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
    fn other_texts_are_kept_but_are_no_time() {
        let table = [
            "",
            "soon",
            "2026-05-02",
            "2026-05-02T09:14:37",
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
    fn a_time_before_1970_is_a_time_too() {
        let time = Timestamp::new("1969-12-31T23:59:59.500+00:00").to_system_time();
        assert_eq!(time, Some(SystemTime::UNIX_EPOCH - Duration::from_millis(500)));
    }

    #[test]
    fn no_digit_of_a_fraction_is_lost() {
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
    fn a_time_is_written_as_discord_writes_it_and_read_as_the_same_time() {
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
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 40);
        assert_eq!(Timestamp::from(far).as_str(), "9999-12-31T23:59:59.999999+00:00");
    }

    #[test]
    fn every_day_of_four_centuries_is_written_and_read_alike() {
        for day in (0..146_097).chain([200_000, 1_000_000]) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(day * 86_400);
            assert_eq!(Timestamp::from(time).to_system_time(), Some(time), "day {day}");
        }
    }
}
