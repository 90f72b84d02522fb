#![allow(clippy::unwrap_used)]

use std::panic::catch_unwind;

use super::{MAX_JSON, MAX_PARTS, collect_unreadable};
use crate::json::read;
use crate::model::{Embed, List, Message};

/// Returns the paths and values of what cannot be read of a message.
fn unreadable(fields: &str) -> Vec<(String, String)> {
    let json = format!("{{\"id\":\"1\",{fields},\"content\":\"read\"}}");
    let (message, unreadable) = collect_unreadable(|| read::<Message>(&json).unwrap());
    assert_eq!(message.content, "read");
    unreadable.into_iter().map(|part| (part.path, part.json)).collect()
}

fn owned(parts: &[(&str, &str)]) -> Vec<(String, String)> {
    parts.iter().map(|(path, json)| ((*path).to_owned(), (*json).to_owned())).collect()
}

#[test]
fn an_unreadable_value_has_its_path_and_its_text() {
    for (fields, expected) in [
        (r#""pinned":null"#, vec![("pinned", "null")]),
        (r#""pinned" : [ 1 ] , "tts" :"x""#, vec![("pinned", "[ 1 ]"), ("tts", "\"x\"")]),
        (
            r#""embeds":[{"title":"a"},7,{"fields":[{},{"name":[{}]}],"title":1.5}],"mentions":[{"bot":3}]"#,
            vec![
                ("embeds[1]", "7"),
                ("embeds[2].fields[1].name", "[{}]"),
                ("embeds[2].title", "1.5"),
                // It has no ID, so what was wrong in it is a part of it.
                ("mentions[0]", "{\"bot\":3}"),
            ],
        ),
        (r#""other":[[],{},"\"",[{"a":[]}]],"flags":-1"#, vec![("flags", "-1")]),
        (
            r#""\u0074ts":5,"a\"b":{"c":[{"d":"}"}]},"author":{"id":"2","bot":[]}"#,
            vec![("tts", "5"), ("author.bot", "[]")],
        ),
    ] {
        assert_eq!(unreadable(fields), owned(&expected), "{fields}");
    }
}

#[test]
fn good_data_has_nothing_unreadable() {
    assert_eq!(unreadable(r#""pinned":true,"embeds":[{"title":"a"}],"unknown":[7]"#), []);
}

#[test]
fn kept_values_are_bounded_in_number_and_length() {
    let json = format!("[{}]", vec!["7"; 5000].join(","));
    let (list, parts) = collect_unreadable(|| read::<List<Embed>>(&json).unwrap());
    assert_eq!((list.unreadable().len(), parts.len()), (5000, MAX_PARTS));
    assert_eq!(parts[MAX_PARTS - 1].path, format!("[{}]", MAX_PARTS - 1));
    let long = format!("\"{}\"", "ü".repeat(MAX_JSON));
    let parts = unreadable(&format!("\"pinned\":{long}"));
    assert!(
        parts[0].1.len() <= MAX_JSON && parts[0].1.len() >= MAX_JSON - 1 && long.starts_with(&parts[0].1)
    );
}

#[test]
fn an_unreadable_value_costs_about_as_much_as_a_readable_one() {
    // A search for the path of each would take hours.
    let json = format!("[{}null]", "null,".repeat(1_000_000));
    assert_eq!(read::<List<Embed>>(&json).unwrap().unreadable().len(), 1_000_001);
}

#[test]
fn a_collection_ends_with_its_call_and_does_not_see_others() {
    let wrong = || read::<Message>(r#"{"id":"1","pinned":7}"#).unwrap();
    let ((inner, outer_value), outer) = collect_unreadable(|| (collect_unreadable(wrong).1, wrong()));
    assert_eq!((inner.len(), outer.len(), outer_value.pinned), (1, 1, false));
    let panicked = catch_unwind(|| {
        collect_unreadable(|| {
            wrong();
            panic!("in the function")
        })
    });
    assert!(panicked.is_err());
    wrong();
    assert_eq!(collect_unreadable(|| ()).1, []);
}

#[test]
fn a_value_that_cannot_be_read_at_all_keeps_nothing() {
    let (result, parts) = collect_unreadable(|| read::<Message>(r#"{"pinned":7}"#));
    assert!(result.is_err());
    assert_eq!(parts, []);
}
