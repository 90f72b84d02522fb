#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Number, Read, Reader, Result, object, read};
use crate::model::{Component, ComponentType, Message, Raw};

/// Any value, to compare the reader with `serde_json`. An element that cannot be read is an error.
#[derive(Debug)]
struct Any(Value);

impl Read for Any {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let value = match reader.peek()? {
            b'"' => Value::from(reader.string()?),
            b't' | b'f' => Value::from(reader.bool()?),
            b'n' => Option::<bool>::read(reader)?.map_or(Value::Null, Value::from),
            b'[' => {
                let (mut rest, mut list) = (reader.list()?, Vec::new());
                while reader.next_element(&mut rest)? {
                    list.push(Any::read(reader)?.0);
                }
                Value::from(list)
            }
            b'{' => {
                let (mut rest, mut object) = (reader.object()?, serde_json::Map::new());
                while let Some(name) = reader.next_field(&mut rest)? {
                    object.insert(name.into_owned(), Any::read(reader)?.0);
                }
                Value::from(object)
            }
            _ => match reader.number()? {
                Number::Unsigned(number) => Value::from(number),
                Number::Signed(number) => Value::from(number),
                Number::Float(number) => Value::from(number),
            },
        };
        Ok(Any(value))
    }
}

const MESSAGE: &str = r##"{"type":19,"tts":false,"timestamp":"2026-05-02T09:14:37.412000+00:00","pinned":false,
    "referenced_message":{"id":"7","channel_id":"3","author":{"id":"5"},"timestamp":"","content":"\u0041\n\ud83d\ude00"},
    "nonce":-13,"mentions":[{"id":"4","username":"tobi","member":{"roles":["1","2"]}}],"mention_roles":[],
    "member":{"roles":["1073561767189282816"],"nick":"Tobias \"the\" Tide","joined_at":null,"flags":0,"deaf":true},
    "id":"1500062951300792337","flags":4096,"edited_timestamp":null,"content":"smørrebrød\t🌊","channel_id":"3",
    "embeds":[{"title":"A [title]","color":7506394,"fields":[{"name":"a","value":"{}","inline":true}]}],
    "attachments":[{"id":"1","size":20,"duration_secs":1.25,"waveform":"AAEC"}],"new":[{"a":[1e3,-0.5,{}]},[]],
    "author":{"username":"tobias_k","id":"481314156901957663","discriminator":"0","avatar":"c31f7be0d2944e0f"}}"##;

/// Reads with `serde_json`. Ignores the text after the first value, as [`read`] does.
fn read_by_serde<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    T::deserialize(&mut serde_json::Deserializer::from_str(text))
}

/// Whether a text can be read. Asserts that `serde_json` agrees: as a value, as a raw value and as a skipped value.
fn is_read(text: &str) -> bool {
    let (value, expected) = (read::<Any>(text).map(|Any(value)| value), read_by_serde::<Value>(text));
    assert_eq!(value.as_ref().ok(), expected.as_ref().ok(), "{text}: {value:?}, {expected:?}");
    let (raw, expected) = (read::<Raw>(text), read_by_serde::<Box<RawValue>>(text));
    assert_eq!(raw.as_ref().ok().map(Raw::get), expected.as_ref().ok().map(|raw| raw.get()), "{text}");
    let (skipped, expected) = (read::<()>(text), read_by_serde::<IgnoredAny>(text));
    assert_eq!(skipped.is_ok(), expected.is_ok(), "{text}: {skipped:?}, {expected:?}");
    value.is_ok()
}

#[test]
fn a_message_is_read_as_serde_json_reads_it() {
    let message: Message = read(MESSAGE).unwrap();
    let same: Message = read_by_serde(MESSAGE).unwrap();
    assert_eq!(serde_json::to_value(&message).unwrap(), serde_json::to_value(&same).unwrap());
    assert_eq!(message.content, "smørrebrød\t🌊");
    assert_eq!(message.referenced_message.value().unwrap().content, "A\n😀");
    assert!(is_read(MESSAGE));
}

#[test]
fn common_values_are_read() {
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
        assert!(is_read(text), "{text}");
    }
}

#[test]
fn long_numbers_escapes_and_deep_nesting_are_read() {
    let deep = "[".repeat(24) + &"]".repeat(24);
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
        assert!(is_read(text), "{text}");
    }
    assert!(is_read(r#""\ud83d\ude00""#));
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
        "\"line\nbreak\"",
        "\"nul\0\"",
        "]",
        "}",
        "[}",
        "\u{b}1",
        &deep,
    ] {
        assert!(!is_read(text), "{text}");
    }
}

#[test]
fn skipped_values_may_have_any_depth_and_any_content() {
    let deep = "[{\"a\":".repeat(5000) + "1" + &"}]".repeat(5000);
    let text = format!(r#"{{"deep":{deep},"odd":"\ud800","large":1e999,"kept":7}}"#);
    struct Kept {
        kept: u8,
    }
    object! { Kept {
        kept: required,
    } }
    assert_eq!(read::<Kept>(&text).unwrap().kept, 7);
}

#[test]
fn an_error_names_the_cause_and_the_position() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "only the error is checked")]
    struct Tide {
        id: u64,
    }
    object! { Tide {
        id: required,
    } }
    for (text, expected) in [
        (r#"{"id":}"#, "not a JSON value, near `id` at byte 6"),
        (r#"{"id":"x"}"#, "expected a number, found a string, near `id` at byte 6"),
        (r#"{"name":7}"#, "`id` is missing, near `name` at byte 10"),
        (r#"{"id":7"#, "unexpected end of the text, near `id` at byte 7"),
        ("[7]", "expected an object, found a list at byte 0"),
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
                is_read(&text);
            }
        }
    }
}

#[test]
fn raw_values_maps_and_lists_are_read() {
    let parts: BTreeMap<String, Raw> = read(r#"{"a": [1, {"b":"\n"}] ,"c":null,"d":-1.50}"#).unwrap();
    let texts: Vec<_> = parts.values().map(Raw::get).collect();
    assert_eq!(texts, [r#"[1, {"b":"\n"}]"#, "null", "-1.50"]);
    assert!(read::<Raw>("[1 2]").is_err());
    assert_eq!(read::<Vec<Option<Vec<u8>>>>("[null,[1,2]]").unwrap(), [None, Some(vec![1, 2])]);
    assert_eq!(read::<Vec<u8>>("[1,-1,2]").unwrap(), [1, 2]);
    let depths = read::<BTreeMap<String, u8>>(r#"{"a":1,"b":null,"c":2}"#).unwrap();
    assert_eq!(depths, BTreeMap::from([("a".to_owned(), 1), ("c".to_owned(), 2)]));
    assert_eq!(read::<[u8; 2]>("[3,4]").unwrap(), [3, 4]);
    assert!(read::<[u8; 2]>("[3]").is_err());
}

#[test]
fn an_integer_may_be_written_as_a_float_but_must_fit() {
    assert_eq!(read::<i64>("3.0").unwrap(), 3);
    assert_eq!(read::<u8>("1e2").unwrap(), 100);
    for text in ["3.5", "256", "-1", "1e3"] {
        assert!(read::<u8>(text).is_err(), "{text}");
    }
}

#[test]
fn a_number_of_any_length_is_read_or_costs_its_field() {
    #[derive(Default)]
    struct Depths {
        count: u64,
        metres: f64,
        name: String,
    }
    object! { Depths {
        count, metres, name,
    } }
    let (digits, zeros) = ("7".repeat(10_000), "0".repeat(10_000));
    for (number, expected) in [
        (digits.clone(), None),
        (format!("-{digits}"), None),
        (format!("1{zeros}"), None),
        (format!("0.{digits}"), Some(0.777_777_777_777_777_8)),
        (format!("0.{zeros}1"), Some(0.0)),
        ("1e-99999999999999999999".to_owned(), Some(0.0)),
        (format!("-1e-{digits}"), Some(0.0)),
        ("1e99999999999999999999".to_owned(), None),
        (format!("1e{digits}"), None),
        (format!("0e{digits}"), Some(0.0)),
        ("123456789012345678901234567890".to_owned(), Some(1.234_567_890_123_456_7e29)),
        (format!("7.{zeros}"), Some(7.0)),
    ] {
        let json = format!(r#"{{"count":{number},"metres":{number},"name":"x"}}"#);
        let depths: Depths = read(&json).unwrap();
        let start = &number[..number.len().min(40)];
        assert_eq!(depths.metres, expected.unwrap_or_default(), "{start}");
        let count = expected.filter(|metres| metres.fract() == 0.0 && *metres < 1e15).unwrap_or_default();
        assert_eq!((depths.count as f64, &*depths.name), (count, "x"), "{start}");
    }
}

#[test]
fn a_long_string_is_read() {
    let long = "ü\n".repeat(2_000_000);
    assert_eq!(read::<String>(&serde_json::to_string(&long).unwrap()).unwrap(), long);
}

#[test]
fn a_map_may_have_numeric_keys() {
    let installs: BTreeMap<ComponentType, bool> = read(r#"{"0":true,"17":false}"#).unwrap();
    assert_eq!(installs, BTreeMap::from([(ComponentType(0), true), (ComponentType(17), false)]));
    for name in ["x", "4294967296", "-1"] {
        let installs = read::<BTreeMap<ComponentType, bool>>(&format!("{{\"{name}\":true}}")).unwrap();
        assert!(installs.is_empty(), "{name}");
    }
}

#[derive(Debug, PartialEq, Serialize)]
struct Harbour {
    id: u64,
    name: Option<String>,
    depth: u32,
    #[serde(rename = "type")]
    kind: String,
    berths: Vec<u8>,
}

object! { Harbour {
    id: required, name, depth: default(9), kind = "type", berths,
} }

#[test]
fn an_unreadable_field_has_its_default_and_the_others_are_read() {
    const RIGHT: [(&str, &str); 5] =
        [("id", "1"), ("name", "\"Wick\""), ("depth", "4"), ("type", "\"quay\""), ("berths", "[1,2]")];
    let right = || Harbour {
        id: 1,
        name: Some("Wick".to_owned()),
        depth: 4,
        kind: "quay".to_owned(),
        berths: vec![1, 2],
    };
    for wrong in ["null", "-1", "1.5", "true", "{\"a\":[{}]}", "[[\"x\"]]"] {
        for (place, (name, _)) in RIGHT.iter().enumerate().skip(1) {
            let fields: Vec<String> = RIGHT
                .iter()
                .enumerate()
                .map(|(at, (name, value))| format!("\"{name}\":{}", if at == place { wrong } else { value }))
                .collect();
            let text = format!("{{{}}}", fields.join(","));
            let mut expected = right();
            match *name {
                "name" => expected.name = None,
                "depth" => expected.depth = 9,
                "type" => expected.kind = String::new(),
                _ => expected.berths = Vec::new(),
            }
            assert_eq!(read::<Harbour>(&text).unwrap(), expected, "{text}");
        }
        assert!(
            read::<Harbour>(&format!("{{\"id\":{wrong}}}")).is_err(),
            "an object needs its ID, not {wrong}"
        );
    }
}

#[test]
fn the_last_readable_value_of_a_repeated_field_is_used() {
    let harbour: Harbour = read(r#"{"id":1,"depth":3,"id":2,"depth":5,"depth":"x"}"#).unwrap();
    assert_eq!((harbour.id, harbour.depth), (2, 5), "an unreadable value does not replace it");
}

#[test]
fn objects_can_be_fields_of_types_with_derived_deserialize() {
    #[derive(Deserialize)]
    struct Coast {
        harbours: Vec<Harbour>,
    }
    let text = r#"{"harbours":[{"id":1,"depth":"x"},{"type":"pier","id":2}]}"#;
    for coast in [
        serde_json::from_str::<Coast>(text).unwrap(),
        serde_json::from_value(serde_json::from_str(text).unwrap()).unwrap(),
        serde_json::from_reader(text.as_bytes()).unwrap(),
    ] {
        assert_eq!(coast.harbours.iter().map(|harbour| harbour.id).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(coast.harbours[1].kind, "pier");
    }
}

/// The seed is fixed. A failure prints the text.
#[test]
fn damaged_texts_are_accepted_or_rejected_as_serde_json_does() {
    let mut rng = fastrand::Rng::with_seed(7);
    let bytes = br#"{}[]",:\ -+.0eE19untf"#;
    let (mut accepted, mut rejected) = (0, 0);
    for _ in 0..4000 {
        // Half of a surrogate pair is the one thing that `serde_json` rejects and this reader accepts.
        let mut text: Vec<char> = MESSAGE.replace(r"\ud83d\ude00", "").chars().collect();
        for _ in 0..rng.usize(1..=2) {
            let (place, byte) = (rng.usize(..text.len()), char::from(bytes[rng.usize(..bytes.len())]));
            match rng.u8(..3) {
                0 => text[place] = byte,
                1 => text.insert(place, byte),
                _ => drop(text.remove(place)),
            }
        }
        let text: String = text.into_iter().collect();
        if is_read(&text) { accepted += 1 } else { rejected += 1 }
    }
    assert!(accepted > 500 && rejected > 500, "{accepted} accepted, {rejected} rejected");
}

/// Debug builds need the most stack.
#[test]
fn a_text_of_any_depth_needs_little_stack() {
    for (open, close) in [
        (r#"{"id":"1","channel_id":"2","timestamp":"","author":{"id":"3"},"referenced_message":"#, "}"),
        (
            r#"{"id":"1","channel_id":"2","timestamp":"","author":{"id":"3"},"components":[{"type":17,"components":["#,
            "]}]}",
        ),
        (r#"{"type":17,"components":["#, "]}"),
        ("[", "]"),
    ] {
        let deep = format!("{}null{}", open.repeat(100_000), close.repeat(100_000));
        let small = std::thread::Builder::new().stack_size(256 << 10);
        let reading = small.spawn(move || {
            let message = read::<Message>(&deep);
            assert_eq!(
                message.is_ok(),
                deep.starts_with(r#"{"id""#),
                "a value that is too deep costs only its field"
            );
            assert!(read::<Any>(&deep).is_err());
            let _ = read::<Component>(&deep);
        });
        reading.unwrap().join().unwrap();
    }
}
