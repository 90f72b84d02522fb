//! The reader of everything that Discord sends as JSON.
//!
//! A bot spends most of its CPU time on reading messages. With a derived `Deserialize`, reading was also most of the
//! crate's code and compile time. Therefore the crate has its own reader. It is:
//!
//! * **tolerant**: a value that cannot be read costs its own field, not the object around it. The [`object!`]
//!   declaration of a type lists the fields that are required;
//! * **fast**: strings without escapes are borrowed, short integers are parsed in place, and unknown values are skipped
//!   without recursion. Strings with escapes and floats are passed to `serde_json`;
//! * **compiled once**: [`Read`] is not generic over the source, so each type is compiled once, in this crate.
//!
//! The types of a user's program are read by `serde_json`. The types of this crate implement [`serde::Deserialize`]
//! through [`deserialize`], so they can be fields of such types.

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

/// Reads the value at the start of a text. Ignores the text after it.
pub(crate) fn read<T: Read>(text: &str) -> Result<T, serde_json::Error> {
    read_with(text, T::read)
}

/// Reads the value at the start of a text with a function. Ignores the text after it.
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

/// Implements [`serde::Deserialize`] for types that are read. Works with any deserializer of `serde_json`.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    let json = Box::<RawValue>::deserialize(deserializer)?;
    read(json.get()).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests;
