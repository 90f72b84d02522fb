//! Reading of numbers.

use super::error::{Error, Result};
use super::reader::Reader;

/// A number of this many digits fits into an `i64`.
const SAFE_DIGITS: usize = 18;

/// A number, by how it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl Number {
    #[inline]
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Number::Unsigned(number) => number as f64,
            Number::Signed(number) => number as f64,
            Number::Float(number) => number,
        }
    }
}

impl Reader<'_> {
    /// Reads a number. A short integer is parsed in place.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Number> {
        let is_negative = self.peek()? == b'-';
        let start = self.at;
        self.at += usize::from(is_negative);
        let first = self.at;
        let mut number: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            if self.at - first == SAFE_DIGITS {
                return self.long_number(start);
            }
            number = number * 10 + u64::from(digit - b'0');
            self.at += 1;
        }
        match (self.text.as_bytes().get(self.at), self.at - first) {
            (Some(b'.' | b'e' | b'E'), 1..) => self.long_number(start),
            (_, 0) if is_negative => Err(Error::new("not a JSON value")),
            (_, 0) => Err(self.mismatch("a number")),
            // JSON has no leading zeros, and `serde_json` reads -0 as a float.
            (_, 1) if is_negative && number == 0 => self.long_number(start),
            (_, 2..) if self.text.as_bytes()[first] == b'0' => {
                Err(Error::new("a number with a leading zero"))
            }
            // 18 digits are less than `i64::MAX`.
            _ if is_negative => Ok(Number::Signed(-(number as i64))),
            _ => Ok(Number::Unsigned(number)),
        }
    }

    /// Reads a float or a long integer. An integer that does not fit into 64 bits becomes a float.
    #[cold]
    #[inline(never)]
    fn long_number(&mut self, start: usize) -> Result<Number> {
        self.at = start;
        self.skip_number()?;
        let number = &self.text[start..self.at];
        if let Ok(number) = number.parse::<u64>() {
            return Ok(Number::Unsigned(number));
        }
        if number != "-0" {
            if let Ok(number) = number.parse::<i64>() {
                return Ok(Number::Signed(number));
            }
        }
        // The syntax of JSON is a part of Rust's. `serde_json` would round some whole numbers of 16 digits.
        match number.parse() {
            Ok(number) if f64::is_finite(number) => Ok(Number::Float(number)),
            _ => Err(Error::new("a number out of range")),
        }
    }
}
