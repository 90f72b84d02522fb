//! Objects among whose fields Discord puts one that is not theirs: a member's `guild_id`, for one.
//!
//! Serde's `flatten` would copy all fields first; this reads them where they stand.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{CowStrDeserializer, MapAccessDeserializer};
use serde::de::{Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::lenient;
use super::object::Name;

/// Reads an object and the one field of this name that is not its own; `None` where that is missing or null.
pub(crate) fn read<'de, D, T, E>(deserializer: D, name: &'static str) -> Result<(T, Option<E>), D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
    E: DeserializeOwned,
{
    deserializer.deserialize_map(Both { name, what: PhantomData })
}

/// Writes an object and the field of this name that is not its own.
pub(crate) fn write<S, T, E>(
    serializer: S,
    object: &T,
    name: &'static str,
    extra: Option<&E>,
) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    T: Serialize,
    E: Serialize,
{
    #[derive(serde::Serialize)]
    struct Whole<'a, T, E> {
        #[serde(flatten)]
        object: &'a T,
        #[serde(flatten)]
        extra: BTreeMap<&'static str, &'a E>,
    }

    Whole { object, extra: extra.map(|extra| (name, extra)).into_iter().collect() }.serialize(serializer)
}

struct Both<T, E> {
    name: &'static str,
    what: PhantomData<(T, E)>,
}

impl<'de, T: Deserialize<'de>, E: DeserializeOwned> Visitor<'de> for Both<T, E> {
    type Value = (T, Option<E>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        let rest = Rest { map, name: self.name, found: &mut found };
        let object = T::deserialize(MapAccessDeserializer::new(rest))?;
        Ok((object, found))
    }
}

/// The fields of an object without the one that is looked for.
struct Rest<'a, A, E> {
    map: A,
    name: &'static str,
    found: &'a mut Option<E>,
}

impl<'de, A: MapAccess<'de>, E: DeserializeOwned> MapAccess<'de> for Rest<'_, A, E> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Name(name)) = self.map.next_key()? {
            if name != self.name {
                return seed.deserialize(CowStrDeserializer::new(name)).map(Some);
            }
            let Part(found) = self.map.next_value()?;
            *self.found = found;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

struct Part<E>(Option<E>);

impl<'de, E: DeserializeOwned> Deserialize<'de> for Part<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::optional(deserializer).map(Part)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{read, write};
    use crate::id::GuildId;
    use crate::model::Emoji;

    #[test]
    fn the_field_is_found_wherever_it_stands_and_written_again() {
        for json in [
            r#"{"guild_id":"7","id":"1","name":"a","new":[{}]}"#,
            r#"{"id":"1","guild_id":"7","name":"a"}"#,
            r#"{"id":"1","name":"a","guild_id":7}"#,
        ] {
            let (emoji, guild): (Emoji, Option<GuildId>) =
                read(&mut serde_json::Deserializer::from_str(json), "guild_id").unwrap();
            assert_eq!((emoji.name.as_deref(), guild), (Some("a"), Some(GuildId::new(7))), "{json}");
            let written = write(serde_json::value::Serializer, &emoji, "guild_id", guild.as_ref()).unwrap();
            assert_eq!((&written["guild_id"], &written["id"]), (&"7".into(), &"1".into()));
        }
    }

    #[test]
    fn a_missing_or_null_field_is_none() {
        for json in [r#"{"id":"1"}"#, r#"{"guild_id":null,"id":"1"}"#] {
            let (_, guild): (Emoji, Option<GuildId>) =
                read(&mut serde_json::Deserializer::from_str(json), "guild_id").unwrap();
            assert_eq!(guild, None, "{json}");
        }
    }
}
