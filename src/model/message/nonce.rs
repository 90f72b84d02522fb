use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::{self, Number, Read, Reader};

/// A [nonce](https://docs.discord.com/developers/resources/message#message-object): a value that the sender of a message sets, and that the message event contains.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Nonce {
    /// A string, up to 25 characters.
    Text(String),
    /// A number.
    Number(i64),
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Nonce::Text(text) => f.write_str(text),
            Nonce::Number(number) => number.fmt(f),
        }
    }
}

impl PartialEq<str> for Nonce {
    fn eq(&self, text: &str) -> bool {
        match self {
            Nonce::Text(own) => own == text,
            Nonce::Number(number) => number.to_string() == text,
        }
    }
}

impl Serialize for Nonce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Nonce::Text(text) => serializer.serialize_str(text),
            Nonce::Number(number) => serializer.serialize_i64(*number),
        }
    }
}

impl Read for Nonce {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        match reader.peek()? {
            b'"' => String::read(reader).map(Nonce::Text),
            _ => match reader.number()? {
                Number::Signed(number) => Ok(Nonce::Number(number)),
                // No client sends a number of more than 63 bits. Its digits are kept.
                Number::Unsigned(number) => {
                    Ok(i64::try_from(number).map_or_else(|_| Nonce::Text(number.to_string()), Nonce::Number))
                }
                Number::Float(number) => json::whole(number)
                    .map(Nonce::Number)
                    .ok_or_else(|| json::Error::new("a nonce that is no whole number")),
            },
        }
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}
