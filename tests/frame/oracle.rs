//! What `serde_json::Value` reads from a frame.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use syncord::gateway::frame::{self, Envelope};

/// `op`, `s`, `t` and `d`, if the text is a frame.
type Parts = Option<(u64, Option<u64>, Option<String>, Value)>;

/// Compares the results of the envelope reader and `serde_json` for a complete JSON text.
pub(super) fn compare(text: &str) {
    let whole: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("not JSON: {e}: {text}"));
    let ours = Envelope::read(text).ok().map(|envelope| {
        let raw = frame::value(envelope.data).unwrap_or_else(|e| panic!("d is not read: {e}: {text}"));
        let data: Value = serde_json::from_str(raw).expect("a part of valid JSON is valid JSON");
        assert_eq!(frame::parse::<Value>(envelope.data).expect("d parses in place"), data, "{text}");
        (envelope.op, envelope.seq, envelope.name.map(String::from), data)
    });
    assert_eq!(ours, parts(&whole), "{text}");
}

fn parts(whole: &Value) -> Parts {
    let fields = whole.as_object()?;
    let field = |key| fields.get(key).unwrap_or(&Value::Null);
    let name = field("t").as_str().map(str::to_owned);
    let op = whole_number(field("op")).or(name.as_ref().map(|_| 0))?;
    Some((op, whole_number(field("s")), name, field("d").clone()))
}

/// The number, if it is whole and not negative: as an integer, a float or a text.
fn whole_number(value: &Value) -> Option<u64> {
    const MAX: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64().filter(|float| float.fract() == 0.0 && (0.0..=MAX).contains(float));
            float.map(|float| float as u64)
        }),
        Value::String(text) => {
            whole_number(&serde_json::from_str::<serde_json::Number>(text.trim()).ok()?.into())
        }
        _ => None,
    }
}

/// Whether the text is a JSON object in which no key appears twice.
pub(super) fn is_plain_object(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok()
        && serde_json::from_str::<Keys>(text).is_ok_and(|Keys(keys)| {
            let count = keys.len();
            keys.into_iter().collect::<BTreeSet<_>>().len() == count
        })
}

struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeysVisitor;

        impl<'de> Visitor<'de> for KeysVisitor {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, IgnoredAny)) = map.next_entry()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }

        deserializer.deserialize_map(KeysVisitor)
    }
}
