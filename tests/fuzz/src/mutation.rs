//! Random changes of JSON texts. Pure: the random numbers are an argument.

use fastrand::Rng;
use serde_json::Value;

/// Values that replace others.
const VALUES: [&str; 26] = [
    "null",
    "true",
    "-1",
    "0",
    "1.5",
    "3.0",
    "1e999",
    "-0.0",
    "18446744073709551616",
    "9223372036854775807",
    "1e19",
    "\"\"",
    "\"x\"",
    "\"-5\"",
    "\"99999999999999999999\"",
    "\"\\ud83d\"",
    "\"\\u0000\"",
    "\"2026-13-45T99:99:99Z\"",
    "[]",
    "{}",
    "[null]",
    "[[[[]]]]",
    "{\"id\":null}",
    "{\"\":{}}",
    "[{\"id\":\"1\"},7,\"x\"]",
    "\"\u{202e}\u{1f600}\"",
];

/// The bytes that mean something in JSON.
const SYNTAX: &[u8] = b"{}[]\",:\\0-e. \n";

/// Changes an input at up to four places. Half of the changes keep it JSON.
pub fn mutate(input: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..rng.usize(1..=4) {
        bytes = if rng.bool() { mutate_json(&bytes, rng) } else { mutate_bytes(bytes, rng) };
    }
    bytes
}

/// Replaces, removes, repeats, wraps or renames a value.
fn mutate_json(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let Ok(mut root) = serde_json::from_slice::<Value>(bytes) else { return bytes.to_vec() };
    let size = size(&root);
    let mut at = rng.usize(..size);
    let replacement = serde_json::from_str(VALUES[rng.usize(..VALUES.len())]).unwrap_or(Value::Null);
    let change = rng.u8(..6);
    let depth = rng.usize(1..200);
    change_at(&mut root, &mut at, &mut |value| match change {
        0..=2 => *value = replacement.clone(),
        3 => *value = Value::Array(vec![value.clone(); 3]),
        4 => {
            for _ in 0..depth {
                *value = Value::Array(vec![value.take()]);
            }
        }
        _ => {
            if let Value::Object(fields) = value {
                let names: Vec<String> = fields.keys().cloned().collect();
                if let [first, .., last] = &names[..] {
                    let moved = fields.remove(first).unwrap_or_default();
                    fields.insert(last.clone(), moved);
                }
            }
        }
    });
    root.to_string().into_bytes()
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

/// Calls `change` with the value at an index, in document order. Returns whether it was called.
fn change_at(value: &mut Value, at: &mut usize, change: &mut impl FnMut(&mut Value)) -> bool {
    if *at == 0 {
        change(value);
        return true;
    }
    *at -= 1;
    match value {
        Value::Array(list) => list.iter_mut().any(|inner| change_at(inner, at, change)),
        Value::Object(fields) => fields.values_mut().any(|inner| change_at(inner, at, change)),
        _ => false,
    }
}

/// Changes bytes without a look at the JSON.
fn mutate_bytes(mut bytes: Vec<u8>, rng: &mut Rng) -> Vec<u8> {
    if bytes.is_empty() {
        return vec![rng.u8(..)];
    }
    let at = rng.usize(..bytes.len());
    match rng.u8(..6) {
        0 => bytes[at] = rng.u8(..),
        1 => bytes[at] = SYNTAX[rng.usize(..SYNTAX.len())],
        2 => bytes.truncate(at),
        3 => {
            let end = (at + rng.usize(1..40)).min(bytes.len());
            bytes.drain(at..end);
        }
        4 => {
            let end = (at + rng.usize(1..200)).min(bytes.len());
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
        _ => {
            let value = VALUES[rng.usize(..VALUES.len())];
            bytes.splice(at..at, value.bytes());
        }
    }
    bytes
}
