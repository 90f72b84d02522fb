//! Enums of objects that differ by their `type` field.
//!
//! An object that starts with `type`, as Discord sends it, is read in one pass.

use serde::ser::{Serialize, Serializer};

use super::Raw;
use crate::json::{self, Read, Reader, Result};

/// An enum declared by [`tagged!`].
pub(crate) trait Tagged: Sized {
    /// Reads an object of this `type`. If the type is unknown, returns `None` and reads nothing.
    fn read_kind(kind: u32, reader: &mut Reader<'_>) -> Result<Option<Self>>;

    /// Creates the variant for unknown types.
    fn unknown(raw: Raw) -> Self;
}

/// Declares an enum with a variant for each known `type`, and one for unknown types.
macro_rules! tagged {
    ($(#[$doc:meta])+ $name:ident { $($(#[$about:meta])+ $kind:ident($fields:ty) = $number:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])+ $kind($fields),)+
            /// A type that this version does not know.
            Unknown($crate::model::Raw),
        }

        impl $name {
            /// Returns the type.
            pub fn kind(&self) -> $crate::model::ComponentType {
                $crate::model::ComponentType(match self {
                    $($name::$kind(_) => $number,)+
                    $name::Unknown(raw) => $crate::model::tagged::kind_of(raw).unwrap_or_default(),
                })
            }
        }

        impl Default for $name {
            /// Returns an unknown object without data. A field has it if Discord sent no object.
            fn default() -> Self {
                $name::Unknown($crate::model::Raw::default())
            }
        }

        impl $crate::model::tagged::Tagged for $name {
            fn read_kind(
                kind: u32,
                reader: &mut $crate::json::Reader<'_>,
            ) -> $crate::json::Result<Option<Self>> {
                match kind {
                    $($number => $crate::json::Read::read(reader).map($name::$kind).map(Some),)+
                    _ => Ok(None),
                }
            }

            fn unknown(raw: $crate::model::Raw) -> Self {
                $name::Unknown(raw)
            }
        }

        impl $crate::json::Read for $name {
            fn read(reader: &mut $crate::json::Reader<'_>) -> $crate::json::Result<Self> {
                $crate::model::tagged::read(reader)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $($name::$kind(fields) => $crate::model::tagged::write(serializer, $number, fields),)+
                    $name::Unknown(raw) => raw.serialize(serializer),
                }
            }
        }
    };
}

pub(crate) use tagged;

/// Reads an object by its `type`.
pub(crate) fn read<T: Tagged>(reader: &mut Reader<'_>) -> Result<T> {
    if let Some(kind) = reader.look_up("type")? {
        if let Some(object) = T::read_kind(kind, reader)? {
            return Ok(object);
        }
    }
    Raw::read(reader).map(T::unknown)
}

/// Writes an object with its `type`.
pub(crate) fn write<S: Serializer, T: Serialize>(
    serializer: S,
    kind: u32,
    fields: &T,
) -> Result<S::Ok, S::Error> {
    #[derive(serde::Serialize)]
    struct Whole<'a, T> {
        #[serde(rename = "type")]
        kind: u32,
        #[serde(flatten)]
        fields: &'a T,
    }

    Whole { kind, fields }.serialize(serializer)
}

/// Returns the `type` of an object, if it is a number.
pub(crate) fn kind_of(raw: &Raw) -> Option<u32> {
    json::read_with(raw.get(), |reader| reader.look_up("type")).ok().flatten()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::model::{Component, ComponentType};

    #[test]
    fn the_type_is_found_at_any_position() {
        for json in [
            r#"{"type":10,"id":4,"content":"hi"}"#,
            r#"{"content":"hi","id":4,"type":10}"#,
            r#"{"id":4,"type":10,"content":"hi","new":{}}"#,
        ] {
            let Component::TextDisplay(text) = serde_json::from_str(json).unwrap() else { panic!("{json}") };
            assert_eq!((text.id, text.content.as_str()), (Some(4), "hi"), "{json}");
        }
    }

    #[test]
    fn an_unknown_type_is_kept_unchanged() {
        for (json, kind) in [
            (r#"{"type":44,"id":1,"widget":{"a": [1.50, "é\n"]}}"#, 44),
            (r#"{"widget":{"b":2,"a":1},"type":44}"#, 44),
            (r#"{"type":44}"#, 44),
            (r#"{"type":"ten","content":"hi"}"#, 0),
            (r#"{"type":null,"content":"hi"}"#, 0),
            (r#"{"a \" b":1}"#, 0),
            ("{}", 0),
        ] {
            let component: Component = serde_json::from_str(json).unwrap();
            assert_eq!(component.kind(), ComponentType(kind), "{json}");
            assert_eq!(serde_json::to_string(&component).unwrap(), json);
        }
    }

    #[test]
    fn a_value_that_is_not_an_object_is_rejected() {
        for json in ["7", "null", "[]"] {
            assert!(serde_json::from_str::<Component>(json).is_err(), "{json}");
        }
    }
}
