use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::{self, Number, Read, Reader};
use crate::model::Raw;

/// The value that a user passed for a command option.
///
/// In autocomplete interactions, it may be a string where the option takes a number.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum OptionValue {
    /// A string or an ID.
    String(String),
    /// An integer. Also for options of type `NUMBER`, if the value has no fraction.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// A value of an unknown type.
    Unknown(Raw),
}

impl OptionValue {
    /// Returns the string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            OptionValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the integer.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            OptionValue::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns the number, with or without a fraction.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            // Discord's integers have at most 53 bits, so this is exact.
            OptionValue::Integer(number) => Some(*number as f64),
            OptionValue::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns the boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            OptionValue::Boolean(yes) => Some(*yes),
            _ => None,
        }
    }

    /// Returns the ID of a user, role, channel or attachment.
    pub fn as_id<T: From<u64>>(&self) -> Option<T> {
        self.as_str()?.parse::<u64>().ok().map(T::from)
    }
}

impl Default for OptionValue {
    /// Returns `null`, which is no value. A field has it if Discord sent no value.
    fn default() -> Self {
        OptionValue::Unknown(Raw::default())
    }
}

impl Serialize for OptionValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            OptionValue::String(text) => serializer.serialize_str(text),
            OptionValue::Integer(number) => serializer.serialize_i64(*number),
            OptionValue::Number(number) => serializer.serialize_f64(*number),
            OptionValue::Boolean(yes) => serializer.serialize_bool(*yes),
            OptionValue::Unknown(raw) => raw.serialize(serializer),
        }
    }
}

impl Read for OptionValue {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        Ok(match reader.peek()? {
            b'"' => OptionValue::String(String::read(reader)?),
            b't' | b'f' => OptionValue::Boolean(reader.bool()?),
            b'-' | b'0'..=b'9' => match reader.number()? {
                Number::Signed(number) => OptionValue::Integer(number),
                Number::Unsigned(number) => {
                    i64::try_from(number).map_or(OptionValue::Number(number as f64), OptionValue::Integer)
                }
                // An integer may be written as 3.0 or 3e2.
                Number::Float(number) => {
                    json::whole(number).map_or(OptionValue::Number(number), OptionValue::Integer)
                }
            },
            _ => OptionValue::Unknown(Raw::read(reader)?),
        })
    }
}

impl<'de> Deserialize<'de> for OptionValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}
