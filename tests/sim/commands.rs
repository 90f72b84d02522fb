//! The registration of commands, by value.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::sim::world::{RestRequest, RestResponse, World};

/// 2026-05-02T09:14:37.412Z
const NOW: Duration = Duration::from_millis(1_777_713_277_412);

fn call(world: &mut World, method: &str, path: &str, body: Value) -> RestResponse {
    let path = format!("applications/{}/{path}", world.bot_id());
    world.handle(&RestRequest::new(NOW, method, &path, body))
}

fn global(world: &mut World, method: &str, body: Value) -> RestResponse {
    call(world, method, "commands", body)
}

fn slash(name: &str) -> Value {
    json!({"name": name, "description": "about"})
}

#[test]
fn a_command_is_kept_with_what_discord_adds() {
    let mut world = World::new(NOW, "bot", 0);
    let sides =
        json!({"type": 4, "name": "sides", "description": "How many", "required": false, "choices": []});
    let made =
        global(&mut world, "POST", json!({"name": "roll", "description": "Rolls", "options": [sides]}));
    assert_eq!(made.status, 201);
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
    expected["id"] = made.body["id"].clone();
    expected["version"] = made.body["version"].clone();
    assert_eq!(made.body, expected);
    let listed = global(&mut world, "GET", Value::Null).body;
    assert_eq!((listed[0].get("name_localizations"), &listed[0]["id"]), (None, &made.body["id"]));
    let path = format!("commands/{}", made.body["id"].as_str().unwrap());
    assert_eq!(call(&mut world, "GET", &path, Value::Null).body, made.body);
    assert_eq!(call(&mut world, "DELETE", &path, Value::Null).status, 204);
    assert_eq!(call(&mut world, "DELETE", &path, Value::Null).body["code"], json!(10063));
}

#[test]
fn what_discord_writes_differently_is_written_so() {
    let mut world = World::new(NOW, "bot", 0);
    let made = json!({
        "name": "paint", "description": " Paints\n", "name_localizations": {"en-US": "paint"},
        "description_localizations": {"de": "Malt", "en-GB": "Paints"}, "contexts": null,
        "options": [
            {"type": 3, "name": "colour", "description": "Which ", "name_localizations": {"de": "farbe", "fr": "colour"},
             "choices": [{"name": " red", "value": "r", "name_localizations": {"en-US": "red"}}]},
            {"type": 11, "name": "on", "description": "On", "file_types": [".PNG"], "description_localizations": {}},
        ],
    });
    let made = global(&mut world, "POST", made).body;
    assert_eq!((&made["description"], &made["name_localizations"]), (&json!("Paints"), &json!(null)));
    assert_eq!(made["description_localizations"], json!({"de": "Malt"}));
    assert_eq!((&made["contexts"], &made["dm_permission"]), (&json!([0, 1, 2]), &json!(true)));
    assert_eq!(
        made["options"],
        json!([
            {"type": 3, "name": "colour", "description": "Which", "name_localizations": {"de": "farbe"},
             "choices": [{"name": "red", "value": "r"}]},
            {"type": 11, "name": "on", "description": "On", "file_types": [".png"]},
        ])
    );
    let everybody = json!({"integration_types_config": {"0": {}, "1": {}}});
    assert_eq!(world.handle(&RestRequest::new(NOW, "PATCH", "applications/@me", everybody)).status, 200);
    let ours = global(&mut world, "POST", slash("ours")).body;
    assert_eq!(ours["integration_types"], json!([0, 1]));
    let old = json!({"name": "old", "description": "x", "dm_permission": false});
    let old = global(&mut world, "POST", old).body;
    assert_eq!((&old["contexts"], &old["dm_permission"]), (&json!(null), &json!(false)));
}

#[test]
fn the_same_name_overwrites_and_keeps_the_id() {
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
fn guild_commands_stand_apart() {
    let mut world = World::new(NOW, "bot", 0);
    let path = format!("guilds/{}/commands", world.guild_id());
    let made = call(&mut world, "POST", &path, slash("roll"));
    assert_eq!((made.status, made.body["guild_id"].as_str()), (201, Some(&*world.guild_id().to_string())));
    assert_eq!(made.body.get("contexts"), None);
    assert_eq!(global(&mut world, "GET", Value::Null).body, json!([]));
    assert_eq!(call(&mut world, "GET", "guilds/5/commands", Value::Null).body["code"], json!(50001));
}

#[test]
fn what_is_wrong_is_told_by_field() {
    let option = |name: &str, kind: u64| json!({"type": kind, "name": name, "description": "about"});
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
        let answer = global(&mut world, "POST", body.clone());
        assert_eq!((answer.status, &answer.body["code"]), (400, &json!(50035)), "{body}");
        let errors = answer.body["errors"].pointer(path).unwrap_or(&Value::Null);
        assert_eq!(errors["_errors"][0]["code"], json!(code), "{}", answer.body);
    }
}

#[test]
fn a_scope_holds_a_hundred_and_a_day_two_hundred() {
    let mut world = World::new(NOW, "bot", 0);
    let names = |from: usize| -> Value { (from..from + 100).map(|n| slash(&format!("c{n}"))).collect() };
    assert_eq!(global(&mut world, "PUT", names(0)).status, 200);
    assert_eq!(global(&mut world, "POST", slash("one")).body["code"], json!(30032));
    assert_eq!(global(&mut world, "POST", slash("c7")).status, 200);
    assert_eq!(global(&mut world, "POST", json!({"name": "one", "type": 3})).status, 201);
    // 101 were made today.
    let refused = global(&mut world, "PUT", names(100));
    assert_eq!((refused.status, &refused.body["code"]), (400, &json!(30034)));
    assert_eq!(world.registered_commands(None).len(), 101);
}

#[test]
fn a_patch_changes_what_it_names() {
    let mut world = World::new(NOW, "bot", 0);
    let made = global(&mut world, "POST", slash("roll")).body;
    global(&mut world, "POST", slash("other"));
    let path = format!("commands/{}", made["id"].as_str().unwrap());
    let changed = call(&mut world, "PATCH", &path, json!({"description": "new"})).body;
    assert_eq!((&changed["name"], &changed["description"]), (&json!("roll"), &json!("new")));
    let taken = call(&mut world, "PATCH", &path, json!({"name": "other"}));
    assert_eq!(
        taken.body["errors"]["name"]["_errors"][0]["code"],
        json!("APPLICATION_COMMANDS_DUPLICATE_NAME")
    );
}
