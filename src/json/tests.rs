#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_json::value::RawValue;

use super::read;
use crate::model::{Message, Raw};

const MESSAGE: &str = r##"{"type":19,"tts":false,"timestamp":"2026-05-02T09:14:37.412000+00:00","pinned":false,
    "referenced_message":{"id":"7","channel_id":"3","author":{"id":"5"},"timestamp":"","content":"\u0041\n\ud83d\ude00"},
    "nonce":-13,"mentions":[{"id":"4","username":"tobi","member":{"roles":["1","2"]}}],"mention_roles":[],
    "member":{"roles":["1073561767189282816"],"nick":"Tobias \"the\" Tide","joined_at":null,"flags":0,"deaf":true},
    "id":"1500062951300792337","flags":4096,"edited_timestamp":null,"content":"smørrebrød\t🌊","channel_id":"3",
    "embeds":[{"title":"A [title]","color":7506394,"fields":[{"name":"a","value":"{}","inline":true}]}],
    "attachments":[{"id":"1","size":20,"duration_secs":1.25,"waveform":"AAEC"}],"new":[{"a":[1e3,-0.5,{}]},[]],
    "author":{"username":"tobias_k","id":"481314156901957663","discriminator":"0","avatar":"c31f7be0d2944e0f"}}"##;

/// Parses the first value with `serde_json`. Ignores what follows it, as [`read`] does.
fn read_with_serde_json<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    T::deserialize(&mut serde_json::Deserializer::from_str(text))
}

/// Whether the text can be parsed. Asserts that `serde_json` agrees: as a value, as a raw value and as a skipped value.
fn parses(text: &str) -> bool {
    let (value, expected) = (read::<Value>(text), read_with_serde_json::<Value>(text));
    assert_eq!(value.as_ref().ok(), expected.as_ref().ok(), "{text}: {value:?}, {expected:?}");
    let (raw, expected) = (read::<Box<RawValue>>(text), read_with_serde_json::<Box<RawValue>>(text));
    assert_eq!(raw.as_ref().ok().map(|raw| raw.get()), expected.as_ref().ok().map(|raw| raw.get()), "{text}");
    let (ignored, expected) = (read::<IgnoredAny>(text), read_with_serde_json::<IgnoredAny>(text));
    assert_eq!(ignored.is_ok(), expected.is_ok(), "{text}: {ignored:?}, {expected:?}");
    value.is_ok()
}

#[test]
fn a_message_is_parsed_as_serde_json_parses_it() {
    let message: Message = read(MESSAGE).unwrap();
    let same: Message = read_with_serde_json(MESSAGE).unwrap();
    assert_eq!(serde_json::to_value(&message).unwrap(), serde_json::to_value(&same).unwrap());
    assert_eq!(message.content, "smørrebrød\t🌊");
    assert_eq!(message.referenced_message.value().unwrap().content, "A\n😀");
    assert!(parses(MESSAGE));
}

#[test]
fn common_values_are_parsed() {
    for text in [
        "null",
        "true",
        "false",
        "0",
        "7",
        "-7",
        "999999999999999999",
        "-999999999999999999",
        "1.5",
        "-0.0",
        "1E-7",
        "0e0",
        r#""""#,
        r#""a""#,
        r#""twelve bytes""#,
        r#""with \"quotes\" and \\""#,
        "\"\u{7f}\u{80}ü\"",
        "[]",
        "{}",
        " [ 1 , 2 ]\r\n",
        "{\t\"a\" : { \"b\":[ ] } }",
        "[[[],[]],{}]",
        "1 2",
        "{} trailing",
        "true]",
        r#""\\""#,
        "[1,null,\"x\",{\"a\":-3.25}]",
    ] {
        assert!(parses(text), "{text}");
    }
}

#[test]
fn long_numbers_escapes_and_deep_nesting_are_parsed() {
    let deep = "[".repeat(127) + &"]".repeat(127);
    for text in [
        "-0",
        "-0.0",
        "1000000000000000000",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "1e-400",
        "0.1e+5",
        r#"{"\u0061":1,"a\"b":2}"#,
        r#"{"a":{"\n":[]}}"#,
        &deep,
    ] {
        assert!(parses(text), "{text}");
    }
    assert!(parses(r#""\ud83d\ude00""#));
}

#[test]
fn invalid_json_is_rejected() {
    let deep = "[".repeat(128) + &"]".repeat(128);
    for text in [
        "",
        " ",
        "-",
        "007",
        "-01",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "1e999",
        ".5",
        "+1",
        "nul",
        "nan",
        "truth",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1]",
        "{a:1}",
        "{1:2}",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"line\nbreak\"",
        "\"nul\0\"",
        "]",
        "}",
        "[}",
        "\u{b}1",
        &deep,
    ] {
        assert!(!parses(text), "{text}");
    }
}

#[test]
fn skipped_values_may_have_any_depth_and_any_content() {
    let deep = "[{\"a\":".repeat(5000) + "1" + &"}]".repeat(5000);
    let text = format!(r#"{{"deep":{deep},"odd":"\ud800","large":1e999,"kept":7}}"#);
    #[derive(Deserialize)]
    struct Kept {
        kept: u8,
    }
    assert_eq!(read::<Kept>(&text).unwrap().kept, 7);
}

#[test]
fn an_error_names_the_cause_and_the_position() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only the error is checked")]
    struct Tide {
        id: u64,
    }
    for (text, expected) in [
        (r#"{"id":}"#, "not a JSON value, near `id` at byte 6"),
        (r#"{"id":"x"}"#, "invalid type: a string, expected u64, near `id` at byte 6"),
        (r#"{"name":7}"#, "missing field `id`, near `name` at byte 9"),
        (r#"{"id":7"#, "unexpected end of the text, near `id` at byte 7"),
        ("[7]", "invalid type: a list, expected struct Tide at byte 0"),
        (r#"{"id":-}"#, "not a JSON value"),
    ] {
        let error = read::<Tide>(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn the_end_of_a_string_is_found_at_every_offset() {
    for length in 0..40 {
        for special in
            ["\"", "\\\"", "\\n", "\n", "\u{1f}", "\u{20}", "!", "#", "\\\\", "]", "[", "ü", "\u{7f}"]
        {
            for after in ["", "x", "tide and time"] {
                let text = format!("[\"{}{special}{after}\",3]", "~".repeat(length));
                parses(&text);
            }
        }
    }
}

#[test]
fn raw_values_and_maps_are_parsed() {
    let parts: BTreeMap<String, Raw> = read(r#"{"a": [1, {"b":"\n"}] ,"c":null,"d":-1.50}"#).unwrap();
    let texts: Vec<_> = parts.values().map(Raw::get).collect();
    assert_eq!(texts, [r#"[1, {"b":"\n"}]"#, "null", "-1.50"]);
    assert!(read::<Box<RawValue>>("[1 2]").is_err());
    let (number, rest): (f64, Option<Vec<u8>>) = read("[3,[1,2]]").unwrap();
    assert_eq!((number, rest), (3.0, Some(vec![1, 2])));
}

#[test]
fn a_map_may_have_numeric_keys() {
    let installs: BTreeMap<u32, bool> = read(r#"{"0":true,"17":false}"#).unwrap();
    assert_eq!(installs, BTreeMap::from([(0, true), (17, false)]));
    assert!(read::<BTreeMap<u32, bool>>(r#"{"x":true}"#).is_err());
    assert!(read::<BTreeMap<u32, bool>>(r#"{"4294967296":true}"#).is_err());
}

#[test]
fn string_enums_are_parsed() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Tide {
        High,
        Low,
    }
    assert_eq!(read::<Vec<Tide>>(r#"["low","high"]"#).unwrap(), [Tide::Low, Tide::High]);
    assert!(read::<Tide>(r#""neap""#).is_err());
}

/// The seed is fixed. A failure prints the text.
#[test]
fn damaged_texts_are_accepted_or_rejected_as_serde_json_does() {
    let mut rng = fastrand::Rng::with_seed(7);
    let bytes = br#"{}[]",:\ -+.0eE19untf"#;
    let (mut accepted, mut rejected) = (0, 0);
    for _ in 0..4000 {
        let mut text: Vec<char> = MESSAGE.chars().collect();
        for _ in 0..rng.usize(1..=2) {
            let (place, byte) = (rng.usize(..text.len()), char::from(bytes[rng.usize(..bytes.len())]));
            match rng.u8(..3) {
                0 => text[place] = byte,
                1 => text.insert(place, byte),
                _ => drop(text.remove(place)),
            }
        }
        let text: String = text.into_iter().collect();
        if parses(&text) { accepted += 1 } else { rejected += 1 }
    }
    assert!(accepted > 500 && rejected > 500, "{accepted} accepted, {rejected} rejected");
}
