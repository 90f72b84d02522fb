use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A moment as Discord writes it: ISO 8601, such as `2026-05-02T09:14:37.412000+00:00`.
///
/// The text is kept as sent; the time is read from it when asked for.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(Box<str>);

impl Timestamp {
    /// Takes a text as it is.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Timestamp(text.into())
    }

    /// The text as Discord sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Milliseconds since 1970, or `None` when the text is no date of the documented form.
    pub fn unix_millis(&self) -> Option<i64> {
        unix_millis(self.0.as_bytes())
    }

    /// The time, or `None` when the text is no date of the documented form.
    pub fn time(&self) -> Option<SystemTime> {
        let millis = self.unix_millis()?;
        let distance = Duration::from_millis(millis.unsigned_abs());
        if millis < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|+hh:mm|-hh:mm)`; fractions beyond milliseconds are cut off.
fn unix_millis(text: &[u8]) -> Option<i64> {
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
    let (millis, zone) = fraction(rest)?;
    let seconds =
        ((days_since_1970(year, month, day) * 24 + hour) * 60 + minute - offset_minutes(zone)?) * 60 + second;
    Some(seconds * 1000 + millis)
}

/// The milliseconds of a fraction, if one stands here, and what follows it.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some((b'.', text)) = text.split_first() else { return Some((0, text)) };
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, rest) = text.split_at(length);
    if length == 0 {
        return None;
    }
    let millis = (0..3)
        .fold(0, |millis, at| millis * 10 + fraction.get(at).map_or(0, |digit| i64::from(digit - b'0')));
    Some((millis, rest))
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
            assert_eq!((timestamp.unix_millis(), timestamp.time()), (None, None), "{text}");
            assert_eq!(timestamp.to_string(), text);
        }
    }

    #[test]
    fn a_time_before_1970_is_a_time_too() {
        let time = Timestamp::new("1969-12-31T23:59:59.500+00:00").time();
        assert_eq!(time, Some(SystemTime::UNIX_EPOCH - Duration::from_millis(500)));
    }
}
