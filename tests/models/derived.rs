//! The types of the crate in types of the program whose `Deserialize` is derived.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use syncord::model::{AuditLogChange, Component, Interaction, Message, Raw};

#[derive(Deserialize, Serialize)]
struct Stored<T> {
    stored_at: u64,
    #[serde(flatten)]
    object: T,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Any {
    Message(Box<Message>),
    Number(u64),
}

#[derive(Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
enum TagInside {
    Message(Box<Message>),
    Component(Component),
    Interaction(Box<Interaction>),
    Change(AuditLogChange),
}

#[derive(Deserialize)]
#[serde(tag = "t", content = "d", rename_all = "lowercase")]
enum TagOutside {
    Message(Box<Message>),
}

fn message() -> Value {
    json!({
        "id": "1", "channel_id": "2", "content": "ahoy", "timestamp": "2024-01-01T00:00:00+00:00", "nonce": 5,
        "author": {"id": "3", "username": "mira", "bot": null}, "embeds": [{"title": "Tide", "color": -1}],
        "components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"}]}],
    })
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

/// Reads from a text and from a value.
fn read<T: for<'de> Deserialize<'de>>(value: &Value) -> [T; 2] {
    [serde_json::from_str(&value.to_string()).unwrap(), serde_json::from_value(value.clone()).unwrap()]
}

#[test]
fn objects_can_be_flattened_into_a_struct_of_the_program() {
    for stored in read::<Stored<Message>>(&with(message(), "stored_at", json!(7))) {
        assert_eq!((stored.stored_at, stored.object.content.as_str()), (7, "ahoy"));
        assert_eq!((stored.object.author.username.as_str(), stored.object.embeds.len()), ("mira", 1));
        let [again, _] = read::<Stored<Message>>(&serde_json::to_value(stored).unwrap());
        assert_eq!((again.stored_at, again.object.id.get()), (7, 1));
    }
    for stored in read::<Stored<Raw>>(&json!({"stored_at": 7, "x": [1, 2.5, "y", null]})) {
        assert_eq!(stored.object.parse::<Value>().unwrap(), json!({"x": [1, 2.5, "y", null]}));
    }
}

#[test]
fn objects_can_be_in_enums_of_every_representation() {
    for any in read::<Any>(&message()) {
        assert!(matches!(any, Any::Message(message) if message.content == "ahoy"));
    }
    assert!(read::<Any>(&json!(5)).iter().all(|any| matches!(any, Any::Number(5))));

    for inside in read::<TagInside>(&with(message(), "what", json!("message"))) {
        assert!(matches!(inside, TagInside::Message(message) if message.content == "ahoy"));
    }
    let button = json!({"what": "component", "type": 2, "style": 1, "label": "Yes", "custom_id": "yes"});
    for inside in read::<TagInside>(&button) {
        assert!(matches!(inside, TagInside::Component(Component::Button(button)) if button.label.is_some()));
    }
    let interaction = json!({
        "what": "interaction", "id": "1", "application_id": "1", "token": "t", "type": 2, "version": 1,
        "data": {"id": "1", "name": "roll", "type": 1, "options": [{"name": "sides", "type": 4, "value": 6.0}]},
    });
    for inside in read::<TagInside>(&interaction) {
        let TagInside::Interaction(interaction) = inside else { panic!("another variant") };
        let sides = interaction.command().and_then(|command| command.value("sides")?.as_i64());
        assert_eq!(sides, Some(6));
    }
    for inside in read::<TagInside>(&json!({"what": "change", "key": "x", "new_value": {"a": [1, 2.5]}})) {
        assert!(matches!(inside, TagInside::Change(change) if change.new_value.is_some()));
    }

    for outside in read::<TagOutside>(&json!({"d": message(), "t": "message"})) {
        let TagOutside::Message(message) = outside;
        assert_eq!(message.content, "ahoy");
    }
}
