//! Writes the values of a map as Base64.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) fn serialize<S: Serializer>(
    map: &BTreeMap<u64, Vec<u8>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let texts: BTreeMap<u64, String> = map.iter().map(|(id, bytes)| (*id, STANDARD.encode(bytes))).collect();
    texts.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<u64, Vec<u8>>, D::Error> {
    let texts = BTreeMap::<u64, String>::deserialize(deserializer)?;
    let decode = |(id, text): (u64, String)| Ok((id, STANDARD.decode(text).map_err(D::Error::custom)?));
    texts.into_iter().map(decode).collect()
}
