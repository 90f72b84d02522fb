//! The registration of commands in the world.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::sim::world::{RestRequest, RestResponse, World};

/// 2026-05-02T09:14:37.412Z
const NOW: Duration = Duration::from_millis(1_777_713_277_412);

fn send(world: &mut World, method: &str, path: &str, body: Value) -> RestResponse {
    let path = format!("applications/{}/{path}", world.bot_id());
    world.handle(&RestRequest::new(NOW, method, &path, body))
}

fn global(world: &mut World, method: &str, body: Value) -> RestResponse {
    send(world, method, "commands", body)
}

fn slash(name: &str) -> Value {
    json!({"name": name, "description": "text"})
}

#[test]
fn a_stored_command_has_the_fields_that_discord_adds() {
    let mut world = World::new(NOW, "bot", 0);
    let sides =
        json!({"type": 4, "name": "sides", "description": "How many", "required": false, "choices": []});
    let created =
        global(&mut world, "POST", json!({"name": "roll", "description": "Rolls", "options": [sides]}));
    assert_eq!(created.status, 201);
    let mut expected = json!({
        "application_id": world.bot_id().to_string(),
        "type": 1,
        "name": "roll",
        "name_localizations": null,
        "description": "Rolls",
        "description_localizations": null,
        "default_member_permissions": null,
        "dm_permission": true,
        "contexts": [0, 1, 2],
        "integration_types": [0],
        "nsfw": false,
        "options": [{"type": 4, "name": "sides", "description": "How many"}],
    });
    expected["id"] = created.body["id"].clone();
    expected["version"] = created.body["version"].clone();
    assert_eq!(created.body, expected);
    let listed = global(&mut world, "GET", Value::Null).body;
    assert_eq!((listed[0].get("name_localizations"), &listed[0]["id"]), (None, &created.body["id"]));
    let path = format!("commands/{}", created.body["id"].as_str().unwrap());
    assert_eq!(send(&mut world, "GET", &path, Value::Null).body, created.body);
    assert_eq!(send(&mut world, "DELETE", &path, Value::Null).status, 204);
    assert_eq!(send(&mut world, "DELETE", &path, Value::Null).body["code"], json!(10063));
}

#[test]
fn a_stored_command_is_normalized_as_by_discord() {
    let mut world = World::new(NOW, "bot", 0);
    let created = json!({
        "name": "paint", "description": " Paints\n", "name_localizations": {"en-US": "paint"},
        "description_localizations": {"de": "Malt", "en-GB": "Paints"}, "contexts": null,
        "options": [
            {"type": 3, "name": "colour", "description": "Which ", "name_localizations": {"de": "farbe", "fr": "colour"},
             "choices": [{"name": " red", "value": "r", "name_localizations": {"en-US": "red"}}]},
            {"type": 11, "name": "on", "description": "On", "file_types": [".PNG"], "description_localizations": {}},
        ],
    });
    let created = global(&mut world, "POST", created).body;
    assert_eq!((&created["description"], &created["name_localizations"]), (&json!("Paints"), &json!(null)));
    assert_eq!(created["description_localizations"], json!({"de": "Malt"}));
    assert_eq!((&created["contexts"], &created["dm_permission"]), (&json!([0, 1, 2]), &json!(true)));
    assert_eq!(
        created["options"],
        json!([
            {"type": 3, "name": "colour", "description": "Which", "name_localizations": {"de": "farbe"},
             "choices": [{"name": "red", "value": "r"}]},
            {"type": 11, "name": "on", "description": "On", "file_types": [".png"]},
        ])
    );
    let config = json!({"integration_types_config": {"0": {}, "1": {}}});
    assert_eq!(world.handle(&RestRequest::new(NOW, "PATCH", "applications/@me", config)).status, 200);
    let ours = global(&mut world, "POST", slash("ours")).body;
    assert_eq!(ours["integration_types"], json!([0, 1]));
    let old = json!({"name": "old", "description": "x", "dm_permission": false});
    let old = global(&mut world, "POST", old).body;
    assert_eq!((&old["contexts"], &old["dm_permission"]), (&json!(null), &json!(false)));
}

#[test]
fn creating_a_command_with_an_existing_name_replaces_it_and_keeps_the_id() {
    let mut world = World::new(NOW, "bot", 0);
    let first = global(&mut world, "POST", slash("roll")).body;
    let same = global(&mut world, "POST", slash("roll"));
    assert_eq!((same.status, &same.body), (200, &first));
    let other = global(&mut world, "POST", json!({"name": "roll", "description": "new"})).body;
    assert_eq!(other["id"], first["id"]);
    assert_ne!(other["version"], first["version"]);
    let menu = global(&mut world, "POST", json!({"name": "roll", "type": 2}));
    assert_eq!((menu.status, &menu.body["description"]), (201, &json!("")));
    let all = global(&mut world, "PUT", json!([slash("new"), slash("roll")])).body;
    assert_eq!(all[1]["id"], first["id"]);
    assert_eq!(global(&mut world, "GET", Value::Null).body.as_array().unwrap().len(), 2);
}

#[test]
fn guild_commands_are_separate_from_global_ones() {
    let mut world = World::new(NOW, "bot", 0);
    let path = format!("guilds/{}/commands", world.guild_id());
    let created = send(&mut world, "POST", &path, slash("roll"));
    assert_eq!(
        (created.status, created.body["guild_id"].as_str()),
        (201, Some(&*world.guild_id().to_string()))
    );
    assert_eq!(created.body.get("contexts"), None);
    assert_eq!(global(&mut world, "GET", Value::Null).body, json!([]));
    assert_eq!(send(&mut world, "GET", "guilds/5/commands", Value::Null).body["code"], json!(50001));
}

#[test]
fn an_invalid_command_is_rejected_with_an_error_at_its_field() {
    let option = |name: &str, kind: u64| json!({"type": kind, "name": name, "description": "text"});
    let mut required = option("b", 3);
    required["required"] = json!(true);
    let table: [(Value, &str, &str); 11] = [
        (json!({"description": "a"}), "/name", "BASE_TYPE_REQUIRED"),
        (slash("Roll"), "/name", "APPLICATION_COMMAND_INVALID_NAME"),
        (slash("two words"), "/name", "APPLICATION_COMMAND_INVALID_NAME"),
        (slash(&"a".repeat(33)), "/name", "BASE_TYPE_BAD_LENGTH"),
        (json!({"name": "roll"}), "/description", "BASE_TYPE_REQUIRED"),
        (
            json!({"name": "Roll", "type": 2, "description": "a"}),
            "/description",
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
        ),
        (
            json!({"name": "a", "description": "a", "options": [option("A", 3)]}),
            "/options/0/name",
            "STRING_TYPE_REGEX",
        ),
        (
            json!({"name": "a", "description": "a", "options": [option("a", 3), required]}),
            "/options/1/required",
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            json!({"name": "a", "description": "a", "options": [option("a", 3), option("a", 4)]}),
            "/options/1/name",
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        ),
        (
            json!({"name": "a", "description": "a", "options": [option("a", 3), option("b", 1)]}),
            "/options/1/type",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        ),
        (
            json!({"name": "a", "description": "a", "options": vec![option("a", 3); 26]}),
            "/options",
            "BASE_TYPE_MAX_LENGTH",
        ),
    ];
    for (body, path, code) in table {
        let mut world = World::new(NOW, "bot", 0);
        let response = global(&mut world, "POST", body.clone());
        assert_eq!((response.status, &response.body["code"]), (400, &json!(50035)), "{body}");
        let errors = response.body["errors"].pointer(path).unwrap_or(&Value::Null);
        assert_eq!(errors["_errors"][0]["code"], json!(code), "{}", response.body);
    }
}

#[test]
fn at_most_100_commands_exist_and_200_are_created_in_a_day() {
    let mut world = World::new(NOW, "bot", 0);
    let names = |from: usize| -> Value { (from..from + 100).map(|n| slash(&format!("c{n}"))).collect() };
    assert_eq!(global(&mut world, "PUT", names(0)).status, 200);
    assert_eq!(global(&mut world, "POST", slash("one")).body["code"], json!(30032));
    assert_eq!(global(&mut world, "POST", slash("c7")).status, 200);
    assert_eq!(global(&mut world, "POST", json!({"name": "one", "type": 3})).status, 201);
    // 101 commands were created today.
    let rejected = global(&mut world, "PUT", names(100));
    assert_eq!((rejected.status, &rejected.body["code"]), (400, &json!(30034)));
    assert_eq!(world.registered_commands(None).len(), 101);
}

#[test]
fn a_patch_changes_only_its_fields() {
    let mut world = World::new(NOW, "bot", 0);
    let created = global(&mut world, "POST", slash("roll")).body;
    global(&mut world, "POST", slash("other"));
    let path = format!("commands/{}", created["id"].as_str().unwrap());
    let changed = send(&mut world, "PATCH", &path, json!({"description": "new"})).body;
    assert_eq!((&changed["name"], &changed["description"]), (&json!("roll"), &json!("new")));
    let taken = send(&mut world, "PATCH", &path, json!({"name": "other"}));
    assert_eq!(
        taken.body["errors"]["name"]["_errors"][0]["code"],
        json!("APPLICATION_COMMANDS_DUPLICATE_NAME")
    );
}
