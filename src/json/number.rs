//! Parsing of numbers.

use serde::de::Visitor;

use super::error::{Result, invalid};
use super::reader::Reader;

/// A number of this many digits cannot overflow.
const MAX_DIGITS: usize = 18;

/// A float or a long integer.
enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl<'de> Reader<'de> {
    /// Reads a number. A short integer is parsed in place; see [`Reader::uncommon_number`].
    pub(super) fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.at;
        let is_negative = self.peek()? == b'-';
        self.at += usize::from(is_negative);
        let first = self.at;
        let mut number: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            if self.at - first == MAX_DIGITS {
                return self.uncommon_number(start, visitor);
            }
            number = number * 10 + u64::from(digit - b'0');
            self.at += 1;
        }
        match (self.text.as_bytes().get(self.at), self.at - first) {
            (Some(b'.' | b'e' | b'E'), 1..) => self.uncommon_number(start, visitor),
            (_, 0) if is_negative => Err(invalid("not a JSON value")),
            (_, 0) => Err(self.mismatch(&visitor)),
            // JSON has no leading zeros, and `serde_json` reads -0 as a float.
            (_, 1) if is_negative && number == 0 => self.uncommon_number(start, visitor),
            (_, 2..) if self.text.as_bytes()[first] == b'0' => Err(invalid("a number with a leading zero")),
            // Eighteen digits are less than `i64::MAX`.
            _ if is_negative => visitor.visit_i64(-(number as i64)),
            _ => visitor.visit_u64(number),
        }
    }

    #[cold]
    fn uncommon_number<V: Visitor<'de>>(&mut self, start: usize, visitor: V) -> Result<V::Value> {
        match self.any_number(start)? {
            Number::Unsigned(number) => visitor.visit_u64(number),
            Number::Signed(number) => visitor.visit_i64(number),
            Number::Float(number) => visitor.visit_f64(number),
        }
    }

    /// Reads any number. An integer that is too large for 64 bits becomes a float.
    fn any_number(&mut self, start: usize) -> Result<Number> {
        self.at = start;
        self.peek()?;
        let start = self.at;
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
        serde_json::from_str(number).map(Number::Float).map_err(|_| invalid("a number out of range"))
    }
}
