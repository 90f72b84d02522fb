#![allow(clippy::unwrap_used)]

use super::*;

fn problem(text: &str) -> String {
    Envelope::read(text).unwrap_err().to_string()
}

/// `op`, `s`, `t` and the value of `d`.
fn parts(text: &str) -> (u64, Option<u64>, Option<String>, &str) {
    let frame = Envelope::read(text).unwrap();
    (frame.op, frame.seq, frame.name.map(Cow::into_owned), value(frame.data).unwrap())
}

#[test]
fn a_frame_in_the_usual_order_is_read_up_to_d() {
    let frame = Envelope::read(r#"{"t":"MESSAGE_CREATE","s":3,"op":0,"d":{"id":"1"}}"#).unwrap();
    assert_eq!((frame.op, frame.seq), (0, Some(3)));
    assert!(matches!(frame.name, Some(Cow::Borrowed("MESSAGE_CREATE"))));
    assert_eq!(frame.data, r#"{"id":"1"}}"#);
}

#[test]
fn the_value_of_d_is_not_parsed() {
    let frame = Envelope::read(r#"{"t":"X","s":1,"op":0,"d":{"a": oh"#).unwrap();
    assert_eq!(frame.data, r#"{"a": oh"#);
    assert!(value(frame.data).is_err());
}

#[test]
fn the_order_of_keys_does_not_matter() {
    let expected = (0, Some(5), Some("X".to_owned()), "[1]");
    for text in [
        r#"{"t":"X","s":5,"op":0,"d":[1]}"#,
        r#"{"op":0,"s":5,"t":"X","d":[1]}"#,
        r#"{"d":[1],"op":0,"s":5,"t":"X"}"#,
        r#"{"op":0,"d":[1],"t":"X","s":5}"#,
        "\n{ \"op\" : 0 ,\t\"d\" :\r[1] , \"t\":\"X\",\"s\":5 } ",
        " { \"op\" : 0 ,\t\"s\" :\r5 , \"t\" : \"X\" , \"d\" : [1] } ",
    ] {
        assert_eq!(parts(text), expected, "{text}");
    }
}

#[test]
fn s_t_and_d_may_be_missing_or_null() {
    assert_eq!(parts(r#"{"op":11}"#), (11, None, None, "null"));
    assert_eq!(parts(r#"{"op":7,"d":null,"s":null,"t":null}"#), (7, None, None, "null"));
    assert_eq!(parts(r#"{"t":null,"s":null,"op":9,"d":false}"#), (9, None, None, "false"));
}

#[test]
fn unknown_keys_are_ignored() {
    assert_eq!(parts(r#"{"x":{"op":1},"op":0,"y":[2],"s":1,"t":null,"d":3}"#), (0, Some(1), None, "3"));
}

#[test]
fn escapes_in_keys_and_names_are_decoded() {
    assert_eq!(parts(r#"{"\u006fp":0,"t":"A\tB","s":1,"d":2}"#), (0, Some(1), Some("A\tB".to_owned()), "2"));
}

#[test]
fn a_name_after_d_is_borrowed_too() {
    let frame = Envelope::read(r#"{"op":0,"d":1,"s":2,"t":"READY"}"#).unwrap();
    assert!(matches!(frame.name, Some(Cow::Borrowed("READY"))));
}

#[test]
fn a_sequence_number_may_be_0_and_may_pass_32_bits() {
    for seq in [0, 1 << 32, 9_999_999_999_999_999_999, 10_000_000_000_000_000_000, u64::MAX] {
        assert_eq!(parts(&format!(r#"{{"t":"X","s":{seq},"op":0,"d":1}}"#)).1, Some(seq));
        assert_eq!(parts(&format!(r#"{{"d":1,"t":"X","s":{seq},"op":0}}"#)).1, Some(seq));
    }
}

#[test]
fn a_number_is_read_however_it_is_written() {
    for seven in ["7", "7.0", "7e0", "0.7e1", r#""7""#, r#"" 7 ""#, r#""7.0""#] {
        for text in [
            format!(r#"{{"t":"X","s":{seven},"op":{seven},"d":1}}"#),
            format!(r#"{{"d":1,"op":{seven},"s":{seven},"t":"X"}}"#),
        ] {
            assert_eq!(parts(&text), (7, Some(7), Some("X".to_owned()), "1"), "{text}");
        }
    }
}

#[test]
fn a_frame_needs_an_opcode_or_a_name() {
    assert_eq!(problem(r#"{"s":1}"#), "not a gateway frame: it has no opcode that can be read");
    for op in
        ["-1", "1.5", "18446744073709551616", "null", r#""""#, r#""0x1""#, r#""-1""#, "[]", "{}", "true"]
    {
        for (t, name) in [("null", None), ("7", None), (r#""X""#, Some("X"))] {
            for text in [
                format!(r#"{{"t":{t},"s":2,"op":{op},"d":1}}"#),
                format!(r#"{{"d":1,"op":{op},"t":{t},"s":2}}"#),
            ] {
                match name {
                    Some(name) => {
                        assert_eq!(parts(&text), (0, Some(2), Some(name.to_owned()), "1"), "{text}");
                    }
                    None => assert!(Envelope::read(&text).unwrap_err().is_object(), "{text}"),
                }
            }
        }
    }
}

#[test]
fn a_sequence_number_or_name_that_cannot_be_read_costs_only_itself() {
    for wrong in
        ["-1", "1.5", "true", "[3]", r#"{"s":3}"#, "18446744073709551616", "1e400", r#""x""#, r#""1x""#]
    {
        let text = format!(r#"{{"t":"X","s":{wrong},"op":0,"d":1}}"#);
        assert_eq!(parts(&text), (0, None, Some("X".to_owned()), "1"), "{text}");
    }
    for wrong in ["1", "true", "[]", r#"{"t":"X"}"#] {
        let text = format!(r#"{{"t":{wrong},"s":3,"op":0,"d":1}}"#);
        assert_eq!(parts(&text), (0, Some(3), None, "1"), "{text}");
    }
}

#[test]
fn the_last_value_of_a_repeated_key_counts() {
    assert_eq!(
        parts(r#"{"op":1,"s":1,"t":"A","op":0,"s":2,"t":"B","x":1,"d":3}"#),
        (0, Some(2), Some("B".to_owned()), "3")
    );
}

#[test]
fn a_text_that_is_not_an_object_is_an_error() {
    for text in [
        "",
        " ",
        "[0,1,null,2]",
        "null",
        "\"op\"",
        "0",
        "<html>",
        "\u{a0}{\"op\":0}",
        "{",
        r#"{"op":0"#,
        r#"{"op":0}}"#,
        r#"{"op":01,"t":"X"}"#,
        r#"{"op":,"t":"X"}"#,
        r#"{"t":nullish,"s":1,"op":0,"d":1}"#,
        "{\"t\":\"A\nB\",\"s\":1,\"op\":0,\"d\":1}",
    ] {
        let error = Envelope::read(text).unwrap_err();
        assert!(
            !error.is_object() && error.to_string().starts_with("not a gateway frame: "),
            "{text}: {error}"
        );
    }
}

#[test]
fn a_frame_may_be_nested_deeply_and_have_long_numbers() {
    let (deep, long) = (100_000, "9".repeat(10_000));
    let data = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
    let text = format!(r#"{{"d":{data},"x":{data},"s":{long},"op":{long},"t":"X"}}"#);
    assert_eq!(parts(&text), (0, None, Some("X".to_owned()), data.as_str()));
}

#[test]
fn text_after_the_value_of_d_is_ignored() {
    assert_eq!(parse::<Vec<u8>>(" [1, 2] , \"x\": oh").unwrap(), [1, 2]);
    assert_eq!(value(" [1, 2] , \"x\": oh").unwrap(), "[1, 2]");
    assert_eq!(value("\"}\"}").unwrap(), "\"}\"");
    assert!(value("").is_err());
    assert!(parse::<bool>("3}").is_err());
}
