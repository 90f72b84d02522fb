use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// What the sender of a message gave to [recognise it by](https://docs.discord.com/developers/resources/message#message-object): a text or a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Nonce {
    /// A text.
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

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrNumber)
    }
}

struct TextOrNumber;

impl Visitor<'_> for TextOrNumber {
    type Value = Nonce;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or an integer")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Nonce, E> {
        Ok(Nonce::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Nonce, E> {
        Ok(Nonce::Text(text))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Nonce, E> {
        Ok(Nonce::Number(number))
    }

    /// A number beyond 63 bits is one that no client of Discord's sends; its digits are kept.
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Nonce, E> {
        Ok(i64::try_from(number).map_or_else(|_| Nonce::Text(number.to_string()), Nonce::Number))
    }
}
