#![allow(clippy::unwrap_used)]

use serde_json::{Value, json as value};

use super::InteractionHeader;
use crate::id::ApplicationId;
use crate::interaction::action::InteractionKind;
use crate::json;
use crate::model::{CommandType, Interaction, InteractionData};

fn read(rest: &str) -> Option<(InteractionKind, CommandType, String)> {
    let data = format!(r#"{{"id":"7","application_id":"8","token":"secret",{rest}}},"s":1}}"#);
    let header = InteractionHeader::read(&data, ApplicationId::new(9))?;
    assert_eq!((header.id.get(), header.application_id.get(), &*header.token), (7, 8, "secret"));
    Some((header.kind, header.command_type, header.name))
}

#[test]
fn a_header_has_the_kind_and_the_full_name() {
    let named = |kind, name: &str| Some((kind, CommandType::CHAT_INPUT, name.to_owned()));
    for (json, expected) in [
        (r#""type":2,"data":{"id":"1","name":"roll","type":1}"#, named(InteractionKind::Command, "roll")),
        (
            r#""type":2,"data":{"name":"crew","type":1,"options":[{"name":"rota","type":2,"options":
                [{"name":"add","type":1,"options":[{"name":"who","type":6,"value":"9"}]}]}]}"#,
            named(InteractionKind::Command, "crew rota add"),
        ),
        (
            r#""type":4,"data":{"name":"roll","type":1,"options":[{"name":"port","type":3,"value":"ki","focused":true}]}"#,
            named(InteractionKind::Autocomplete, "roll"),
        ),
        (
            r#""type":3,"data":{"custom_id":"vote/1"},"message":{"id":"5"}"#,
            named(InteractionKind::Component, "vote/1"),
        ),
        (
            r#""type":5,"data":{"custom_id":"report"},"message":{"id":"5"}"#,
            named(InteractionKind::Modal { from_message: true }, "report"),
        ),
        (
            r#""type":5,"data":{"custom_id":"report"},"message":null"#,
            named(InteractionKind::Modal { from_message: false }, "report"),
        ),
        // An unreadable custom ID costs only the name.
        (r#""type":3,"data":{"custom_id":7}"#, named(InteractionKind::Component, "")),
        (r#""type":1"#, None),
        (r#""type":99,"data":{}"#, None),
    ] {
        assert_eq!(read(json), expected, "{json}");
    }
    let user_command = read(r#""type":2,"data":{"name":"Show log","type":2}"#);
    assert_eq!(user_command, Some((InteractionKind::Command, CommandType::USER, "Show log".to_owned())));
    assert_eq!(InteractionHeader::read("[]", ApplicationId::new(9)), None);
}

#[test]
fn a_wrong_field_costs_at_most_the_name() {
    let command = |name: &str| Some((InteractionKind::Command, CommandType::CHAT_INPUT, name.to_owned()));
    let add = r#"{"name":"add","type":1,"options":null}"#;
    for (json, expected) in [
        (r#""type":2,"data":{"name":"roll","options":null}"#.to_owned(), command("roll")),
        (r#""type":2,"data":{"name":"roll","options":[null,7,{"x":[]}]}"#.to_owned(), command("roll")),
        (format!(r#""type":2,"data":{{"name":"crew","options":[null,{add}]}}"#), command("crew add")),
        (
            format!(r#""type":2,"data":{{"name":"crew","options":[{{"name":null}},{add}]}}"#),
            command("crew add"),
        ),
        (format!(r#""type":2,"data":{{"name":"crew","options":[{add},{add}]}}"#), command("crew")),
        (r#""type":2,"data":{"name":"roll","type":"x","resolved":-1}"#.to_owned(), command("roll")),
        (r#""type":2,"data":null"#.to_owned(), command("")),
        (r#""type":2,"data":[]"#.to_owned(), command("")),
        // The type follows from the data.
        (r#""type":null,"data":{"name":"roll"}"#.to_owned(), command("roll")),
        (r#""data":{"name":"roll"}"#.to_owned(), command("roll")),
        (r#""type":1.5,"data":{"name":"roll"}"#.to_owned(), command("roll")),
        (
            r#""type":"","data":{"custom_id":"c","component_type":2}"#.to_owned(),
            Some((InteractionKind::Component, CommandType::CHAT_INPUT, "c".to_owned())),
        ),
        (
            r#""type":{},"data":{"custom_id":"m","components":[]},"message":7"#.to_owned(),
            Some((InteractionKind::Modal { from_message: false }, CommandType::CHAT_INPUT, "m".to_owned())),
        ),
    ] {
        assert_eq!(read(&json), expected, "{json}");
    }
}

#[test]
fn without_an_id_or_a_token_there_is_no_header_and_the_own_application_is_the_default() {
    let read = |data: &str| InteractionHeader::read(data, ApplicationId::new(9));
    let header = read(r#"{"id":"7","application_id":"x","token":"t","type":2}"#);
    assert_eq!(header.map(|header| header.application_id.get()), Some(9));
    for wrong in ["null", "-1", r#""""#, "1.5", "[]", "{}"] {
        assert_eq!(read(&format!(r#"{{"id":{wrong},"token":"t","type":2}}"#)), None, "{wrong}");
        assert_eq!(read(&format!(r#"{{"id":"7","token":{wrong},"type":2}}"#)), None, "{wrong}");
    }
}

#[test]
fn only_the_levels_that_discord_has_are_read_of_nested_subcommands() {
    let depth = 50_000;
    let json = format!(
        r#""type":2,"data":{{"name":"a","options":{}null{}}}"#,
        r#"[{"name":"b","type":1,"options":"#.repeat(depth),
        "}]".repeat(depth)
    );
    let (_, _, name) = read(&json).unwrap_or_else(|| panic!("no header"));
    assert_eq!(name, "a b b b");
}

#[test]
fn a_header_has_the_limit_of_the_files_whatever_else_is_sent_for_it() {
    for (json, limit) in [
        (r#""attachment_size_limit":26214400,"#, 26_214_400),
        ("", 0),
        (r#""attachment_size_limit":null,"#, 0),
        (r#""attachment_size_limit":[10],"#, 0),
        (r#""attachment_size_limit":-1,"#, 0),
        (r#""attachment_size_limit":{"a":[1]},"#, 0),
    ] {
        let data =
            format!(r#"{{"id":"7","application_id":"8",{json}"token":"secret","type":2,"data":{{}}}}"#);
        let header = InteractionHeader::read(&data, ApplicationId::new(9));
        assert_eq!(header.map(|header| header.attachment_size_limit), Some(limit), "{json}");
    }
}

#[test]
fn of_a_field_that_occurs_twice_the_last_value_that_can_be_read_counts() {
    let command = |name: &str| Some((InteractionKind::Command, CommandType::CHAT_INPUT, name.to_owned()));
    assert_eq!(read(r#""type":3,"data":{"custom_id":"x","name":"roll"},"type":2"#), command("roll"));
    assert_eq!(read(r#""type":2,"type":null,"data":{"name":"roll","name":7}"#), command("roll"));
}

/// The paths of all values in a JSON value.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| paths(value, &format!("{path}/{name}"), found));
        }
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(n, value)| paths(value, &format!("{path}/{n}"), found));
        }
        _ => {}
    }
}

#[test]
fn the_header_and_the_typed_interaction_have_the_same_names() {
    let add = value!({"name": "add", "type": 1, "options": [{"name": "who", "type": 6, "value": "9"}]});
    let rota = value!({"name": "rota", "type": 2, "options": [add]});
    let fixtures = [
        value!({"id": "7", "application_id": "8", "token": "t", "type": 2, "data": {"id": "1", "name": "crew", "type": 1, "options": [rota]}}),
        value!({"id": "7", "application_id": "8", "token": "t", "type": 4, "data": {"id": "1", "name": "crew", "type": 1, "options": [add]}}),
        value!({"id": "7", "application_id": "8", "token": "t", "type": 3, "data": {"custom_id": "vote", "component_type": 3, "values": ["a"]}, "message": {"id": "5", "channel_id": "6"}}),
        value!({"id": "7", "application_id": "8", "token": "t", "type": 5, "data": {"custom_id": "report", "components": []}}),
    ];
    let wrong = [
        value!(null),
        value!(-1),
        value!(""),
        value!("x"),
        value!(1.5),
        value!([]),
        value!({}),
        value!(2),
        add,
    ];
    let mut rng = fastrand::Rng::with_seed(1);
    let mut compared = 0;
    for round in 0..20_000 {
        let mut interaction = fixtures[round % fixtures.len()].clone();
        for _ in 0..rng.usize(1..3) {
            let mut places = Vec::new();
            paths(&interaction, "", &mut places);
            let place = &places[rng.usize(1..places.len())];
            *interaction.pointer_mut(place).unwrap() = wrong[rng.usize(..wrong.len())].clone();
        }
        let text = interaction.to_string();
        let header = InteractionHeader::read(&text, ApplicationId::new(8));
        let (Some(header), Ok(typed)) = (header, json::read::<Interaction>(&text)) else { continue };
        assert_eq!((header.id, &*header.token), (typed.id, &*typed.token), "{text}");
        let name = match &typed.data {
            Some(InteractionData::Command(data)) => {
                let names: Vec<_> = [&*data.name].into_iter().chain(data.subcommand_path()).collect();
                names.join(" ")
            }
            Some(InteractionData::Component(data)) => data.custom_id.clone(),
            Some(InteractionData::Modal(data)) => data.custom_id.clone(),
            _ => continue,
        };
        assert_eq!(header.name, name, "{text}");
        compared += 1;
    }
    assert!(compared > 10_000, "{compared}");
}
