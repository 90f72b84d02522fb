use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::json::{self, Read, Reader};

/// A field whose absence and whose `null` have different meanings.
///
/// Each such field documents the difference. See also
/// [nullable and optional fields](https://docs.discord.com/developers/reference#nullable-and-optional-resource-fields).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maybe<T> {
    /// The field is missing.
    #[default]
    Absent,
    /// The field is `null`.
    Null,
    /// The field has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Whether the field is missing.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Maybe::Absent)
    }

    /// Whether the field is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Maybe::Null)
    }

    /// Converts from `&Maybe<T>` to `Maybe<&T>`.
    pub const fn as_ref(&self) -> Maybe<&T> {
        match self {
            Maybe::Absent => Maybe::Absent,
            Maybe::Null => Maybe::Null,
            Maybe::Value(value) => Maybe::Value(value),
        }
    }

    /// Returns a reference to the value.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }

    /// Returns the value.
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
    /// Writes the value or `null`. The struct around it omits an absent field.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<T: Read> Read for Maybe<T> {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        Ok(Option::read(reader)?.map_or(Maybe::Null, Maybe::Value))
    }
}

impl<'de, T: Read> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde::Serialize;

    use super::Maybe;
    use crate::json::{self, object};

    #[derive(Serialize)]
    struct Slot {
        #[serde(skip_serializing_if = "Maybe::is_absent")]
        ship: Maybe<u8>,
    }

    object! { Slot {
        ship,
    } }

    #[test]
    fn absent_null_and_present_are_distinguished_in_both_directions() {
        for (json, ship) in
            [("{}", Maybe::Absent), (r#"{"ship":null}"#, Maybe::Null), (r#"{"ship":7}"#, Maybe::Value(7))]
        {
            let slot: Slot = serde_json::from_str(json).unwrap();
            assert_eq!(slot.ship, ship);
            assert_eq!(serde_json::to_string(&slot).unwrap(), json);
        }
    }

    #[test]
    fn a_value_that_cannot_be_read_is_absent() {
        assert!(json::read::<Slot>(r#"{"ship":"x"}"#).unwrap().ship.is_absent());
    }

    #[test]
    fn only_the_value_variant_returns_a_value() {
        assert_eq!((Maybe::from(7).value(), Maybe::<u8>::Null.value()), (Some(&7), None));
        assert_eq!((Maybe::Value(7).into_value(), Maybe::<u8>::Absent.into_value()), (Some(7), None));
        assert!(Maybe::<u8>::Null.is_null() && Maybe::Value(&7) == Maybe::Value(7).as_ref());
    }
}
