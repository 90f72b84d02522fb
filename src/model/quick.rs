//! JSON as Discord writes it, read in two thirds of the time.
//!
//! Most of a bot's time goes into the reading of messages. This reader takes what Discord usually sends: names
//! without escapes, integers of at most 18 digits, moderate depth. It never guesses: at anything else it gives up
//! without saying why, and `serde_json` reads the text from its beginning. Whatever both can read they read alike;
//! floats, strings with escapes and [`RawValue`](serde_json::value::RawValue)s are `serde_json`'s here too.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// Objects and lists that may stand within each other.
const DEEPEST: u8 = 100;
/// As many digits as cannot overflow.
const MOST_DIGITS: usize = 18;

/// Reads the value at the beginning of a text, unless it is not plainly usual, or no `T`.
#[inline]
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    T::deserialize(&mut Reader { text, at: 0, depth: 0 })
}

/// Something that this reader leaves to `serde_json`, be it right or wrong.
#[derive(Debug)]
pub(super) struct Unusual;

type Result<T> = std::result::Result<T, Unusual>;

struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
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
        rest.get(space).copied().ok_or(Unusual)
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<()> {
        if self.peek()? != byte {
            return Err(Unusual);
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    fn word(&mut self, word: &'static str) -> Result<()> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(Unusual);
        }
        self.at += word.len();
        Ok(())
    }

    /// A string without escapes.
    fn plain_string(&mut self) -> Result<&'de str> {
        if self.peek()? != b'"' {
            return Err(Unusual);
        }
        let start = self.at + 1;
        let end = start + plain_length(&self.text.as_bytes()[start..]);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return Err(Unusual);
        }
        self.at = end + 1;
        self.text.get(start..end).ok_or(Unusual)
    }

    #[inline]
    fn string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.at;
        match self.plain_string() {
            Ok(string) => visitor.visit_borrowed_str(string),
            Err(Unusual) => visitor.visit_string(self.escaped_string(start)?),
        }
    }

    #[cold]
    fn escaped_string(&mut self, start: usize) -> Result<String> {
        self.at = start;
        self.expect(b'"')?;
        let start = self.at - 1;
        loop {
            self.at += plain_length(&self.text.as_bytes()[self.at..]);
            match self.text.as_bytes().get(self.at) {
                // What is escaped is looked at by `serde_json`.
                Some(b'\\') => self.at = self.text.len().min(self.at + 2),
                Some(b'"') => break,
                _ => return Err(Unusual),
            }
        }
        self.at += 1;
        let string = self.text.get(start..self.at).ok_or(Unusual)?;
        serde_json::from_str(string).map_err(|_| Unusual)
    }

    #[inline]
    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.at;
        let is_negative = self.peek()? == b'-';
        self.at += usize::from(is_negative);
        let first = self.at;
        let mut number: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            if self.at - first == MOST_DIGITS {
                return Err(Unusual);
            }
            number = number * 10 + u64::from(digit - b'0');
            self.at += 1;
        }
        match (self.text.as_bytes().get(self.at), self.at - first) {
            (Some(b'.' | b'e' | b'E'), _) => self.float(start, visitor),
            (_, 0) => Err(Unusual),
            // JSON has no 007, and -0 is a float.
            (_, 1) if is_negative && number == 0 => Err(Unusual),
            (_, 2..) if self.text.as_bytes()[first] == b'0' => Err(Unusual),
            // Eighteen digits are less than `i64::MAX`.
            _ if is_negative => visitor.visit_i64(-(number as i64)),
            _ => visitor.visit_u64(number),
        }
    }

    #[cold]
    fn float<V: Visitor<'de>>(&mut self, start: usize, visitor: V) -> Result<V::Value> {
        self.at = start;
        self.peek()?;
        let rest = &self.text[self.at..];
        let length =
            rest.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
        let number = &rest[..length.count()];
        self.at += number.len();
        visitor.visit_f64(serde_json::from_str(number).map_err(|_| Unusual)?)
    }

    #[inline]
    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        self.enter(b'{')?;
        let value = visitor.visit_map(Parts { reader: self, is_first: true })?;
        self.leave(b'}')?;
        Ok(value)
    }

    #[inline]
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        self.enter(b'[')?;
        let value = visitor.visit_seq(Parts { reader: self, is_first: true })?;
        self.leave(b']')?;
        Ok(value)
    }

    #[inline]
    fn enter(&mut self, bracket: u8) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unusual);
        }
        self.expect(bracket)
    }

    #[inline]
    fn leave(&mut self, bracket: u8) -> Result<()> {
        self.depth -= 1;
        self.expect(bracket)
    }
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
    type Error = Unusual;

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
        if self.peek()? == b't' {
            self.word("true")?;
            visitor.visit_bool(true)
        } else {
            self.word("false")?;
            visitor.visit_bool(false)
        }
    }

    #[inline]
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.number(visitor)
    }

    #[inline]
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.number(visitor)
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
            self.deserialize_any(IgnoredAny)?;
            let mut value = serde_json::Deserializer::from_str(&self.text[start..self.at]);
            return value.deserialize_newtype_struct(name, visitor).map_err(|_| Unusual);
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
        visitor.visit_enum(BorrowedStrDeserializer::new(self.plain_string()?))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
        ignored_any
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
    type Error = Unusual;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if !self.next(b'}')? {
            return Ok(None);
        }
        let name = self.reader.plain_string()?;
        self.reader.expect(b':')?;
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = Unusual;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.next(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl de::Error for Unusual {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unusual
    }
}

impl fmt::Display for Unusual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("left to serde_json")
    }
}

impl std::error::Error for Unusual {}

#[cfg(test)]
mod tests;
