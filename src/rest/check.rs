//! Discord's limits on values, checked before anything is sent. An error names the field from the outside
//! in: each level that holds another puts its own name before it.

use std::fmt::Display;
use std::ops::RangeInclusive;

use crate::error::Error;

/// Puts the name of what holds the value before the field that the error names.
pub(crate) fn within(result: Result<(), Error>, name: impl FnOnce() -> String) -> Result<(), Error> {
    match result {
        Ok(()) => Ok(()),
        Err(error) => Err(named(error, name())),
    }
}

#[cold]
#[inline(never)]
fn named(error: Error, mut path: String) -> Error {
    match error {
        Error::Input { field, problem } => {
            if !field.is_empty() && !field.starts_with('[') && !path.is_empty() {
                path.push('.');
            }
            path.push_str(&field);
            Error::Input { field: path, problem }
        }
        error => error,
    }
}

/// An error about a field.
pub(crate) fn wrong<T>(field: &str, problem: impl Into<String>) -> Result<T, Error> {
    Err(Error::input(field, problem))
}

/// Checks the length of a text in characters.
pub(crate) fn chars<T: AsRef<str> + ?Sized>(
    range: RangeInclusive<usize>,
) -> impl Fn(&T) -> Result<(), Error> {
    move |text| {
        let text = text.as_ref();
        // No text has more characters than bytes.
        if text.len() <= *range.end() && *range.start() == 0 {
            return Ok(());
        }
        let count = text.chars().count();
        if range.contains(&count) { Ok(()) } else { wrong("", outside(&range, "characters", count)) }
    }
}

/// Checks how many elements a list has.
pub(crate) fn count<T>(range: RangeInclusive<usize>) -> impl Fn(&Vec<T>) -> Result<(), Error> {
    move |list| {
        if range.contains(&list.len()) { Ok(()) } else { wrong("", outside(&range, "elements", list.len())) }
    }
}

/// Checks a number, or anything else that has an order.
pub(crate) fn number<T: PartialOrd + Display>(range: RangeInclusive<T>) -> impl Fn(&T) -> Result<(), Error> {
    move |value| {
        if range.contains(value) {
            return Ok(());
        }
        let problem = format!("from {} to {}, and this is {value}", range.start(), range.end());
        wrong("", problem)
    }
}

/// Checks each element of a list.
pub(crate) fn each<T>(check: impl Fn(&T) -> Result<(), Error>) -> impl Fn(&Vec<T>) -> Result<(), Error> {
    move |list| {
        for (place, element) in list.iter().enumerate() {
            within(check(element), || format!("[{place}]"))?;
        }
        Ok(())
    }
}

/// Checks one thing after the other.
pub(crate) fn both<T: ?Sized>(
    first: impl Fn(&T) -> Result<(), Error>,
    second: impl Fn(&T) -> Result<(), Error>,
) -> impl Fn(&T) -> Result<(), Error> {
    move |value| {
        first(value)?;
        second(value)
    }
}

fn outside(range: &RangeInclusive<usize>, what: &str, count: usize) -> String {
    let (least, most) = (range.start(), range.end());
    match (least, most) {
        (0, most) => format!("at most {most} {what}, and this has {count}"),
        (least, most) if least == most => format!("exactly {most} {what}, and this has {count}"),
        (least, most) => format!("{least} to {most} {what}, and this has {count}"),
    }
}

/// What the error says, for tables of limits.
#[cfg(test)]
pub(crate) fn problem(result: Result<(), Error>) -> String {
    result.map_or_else(|error| error.to_string(), |()| "fine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{both, chars, count, each, number, problem, within};

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(problem(chars(0..=3)("ééé")), "fine");
        assert_eq!(problem(chars(1..=3)("")), ": 1 to 3 characters, and this has 0 (nothing was sent)");
        assert_eq!(
            problem(chars(0..=3)("éééé")),
            ": at most 3 characters, and this has 4 (nothing was sent)"
        );
    }

    #[test]
    fn an_error_names_the_field_from_the_outside_in() {
        let tags = vec!["fine".to_owned(), "too long".to_owned()];
        let check = both(count(0..=5), each(chars(1..=5)));
        let result = within(check(&tags), || "tags".to_owned());
        let result = within(result, || "forum".to_owned());
        assert_eq!(problem(result), "forum.tags[1]: 1 to 5 characters, and this has 8 (nothing was sent)");
        let result = within(within(number(1..=9)(&12), || "limit".to_owned()), || "[3]".to_owned());
        assert_eq!(problem(result), "[3].limit: from 1 to 9, and this is 12 (nothing was sent)");
    }
}
