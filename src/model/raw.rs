use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::lenient;

/// A part of an object that has no type here: the JSON text as Discord sent it.
///
/// Keeping it costs next to nothing; [`parse`](Raw::parse) reads it into a type of your own.
#[derive(Clone, Default)]
pub struct Raw(Option<Box<RawValue>>);

impl Raw {
    /// The JSON text; `null` where Discord sent nothing.
    pub fn get(&self) -> &str {
        self.0.as_ref().map_or("null", |raw| raw.get())
    }

    /// Whether there is nothing in it: absent, `null`, `[]`, `{}` or `""`.
    pub fn is_empty(&self) -> bool {
        matches!(self.get(), "null" | "[]" | "{}" | "\"\"")
    }

    /// Reads it as a type, of your own or of this library.
    ///
    /// # Errors
    ///
    /// Whatever `serde_json` finds wrong with it.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        lenient::decode(self.get())
    }
}

impl From<Box<RawValue>> for Raw {
    fn from(json: Box<RawValue>) -> Self {
        Raw(Some(json))
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get())
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|raw| Raw(Some(raw)))
    }
}
