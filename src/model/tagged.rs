//! Objects whose `type` decides what else they hold.
//!
//! Where `type` comes first, as Discord writes it, they are read in one pass.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::Raw;
use super::object::{self, Name};
use crate::json;

/// What an enum of such objects knows.
pub(crate) trait Tagged: Sized {
    /// Whether this `type` is one of its kinds.
    fn knows(kind: u32) -> bool;

    /// Reads the other fields of an object of a known kind.
    fn read<'de, D: Deserializer<'de>>(kind: u32, fields: D) -> Result<Self, D::Error>;

    /// An object of any other kind.
    fn unknown(raw: Raw) -> Self;
}

/// An enum of the objects whose `type` is given, and of those that are not known.
macro_rules! tagged {
    ($(#[$doc:meta])+ $name:ident { $($(#[$about:meta])+ $kind:ident($fields:ty) = $number:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])+ $kind($fields),)+
            /// One of a kind that this version does not know.
            Unknown($crate::model::Raw),
        }

        impl $name {
            /// What kind it is.
            pub fn kind(&self) -> $crate::model::ComponentType {
                $crate::model::ComponentType(match self {
                    $($name::$kind(_) => $number,)+
                    $name::Unknown(raw) => $crate::model::tagged::kind_of(raw).unwrap_or_default(),
                })
            }
        }

        impl $crate::model::tagged::Tagged for $name {
            fn knows(kind: u32) -> bool {
                matches!(kind, $($number)|+)
            }

            fn read<'de, D: serde::Deserializer<'de>>(kind: u32, fields: D) -> Result<Self, D::Error> {
                match kind {
                    $($number => serde::Deserialize::deserialize(fields).map($name::$kind),)+
                    _ => serde::Deserialize::deserialize(fields).map($name::Unknown),
                }
            }

            fn unknown(raw: $crate::model::Raw) -> Self {
                $name::Unknown(raw)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::tagged::read(deserializer)
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
pub(crate) fn read<'de, D: Deserializer<'de>, T: Tagged>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ByKind(PhantomData))
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

/// The `type` of an object, if it has one that is a number.
pub(crate) fn kind_of(raw: &Raw) -> Option<u32> {
    #[derive(serde::Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: u32,
    }

    json::read(raw.get()).ok().map(|Kind { kind }| kind)
}

struct ByKind<T>(PhantomData<T>);

impl<'de, T: Tagged> Visitor<'de> for ByKind<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a type")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut text = "{".to_owned();
        if let Some(Name(name)) = map.next_key()? {
            if name == "type" {
                let kind = map.next_value()?;
                if T::knows(kind) {
                    return T::read(kind, MapAccessDeserializer::new(map));
                }
                return object::raw(map, format!("{{\"type\":{kind}")).map(T::unknown);
            }
            object::push(&mut text, &name, &map.next_value::<Box<RawValue>>()?)?;
        }
        let raw = object::raw(map, text)?;
        match kind_of(&raw) {
            Some(kind) if T::knows(kind) => {
                let mut fields = json::Reader::new(raw.get());
                T::read(kind, &mut fields).map_err(Error::custom)
            }
            _ => Ok(T::unknown(raw)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::model::{Component, ComponentType};

    #[test]
    fn the_place_of_the_type_does_not_matter() {
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
    fn an_unknown_kind_is_kept_as_it_came() {
        for (json, kind) in [
            (r#"{"type":44,"id":1,"widget":{"a": [1.50, "é\n"]}}"#, 44),
            (r#"{"widget":{"b":2,"a":1},"type":44}"#, 44),
            (r#"{"type":44}"#, 44),
            (r#"{"a \" b":1}"#, 0),
            ("{}", 0),
        ] {
            let component: Component = serde_json::from_str(json).unwrap();
            assert_eq!(component.kind(), ComponentType(kind), "{json}");
            assert_eq!(serde_json::to_string(&component).unwrap(), json);
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for json in ["7", "null", "[]", r#"{"type":"ten"}"#] {
            assert!(serde_json::from_str::<Component>(json).is_err(), "{json}");
        }
    }
}
