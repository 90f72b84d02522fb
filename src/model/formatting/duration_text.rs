//! Durations as people write them.

use std::fmt;
use std::time::Duration;

/// The units, longest first: their names, and their length in nanoseconds.
const UNITS: [(&[&str], u128); 6] = [
    (&["w", "week", "weeks"], 604_800_000_000_000),
    (&["d", "day", "days"], 86_400_000_000_000),
    (&["h", "hr", "hrs", "hour", "hours"], 3_600_000_000_000),
    (&["m", "min", "mins", "minute", "minutes"], 60_000_000_000),
    (&["s", "sec", "secs", "second", "seconds"], 1_000_000_000),
    (&["ms", "msec", "millisecond", "milliseconds"], 1_000_000),
];

/// Reads a duration from a text: `90s`, `1h30m`, `1w 2d`, `2 days and 4 hours`, `1.5h`.
///
/// The units are weeks, days, hours, minutes, seconds and milliseconds, each at most once, in any order and in upper or
/// lower case. A number without a unit is an error, except 0, and so is a fraction of less than a nanosecond. Months and
/// years are no units, because their lengths differ.
///
/// [`duration`](crate::command::duration) is the option of a command that reads one.
///
/// # Errors
///
/// [`DurationError`], whose text says what is expected.
///
/// ```
/// use std::time::Duration;
/// use syncord::model::parse_duration;
///
/// assert_eq!(parse_duration("1h30m")?, Duration::from_secs(90 * 60));
/// assert_eq!(parse_duration("1w 2d")?, Duration::from_secs(9 * 24 * 3600));
/// assert!(parse_duration("90").is_err(), "of what?");
/// # Ok::<(), syncord::model::DurationError>(())
/// ```
pub fn parse_duration(text: &str) -> Result<Duration, DurationError> {
    let mut rest = text.trim();
    if rest == "0" {
        return Ok(Duration::ZERO);
    }
    let mut nanos: u128 = 0;
    let mut used = [false; UNITS.len()];
    while !rest.is_empty() {
        let number = &rest[..prefix(rest, |c| c.is_ascii_digit() || c == '.')];
        rest = rest[number.len()..].trim_start();
        let name = &rest[..prefix(rest, char::is_alphabetic)];
        rest = &rest[name.len()..];
        let name = name.to_lowercase();
        let unit = UNITS.iter().position(|(names, _)| names.contains(&name.as_str()));
        let unit = unit.filter(|unit| !used[*unit]).ok_or(DurationError(()))?;
        used[unit] = true;
        let part = product(number, UNITS[unit].1).ok_or(DurationError(()))?;
        nanos = nanos.checked_add(part).ok_or(DurationError(()))?;
        rest = next_part(rest);
    }
    let seconds = u64::try_from(nanos / 1_000_000_000).map_err(|_| DurationError(()))?;
    if used.contains(&true) {
        // Below 10^9.
        Ok(Duration::new(seconds, (nanos % 1_000_000_000) as u32))
    } else {
        Err(DurationError(()))
    }
}

fn prefix(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

/// The text after a separator: white space, a comma or `and`.
fn next_part(rest: &str) -> &str {
    let after = rest.trim_start();
    let separated = after.strip_prefix(',').unwrap_or(after).trim_start();
    match separated.get(..3) {
        Some(and) if and.eq_ignore_ascii_case("and") && separated[3..].starts_with(char::is_whitespace) => {
            separated[3..].trim_start()
        }
        _ => separated,
    }
}

/// A decimal number times a unit, if it is exact.
fn product(number: &str, unit: u128) -> Option<u128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || number.ends_with('.') {
        return None;
    }
    let whole = whole.parse::<u128>().ok()?.checked_mul(unit)?;
    if fraction.is_empty() {
        return Some(whole);
    }
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part = fraction.parse::<u128>().ok()?.checked_mul(unit)?;
    (part % scale == 0).then(|| part / scale)?.checked_add(whole)
}

/// Writes a duration as [`parse_duration`] reads it: `1h 30m`. Parts of a millisecond are left out.
///
/// ```
/// use std::time::Duration;
/// use syncord::model::format_duration;
///
/// assert_eq!(format_duration(Duration::from_secs(5400)), "1h 30m");
/// assert_eq!(format_duration(Duration::ZERO), "0s");
/// ```
pub fn format_duration(duration: Duration) -> String {
    let mut rest = duration.as_nanos();
    let mut parts = Vec::new();
    for (names, unit) in UNITS {
        let count = rest / unit;
        rest %= unit;
        if count > 0 {
            parts.push(format!("{count}{}", names[0]));
        }
    }
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

/// A text is not a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DurationError(());

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a duration such as `90s`, `1h 30m` or `2 days`")
    }
}

impl std::error::Error for DurationError {}
