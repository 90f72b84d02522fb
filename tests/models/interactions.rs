//! Interactions are read correctly.

use serde_json::{Value, json};
use syncord::gateway::event::{Event, InteractionCreate};
use syncord::id::{AttachmentId, GuildId, UserId};
use syncord::model::{
    CommandOptionType, ComponentType, InteractionData, InteractionType, ModalComponent, Permissions,
    collect_unreadable,
};

/// Creates an interaction with these fields. `data` comes before `type`, on which its meaning depends.
fn interaction(parts: &Value) -> InteractionCreate {
    let mut interaction = json!({
        "application_id": "2", "id": "1", "token": "aW50", "version": 1, "app_permissions": "8",
        "authorizing_integration_owners": {"0": "5", "1": "3"}, "entitlements": [], "context": 0,
        "attachment_size_limit": 10_485_760, "guild_id": "5", "channel_id": "6", "locale": "de",
        "member": {"user": {"id": "3", "username": "mira"}, "roles": [], "permissions": "2048"},
    });
    interaction.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    InteractionCreate::decode(&interaction.to_string()).unwrap()
}

#[test]
fn a_command_returns_its_subcommand_and_options() {
    let interaction = interaction(
        &json!({"type": 2, "data": {"id": "9", "name": "tide", "type": 1, "options": [
        {"name": "rota", "type": 2, "options": [{"name": "add", "type": 1, "options": [
            {"name": "who", "type": 6, "value": "4"}, {"name": "days", "type": 4, "value": 3},
            {"name": "depth", "type": 10, "value": 1.5}, {"name": "quiet", "type": 5, "value": true},
            {"name": "note", "type": 3, "value": "on time"}
        ]}]}
    ], "resolved": {"users": {"4": {"id": "4", "username": "kofi"}}, "members": {"4": {"nick": "K", "roles": []}}}}}),
    );
    let command = interaction.command().unwrap();
    let (names, options) = (command.subcommand_path(), command.invoked_options());
    assert_eq!((command.name.as_str(), names, options.len()), ("tide", vec!["rota", "add"], 5));
    let who: UserId = command.value("who").unwrap().as_id().unwrap();
    let resolved = command.resolved.as_ref().unwrap();
    assert_eq!(
        (resolved.users[&who].username.as_str(), resolved.members[&who].nick.as_deref()),
        ("kofi", Some("K"))
    );
    assert_eq!(command.value("days").unwrap().as_i64(), Some(3));
    assert_eq!(command.value("days").unwrap().as_f64(), Some(3.0));
    assert_eq!(command.value("depth").unwrap().as_f64(), Some(1.5));
    assert_eq!(command.value("quiet").unwrap().as_bool(), Some(true));
    assert_eq!(command.value("note").unwrap().as_str(), Some("on time"));
    assert!(command.value("rota").is_none() && command.focused().is_none());
    assert_eq!(interaction.invoking_user().unwrap().username, "mira");
    assert_eq!(interaction.app_permissions, Permissions::ADMINISTRATOR);
    assert_eq!(interaction.authorizing_integration_owners.guild_id(), Some(GuildId::new(5)));
    assert_eq!(interaction.authorizing_integration_owners.user_id(), Some(UserId::new(3)));
}

#[test]
fn autocomplete_returns_the_focused_option() {
    let interaction = interaction(
        &json!({"type": 4, "data": {"id": "9", "name": "tide", "type": 1, "options": [
            {"name": "for", "type": 1, "options": [{"name": "days", "type": 4, "value": "1x", "focused": true}]}
        ]}}),
    );
    let focused = interaction.command().unwrap().focused().unwrap();
    assert_eq!((focused.name.as_str(), focused.kind), ("days", CommandOptionType::INTEGER));
    assert_eq!(focused.value.as_ref().unwrap().as_str(), Some("1x"));
}

#[test]
fn a_component_returns_the_selected_values() {
    let interaction = interaction(
        &json!({"type": 3, "data": {"custom_id": "port", "component_type": 3, "values": ["rtm"]}}),
    );
    let component = interaction.component().unwrap();
    assert_eq!(
        (component.custom_id.as_str(), component.component_type),
        ("port", ComponentType::STRING_SELECT)
    );
    assert_eq!(*component.values, ["rtm"]);
    assert!(interaction.command().is_none() && interaction.modal().is_none());
}

#[test]
fn a_modal_returns_its_fields_from_labels_and_rows() {
    let interaction = interaction(&json!({"type": 5, "data": {"custom_id": "report", "components": [
        {"type": 10, "id": 1},
        {"type": 1, "components": [{"type": 4, "custom_id": "name", "value": "Kofi"}]},
        {"type": 18, "component": {"type": 3, "custom_id": "port", "values": ["rtm"]}},
        {"type": 18, "component": {"type": 19, "custom_id": "photos", "values": ["8"]}},
        {"type": 18, "component": {"type": 21, "custom_id": "severity", "value": null}},
        {"type": 18, "component": {"type": 23, "custom_id": "urgent", "value": true}},
        {"type": 18, "component": {"type": 52, "custom_id": "dial", "angle": 270}},
    ]}}));
    let modal = interaction.modal().unwrap();
    assert_eq!(modal.fields().len(), 7);
    assert_eq!((modal.text("name"), modal.text("severity"), modal.text("port")), (Some("Kofi"), None, None));
    assert_eq!((modal.values("port"), modal.values("name").len()), (&["rtm".to_owned()][..], 0));
    assert!(
        matches!(modal.field("photos"), Some(ModalComponent::FileUpload(files)) if *files.values == [AttachmentId::new(8)])
    );
    assert!(matches!(modal.field("urgent"), Some(ModalComponent::Checkbox(check)) if check.value));
    assert!(matches!(modal.fields()[6], ModalComponent::Unknown(raw) if raw.get().contains("270")));
}

#[test]
fn data_of_an_unknown_type_is_kept_unchanged() {
    let interaction = interaction(&json!({"type": 9, "data": {"gesture": "wave"}}));
    assert_eq!(interaction.kind, InteractionType(9));
    let Some(InteractionData::Unknown(raw)) = &interaction.data else { panic!("{:?}", interaction.data) };
    assert_eq!(raw.get(), r#"{"gesture":"wave"}"#);
}

#[test]
fn unreadable_data_does_not_lose_the_interaction() {
    let wrong = json!([{"id": "1", "name": "tide"}]);
    let interaction = interaction(&json!({"type": 2, "data": wrong}));
    assert!(interaction.command().is_none());
    assert_eq!(serde_json::to_value(&interaction.0).unwrap()["data"], wrong);
}

#[test]
fn a_command_needs_only_its_name() {
    let (interaction, unreadable) =
        collect_unreadable(|| interaction(&json!({"data": {"id": [], "name": "tide"}, "type": 2})));
    assert_eq!(interaction.command().unwrap().name, "tide");
    assert_eq!((unreadable[0].path.as_str(), unreadable[0].json.as_str()), ("data.id", "[]"));
}

#[test]
fn the_last_of_two_types_decides_what_the_data_is() {
    let (interaction, unreadable) = collect_unreadable(|| {
        let data = r#"{"name":"tide","id":[],"custom_id":7}"#;
        let both = format!(r#"{{"id":"1","token":"t","type":3,"data":{data},"type":2,"locale":5}}"#);
        InteractionCreate::decode(&both).unwrap()
    });
    assert_eq!(interaction.kind, InteractionType::APPLICATION_COMMAND);
    assert_eq!(interaction.command().unwrap().name, "tide");
    let paths: Vec<_> = unreadable.iter().map(|part| part.path.as_str()).collect();
    assert_eq!(paths, ["data.id", "locale"]);
}

#[test]
fn an_interaction_outside_of_guilds_has_an_invoking_user() {
    let interaction =
        interaction(&json!({"type": 1, "member": null, "user": {"id": "3", "username": "tobias"}}));
    assert_eq!(interaction.invoking_user().unwrap().username, "tobias");
}

#[test]
fn debug_hides_the_interaction_token() {
    assert!(!format!("{:?}", interaction(&json!({"type": 1}))).contains("aW50"));
}
