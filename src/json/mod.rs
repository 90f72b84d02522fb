//! The reader of everything that Discord sends as JSON.
//!
//! Most of a bot's time goes into reading messages, and with a derived `Deserialize` most of the crate's compile
//! time and code went into it too. So the crate has one reader of its own. It is:
//!
//! * **tolerant**: a value that cannot be read costs its own field, not the object around it. The [`object!`]
//!   declaration of a type says which fields the object cannot do without;
//! * **quick**: strings without escapes are borrowed, integers are read on the way, and values that nobody reads are
//!   skipped without recursion. Strings with escapes and floats are handed to `serde_json`;
//! * **compiled once**: [`Read`] is not generic over the source, so each type is compiled once, in this crate.
//!
//! Types of users are read by `serde_json`. The types of this crate implement [`serde::Deserialize`] through
//! [`deserialize`], so they can be parts of those.

mod error;
mod lenient;
mod number;
mod object;
mod read;
mod reader;
mod skip;

use serde::de::{self, Deserialize as _, Deserializer};
use serde_json::value::RawValue;

pub(crate) use error::{Error, Result};
pub(crate) use lenient::count;
pub use lenient::unreadable_parts;
pub(crate) use number::Number;
pub(crate) use object::{Object, required};
pub(crate) use object::{object, transparent};
pub(crate) use read::{Key, Read};
pub(crate) use reader::Reader;

/// Reads the value at the beginning of a text. Text after the value is ignored.
pub(crate) fn read<T: Read>(text: &str) -> Result<T, serde_json::Error> {
    read_with(text, T::read)
}

/// Reads the value at the beginning of a text with a function.
pub(crate) fn read_with<'de, T>(
    text: &'de str,
    read: impl FnOnce(&mut Reader<'de>) -> Result<T>,
) -> Result<T, serde_json::Error> {
    let mut reader = Reader::new(text);
    match read(&mut reader) {
        Ok(value) => Ok(value),
        Err(error) => Err(reader.locate(error)),
    }
}

/// Reads a value for serde, from any deserializer of `serde_json`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    let json = Box::<RawValue>::deserialize(deserializer)?;
    read(json.get()).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests;
