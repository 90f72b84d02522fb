//! What reads objects field by field, where a derived `Deserialize` does not do.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Raw;

/// The name of a field, without a copy where the text allows it.
pub(crate) struct Name<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_identifier(Text)
    }
}

/// The text of an object: what stands in `text` already, from its brace on, and the fields that are left.
pub(crate) fn raw<'de, A: MapAccess<'de>>(mut map: A, mut text: String) -> Result<Raw, A::Error> {
    while let Some(Name(name)) = map.next_key()? {
        push(&mut text, &name, &map.next_value::<Box<RawValue>>()?)?;
    }
    text.push('}');
    close(text)
}

/// The text of a list.
pub(crate) fn raw_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Raw, A::Error> {
    let mut text = "[".to_owned();
    while let Some(element) = list.next_element::<Box<RawValue>>()? {
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(element.get());
    }
    text.push(']');
    close(text)
}

/// Adds a field to the text of an object.
pub(crate) fn push<E: de::Error>(text: &mut String, name: &str, value: &RawValue) -> Result<(), E> {
    if text.len() > 1 {
        text.push(',');
    }
    text.push_str(&serde_json::to_string(name).map_err(E::custom)?);
    text.push(':');
    text.push_str(value.get());
    Ok(())
}

fn close<E: de::Error>(text: String) -> Result<Raw, E> {
    RawValue::from_string(text).map(Raw::from).map_err(E::custom)
}
