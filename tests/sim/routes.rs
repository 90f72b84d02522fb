//! The REST routes of the world.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::id::{ChannelId, MessageId, UserId};
use syncord::sim::world::{File, RestRequest, RestResponse, World};

/// 2026-05-02T09:14:37.412Z
const NOW: Duration = Duration::from_millis(1_777_713_277_412);

/// A world with #general and ann.
struct Scene {
    world: World,
    guild: String,
    general: ChannelId,
    ann: UserId,
}

impl Scene {
    fn new() -> Scene {
        // The bot may list members.
        let mut world = World::new(NOW, "bot", 1 << 14);
        let (general, _) = world.channel(NOW, "general");
        let (ann, _) = world.member(NOW, "ann");
        Scene { guild: format!("guilds/{}", world.guild_id()), world, general, ann }
    }

    /// Sends a request. Braces in the path stand for the guild, the application, the channel and the member.
    fn send(&mut self, method: &str, path: &str, body: Value) -> RestResponse {
        let path = path
            .replace("{guild}", &self.guild)
            .replace("{app}", &format!("applications/{}", self.world.bot_id()));
        let path = path
            .replace("{general}", &format!("channels/{}", self.general))
            .replace("{ann}", &self.ann.to_string());
        self.world.handle(&RestRequest {
            reason: Some("because".into()),
            ..RestRequest::new(NOW, method, &path, body)
        })
    }

    fn get(&mut self, path: &str) -> Value {
        self.send("GET", path, Value::Null).body
    }

    /// Sends a request and returns the names of its events.
    fn events(&mut self, method: &str, path: &str, body: Value) -> Vec<&'static str> {
        let response = self.send(method, path, body);
        assert!(response.status < 300, "{method} {path}: {}", response.body);
        response.events.into_iter().map(|(name, _)| name).collect()
    }

    /// Creates an object and returns its ID.
    fn create(&mut self, path: &str, body: Value) -> String {
        let response = self.send("POST", path, body);
        assert!(response.status < 300, "{path}: {}", response.body);
        response.body["id"].as_str().unwrap().to_owned()
    }
}

#[test]
fn collections_create_list_update_and_delete() {
    let named = |name: &str| json!({"name": name});
    // The path, the key, the request body, the status, the path of the list, the error code, the event of a creation.
    let table: [(&str, &str, Value, u16, &str, u64, &str); 8] = [
        ("{guild}/roles", "id", named("a"), 200, "", 10011, "GUILD_ROLE_CREATE"),
        ("{guild}/emojis", "id", named("aa"), 201, "", 10014, "GUILD_EMOJIS_UPDATE"),
        ("{guild}/stickers", "id", named("aa"), 201, "", 10060, "GUILD_STICKERS_UPDATE"),
        ("{guild}/scheduled-events", "id", named("a"), 200, "", 10070, "GUILD_SCHEDULED_EVENT_CREATE"),
        ("{guild}/auto-moderation/rules", "id", named("a"), 200, "", 10066, "AUTO_MODERATION_RULE_CREATE"),
        (
            "{guild}/soundboard-sounds",
            "sound_id",
            named("aa"),
            201,
            "/items",
            10097,
            "GUILD_SOUNDBOARD_SOUND_CREATE",
        ),
        ("{app}/emojis", "id", named("aa"), 201, "/items", 10014, ""),
        ("{guild}/templates", "code", named("a"), 200, "", 0, ""),
    ];
    for (path, key, body, status, list, unknown, event) in table {
        let mut scene = Scene::new();
        let created = scene.send("POST", path, body.clone());
        assert_eq!(
            (created.status, &created.body["name"]),
            (status, &body["name"]),
            "{path}: {}",
            created.body
        );
        let names: Vec<&str> = created.events.iter().map(|(name, _)| *name).collect();
        if !event.is_empty() {
            assert_eq!(names, [event, "GUILD_AUDIT_LOG_ENTRY_CREATE"], "{path}");
        }
        let item = format!("{path}/{}", created.body[key].as_str().unwrap());
        let changed = scene.send("PATCH", &item, named("bb"));
        assert_eq!((changed.status, &changed.body["name"]), (200, &json!("bb")), "{path}");
        let shown = scene.get(path);
        let last = shown.pointer(list).and_then(Value::as_array).unwrap().last().cloned();
        assert_eq!(last, Some(changed.body), "{path}");
        assert!(scene.send("DELETE", &item, Value::Null).status < 300, "{path}");
        let deleted = scene.send("GET", &item, Value::Null);
        assert_eq!((deleted.status, deleted.body["code"].as_u64()), (404, Some(unknown)), "{path}");
    }
}

#[test]
fn the_audit_log_has_the_reason() {
    let mut scene = Scene::new();
    let role = scene.create("{guild}/roles", json!({"name": "crew"}));
    scene.send("PUT", "{guild}/bans/{ann}", json!({}));
    let log = scene.get("{guild}/audit-logs");
    let entries = log["audit_log_entries"].as_array().unwrap();
    assert_eq!((&entries[0]["action_type"], &entries[0]["reason"]), (&json!(22), &json!("because")));
    assert_eq!((&entries[1]["action_type"], &entries[1]["target_id"]), (&json!(30), &json!(role)));
    let of_kind = scene.get("{guild}/audit-logs?action_type=30")["audit_log_entries"].clone();
    assert_eq!(of_kind.as_array().unwrap().len(), 1);
}

#[test]
fn channels_are_modified_moved_and_deleted() {
    let mut scene = Scene::new();
    let deck = scene.create("{guild}/channels", json!({"name": "deck", "type": 2, "bitrate": 8000}));
    let path = format!("channels/{deck}");
    assert_eq!(scene.get(&path)["bitrate"], json!(8000));
    assert_eq!(scene.events("PATCH", &path, json!({"name": "upper"}))[0], "CHANNEL_UPDATE");
    assert_eq!(scene.send("PATCH", &path, json!({"name": ""})).body["code"], json!(50035));
    scene.events("PATCH", "{guild}/channels", json!([{"id": deck, "position": 0}]));
    let overwrite = format!("{path}/permissions/{}", scene.ann);
    scene.events("PUT", &overwrite, json!({"type": 1, "allow": "1024", "deny": 2048}));
    let shown = scene.get(&path);
    assert_eq!((&shown["name"], &shown["position"]), (&json!("upper"), &json!(0)));
    assert_eq!(shown["permission_overwrites"][0]["deny"], json!("2048"));
    scene.events("DELETE", &overwrite, Value::Null);
    assert_eq!(scene.send("DELETE", &overwrite, Value::Null).body["code"], json!(10009));
    assert_eq!(scene.events("DELETE", &path, Value::Null)[0], "CHANNEL_DELETE");
    assert_eq!(scene.get(&path)["code"], json!(10003));
}

#[test]
fn threads_are_started_joined_archived_and_listed() {
    let mut scene = Scene::new();
    let message = scene.create("{general}/messages", json!({"content": "keel?"}));
    let path = format!("{{general}}/messages/{message}/threads");
    assert_eq!(scene.events("POST", &path, json!({"name": "keel"}))[0], "THREAD_CREATE");
    assert_eq!(scene.send("POST", &path, json!({"name": "keel"})).body["code"], json!(160_004));
    let members = format!("channels/{message}/thread-members");
    assert_eq!(scene.events("PUT", &format!("{members}/{{ann}}"), Value::Null), ["THREAD_MEMBERS_UPDATE"]);
    assert_eq!(
        scene.get(&format!("{members}?with_member=true"))[1]["member"]["user"]["username"],
        json!("ann")
    );
    scene.events("DELETE", &format!("{members}/@me"), Value::Null);
    assert_eq!(scene.get(&members).as_array().unwrap().len(), 1);
    assert_eq!(scene.get("{guild}/threads/active")["threads"][0]["id"], json!(message));
    scene.events("PATCH", &format!("channels/{message}"), json!({"archived": true}));
    assert_eq!(scene.get("{guild}/threads/active")["threads"], json!([]));
    let archived = scene.get("{general}/threads/archived/public");
    assert_eq!((&archived["threads"][0]["id"], &archived["has_more"]), (&json!(message), &json!(false)));

    let forum = scene.create("{guild}/channels", json!({"name": "advice", "type": 15}));
    let post = json!({"name": "rope", "message": {"content": "which?"}});
    let posted = scene.send("POST", &format!("channels/{forum}/threads"), post);
    assert_eq!((posted.status, &posted.body["message"]["content"]), (201, &json!("which?")));
    assert_eq!(scene.send("POST", &format!("channels/{forum}/threads"), json!({"name": "rope"})).status, 400);
}

#[test]
fn messages_are_listed_pinned_edited_and_deleted() {
    let mut scene = Scene::new();
    let ids: Vec<String> =
        (0..5).map(|n| scene.create("{general}/messages", json!({"content": n.to_string()}))).collect();
    let mut page = |query: &str| -> String {
        let page = scene.get(&format!("{{general}}/messages?{query}"));
        page.as_array().unwrap().iter().map(|message| message["content"].as_str().unwrap()).collect()
    };
    assert_eq!(page("limit=2"), "43");
    assert_eq!(page(&format!("before={}&limit=2", ids[3])), "21");
    assert_eq!(page(&format!("after={}&limit=2", ids[1])), "32");
    assert_eq!(page(&format!("around={}&limit=3", ids[2])), "321");

    let one = format!("{{general}}/messages/{}", ids[0]);
    assert_eq!(scene.events("PATCH", &one, json!({"content": "new"})), ["MESSAGE_UPDATE"]);
    let edited = scene.get(&one);
    assert_eq!((&edited["content"], edited["edited_timestamp"].is_string()), (&json!("new"), true));
    assert_eq!(scene.send("PATCH", &one, json!({"content": ""})).body["code"], json!(50006));
    let pin = format!("{{general}}/messages/pins/{}", ids[0]);
    assert_eq!(scene.events("PUT", &pin, Value::Null)[..2], ["MESSAGE_UPDATE", "CHANNEL_PINS_UPDATE"]);
    assert_eq!(scene.get("{general}/messages/pins")["items"][0]["message"]["id"], json!(ids[0]));
    scene.events("DELETE", &pin, Value::Null);
    assert_eq!(scene.get("{general}/messages/pins")["items"], json!([]));
    assert_eq!(scene.events("DELETE", &one, Value::Null), ["MESSAGE_DELETE"]);
    assert_eq!(scene.get(&one)["code"], json!(10008));
    let bulk = json!({"messages": ids[1..]});
    assert_eq!(scene.events("POST", "{general}/messages/bulk-delete", bulk)[0], "MESSAGE_DELETE_BULK");
    let left = scene.get("{general}/messages");
    let kinds: Vec<&Value> = left.as_array().unwrap().iter().map(|message| &message["type"]).collect();
    assert_eq!(kinds, [6], "the message about the pin");
    let (general, ann) = (scene.general, scene.ann);
    let by_ann = scene.world.post(NOW, ann, general, &json!({"content": "mine"})).body["id"].clone();
    let path = format!("{{general}}/messages/{}", by_ann.as_str().unwrap());
    assert_eq!(scene.send("PATCH", &path, json!({"content": "yours"})).body["code"], json!(50005));
}

#[test]
fn reactions_are_removed_by_user_by_emoji_or_all() {
    let mut scene = Scene::new();
    let message = scene.create("{general}/messages", json!({"content": "a"}));
    let path = format!("{{general}}/messages/{message}/reactions");
    let (general, ann, id) = (scene.general, scene.ann, message.parse::<MessageId>().unwrap());
    for emoji in ["👍", "⚓"] {
        scene.events("PUT", &format!("{path}/{emoji}/@me"), Value::Null);
        scene.world.react(NOW, ann, general, id, emoji);
    }
    assert_eq!(scene.get(&format!("{path}/👍"))[1]["username"], json!("ann"));
    for (suffix, event, left) in [
        ("/👍/@me", "MESSAGE_REACTION_REMOVE", 3),
        ("/👍/{ann}", "MESSAGE_REACTION_REMOVE", 2),
        ("/⚓", "MESSAGE_REACTION_REMOVE_EMOJI", 0),
    ] {
        assert_eq!(scene.events("DELETE", &format!("{path}{suffix}"), Value::Null), [event]);
        assert_eq!(scene.world.reactions(id).len(), left);
    }
    scene.events("PUT", &format!("{path}/👍/@me"), Value::Null);
    assert_eq!(scene.events("DELETE", &path, Value::Null), ["MESSAGE_REACTION_REMOVE_ALL"]);
}

#[test]
fn an_edit_keeps_the_attachments_in_its_list() {
    let mut scene = Scene::new();
    let file = |number: u32, name: &str| File {
        field: format!("files[{number}]"),
        name: name.into(),
        content_type: Some("text/plain".into()),
        content: b"abc".to_vec(),
    };
    let path = format!("channels/{}/messages", scene.general);
    let body = json!({"attachments": [{"id": 1, "description": "the second"}]});
    let mut request = RestRequest::new(NOW, "POST", &path, body);
    request.files = vec![file(0, "one.txt"), file(1, "two.txt")];
    let posted = scene.world.handle(&request).body;
    let [one, two] = [&posted["attachments"][0], &posted["attachments"][1]];
    assert_eq!((&one["filename"], one.get("description")), (&json!("one.txt"), None));
    assert_eq!((&two["filename"], &two["description"]), (&json!("two.txt"), &json!("the second")));
    let path = format!("{path}/{}", posted["id"].as_str().unwrap());
    let mut request =
        RestRequest::new(NOW, "PATCH", &path, json!({"attachments": [{"id": two["id"]}, {"id": 0}]}));
    request.files = vec![file(0, "three.txt")];
    let edited = scene.world.handle(&request).body;
    let names: Vec<&Value> =
        edited["attachments"].as_array().unwrap().iter().map(|one| &one["filename"]).collect();
    assert_eq!(names, ["two.txt", "three.txt"]);
    let emptied = scene.send("PATCH", &path, json!({"attachments": []}));
    assert_eq!(emptied.body["code"], json!(50006));
}

#[test]
fn members_get_roles_and_are_banned() {
    let mut scene = Scene::new();
    let role = scene.create("{guild}/roles", json!({"name": "crew", "permissions": "8"}));
    assert_eq!(
        scene.events("PUT", &format!("{{guild}}/members/{{ann}}/roles/{role}"), Value::Null)[0],
        "GUILD_MEMBER_UPDATE"
    );
    assert_eq!(scene.get("{guild}/members/{ann}")["roles"], json!([role]));
    assert_eq!(scene.get("{guild}/roles/member-counts")[&role], json!(1));
    let changed = scene.send("PATCH", "{guild}/members/{ann}", json!({"nick": "Captain"}));
    assert_eq!((changed.status, &changed.body["nick"]), (200, &json!("Captain")));
    assert_eq!(scene.get("{guild}/members/search?query=capt")[0]["user"]["username"], json!("ann"));
    assert_eq!(
        scene.events("DELETE", &format!("{{guild}}/roles/{role}"), Value::Null)[0],
        "GUILD_ROLE_DELETE"
    );
    assert_eq!(scene.get("{guild}/members/{ann}")["roles"], json!([]));
    assert_eq!(scene.get("{guild}/members?limit=10").as_array().unwrap().len(), 2);
    assert_eq!(
        scene.events("PUT", "{guild}/bans/{ann}", json!({}))[..2],
        ["GUILD_BAN_ADD", "GUILD_MEMBER_REMOVE"]
    );
    assert_eq!(scene.get("{guild}/members/{ann}")["code"], json!(10007));
    assert_eq!(scene.get("{guild}/bans/{ann}")["reason"], json!("because"));
    assert_eq!(scene.get("{guild}/bans").as_array().unwrap().len(), 1);
    assert_eq!(scene.events("DELETE", "{guild}/bans/{ann}", Value::Null)[0], "GUILD_BAN_REMOVE");
    assert_eq!(scene.get("{guild}/bans/{ann}")["code"], json!(10026));
    assert_eq!(scene.world.member(NOW, "ann").1[0].0, "GUILD_MEMBER_ADD");
}

#[test]
fn webhooks_post_with_their_own_name() {
    let mut scene = Scene::new();
    let hook = scene.send("POST", "{general}/webhooks", json!({"name": "Tides"})).body;
    let (id, token) = (hook["id"].as_str().unwrap().to_owned(), hook["token"].as_str().unwrap().to_owned());
    let path = format!("webhooks/{id}/{token}");
    assert_eq!(scene.send("POST", &path, json!({"content": "a"})).status, 204);
    let posted = scene.send("POST", &format!("{path}?wait=true"), json!({"content": "b", "username": "Ebb"}));
    assert_eq!((posted.status, &posted.body["author"]["username"]), (200, &json!("Ebb")));
    assert_eq!(posted.events[0].1.get("member"), None);
    let message = format!("{path}/messages/{}", posted.body["id"].as_str().unwrap());
    assert_eq!(scene.send("PATCH", &message, json!({"content": "c"})).body["content"], json!("c"));
    assert_eq!(scene.send("DELETE", &message, Value::Null).status, 204);
    assert_eq!(scene.get(&message)["code"], json!(10008));
    assert_eq!(scene.get(&format!("webhooks/{id}/no"))["code"], json!(50027));
    assert_eq!(scene.get(&path).get("user"), None);
    assert_eq!(
        scene.send("PATCH", &format!("webhooks/{id}"), json!({"name": "New"})).body["name"],
        json!("New")
    );
    assert_eq!(scene.get("{guild}/webhooks").as_array().unwrap().len(), 1);
    assert_eq!(scene.events("DELETE", &format!("webhooks/{id}"), Value::Null)[0], "WEBHOOKS_UPDATE");
    assert_eq!(scene.get(&path)["code"], json!(10015));
}

#[test]
fn invites_stages_lobbies_and_settings_are_stored() {
    let mut scene = Scene::new();
    let invite = scene.send("POST", "{general}/invites", json!({"max_age": 60}));
    assert_eq!(invite.events[0].0, "INVITE_CREATE");
    let path = format!("invites/{}", invite.body["code"].as_str().unwrap());
    assert_eq!(scene.get(&format!("{path}?with_counts=true"))["approximate_member_count"], json!(2));
    assert_eq!(scene.get("{general}/invites")[0]["expires_at"], json!("2026-05-02T09:15:37.412000+00:00"));
    assert_eq!(scene.events("DELETE", &path, Value::Null)[0], "INVITE_DELETE");
    assert_eq!(scene.get(&path)["code"], json!(10006));

    let stage = scene.create("{guild}/channels", json!({"name": "stage", "type": 13}));
    assert_eq!(scene.send("POST", "stage-instances", json!({"channel_id": stage, "topic": "a"})).status, 200);
    let path = format!("stage-instances/{stage}");
    assert_eq!(scene.send("PATCH", &path, json!({"topic": "b"})).body["topic"], json!("b"));
    assert_eq!(scene.events("DELETE", &path, Value::Null)[0], "STAGE_INSTANCE_DELETE");

    let lobby = scene.create("lobbies", json!({"metadata": {"a": "b"}}));
    let member = scene.send("PUT", &format!("lobbies/{lobby}/members/5"), json!({"flags": 1}));
    assert_eq!(member.body, json!({"id": "5", "metadata": null, "flags": 1}));
    scene.send("DELETE", &format!("lobbies/{lobby}/members/5"), Value::Null);
    assert_eq!(scene.get(&format!("lobbies/{lobby}"))["members"], json!([]));

    for (path, method, change) in [
        ("{guild}", "PATCH", json!({"name": "Harbour"})),
        ("{guild}/widget", "PATCH", json!({"enabled": true})),
        ("{guild}/welcome-screen", "PATCH", json!({"description": "Ahoy"})),
        ("{guild}/onboarding", "PUT", json!({"enabled": true})),
        ("applications/@me", "PATCH", json!({"description": "Tides"})),
    ] {
        let changed = scene.send(method, path, change.clone()).body;
        let (key, value) = change.as_object().unwrap().iter().next().unwrap();
        assert_eq!((&changed[key], &scene.get(path)[key]), (value, value), "{path}");
    }
    assert_eq!(scene.world.ready_data().guilds[0]["name"], json!("Harbour"));
}

#[test]
fn unknown_routes_and_objects_are_rejected() {
    let mut scene = Scene::new();
    for (method, path, status, code) in [
        ("GET", "guilds/5", 404, 10004),
        ("GET", "users/5", 404, 10013),
        ("PATCH", "channels/5", 404, 10003),
        ("POST", "channels/5/messages", 404, 10003),
        ("GET", "webhooks/5", 404, 10015),
        ("GET", "invites/no", 404, 10006),
        ("GET", "applications/5/commands", 403, 20012),
        ("GET", "no/such/route", 404, 0),
        ("GET", "{guild}/no", 404, 0),
        ("PUT", "{general}", 404, 0),
    ] {
        let response = scene.send(method, path, json!({"content": "a"}));
        assert_eq!(
            (response.status, response.body["code"].as_u64()),
            (status, Some(code)),
            "{method} {path}"
        );
    }
}

#[test]
fn every_route_responds_to_a_person_and_those_of_applications_refuse_one() {
    let table = include_str!("../../src/rest/route/table.rs");
    let routes = table.lines().filter_map(|line| {
        let (method, template) = line.split_once(" = ")?.1.split_once(" \"/")?;
        Some((method.to_uppercase(), template.split_once('"')?.0))
    });
    let bodies = [Value::Null, json!({}), json!({"name": "x", "type": 1, "content": "x"})];
    let mut asked = 0;
    for (method, template) in routes {
        for body in &bodies {
            let mut scene = Scene::new();
            let guild = scene.world.guild_id().to_string();
            let (general, ann) = (scene.general.to_string(), scene.ann.to_string());
            let path = template.split('/').map(|part| match part {
                "{guild_id}" => &guild,
                "{channel_id}" => &general,
                "{application_id}" | "{user_id}" => &ann,
                part if part.starts_with('{') => "1",
                part => part,
            });
            let path: Vec<&str> = path.collect();
            let request = RestRequest::by(NOW, scene.ann, &method, &path, body.clone());
            let response = scene.world.handle(&request);
            assert!((200..500).contains(&response.status), "{method} {template}: {}", response.status);
            if let ["applications", ..] | ["oauth2", "applications", ..] = *path {
                assert_eq!((response.status, &response.body["code"]), (403, &json!(20002)), "{template}");
            }
            asked += 1;
        }
    }
    assert!(asked > 3 * 200, "{asked}");
}
