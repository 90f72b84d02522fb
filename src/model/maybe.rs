use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::lenient;

/// A field whose absence and whose `null` mean different things to Discord.
///
/// The fields that have it say what is meant; see also
/// [nullable and optional fields](https://docs.discord.com/developers/reference#nullable-and-optional-resource-fields).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maybe<T> {
    /// There is no such field.
    #[default]
    Absent,
    /// The field is `null`.
    Null,
    /// The field has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Whether there is no such field.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Maybe::Absent)
    }

    /// Whether the field is there, and `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Maybe::Null)
    }

    /// The same with a reference to the value.
    pub const fn as_ref(&self) -> Maybe<&T> {
        match self {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null => Maybe::Null,
            Maybe::Value(value) => Maybe::Value(value),
        }
    }

    /// The value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }

    /// The value itself, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Maybe::Value(value)
    }
}

impl<T: Serialize> Serialize for Maybe<T> {
    /// Absence is the surrounding struct's to leave out; standing alone it is `null` too.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Maybe<T> {
    /// What is there but cannot be read counts as absent when the rest is to be saved.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = lenient::part(deserializer)?;
        Ok(match read {
            Some(Some(value)) => Maybe::Value(value),
            Some(None) => Maybe::Null,
            None => Maybe::Absent,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde::{Deserialize, Serialize};

    use super::{Maybe, lenient};

    #[derive(Serialize, Deserialize)]
    struct Slot {
        #[serde(default, skip_serializing_if = "Maybe::is_absent")]
        ship: Maybe<u8>,
    }

    #[test]
    fn absent_null_and_present_are_told_apart_both_ways() {
        for (json, ship) in
            [("{}", Maybe::Absent), (r#"{"ship":null}"#, Maybe::Null), (r#"{"ship":7}"#, Maybe::Value(7))]
        {
            let slot: Slot = serde_json::from_str(json).unwrap();
            assert_eq!(slot.ship, ship);
            assert_eq!(serde_json::to_string(&slot).unwrap(), json);
        }
    }

    #[test]
    fn what_cannot_be_read_is_absent_when_the_rest_is_to_be_saved() {
        assert!(serde_json::from_str::<Slot>(r#"{"ship":"x"}"#).is_err());
        assert!(lenient::decode::<Slot>(r#"{"ship":"x"}"#).unwrap().ship.is_absent());
    }

    #[test]
    fn only_a_value_is_a_value() {
        assert_eq!((Maybe::from(7).value(), Maybe::<u8>::Null.value()), (Some(&7), None));
        assert_eq!((Maybe::Value(7).into_value(), Maybe::<u8>::Absent.into_value()), (Some(7), None));
        assert!(Maybe::<u8>::Null.is_null() && Maybe::Value(&7) == Maybe::Value(7).as_ref());
    }
}
