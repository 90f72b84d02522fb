//! Skips values, such as those of unknown fields.
//!
//! As in `serde_json`, the syntax of a skipped value is checked, but not the range of its numbers and the meaning of its
//! escapes.

use super::error::{Error, Result};
use super::reader::{Reader, plain_length};

impl Reader<'_> {
    /// Skips a value of any depth.
    pub(crate) fn skip(&mut self) -> Result<()> {
        // The closing brackets still to come.
        let mut open = Vec::new();
        loop {
            match self.peek()? {
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    let end = if bracket == b'{' { b'}' } else { b']' };
                    if self.peek()? != end {
                        open.push(end);
                        self.skip_name(end)?;
                        continue;
                    }
                    self.at += 1;
                }
                b'"' => self.skip_string()?,
                b't' => self.literal("true")?,
                b'f' => self.literal("false")?,
                b'n' => self.literal("null")?,
                _ => self.skip_number()?,
            }
            // A value has ended. Close the objects and lists that end with it.
            loop {
                let Some(&end) = open.last() else { return Ok(()) };
                match self.peek()? {
                    b',' => {
                        self.at += 1;
                        self.skip_name(end)?;
                        break;
                    }
                    byte if byte == end => {
                        self.at += 1;
                        open.pop();
                    }
                    _ => return Err(Error::unexpected(end)),
                }
            }
        }
    }

    /// Skips the name of a field and its colon if `end` closes an object.
    fn skip_name(&mut self, end: u8) -> Result<()> {
        if end == b'}' {
            self.skip_string()?;
            self.expect(b':')?;
        }
        Ok(())
    }

    /// Skips a string. Checks the syntax of its escapes, not their meaning.
    pub(super) fn skip_string(&mut self) -> Result<()> {
        self.expect(b'"')?;
        loop {
            self.at += plain_length(&self.text.as_bytes()[self.at..]);
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => self.skip_escape()?,
                Some(_) => return Err(Error::new("a control character in a string")),
                None => return Err(Error::new("a string without a closing quote")),
            }
        }
        self.at += 1;
        Ok(())
    }

    fn skip_escape(&mut self) -> Result<()> {
        let escape = &self.text.as_bytes()[self.at + 1..];
        let length = match escape {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 1,
            [b'u', digits @ ..] if digits.len() >= 4 && digits[..4].iter().all(u8::is_ascii_hexdigit) => 5,
            _ => return Err(Error::new("an escape that JSON does not define")),
        };
        self.at += 1 + length;
        Ok(())
    }

    /// Skips a number of any size.
    pub(super) fn skip_number(&mut self) -> Result<()> {
        self.at += usize::from(self.peek()? == b'-');
        let first = self.at;
        let digits = self.skip_digits();
        if digits == 0 || (digits > 1 && self.text.as_bytes()[first] == b'0') {
            return Err(Error::new("not a JSON value"));
        }
        if self.text.as_bytes().get(self.at) == Some(&b'.') {
            self.at += 1;
            if self.skip_digits() == 0 {
                return Err(Error::new("a number without digits after the decimal point"));
            }
        }
        if let Some(b'e' | b'E') = self.text.as_bytes().get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.text.as_bytes().get(self.at) {
                self.at += 1;
            }
            if self.skip_digits() == 0 {
                return Err(Error::new("a number without digits in its exponent"));
            }
        }
        Ok(())
    }

    fn skip_digits(&mut self) -> usize {
        let digits = self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += digits;
        digits
    }
}
