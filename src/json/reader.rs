//! The reader itself: a cursor over a JSON text.

use std::borrow::Cow;

use serde::de::Error as _;

use super::error::{Error, Result};
use super::escape;
use super::lost::Lost;

/// The maximum nesting depth of objects and lists that are read. Skipping has no limit.
///
/// The deepest documented value is about 14 levels: an interaction with a message that forwards components. Each level
/// needs some 10 KB of stack in a debug build.
const MAX_DEPTH: u8 = 24;

/// A cursor over a JSON text.
pub(crate) struct Reader<'de> {
    pub(super) text: &'de str,
    pub(super) at: usize,
    depth: u8,
    /// The values that could not be read so far, in the order of the text.
    pub(super) lost: Vec<Lost>,
}

/// The remaining fields of an object, or the remaining elements of a list.
pub(crate) struct Rest {
    is_first: bool,
}

/// A position that the reader can return to.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    pub(super) at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
    pub(crate) fn new(text: &'de str) -> Reader<'de> {
        Reader { text, at: 0, depth: 0, lost: Vec::new() }
    }

    /// Adds the position to an error. Not generic, so that it is compiled only once.
    #[cold]
    #[inline(never)]
    #[expect(clippy::needless_pass_by_value, reason = "callers need no drop glue for it")]
    pub(super) fn locate(&self, error: Error) -> serde_json::Error {
        match self.last_name() {
            Some(name) => {
                serde_json::Error::custom(format_args!("{error}, near `{name}` at byte {}", self.at))
            }
            None => serde_json::Error::custom(format_args!("{error} at byte {}", self.at)),
        }
    }

    /// The last field name before this position. Only used for error texts.
    fn last_name(&self) -> Option<&'de str> {
        let before = self.text.get(..self.at)?;
        let before = &before[..before.rfind("\":")?];
        Some(&before[before.rfind('"')? + 1..])
    }

    /// Returns the first byte of the next token, after white space.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<u8> {
        match self.text.as_bytes().get(self.at) {
            Some(&byte) if byte > b' ' => Ok(byte),
            _ => self.peek_after_space(),
        }
    }

    #[cold]
    fn peek_after_space(&mut self) -> Result<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.at += space;
        rest.get(space).copied().ok_or_else(|| Error::new("unexpected end of the text"))
    }

    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Result<()> {
        if self.text.as_bytes().get(self.at) != Some(&byte) {
            return self.expect_after_space(byte);
        }
        self.at += 1;
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn expect_after_space(&mut self, byte: u8) -> Result<()> {
        if self.peek()? != byte {
            return Err(Error::unexpected(byte));
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    pub(super) fn literal(&mut self, literal: &'static str) -> Result<()> {
        if !self.text.as_bytes()[self.at..].starts_with(literal.as_bytes()) {
            return Err(Error::new("not a JSON value"));
        }
        self.at += literal.len();
        Ok(())
    }

    /// Reads `null` if it is next. Returns whether it was.
    #[inline]
    pub(crate) fn null(&mut self) -> Result<bool> {
        let is_null = self.peek()? == b'n';
        if is_null {
            self.literal("null")?;
        }
        Ok(is_null)
    }

    #[inline]
    pub(crate) fn bool(&mut self) -> Result<bool> {
        match self.peek()? {
            b't' => self.literal("true").map(|()| true),
            b'f' => self.literal("false").map(|()| false),
            _ => Err(self.mismatch("a boolean")),
        }
    }

    /// Reads a string without escapes. Returns `None` and reads nothing if the string has escapes.
    #[inline]
    fn plain_string(&mut self) -> Result<Option<&'de str>> {
        if self.peek()? != b'"' {
            return Err(self.mismatch("a string"));
        }
        let start = self.at + 1;
        let end = start + plain_length(&self.text.as_bytes()[start..]);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return Ok(None);
        }
        self.at = end + 1;
        // Both ends are next to a quote, so they are character boundaries.
        self.text.get(start..end).map(Some).ok_or_else(|| Error::new("a value that is not valid UTF-8"))
    }

    /// Reads a string whose content `parse` knows. Reads nothing if it does not. `parse` receives the text after the quote,
    /// and returns a value and its length.
    #[inline]
    pub(crate) fn known_string<T>(&mut self, parse: impl FnOnce(&[u8]) -> Option<(T, usize)>) -> Option<T> {
        let (b'"', content) = self.text.as_bytes().get(self.at..)?.split_first()? else { return None };
        let (value, length) = parse(content)?;
        if content.get(length) != Some(&b'"') {
            return None;
        }
        self.at += length + 2;
        Some(value)
    }

    pub(crate) fn string(&mut self) -> Result<Cow<'de, str>> {
        match self.plain_string()? {
            Some(string) => Ok(Cow::Borrowed(string)),
            None => self.escaped_string().map(Cow::Owned),
        }
    }

    /// Reads a string as a copy.
    pub(crate) fn owned_string(&mut self) -> Result<String> {
        match self.plain_string()? {
            Some(string) => Ok(string.to_owned()),
            None => self.escaped_string(),
        }
    }

    #[cold]
    #[inline(never)]
    fn escaped_string(&mut self) -> Result<String> {
        let start = self.at;
        self.skip_string()?;
        let quoted =
            self.text.get(start..self.at).ok_or_else(|| Error::new("a value that is not valid UTF-8"))?;
        // The syntax was checked, so only half a surrogate pair can be wrong.
        serde_json::from_str(quoted)
            .or_else(|_| serde_json::from_str(&escape::repair(quoted)))
            .map_err(|_| Error::new("not a JSON value"))
    }

    /// The error for a value of another type than expected.
    #[cold]
    #[inline(never)]
    pub(crate) fn mismatch(&self, expected: &str) -> Error {
        let found = match self.text.as_bytes().get(self.at) {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            _ => return Error::new("not a JSON value"),
        };
        Error::new(&format!("expected {expected}, found {found}"))
    }

    /// Enters an object. Call [`next_field`](Reader::next_field) until it returns `None`.
    #[inline]
    pub(crate) fn object(&mut self) -> Result<Rest> {
        if self.peek()? != b'{' {
            return Err(self.mismatch("an object"));
        }
        self.enter()
    }

    /// Enters a list. Call [`next_element`](Reader::next_element) until it returns `false`.
    #[inline]
    pub(crate) fn list(&mut self) -> Result<Rest> {
        if self.peek()? != b'[' {
            return Err(self.mismatch("a list"));
        }
        self.enter()
    }

    #[inline]
    fn enter(&mut self) -> Result<Rest> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::new("objects and lists are nested too deeply"));
        }
        self.at += 1;
        Ok(Rest { is_first: true })
    }

    /// Reads the name of the next field and its colon. Leaves the object at its end.
    ///
    /// Inlined, because its result needs more room than the processor's registers have.
    #[inline]
    pub(crate) fn next_field(&mut self, rest: &mut Rest) -> Result<Option<Cow<'de, str>>> {
        match self.usual_field(rest) {
            Some(name) => Ok(Some(Cow::Borrowed(name))),
            None => self.unusual_field(rest),
        }
    }

    /// Reads a field name as Discord writes it: `,"name":`, and without the comma the first of an object. Reads nothing if it
    /// is not next.
    #[inline(never)]
    fn usual_field(&mut self, rest: &mut Rest) -> Option<&'de str> {
        let text = self.text.get(self.at..)?;
        let text = if rest.is_first { text.strip_prefix('"') } else { text.strip_prefix(",\"") }?;
        let (name, after) = text.split_at_checked(plain_length(text.as_bytes()))?;
        let after = after.strip_prefix("\":")?;
        self.at = self.text.len() - after.len();
        rest.is_first = false;
        Some(name)
    }

    #[inline(never)]
    fn unusual_field(&mut self, rest: &mut Rest) -> Result<Option<Cow<'de, str>>> {
        if !self.next(rest, b'}')? {
            return Ok(None);
        }
        let name = self.string()?;
        self.expect(b':')?;
        Ok(Some(name))
    }

    /// Whether another element follows. Leaves the list at its end.
    #[inline]
    pub(crate) fn next_element(&mut self, rest: &mut Rest) -> Result<bool> {
        self.next(rest, b']')
    }

    #[inline]
    fn next(&mut self, rest: &mut Rest, bracket: u8) -> Result<bool> {
        let byte = self.peek()?;
        let is_first = std::mem::take(&mut rest.is_first);
        if byte == b',' && !is_first {
            self.at += 1;
            return Ok(true);
        }
        if byte == bracket {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if is_first { Ok(true) } else { Err(Error::unexpected(b',')) }
    }

    /// Skips a value and returns its text.
    pub(crate) fn raw(&mut self) -> Result<&'de str> {
        self.peek()?;
        let start = self.at;
        self.skip()?;
        self.text.get(start..self.at).ok_or_else(|| Error::new("a value that is not valid UTF-8"))
    }

    /// The current position, to return to.
    #[inline]
    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.at, depth: self.depth }
    }

    /// Returns to an earlier position.
    #[inline]
    pub(crate) fn reset(&mut self, mark: Mark) {
        self.at = mark.at;
        self.depth = mark.depth;
    }

    /// Reads at an earlier position of the same object, and returns.
    ///
    /// # Errors
    ///
    /// What `read` returns.
    pub(crate) fn read_at<T>(
        &mut self,
        mark: Mark,
        read: impl FnOnce(&mut Reader<'de>) -> Result<T>,
    ) -> Result<T> {
        let (after, mut lost) = (self.mark(), std::mem::take(&mut self.lost));
        self.reset(mark);
        let value = read(self)?;
        // If the value was read before, only this time counts.
        lost.retain(|lost| !(mark.at..self.at).contains(&lost.start));
        self.reset(after);
        // In the order of the text: what was read first comes after.
        self.lost.extend(lost);
        self.lost.sort_by_key(|lost| lost.start);
        Ok(value)
    }

    /// Reads the value of a field. A value that cannot be read is skipped and recorded; `slot` keeps its value.
    ///
    /// # Errors
    ///
    /// Only if the text is not JSON.
    pub(crate) fn field<T>(
        &mut self,
        slot: &mut T,
        name: &'static str,
        read: impl FnOnce(&mut Reader<'de>) -> Result<T>,
    ) -> Result<()> {
        let mark = self.mark();
        match read(self) {
            Ok(value) => {
                *slot = value;
                Ok(())
            }
            Err(error) => self.leave_out(mark, name, error).map(drop),
        }
    }

    /// Reads a field that identifies the object.
    ///
    /// # Errors
    ///
    /// Where the value cannot be read.
    pub(crate) fn required<T>(
        &mut self,
        slot: &mut Option<T>,
        read: impl FnOnce(&mut Reader<'de>) -> Result<T>,
    ) -> Result<()> {
        *slot = Some(read(self)?);
        Ok(())
    }

    /// Gives a field that the object does not declare to `read`, or skips it.
    ///
    /// # Errors
    ///
    /// What `read` returns, or where the text is no JSON.
    pub(crate) fn other_field(
        &mut self,
        name: &str,
        read: &mut dyn FnMut(&str, &mut Reader<'de>) -> Result<bool>,
    ) -> Result<()> {
        if read(name, self)? { Ok(()) } else { self.skip() }
    }
}

/// Returns the number of bytes before the next quote, backslash or control character, or before the end.
#[inline]
pub(crate) fn plain_length(text: &[u8]) -> usize {
    /// A byte, repeated eight times.
    const fn repeat(byte: u8) -> u64 {
        u64::MAX / 255 * byte as u64
    }
    let mut rest = text;
    // Eight bytes at a time: nearly every name, ID and hash ends within three iterations.
    while let Some((eight, after)) = rest.split_first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        // With bit 0x02 flipped, exactly the quote and the control characters are below 0x21.
        let flipped = eight ^ repeat(0x02);
        let low = flipped.wrapping_sub(repeat(0x21)) & !flipped;
        let backslash = eight ^ repeat(b'\\');
        let backslash = backslash.wrapping_sub(repeat(0x01)) & !backslash;
        let special = (low | backslash) & repeat(0x80);
        if special != 0 {
            // A borrow can mark a wrong byte, but only after a byte that is marked correctly.
            return text.len() - rest.len() + special.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    text.len() - rest.len() + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count()
}
