//! JSON as Discord writes it, read in two thirds of the time that `serde_json` takes.
//!
//! Most of a bot's time goes into the reading of messages, and most of its code was what reads them. So there is one
//! reader for all that Discord sends. It takes what `serde_json` takes, and refuses what that refuses; strings with
//! escapes, floats and [`RawValue`](serde_json::value::RawValue)s are handed to it, piece by piece.
//!
//! It knows the kinds of types that this crate has: enums are texts, and a struct is an object. Types of programs are
//! read by `serde_json`.

mod error;
mod number;
mod skip;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use error::{Problem, Result, odd, unexpected};

/// Objects and lists that may stand within each other where they are read, as in `serde_json`.
const DEEPEST: u8 = 127;
/// Reads the value at the beginning of a text; what follows it is not looked at.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, serde_json::Error> {
    let mut reader = Reader::new(text);
    match T::deserialize(&mut reader) {
        Ok(value) => Ok(value),
        Err(problem) => Err(reader.error(problem)),
    }
}

/// Reads the name that an object has for a part of it, as what a map has for its keys.
pub(crate) fn read_name<'de, K: Deserialize<'de>>(name: &'de str) -> Result<K, serde_json::Error> {
    match K::deserialize(Key(name)) {
        Ok(key) => Ok(key),
        Err(problem) => Err(de::Error::custom(problem)),
    }
}

/// Reads one value after the other.
pub(crate) struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
    pub(crate) fn new(text: &'de str) -> Reader<'de> {
        Reader { text, at: 0, depth: 0 }
    }

    /// The problem, and where it was found. Apart from the reading, which is compiled for every type.
    #[cold]
    #[inline(never)]
    #[expect(clippy::needless_pass_by_value, reason = "who has it need not be compiled with what drops it")]
    fn error(&self, problem: Problem) -> serde_json::Error {
        match self.last_name() {
            Some(name) => de::Error::custom(format_args!("{problem}, near `{name}` at byte {}", self.at)),
            None => de::Error::custom(format_args!("{problem} at byte {}", self.at)),
        }
    }

    /// The last name before this place, looked for only when something is wrong.
    fn last_name(&self) -> Option<&'de str> {
        let before = self.text.get(..self.at)?;
        let before = &before[..before.rfind("\":")?];
        Some(&before[before.rfind('"')? + 1..])
    }

    /// The byte that the next token begins with.
    #[inline]
    fn peek(&mut self) -> Result<u8> {
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
        rest.get(space).copied().ok_or_else(|| odd("the text ends too early"))
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.peek()? != byte {
            return Err(unexpected(byte));
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    fn word(&mut self, word: &'static str) -> Result<()> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(odd("no JSON value"));
        }
        self.at += word.len();
        Ok(())
    }

    /// A string without escapes; `None`, and nothing is read, where there are some.
    fn plain_string(&mut self) -> Result<Option<&'de str>> {
        if self.peek()? != b'"' {
            return Err(odd("expected a string"));
        }
        let start = self.at + 1;
        let end = start + plain_length(&self.text.as_bytes()[start..]);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return Ok(None);
        }
        self.at = end + 1;
        // It begins and ends at quotes, which are no parts of other characters.
        self.text.get(start..end).map(Some).ok_or_else(|| odd("no text"))
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
            odd("a string with an escape that stands for no character")
        })
    }

    /// The value is of another kind than what reads it.
    #[cold]
    fn mismatch(&self, expected: &dyn Expected) -> Problem {
        let kind = match self.text.as_bytes().get(self.at) {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            _ => return odd("no JSON value"),
        };
        de::Error::invalid_type(Unexpected::Other(kind), expected)
    }

    #[inline]
    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        if self.peek()? != b'{' {
            return Err(self.mismatch(&visitor));
        }
        self.enter()?;
        let value = visitor.visit_map(Parts { reader: self, is_first: true })?;
        self.leave(b'}')?;
        Ok(value)
    }

    #[inline]
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        if self.peek()? != b'[' {
            return Err(self.mismatch(&visitor));
        }
        self.enter()?;
        let value = visitor.visit_seq(Parts { reader: self, is_first: true })?;
        self.leave(b']')?;
        Ok(value)
    }

    #[inline]
    fn enter(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(odd("too many objects and lists within each other"));
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

/// Reads what can only be a number.
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

/// The length of what stands before the next quote, backslash or control character, or before the end.
#[inline]
fn plain_length(text: &[u8]) -> usize {
    /// A byte, eight times.
    const fn each(byte: u8) -> u64 {
        u64::MAX / 255 * byte as u64
    }
    let mut rest = text;
    // Eight bytes at once: nearly every name, id and hash ends within three rounds.
    while let Some((eight, after)) = rest.split_first_chunk() {
        let eight = u64::from_le_bytes(*eight);
        // With 0x02 flipped, the quote and the control characters are what lies below 0x21.
        let flipped = eight ^ each(0x02);
        let low = flipped.wrapping_sub(each(0x21)) & !flipped;
        let backslash = eight ^ each(b'\\');
        let backslash = backslash.wrapping_sub(each(0x01)) & !backslash;
        let special = (low | backslash) & each(0x80);
        if special != 0 {
            // A borrow can mark a byte wrongly, but only after one that is marked rightly.
            return text.len() - rest.len() + special.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    text.len() - rest.len() + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count()
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek()? {
            b'"' => self.string(visitor),
            b'{' => self.object(visitor),
            b'[' => self.list(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => {
                self.word("null")?;
                visitor.visit_unit()
            }
            _ => self.number(visitor),
        }
    }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek()? {
            b't' => {
                self.word("true")?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.word("false")?;
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
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value> {
        // With such names `serde_json` asks itself for what no other format has.
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

/// What is left of an object or a list.
struct Parts<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_first: bool,
}

impl Parts<'_, '_> {
    /// Steps over the comma; false where `bracket` ends it all.
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

impl<'de> MapAccess<'de> for Parts<'_, 'de> {
    type Error = Problem;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if !self.next(b'}')? {
            return Ok(None);
        }
        match self.reader.plain_string()? {
            Some(name) => {
                self.reader.expect(b':')?;
                seed.deserialize(Key(name)).map(Some)
            }
            None => {
                let name = self.reader.escaped_string()?;
                self.reader.expect(b':')?;
                seed.deserialize(StringDeserializer::new(name)).map(Some)
            }
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

/// A name in an object; that of a map may be a number.
struct Key<'de>(&'de str);

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Problem;

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

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = Problem;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.next(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

#[cfg(test)]
mod tests;
