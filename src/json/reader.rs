//! The parser: objects, lists and strings.

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::error::{Error, Result, invalid, unexpected};

/// The maximum nesting depth of objects and arrays, as in `serde_json`.
const MAX_DEPTH: u8 = 127;

/// Parses the value at the start of `text`. Ignores whatever follows it.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, serde_json::Error> {
    let mut reader = Reader::new(text);
    match T::deserialize(&mut reader) {
        Ok(value) => Ok(value),
        Err(error) => Err(reader.with_position(error)),
    }
}

/// Parses the key of an object as the key type of a map.
pub(crate) fn read_key<'de, K: Deserialize<'de>>(key: &'de str) -> Result<K, serde_json::Error> {
    match K::deserialize(Key(key)) {
        Ok(key) => Ok(key),
        Err(error) => Err(de::Error::custom(error)),
    }
}

/// The parser: a text and the position in it.
pub(crate) struct Reader<'de> {
    pub(super) text: &'de str,
    pub(super) at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
    pub(crate) fn new(text: &'de str) -> Reader<'de> {
        Reader { text, at: 0, depth: 0 }
    }

    /// Adds the position to an error. Not generic, so that it is compiled once and not for every type.
    #[cold]
    #[inline(never)]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the generic caller then contains no code that drops it"
    )]
    fn with_position(&self, error: Error) -> serde_json::Error {
        match self.last_key() {
            Some(key) => de::Error::custom(format_args!("{error}, near `{key}` at byte {}", self.at)),
            None => de::Error::custom(format_args!("{error} at byte {}", self.at)),
        }
    }

    /// The last object key before this position. Only used for error texts.
    fn last_key(&self) -> Option<&'de str> {
        let before = self.text.get(..self.at)?;
        let before = &before[..before.rfind("\":")?];
        Some(&before[before.rfind('"')? + 1..])
    }

    /// Returns the first byte of the next token, after white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8> {
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
        rest.get(space).copied().ok_or_else(|| invalid("unexpected end of the text"))
    }

    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Result<()> {
        if self.peek()? != byte {
            return Err(unexpected(byte));
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    pub(super) fn literal(&mut self, word: &'static str) -> Result<()> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(invalid("not a JSON value"));
        }
        self.at += word.len();
        Ok(())
    }

    /// Reads a string without escapes. Returns `None` and reads nothing if the string has escapes.
    fn plain_string(&mut self) -> Result<Option<&'de str>> {
        if self.peek()? != b'"' {
            return Err(invalid("expected a string"));
        }
        let start = self.at + 1;
        let end = start + plain_length(&self.text.as_bytes()[start..]);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return Ok(None);
        }
        self.at = end + 1;
        // Both ends are next to a quote, so they are character boundaries.
        self.text.get(start..end).map(Some).ok_or_else(|| invalid("a string that is not valid UTF-8"))
    }

    fn string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        if self.peek()? != b'"' {
            return Err(self.mismatch(&visitor));
        }
        match self.plain_string()? {
            Some(string) => visitor.visit_borrowed_str(string),
            None => visitor.visit_string(self.escaped_string()?),
        }
    }

    #[cold]
    fn escaped_string(&mut self) -> Result<String> {
        let start = self.at;
        self.skip_string()?;
        self.text.get(start..self.at).and_then(|string| serde_json::from_str(string).ok()).ok_or_else(|| {
            self.at = start;
            invalid("a string with an escape that is not a character")
        })
    }

    /// The error for a value of another type than expected.
    #[cold]
    pub(super) fn mismatch(&self, expected: &dyn Expected) -> Error {
        let kind = match self.text.as_bytes().get(self.at) {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            _ => return invalid("not a JSON value"),
        };
        de::Error::invalid_type(Unexpected::Other(kind), expected)
    }

    #[inline]
    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        if self.peek()? != b'{' {
            return Err(self.mismatch(&visitor));
        }
        self.enter()?;
        let value = visitor.visit_map(Access { reader: self, is_first: true })?;
        self.leave(b'}')?;
        Ok(value)
    }

    #[inline]
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        if self.peek()? != b'[' {
            return Err(self.mismatch(&visitor));
        }
        self.enter()?;
        let value = visitor.visit_seq(Access { reader: self, is_first: true })?;
        self.leave(b']')?;
        Ok(value)
    }

    #[inline]
    fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(invalid("objects and lists are nested too deeply"));
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    fn leave(&mut self, bracket: u8) -> Result<()> {
        self.depth -= 1;
        self.expect(bracket)
    }
}

/// Implements the methods that expect a number.
macro_rules! numbers {
    ($($deserialize:ident)+) => {
        $(
            #[inline]
            fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
                self.number(visitor)
            }
        )+
    };
}

/// Returns the number of bytes before the next quote, backslash or control character, or before the end.
#[inline]
pub(super) fn plain_length(text: &[u8]) -> usize {
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

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek()? {
            b'"' => self.string(visitor),
            b'{' => self.object(visitor),
            b'[' => self.list(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => {
                self.literal("null")?;
                visitor.visit_unit()
            }
            _ => self.number(visitor),
        }
    }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek()? {
            b't' => {
                self.literal("true")?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.literal("false")?;
                visitor.visit_bool(false)
            }
            _ => Err(self.mismatch(&visitor)),
        }
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64 deserialize_f32 deserialize_f64
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.string(visitor)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.string(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.peek()? == b'n' {
            self.literal("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value> {
        // `serde_json` uses such names for its own types, such as `RawValue`.
        if name.starts_with('$') {
            self.peek()?;
            let start = self.at;
            self.skip()?;
            let mut value = serde_json::Deserializer::from_str(&self.text[start..self.at]);
            return value.deserialize_newtype_struct(name, visitor).map_err(de::Error::custom);
        }
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.list(visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.object(visitor)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.object(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.plain_string()? {
            Some(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
            None => visitor.visit_enum(StringDeserializer::new(self.escaped_string()?)),
        }
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// The remaining elements of an object or a list.
struct Access<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_first: bool,
}

impl Access<'_, '_> {
    /// Skips the comma. Returns false at the closing `bracket`.
    #[inline]
    fn next(&mut self, bracket: u8) -> Result<bool> {
        let byte = self.reader.peek()?;
        if byte == bracket {
            return Ok(false);
        }
        if !std::mem::take(&mut self.is_first) {
            self.reader.expect(b',')?;
        }
        Ok(true)
    }
}

impl<'de> MapAccess<'de> for Access<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if !self.next(b'}')? {
            return Ok(None);
        }
        match self.reader.plain_string()? {
            Some(key) => {
                self.reader.expect(b':')?;
                seed.deserialize(Key(key)).map(Some)
            }
            None => {
                let key = self.reader.escaped_string()?;
                self.reader.expect(b':')?;
                seed.deserialize(StringDeserializer::new(key)).map(Some)
            }
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

/// The key of an object. A map's key may be a number.
struct Key<'de>(&'de str);

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.0.parse() {
            Ok(number) => visitor.visit_u64(number),
            Err(_) => Err(de::Error::invalid_value(Unexpected::Str(self.0), &visitor)),
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.0))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char bool str string bytes byte_buf option unit unit_struct tuple
        tuple_struct seq map struct identifier ignored_any
    }
}

impl<'de> SeqAccess<'de> for Access<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.next(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}
