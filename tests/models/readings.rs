//! The methods of objects.

use std::time::{Duration, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use syncord::id::{CommandId, GuildId, UserId};
use syncord::model::component::{
    Button, Label, Section, SelectDefaultValue, SelectDefaultValueType, TextDisplay, TextInput,
};
use syncord::model::{
    CommandPermissions, Component, IntegrationOwners, Nonce, PollResults, UnixMillis, UnixSeconds,
};

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[test]
fn an_answer_without_votes_has_a_count_of_zero() {
    let results: PollResults = read(r#"{"answer_counts":[{"id":2,"count":7,"me_voted":true}]}"#);
    assert_eq!((results.vote_count(2), results.vote_count(1)), (7, 0));
}

#[test]
fn permissions_of_all_commands_have_no_command_id() {
    let json = r#"{"id":"9","application_id":"2","guild_id":"5","permissions":[{"id":"5","type":1,"permission":false}]}"#;
    assert_eq!(read::<CommandPermissions>(json).command_id(), Some(CommandId::new(9)));
    assert_eq!(read::<CommandPermissions>(&json.replace("\"9\"", "\"2\"")).command_id(), None);
}

#[test]
fn an_interaction_in_a_direct_message_has_no_installation_guild() {
    let owners: IntegrationOwners = read(r#"{"0":"0","1":"3"}"#);
    assert_eq!((owners.guild_id(), owners.user_id()), (None, Some(UserId::new(3))));
    let owners: IntegrationOwners = read(r#"{"0":"5"}"#);
    assert_eq!((owners.guild_id(), owners.user_id()), (Some(GuildId::new(5)), None));
}

#[test]
fn a_component_returns_its_children() {
    let container: Component = read(
        r#"{"type":17,"components":[
            {"type":9,"components":[{"type":10,"content":"a"}],"accessory":{"type":2,"style":2}},
            {"type":18,"label":"b","component":{"type":4,"custom_id":"c"}},
            {"type":14}]}"#,
    );
    let children = |component: &Component| component.children().len();
    assert_eq!(children(&container), 3);
    assert_eq!(container.children().iter().map(children).collect::<Vec<_>>(), [1, 1, 0]);
}

#[test]
fn a_nonce_is_compared_as_text() {
    for json in ["77", "\"77\""] {
        let nonce: Nonce = read(json);
        assert!(nonce == *"77" && nonce.to_string() == "77", "{json}");
        assert_eq!(serde_json::to_string(&nonce).unwrap(), json);
    }
    assert_eq!(read::<Nonce>("18446744073709551615").to_string(), "18446744073709551615");
    assert_eq!(read::<Nonce>("1234567890123.0").to_string(), "1234567890123");
    assert!(serde_json::from_str::<Nonce>("1.5").is_err());
}

#[test]
fn unix_times_are_converted_by_their_unit() {
    assert_eq!(UnixSeconds(2).to_system_time(), Some(UNIX_EPOCH + Duration::from_secs(2)));
    assert_eq!(UnixMillis(2).to_system_time(), Some(UNIX_EPOCH + Duration::from_millis(2)));
}

#[test]
fn components_are_converted_into_their_containers() {
    let mut text = TextDisplay::default();
    text.content = "a".to_owned();
    let section: Component = Section::new([text], Button::default()).into();
    let json = r#"{"type":9,"components":[{"type":10,"content":"a"}],"accessory":{"type":2,"style":0}}"#;
    assert_eq!(serde_json::to_string(&section).unwrap(), json);
    let label: Component = Label::new("b", TextInput::default()).into();
    let json = r#"{"type":18,"label":"b","component":{"type":4,"custom_id":"","style":0}}"#;
    assert_eq!(serde_json::to_string(&label).unwrap(), json);
    let value = SelectDefaultValue::new(UserId::new(7), SelectDefaultValueType::USER);
    assert_eq!(serde_json::to_string(&value).unwrap(), r#"{"id":"7","type":"user"}"#);
}
