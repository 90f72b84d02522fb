//! Objects in which Discord includes a field of the surrounding event, such as the `guild_id` of a member.
//!
//! Serde's `flatten` would copy all fields. This reads them in place.

use std::collections::BTreeMap;

use serde::ser::{Serialize, Serializer};

use crate::json::{Object, Read, Reader, Result};

/// Reads an object and one extra field. The field has its default if it is missing or cannot be read.
pub(crate) fn read<T: Object, E: Read + Default>(
    reader: &mut Reader<'_>,
    name: &'static str,
) -> Result<(T, E)> {
    let mut extra = E::default();
    let object = T::read_object(reader, &mut |field, reader| {
        let is_extra = field == name;
        if is_extra {
            reader.field(&mut extra, name, Read::read)?;
        }
        Ok(is_extra)
    })?;
    Ok((object, extra))
}

/// Writes an object and one extra field.
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{read, write};
    use crate::id::GuildId;
    use crate::json;
    use crate::model::Emoji;

    #[test]
    fn the_extra_field_is_read_at_any_position_and_written_back() {
        for json in [
            r#"{"guild_id":"7","id":"1","name":"a","new":[{}]}"#,
            r#"{"id":"1","guild_id":"7","name":"a"}"#,
            r#"{"id":"1","name":"a","guild_id":7}"#,
        ] {
            let (emoji, guild): (Emoji, Option<GuildId>) =
                json::read_with(json, |reader| read(reader, "guild_id")).unwrap();
            assert_eq!((emoji.name.as_deref(), guild), (Some("a"), Some(GuildId::new(7))), "{json}");
            let written = write(serde_json::value::Serializer, &emoji, "guild_id", guild.as_ref()).unwrap();
            assert_eq!((&written["guild_id"], &written["id"]), (&"7".into(), &"1".into()));
        }
    }

    #[test]
    fn a_missing_or_null_extra_field_is_none() {
        for json in [r#"{"id":"1"}"#, r#"{"guild_id":null,"id":"1"}"#] {
            let (_, guild): (Emoji, Option<GuildId>) =
                json::read_with(json, |reader| read(reader, "guild_id")).unwrap();
            assert_eq!(guild, None, "{json}");
        }
    }
}
