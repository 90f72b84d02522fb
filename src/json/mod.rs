//! The reader of everything that Discord sends as JSON.
//!
//! A bot spends most of its CPU time on reading messages. With a derived `Deserialize`, reading was also most of the
//! crate's code and compile time. Therefore the crate has its own reader. It is:
//!
//! * **tolerant**: a value that cannot be read costs its own field, not the object around it. The [`object!`]
//!   declaration of a type names the fields that identify an object, without which there is none. The values that cannot
//!   be read are counted, and [`collect_unreadable`] returns them;
//! * **fast**: strings without escapes are borrowed, short integers are parsed in place, and unknown values are skipped
//!   without recursion. Strings with escapes are passed to `serde_json`;
//! * **compiled once**: [`Read`] is not generic over the source, so each type is compiled once, in this crate.
//!
//! The types of a user's program are read by `serde_json`. The types of this crate implement [`serde::Deserialize`]
//! through [`deserialize`], so they can be fields of such types.

mod buffered;
mod error;
mod escape;
mod lenient;
mod lost;
mod number;
mod object;
mod read;
mod reader;
mod skip;
mod unreadable;

use serde::de::{self, Deserializer};

pub(crate) use buffered::text;
pub(crate) use error::{Error, Result};
pub(crate) use escape::repair;
pub(crate) use lenient::count;
pub use lenient::{unreadable_counts, unreadable_parts};
pub(crate) use number::Number;
pub(crate) use object::{Object, object, required, skip_unknown, transparent};
pub(crate) use read::{Key, Read, whole};
pub(crate) use reader::{Reader, plain_length};
pub(crate) use unreadable::Collector;
pub use unreadable::{Unreadable, collect_unreadable};

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
    // A value may be a kilobyte, so it is moved only once.
    let result = read(&mut reader);
    if result.is_ok() && !reader.lost.is_empty() {
        reader.hand_out_lost();
    }
    result.map_err(|error| reader.locate(error))
}

/// Reads the data of an event. Data that is no object, such as `null`, is read as an object without fields.
pub(crate) fn read_event<T: Read>(data: &str) -> Result<T, serde_json::Error> {
    if data.starts_with('{') { read(data) } else { read_other_data(data) }
}

#[cold]
fn read_other_data<T: Read>(data: &str) -> Result<T, serde_json::Error> {
    read_with(data, |reader| {
        let first = reader.peek()?;
        if first == b'{' {
            return T::read(reader);
        }
        let error = reader.mismatch("an object");
        let Ok(event) = T::read(&mut Reader::new("{}")) else { return Err(error) };
        if first == b'n' {
            reader.null()?;
        } else {
            reader.leave_out(reader.mark(), "d", error)?;
        }
        Ok(event)
    })
}

/// Implements [`serde::Deserialize`] for types that are read. Works with any deserializer that describes its values.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    read(text(deserializer)?.get()).map_err(de::Error::custom)
}

#[cfg(test)]
mod tests;
