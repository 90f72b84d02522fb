//! Timestamps in ISO 8601.
//!
//! The calendar is computed here and not with the client's code, so that a mistake there is not repeated here.

use std::time::Duration;

use serde_json::{Value, json};

/// Formats a time since the Unix epoch.
pub(in crate::sim) fn timestamp(time: Duration) -> String {
    let (days, second) = (time.as_secs() / 86_400, time.as_secs() % 86_400);
    // Count days from 0000-03-01 in cycles of 400 years, so that a leap day is the last day of its year.
    let days = days + 719_468;
    let (cycle, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let year = cycle * 400 + year + carry;
    let micros = time.subsec_micros();
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}+00:00")
}

/// Reads a time, as Discord and clients write it: with or without a fraction, in UTC or with an offset. `None` if it is
/// something else, or before the Unix epoch.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u64>().ok();
    let (year, month, date) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    // The inverse of the computation above: years begin in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date - 1;
    let seconds = days.checked_sub(719_468)? * 86_400 + hour * 3600 + minute * 60 + second;
    let rest = &text[19..];
    let digits = rest.strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let fraction = if digits > 0 { format!("0{}", &rest[..=digits]).parse::<f64>().ok()? } else { 0.0 };
    let zone = if digits > 0 { &rest[digits + 1..] } else { rest };
    let time = Duration::from_secs(seconds) + Duration::from_micros((fraction * 1e6).round() as u64);
    let offset = |zone: &str| {
        let part = |range: std::ops::Range<usize>| zone.get(range)?.parse::<u64>().ok();
        Some(Duration::from_secs(part(1..3)? * 3600 + part(4..6)? * 60))
    };
    match zone.chars().next() {
        None | Some('Z') => Some(time),
        Some('+') => time.checked_sub(offset(zone)?),
        Some('-') => Some(time + offset(zone)?),
        Some(_) => None,
    }
}

/// Writes a time of a request in the form that Discord returns. Leaves other values as they are.
pub(super) fn rewrite(value: &mut Value) {
    if let Some(time) = value.as_str().and_then(parse) {
        *value = json!(timestamp(time));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{parse, timestamp};

    #[test]
    fn every_day_of_centuries_is_written_and_read_back() {
        for day in (0..400 * 365).step_by(13) {
            let time = Duration::new(day * 86_400 + 45_296, 789_123_000);
            assert_eq!(parse(&timestamp(time)), Some(time), "{}", timestamp(time));
        }
        assert_eq!(timestamp(Duration::from_secs(1_709_164_800)), "2024-02-29T00:00:00.000000+00:00");
    }

    #[test]
    fn times_with_a_zone_and_without_a_fraction_are_read() {
        let noon = Some(Duration::from_secs(1_767_268_800));
        for text in [
            "2026-01-01T12:00:00Z",
            "2026-01-01T12:00:00",
            "2026-01-01T14:30:00+02:30",
            "2026-01-01T04:00:00.0-08:00",
        ] {
            assert_eq!(parse(text), noon, "{text}");
        }
        for text in [
            "",
            "noon",
            "2026-01-01",
            "2026-13-01T12:00:00Z",
            "1969-01-01T12:00:00Z",
            "2026-01-01T12:00:00 ish",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
