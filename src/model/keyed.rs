//! Objects that are maps, of which an entry that cannot be read costs only itself.

use std::collections::BTreeMap;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::value::RawValue;

use super::lenient;
use crate::json;

/// A map; in salvage mode without its unreadable entries, and empty when it is no map at all.
pub(crate) fn map<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: DeserializeOwned + Ord,
    V: DeserializeOwned,
{
    if !lenient::salvaging() {
        let map: Option<BTreeMap<K, V>> = Option::deserialize(deserializer)?;
        return Ok(map.unwrap_or_default());
    }
    let whole = Box::<RawValue>::deserialize(deserializer)?;
    let entries: BTreeMap<String, Box<RawValue>> = json::read(whole.get()).unwrap_or_default();
    let mut map = BTreeMap::new();
    // One by one: `collect` sorts first, and with that comes the code of a sort for every type.
    for (key, value) in entries.iter().filter_map(|(key, value)| entry(key, value)) {
        map.insert(key, value);
    }
    Ok(map)
}

/// One entry, by way of a map that holds nothing else: keys are read differently from values.
fn entry<K, V>(key: &str, value: &RawValue) -> Option<(K, V)>
where
    K: DeserializeOwned + Ord,
    V: DeserializeOwned,
{
    let alone: BTreeMap<&str, &RawValue> = [(key, value)].into();
    let read = serde_json::to_string(&alone).and_then(|alone| json::read::<BTreeMap<K, V>>(&alone));
    read.inspect_err(lenient::count::<V>).ok()?.into_iter().next()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeMap;

    use serde::Deserialize;

    use crate::id::UserId;
    use crate::model::{Emoji, lenient};

    #[derive(Deserialize)]
    struct Holder {
        #[serde(default, deserialize_with = "super::map")]
        map: BTreeMap<UserId, Emoji>,
    }

    #[test]
    fn one_unreadable_entry_does_not_cost_the_map() {
        let holder: Holder =
            lenient::decode(r#"{"map":{"1":{"name":"a"},"2":7,"x":{},"3":{"name":"c"}}}"#).unwrap();
        let names: Vec<_> = holder.map.iter().map(|(id, emoji)| (id.get(), emoji.name.as_deref())).collect();
        assert_eq!(names, [(1, Some("a")), (3, Some("c"))]);
    }

    #[test]
    fn what_is_no_map_is_an_empty_one() {
        for json in [r#"{"map":null}"#, r#"{"map":[]}"#, "{}"] {
            assert!(lenient::decode::<Holder>(json).unwrap().map.is_empty(), "{json}");
        }
    }
}
