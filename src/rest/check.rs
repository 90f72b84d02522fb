//! Checks Discord's limits on values before a request is sent. An error has the path of the field: each level adds its own
//! name in front.

use std::fmt::Display;
use std::ops::RangeInclusive;

use crate::error::{Error, Limit};
use crate::model::limits::{MAX_CHOICE_VALUE, MAX_COLOR, MAX_OPTION_INTEGER, MAX_OPTION_NUMBER};
use crate::model::{Color, OptionValue};

/// Adds a name in front of the path of the error's field.
pub(crate) fn at_field(result: Result<(), Error>, name: impl FnOnce() -> String) -> Result<(), Error> {
    match result {
        Ok(()) => Ok(()),
        Err(error) => Err(named(error, name())),
    }
}

#[cold]
#[inline(never)]
fn named(error: Error, mut path: String) -> Error {
    match error {
        Error::Invalid { field, limit, problem } => {
            if !field.is_empty() && !field.starts_with('[') && !path.is_empty() {
                path.push('.');
            }
            path.push_str(&field);
            Error::Invalid { field: path, limit, problem }
        }
        error => error,
    }
}

/// Returns an error about a field.
pub(crate) fn invalid<T>(field: &str, problem: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid(field, problem))
}

/// Returns an error about a field whose value is outside a limit.
pub(crate) fn outside<T>(field: &str, limit: Limit) -> Result<T, Error> {
    Err(Error::outside(field, limit, limit.to_string()))
}

/// Checks the length of a text in characters.
pub(crate) fn chars<T: AsRef<str> + ?Sized>(
    range: RangeInclusive<usize>,
) -> impl Fn(&T) -> Result<(), Error> {
    move |text| {
        let text = text.as_ref();
        // A text has at most as many characters as bytes.
        if text.len() <= *range.end() && *range.start() == 0 {
            return Ok(());
        }
        let actual = text.chars().count();
        if range.contains(&actual) {
            return Ok(());
        }
        outside("", Limit::Characters { min: *range.start(), max: *range.end(), actual })
    }
}

/// Checks the number of elements of a list.
pub(crate) fn count<T>(range: RangeInclusive<usize>) -> impl Fn(&Vec<T>) -> Result<(), Error> {
    move |list| elements("", list.len(), &range)
}

/// Checks the number of elements of a field.
pub(crate) fn elements(field: &str, actual: usize, range: &RangeInclusive<usize>) -> Result<(), Error> {
    if range.contains(&actual) {
        return Ok(());
    }
    outside(field, Limit::Elements { min: *range.start(), max: *range.end(), actual })
}

/// Checks the size of a field in bytes.
pub(crate) fn bytes(field: &str, actual: usize, max: usize) -> Result<(), Error> {
    if actual <= max {
        return Ok(());
    }
    outside(field, Limit::Bytes { max: max as u64, actual: actual as u64 })
}

/// Checks a number.
pub(crate) fn number<T: Number>(range: RangeInclusive<T>) -> impl Fn(&T) -> Result<(), Error> {
    move |value| {
        if range.contains(value) {
            return Ok(());
        }
        let (min, max) = (*range.start(), *range.end());
        let limit = Limit::Number { min: min.as_f64(), max: max.as_f64(), actual: value.as_f64() };
        let problem = format!("from {min} to {max}, and this is {value}");
        Err(Error::outside("", limit, problem))
    }
}

/// Checks the value of a choice, or the smallest or largest value of an option.
pub(crate) fn option_value(value: &OptionValue) -> Result<(), Error> {
    match value {
        OptionValue::String(text) => chars(0..=MAX_CHOICE_VALUE)(text),
        OptionValue::Integer(value) => number(-MAX_OPTION_INTEGER..=MAX_OPTION_INTEGER)(value),
        OptionValue::Number(value) => number(-MAX_OPTION_NUMBER..=MAX_OPTION_NUMBER)(value),
        _ => Ok(()),
    }
}

/// Checks that a colour has three bytes.
pub(crate) fn color(color: &Color) -> Result<(), Error> {
    number(Color(0)..=Color(MAX_COLOR))(color)
}

/// A number of a field, as a [`Limit`] holds it.
pub(crate) trait Number: Copy + PartialOrd + Display {
    fn as_f64(self) -> f64;
}

impl Number for u8 {
    fn as_f64(self) -> f64 {
        self.into()
    }
}

impl Number for u16 {
    fn as_f64(self) -> f64 {
        self.into()
    }
}

impl Number for u32 {
    fn as_f64(self) -> f64 {
        self.into()
    }
}

impl Number for i32 {
    fn as_f64(self) -> f64 {
        self.into()
    }
}

impl Number for u64 {
    fn as_f64(self) -> f64 {
        self as f64
    }
}

impl Number for i64 {
    fn as_f64(self) -> f64 {
        self as f64
    }
}

impl Number for f64 {
    fn as_f64(self) -> f64 {
        self
    }
}

impl Number for Color {
    fn as_f64(self) -> f64 {
        self.0.into()
    }
}

/// Checks each element of a list.
pub(crate) fn each<T>(check: impl Fn(&T) -> Result<(), Error>) -> impl Fn(&Vec<T>) -> Result<(), Error> {
    move |list| {
        for (place, element) in list.iter().enumerate() {
            at_field(check(element), || format!("[{place}]"))?;
        }
        Ok(())
    }
}

/// Combines two checks.
pub(crate) fn both<T: ?Sized>(
    first: impl Fn(&T) -> Result<(), Error>,
    second: impl Fn(&T) -> Result<(), Error>,
) -> impl Fn(&T) -> Result<(), Error> {
    move |value| {
        first(value)?;
        second(value)
    }
}

/// The text of the error, for tests with tables of limits.
#[cfg(test)]
pub(crate) fn problem(result: Result<(), Error>) -> String {
    result.map_or_else(|error| error.to_string(), |()| "fine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{at_field, both, bytes, chars, count, each, invalid, number, problem};
    use crate::error::{Error, Limit};

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
    fn an_error_holds_the_limit_for_programs() {
        let limit = |result| match result {
            Err(Error::Invalid { limit, .. }) => limit,
            other => panic!("{other:?}"),
        };
        let characters = Limit::Characters { min: 1, max: 3, actual: 4 };
        assert_eq!(limit(at_field(chars(1..=3)("éééé"), || "name".to_owned())), Some(characters));
        let elements = Limit::Elements { min: 0, max: 1, actual: 2 };
        assert_eq!(limit(count(0..=1)(&vec![1, 2])), Some(elements));
        let number_limit = Limit::Number { min: 0.0, max: 9.0, actual: -1.0 };
        assert_eq!(limit(number(0..=9_i64)(&-1)), Some(number_limit));
        assert_eq!(limit(bytes("", 9, 8)), Some(Limit::Bytes { max: 8, actual: 9 }));
        assert_eq!(limit(invalid("name", "is no name")), None);
    }

    #[test]
    fn an_error_has_the_path_of_the_field() {
        let tags = vec!["fine".to_owned(), "too long".to_owned()];
        let check = both(count(0..=5), each(chars(1..=5)));
        let result = at_field(check(&tags), || "tags".to_owned());
        let result = at_field(result, || "forum".to_owned());
        assert_eq!(problem(result), "forum.tags[1]: 1 to 5 characters, and this has 8 (nothing was sent)");
        let result = at_field(at_field(number(1..=9)(&12), || "limit".to_owned()), || "[3]".to_owned());
        assert_eq!(problem(result), "[3].limit: from 1 to 9, and this is 12 (nothing was sent)");
    }
}
