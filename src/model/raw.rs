use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{self, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::{self, Read, Reader};

/// A JSON value that has no type in this crate, as Discord sent it.
///
/// Keeping it is cheap: it is not parsed. [`parse`](Raw::parse) reads it into a type. Two values are equal if their texts
/// are.
#[derive(Clone, Default)]
pub struct Raw(Option<Box<str>>);

impl PartialEq for Raw {
    fn eq(&self, other: &Raw) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Raw {}

impl Raw {
    /// Returns the JSON text; `null` if Discord sent nothing.
    pub fn get(&self) -> &str {
        self.0.as_deref().unwrap_or("null")
    }

    /// Creates a value from a text that is known to be valid JSON.
    pub(crate) fn from_json(text: &str) -> Raw {
        Raw(Some(text.into()))
    }

    /// Whether the value is absent, `null`, `[]`, `{}` or `""`.
    pub fn is_empty(&self) -> bool {
        matches!(self.get(), "null" | "[]" | "{}" | "\"\"")
    }

    /// Parses the value into your own type or into a type of this crate.
    ///
    /// Half of a surrogate pair, such as `\ud83d` in a text that was cut, becomes U+FFFD.
    ///
    /// # Errors
    ///
    /// The error of `serde_json`.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.get())
            .or_else(|error| serde_json::from_str(&json::repair(self.get())).map_err(|_| error))
    }
}

impl From<Box<RawValue>> for Raw {
    fn from(json: Box<RawValue>) -> Self {
        Raw::from_json(json.get())
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get())
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A serializer that parses the text, such as that of `to_value`, refuses half of a surrogate pair.
        let json = json::repair(self.get());
        serde_json::from_str::<&RawValue>(&json).map_err(ser::Error::custom)?.serialize(serializer)
    }
}

impl Read for Raw {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        reader.raw().map(Raw::from_json)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::text(deserializer).map(Raw::from)
    }
}
