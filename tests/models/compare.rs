//! Compares two JSON values, except for the differences that the documentation of `syncord::model` allows.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) type Problems = Vec<String>;

/// The fields in which missing, null and empty have different meanings.
const DISTINGUISHED: [&str; 6] = [
    "available_for_purchase",
    "channel_ids",
    "guild_connections",
    "premium_subscriber",
    "referenced_message",
    "unavailable",
];

/// Reads a text, writes it, and returns the differences; then does the same with the written text.
///
/// `unknown`: the names of fields that this version does not know.
pub(crate) fn round_trip<T: Serialize + DeserializeOwned>(text: &str, unknown: &[String]) -> Problems {
    let read: T = match serde_json::from_str(text) {
        Ok(read) => read,
        Err(problem) => return vec![format!("cannot be read: {problem}")],
    };
    let written = serde_json::to_string(&read).unwrap();
    let mut problems = Problems::new();
    let sent: Value = serde_json::from_str(text).unwrap();
    compare(&sent, &serde_json::from_str(&written).unwrap(), "", unknown, &mut problems);
    match serde_json::from_str::<T>(&written) {
        Ok(again) => {
            if serde_json::to_string(&again).unwrap() != written {
                problems.push("is written differently the second time".to_owned());
            }
        }
        Err(problem) => problems.push(format!("cannot be read again: {problem}")),
    }
    problems
}

/// The differences between what was read and what is written.
pub(crate) fn differences(sent: &Value, written: &Value) -> Problems {
    let mut problems = Problems::new();
    compare(sent, written, "", &[], &mut problems);
    problems
}

fn compare(sent: &Value, written: &Value, path: &str, unknown: &[String], problems: &mut Problems) {
    match (sent, written) {
        (Value::Object(sent), Value::Object(written)) => {
            for (name, value) in sent {
                let path = format!("{path}.{name}");
                let is_distinguished = DISTINGUISHED.contains(&name.as_str());
                match written.get(name) {
                    Some(back) if is_distinguished && back.is_null() != value.is_null() => {
                        problems.push(format!("{path} was {value} and became {back}"));
                    }
                    Some(back) => compare(value, back, &path, unknown, problems),
                    None if (may_be_omitted(value) && !is_distinguished) || unknown.contains(name) => {}
                    None => problems.push(format!("{path} is lost: {value}")),
                }
            }
            for (name, value) in written {
                let is_distinguished = DISTINGUISHED.contains(&name.as_str());
                if !sent.contains_key(name) && (is_distinguished || !is_default(value)) {
                    problems.push(format!("{path}.{name} is made up: {value}"));
                }
            }
        }
        (Value::Array(sent), Value::Array(written)) if sent.len() == written.len() => {
            for (place, (sent, written)) in sent.iter().zip(written).enumerate() {
                compare(sent, written, &format!("{path}[{place}]"), unknown, problems);
            }
        }
        _ if is_equivalent(sent, written, path) => {}
        _ => problems.push(format!("{path} was {sent} and became {written}")),
    }
}

fn is_equivalent(sent: &Value, written: &Value, path: &str) -> bool {
    match (sent, written) {
        (Value::Number(sent), Value::Number(written)) => sent.as_f64() == written.as_f64(),
        // IDs sent as integers are written as strings.
        (Value::Number(sent), Value::String(written)) => {
            (path.ends_with("id") || path.contains(".not_found[")) && sent.to_string() == *written
        }
        (Value::String(sent), Value::String(written)) if path.ends_with(".discriminator") => {
            sent == written || (sent == "0000" && written == "0")
        }
        (Value::Null, _) => is_default(written),
        _ => sent == written,
    }
}

/// Whether the value may be omitted.
fn may_be_omitted(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Whether a missing field may be written as this value.
fn is_default(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty() || text == "0",
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Object(object) => object.values().all(is_default),
        _ => may_be_omitted(value),
    }
}

#[test]
fn the_comparison_finds_lost_added_and_changed_fields() {
    let sent =
        serde_json::json!({"a": 1, "b": {"c": [1, 2]}, "d": null, "e": "x", "id": 7, "n": 5, "l": [1]});
    let written =
        serde_json::json!({"b": {"c": [1, 3]}, "e": "x", "f": 1, "g": 0, "id": "7", "n": "5", "l": []});
    let mut problems = Problems::new();
    compare(&sent, &written, "", &[], &mut problems);
    problems.sort();
    assert_eq!(
        problems,
        [
            ".a is lost: 1",
            ".b.c[1] was 2 and became 3",
            ".f is made up: 1",
            ".l was [1] and became []",
            ".n was 5 and became \"5\"",
        ]
    );
}

#[test]
fn the_comparison_distinguishes_missing_null_and_empty_where_discord_does() {
    let same = |sent: &str, written: &str| {
        let mut problems = Problems::new();
        let read = |text| serde_json::from_str(text).unwrap();
        compare(&read(sent), &read(written), "", &[], &mut problems);
        problems.is_empty()
    };
    let forms =
        |name: &str| ["{}".to_owned(), format!(r#"{{"{name}":null}}"#), format!(r#"{{"{name}":[]}}"#)];
    for sent in 0..3 {
        for written in 0..3 {
            let (apart, plain) = (forms("channel_ids"), forms("roles"));
            assert_eq!(same(&apart[sent], &apart[written]), sent == written, "{sent} {written}");
            assert!(same(&plain[sent], &plain[written]) || (sent, written) == (2, 1), "{sent} {written}");
        }
    }
}
