//! What clients of other libraries rely on.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::id::{ChannelId, GuildId, UserId};
use syncord::sim::Discord;
use syncord::sim::peer::{OutputKind, Peer, Rules};
use syncord::sim::world::{File, RestRequest, RestResponse, World};

use super::client::rest;

/// 2026-05-02T09:14:37.412Z
const NOW: Duration = Duration::from_millis(1_777_713_277_412);

/// A world with the channel #general and the member ann.
struct Scene {
    world: World,
    guild: GuildId,
    general: ChannelId,
    ann: UserId,
}

impl Scene {
    fn new() -> Scene {
        let mut world = World::new(NOW, "bot", 0);
        let (general, _) = world.channel(NOW, "general");
        let (ann, _) = world.member(NOW, "ann");
        Scene { guild: world.guild_id(), world, general, ann }
    }

    fn send(&mut self, method: &str, path: &str, body: Value) -> RestResponse {
        let response = self.world.handle(&RestRequest::new(NOW, method, path, body));
        assert!(response.status < 300, "{method} {path}: {}", response.body);
        response
    }

    /// Sends a request and returns the entry of the audit log that it causes.
    fn audited(&mut self, method: &str, path: &str, body: Value) -> Value {
        let response = self.send(method, path, body);
        let mut events = response.events.into_iter();
        let entry = events.find(|(name, _)| *name == "GUILD_AUDIT_LOG_ENTRY_CREATE");
        entry.unwrap_or_else(|| panic!("{method} {path} is not in the audit log")).1
    }
}

/// The old and the new value of a change in an entry of the audit log.
fn change<'e>(entry: &'e Value, key: &str) -> (&'e Value, &'e Value) {
    let change = entry["changes"].as_array().unwrap().iter().find(|change| change["key"] == key);
    let change = change.unwrap_or_else(|| panic!("no change of {key} in {entry}"));
    (&change["old_value"], &change["new_value"])
}

#[test]
fn a_response_without_a_body_has_no_content_type() {
    let discord = Discord::start().unwrap();
    let path = format!("/channels/{}/typing", discord.channel("general").id());
    let (status, _, headers) = rest(&discord, "POST", &path, None);
    assert_eq!(status, 204);
    assert_eq!(headers.get("content-type"), None);
}

#[test]
fn the_token_may_have_the_prefix_that_rest_needs() {
    let text = |kind: &OutputKind| match kind {
        OutputKind::Text(text) => serde_json::from_str::<Value>(text).unwrap(),
        other => panic!("{other:?}"),
    };
    let mut peer = Peer::new(Rules { token: "right".into(), ..Rules::default() }, 7);
    let (conn, _) = peer.connect(Duration::ZERO);
    let login = json!({"op": 2, "d": {"token": "Bot right", "intents": 0, "properties": {}}});
    let ready = text(&peer.receive(Duration::ZERO, conn, &login.to_string())[0].kind);
    peer.disconnected(Duration::ZERO, conn);
    let (conn, _) = peer.connect(Duration::ZERO);
    let resume =
        json!({"op": 6, "d": {"token": "Bot right", "session_id": ready["d"]["session_id"], "seq": 1}});
    let resumed = text(&peer.receive(Duration::ZERO, conn, &resume.to_string())[0].kind);
    assert_eq!((&ready["t"], &resumed["t"]), (&json!("READY"), &json!("RESUMED")));
}

#[test]
fn the_application_has_an_owner_and_no_empty_settings() {
    let mut scene = Scene::new();
    let application = scene.send("GET", "applications/@me", Value::Null).body;
    assert_eq!(application["owner"]["username"], "ann");
    for field in ["cover_image", "custom_install_url", "install_params"] {
        assert_eq!(application.get(field), None, "{field}");
    }
    let url = "https://example.com/install";
    let changed = scene.send("PATCH", "applications/@me", json!({"custom_install_url": url})).body;
    assert_eq!(changed["custom_install_url"], url);
    let changed = scene.send("PATCH", "applications/@me", json!({"custom_install_url": null})).body;
    assert_eq!(changed.get("custom_install_url"), None);
}

#[test]
fn a_message_event_has_the_type_of_its_channel() {
    let mut scene = Scene::new();
    let dm = scene.world.dm_channel(NOW, scene.ann).body["id"].as_str().unwrap().parse().unwrap();
    for (channel, kind) in [(scene.general, 0), (dm, 1)] {
        let response = scene.world.post(NOW, scene.ann, channel, &json!({"content": "hello"}));
        assert_eq!(response.events[0].1["channel_type"], kind);
        assert_eq!(response.body.get("channel_type"), None);
    }
}

#[test]
fn only_forums_have_tags() {
    let mut scene = Scene::new();
    let channels = format!("guilds/{}/channels", scene.guild);
    for (kind, expected) in [(0, None), (2, None), (4, None), (15, Some(json!([])))] {
        let response = scene.send("POST", &channels, json!({"name": "deck", "type": kind}));
        assert_eq!(response.body.get("available_tags"), expected.as_ref(), "type {kind}");
    }
}

#[test]
fn ids_in_requests_may_be_numbers() {
    let mut scene = Scene::new();
    let guild = format!("guilds/{}", scene.guild);
    let role = scene.send("POST", &format!("{guild}/roles"), json!({"name": "crew"})).body["id"].clone();
    let number: u64 = role.as_str().unwrap().parse().unwrap();

    let moved = scene.send("PATCH", &format!("{guild}/roles"), json!([{"id": number, "position": 2}]));
    assert_eq!(moved.events[0].0, "GUILD_ROLE_UPDATE");
    let member = format!("{guild}/members/{}", scene.ann);
    let member = scene.send("PATCH", &member, json!({"roles": [number]}));
    assert_eq!(member.body["roles"], json!([role]));
    let overwrites = json!([{"id": number, "type": 0, "allow": 1024, "deny": 0}]);
    let body = json!({"name": "deck", "permission_overwrites": overwrites});
    let channel = scene.send("POST", &format!("{guild}/channels"), body);
    assert_eq!(
        channel.body["permission_overwrites"],
        json!([{"id": role, "type": 0, "allow": "1024", "deny": "0"}])
    );

    let stage = scene.send("POST", &format!("{guild}/channels"), json!({"name": "stage", "type": 13})).body;
    let id: u64 = stage["id"].as_str().unwrap().parse().unwrap();
    scene.send("POST", "stage-instances", json!({"channel_id": id, "topic": "knots"}));
    let shown = scene.send("GET", &format!("stage-instances/{id}"), Value::Null).body;
    assert_eq!(shown["channel_id"], stage["id"]);
}

#[test]
fn a_request_for_members_may_have_a_number_as_guild() {
    let mut peer = Peer::new(Rules { token: "right".into(), ..Rules::default() }, 7);
    let (conn, _) = peer.connect(Duration::ZERO);
    let login = json!({"op": 2, "d": {"token": "right", "intents": 0, "properties": {}}});
    peer.receive(Duration::ZERO, conn, &login.to_string());
    let request = json!({"op": 8, "d": {"guild_id": 99, "user_ids": [1], "limit": 0}});
    peer.receive(Duration::ZERO, conn, &request.to_string());
    let requests = peer.take_guild_requests();
    assert_eq!(requests[0].data, json!({"guild_id": "99", "user_ids": ["1"], "limit": 0}));
}

#[test]
fn the_audit_log_says_what_was_done() {
    let mut scene = Scene::new();
    let (guild, general, ann) = (scene.guild, scene.general, scene.ann.to_string());
    let channel = format!("channels/{general}");
    let message = scene.world.post(NOW, scene.ann, general, &json!({"content": "hello"})).body["id"].clone();
    let message = message.as_str().unwrap();

    let pinned = scene.audited("PUT", &format!("{channel}/messages/pins/{message}"), Value::Null);
    let options = json!({"channel_id": general.to_string(), "message_id": message});
    assert_eq!((&pinned["target_id"], &pinned["options"]), (&json!(ann), &options));

    let deleted = scene.send("DELETE", &format!("{channel}/messages/{message}"), Value::Null).events;
    let deleted: Vec<&str> = deleted.iter().map(|(name, _)| *name).collect();
    assert_eq!(deleted, ["MESSAGE_DELETE"], "a bot that deletes one message leaves no entry");

    let invite = scene.audited("POST", &format!("{channel}/invites"), json!({"max_uses": 3}));
    assert_eq!((&invite["target_id"], change(&invite, "max_uses").1), (&Value::Null, &json!(3)));
    assert_eq!(change(&invite, "channel_id").1, &json!(general.to_string()));

    let overwrite = json!({"type": 0, "allow": "1024", "deny": "0"});
    let overwrite = scene.audited("PUT", &format!("{channel}/permissions/{guild}"), overwrite);
    let options = json!({"id": guild.to_string(), "type": "0", "role_name": "@everyone"});
    assert_eq!((&overwrite["action_type"], &overwrite["options"]), (&json!(13), &options));
    assert_eq!(change(&overwrite, "allow").1, "1024");

    let renamed = scene.audited("PATCH", &channel, json!({"name": "deck", "topic": "knots"}));
    assert_eq!(change(&renamed, "name"), (&json!("general"), &json!("deck")));
    assert_eq!(change(&renamed, "topic"), (&Value::Null, &json!("knots")));
    assert_eq!(renamed["changes"].as_array().unwrap().len(), 2);

    let role = scene.send("POST", &format!("guilds/{guild}/roles"), json!({"name": "crew"})).body;
    let role_path = format!("guilds/{guild}/members/{ann}/roles/{}", role["id"].as_str().unwrap());
    let given = scene.audited("PUT", &role_path, Value::Null);
    assert_eq!(change(&given, "$add").1, &json!([{"id": role["id"], "name": "crew"}]));

    let log = scene.send("GET", &format!("guilds/{guild}/audit-logs"), Value::Null).body;
    let users = log["users"].as_array().unwrap();
    assert_eq!(users.len(), 2, "the bot and ann: {users:?}");
}

#[test]
fn a_change_of_nickname_and_roles_is_two_entries() {
    let mut scene = Scene::new();
    let guild = scene.guild;
    let role =
        scene.send("POST", &format!("guilds/{guild}/roles"), json!({"name": "crew"})).body["id"].clone();
    let body = json!({"nick": "Annie", "roles": [role]});
    let response = scene.send("PATCH", &format!("guilds/{guild}/members/{}", scene.ann), body);
    let actions: Vec<&Value> = response.events.iter().map(|(_, data)| &data["action_type"]).collect();
    assert_eq!(actions, [&Value::Null, &json!(24), &json!(25)]);
}

/// A PNG picture of 3 by 2 pixels, as far as its header goes.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0";

#[test]
fn an_attachment_can_be_downloaded_from_its_address() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let message = ann.posts_with_files(&general, &json!({"content": "here"}), &[("a map.txt", b"north")]);
    let attachment = general.message(message).unwrap().raw["attachments"][0].clone();
    assert_eq!(attachment["content_type"], "text/plain; charset=utf-8");
    let url = attachment["url"].as_str().unwrap();
    let mut response = ureq::get(url).call().unwrap();
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    assert_eq!(response.body_mut().read_to_string().unwrap(), "north");
}

#[test]
fn references_to_files_become_addresses() {
    let mut scene = Scene::new();
    let file = |name: &str, content: &[u8]| File {
        field: format!("files[{}]", u8::from(name == "log.txt")),
        name: name.into(),
        content: content.to_vec(),
        ..File::default()
    };
    let body = json!({
        "embeds": [{"title": "map", "image": {"url": "attachment://map.png"}, "footer": {"text": "x", "icon_url": "attachment://map.png"}}],
    });
    let files = [file("map.png", PICTURE)];
    let message = scene.world.post_files(NOW, scene.ann, scene.general, &body, &files).body;
    let embed = &message["embeds"][0];
    let url = &message["attachments"][0]["url"];
    assert_eq!((&embed["image"]["url"], &embed["footer"]["icon_url"]), (url, url));
    assert_eq!((&embed["image"]["width"], &embed["image"]["height"]), (&json!(3), &json!(2)));

    let components = json!([
        {"type": 13, "file": {"url": "attachment://log.txt"}},
        {"type": 12, "items": [{"media": {"url": "attachment://map.png"}}, {"media": {"url": "https://example.com/a.png"}}]},
    ]);
    let body = json!({"flags": 1 << 15, "components": components});
    let files = [file("map.png", PICTURE), file("log.txt", b"calm")];
    let message = scene.world.post_files(NOW, scene.ann, scene.general, &body, &files).body;
    let (log, gallery) = (&message["components"][0], &message["components"][1]["items"]);
    assert_eq!((&log["name"], &log["size"], &log["spoiler"]), (&json!("log.txt"), &json!(4), &json!(false)));
    assert_eq!(log["file"]["attachment_id"], message["attachments"][1]["id"]);
    assert_eq!(gallery[0]["media"]["width"], 3);
    assert_eq!(gallery[1]["media"]["proxy_url"], "https://example.com/a.png");
}

#[test]
fn discord_posts_messages_about_pins_threads_and_polls() {
    let mut scene = Scene::new();
    let channel = format!("channels/{}", scene.general);
    let said =
        scene.world.post(NOW, scene.ann, scene.general, &json!({"content": "topic"})).body["id"].clone();
    let said = said.as_str().unwrap();
    let message = |response: RestResponse, kind: u64| {
        let mut messages = response.events.into_iter().filter(|(name, _)| *name == "MESSAGE_CREATE");
        let found = messages.find(|(_, data)| data["type"] == kind);
        found.unwrap_or_else(|| panic!("no message of type {kind}")).1
    };

    let pin = message(scene.send("PUT", &format!("{channel}/messages/pins/{said}"), Value::Null), 6);
    assert_eq!(pin["message_reference"]["message_id"], said);

    let from_message =
        scene.send("POST", &format!("{channel}/messages/{said}/threads"), json!({"name": "talk"}));
    let thread = from_message.body["id"].clone();
    let starter = message(from_message, 21);
    assert_eq!(
        (&starter["channel_id"], &starter["referenced_message"]["content"]),
        (&thread, &json!("topic"))
    );

    let public = scene.send("POST", &format!("{channel}/threads"), json!({"name": "open", "type": 11}));
    let thread = public.body["id"].clone();
    let created = message(public, 18);
    assert_eq!((&created["content"], &created["message_reference"]["channel_id"]), (&json!("open"), &thread));

    let poll = json!({"question": {"text": "Where?"}, "answers": [{"poll_media": {"text": "north"}}]});
    let poll = scene.send("POST", &format!("{channel}/messages"), json!({"poll": poll})).body["id"].clone();
    let expire = format!("{channel}/polls/{}/expire", poll.as_str().unwrap());
    let result = message(scene.send("POST", &expire, Value::Null), 46);
    assert_eq!(result["message_reference"]["message_id"], poll);
    assert_eq!(result["embeds"][0]["fields"][0]["value"], "Where?");
}

#[test]
fn a_forwarded_message_has_a_snapshot() {
    let mut scene = Scene::new();
    let said =
        scene.world.post(NOW, scene.ann, scene.general, &json!({"content": "news"})).body["id"].clone();
    let reference = json!({"type": 1, "message_id": said, "channel_id": scene.general.to_string()});
    let path = format!("channels/{}/messages", scene.general);
    let forwarded = scene.send("POST", &path, json!({"message_reference": reference})).body;
    assert_eq!(forwarded["message_snapshots"][0]["message"]["content"], "news");
    assert_eq!(forwarded["message_reference"]["type"], 1);
    assert_eq!(forwarded["flags"], 1 << 14);
}

#[test]
fn the_first_message_of_a_post_has_the_id_of_its_thread() {
    let mut scene = Scene::new();
    let forum =
        scene.send("POST", &format!("guilds/{}/channels", scene.guild), json!({"name": "ideas", "type": 15}));
    let path = format!("channels/{}/threads", forum.body["id"].as_str().unwrap());
    let post = scene.send("POST", &path, json!({"name": "a pier", "message": {"content": "longer"}})).body;
    assert_eq!(post["message"]["id"], post["id"]);
}

#[test]
fn a_sent_sticker_is_shown() {
    let mut scene = Scene::new();
    let path = format!("channels/{}/messages", scene.general);
    let pack = scene.send("GET", "sticker-packs", Value::Null).body["sticker_packs"][0].clone();
    let sticker = &pack["stickers"][0];
    let message = scene.send("POST", &path, json!({"sticker_ids": [sticker["id"]]})).body;
    let item = json!({"id": sticker["id"], "name": sticker["name"], "format_type": sticker["format_type"]});
    assert_eq!(message["sticker_items"], json!([item]));
}

#[test]
fn a_moderator_mutes_and_disconnects_a_member() {
    let mut scene = Scene::new();
    let (guild, ann) = (scene.guild, scene.ann);
    let deck =
        scene.send("POST", &format!("guilds/{guild}/channels"), json!({"name": "deck", "type": 2})).body;
    assert_eq!(scene.world.join_voice(ann, deck["id"].as_str().unwrap().parse().unwrap()).status, 204);
    let member = format!("guilds/{guild}/members/{ann}");
    let state = |response: RestResponse| {
        let mut events = response.events.into_iter();
        events.find(|(name, _)| *name == "VOICE_STATE_UPDATE").expect("a voice state").1
    };
    let muted = state(scene.send("PATCH", &member, json!({"mute": true})));
    assert_eq!((&muted["mute"], &muted["channel_id"]), (&json!(true), &deck["id"]));
    let gone = state(scene.send("PATCH", &member, json!({"channel_id": null})));
    assert_eq!(gone["channel_id"], Value::Null);
}

#[test]
fn names_and_colors_are_completed() {
    let mut scene = Scene::new();
    let guild = format!("guilds/{}", scene.guild);
    let channel = scene.send("POST", &format!("{guild}/channels"), json!({"name": "Some Name"})).body;
    assert_eq!(channel["name"], "some-name");
    let voice =
        scene.send("POST", &format!("{guild}/channels"), json!({"name": "Some Name", "type": 2})).body;
    assert_eq!(voice["name"], "Some Name");
    for sent in [json!({"color": 7}), json!({"colors": {"primary_color": 7}})] {
        let role = scene.send("POST", &format!("{guild}/roles"), sent).body;
        assert_eq!((&role["color"], &role["colors"]["primary_color"]), (&json!(7), &json!(7)));
        assert_ne!(role["permissions"], "0", "a new role may do what everybody may");
    }
}

#[test]
fn the_channels_of_a_deleted_category_are_updated() {
    let mut scene = Scene::new();
    let channels = format!("guilds/{}/channels", scene.guild);
    let category = scene.send("POST", &channels, json!({"name": "harbour", "type": 4})).body["id"].clone();
    let child =
        scene.send("POST", &channels, json!({"name": "pier", "parent_id": category})).body["id"].clone();
    let deleted = scene.send("DELETE", &format!("channels/{}", category.as_str().unwrap()), Value::Null);
    let update = deleted.events.iter().find(|(name, _)| *name == "CHANNEL_UPDATE").unwrap();
    assert_eq!((&update.1["id"], &update.1["parent_id"]), (&child, &Value::Null));
}

#[test]
fn reactions_are_in_the_order_of_their_first_use() {
    let mut scene = Scene::new();
    let said =
        scene.world.post(NOW, scene.ann, scene.general, &json!({"content": "vote"})).body["id"].clone();
    let path = format!("channels/{}/messages/{}", scene.general, said.as_str().unwrap());
    for emoji in ["🚢", "⚓"] {
        scene.send("PUT", &format!("{path}/reactions/{emoji}/@me"), Value::Null);
    }
    let message = scene.send("GET", &path, Value::Null).body;
    let names: Vec<&Value> =
        message["reactions"].as_array().unwrap().iter().map(|one| &one["emoji"]["name"]).collect();
    assert_eq!(names, ["🚢", "⚓"]);
}

#[test]
fn a_webhook_posts_in_a_forum_only_in_a_thread() {
    let mut scene = Scene::new();
    let channels = format!("guilds/{}/channels", scene.guild);
    let forum = scene.send("POST", &channels, json!({"name": "ideas", "type": 15})).body["id"].clone();
    let hook = |scene: &mut Scene, channel: &str| {
        let hook = scene.send("POST", &format!("channels/{channel}/webhooks"), json!({"name": "Tides"})).body;
        format!("webhooks/{}/{}", hook["id"].as_str().unwrap(), hook["token"].as_str().unwrap())
    };
    let in_forum = hook(&mut scene, forum.as_str().unwrap());
    let general = scene.general.to_string();
    let in_general = hook(&mut scene, &general);
    let mut code = |path: &str, body: Value| {
        scene.world.handle(&RestRequest::new(NOW, "POST", path, body)).body["code"].clone()
    };
    assert_eq!(code(&in_forum, json!({"content": "a"})), 220_001);
    assert_eq!(
        code(&format!("{in_forum}?thread_id=5"), json!({"content": "a", "thread_name": "b"})),
        220_002
    );
    assert_eq!(code(&in_general, json!({"content": "a", "thread_name": "b"})), 220_003);

    let posted =
        scene.send("POST", &format!("{in_forum}?wait=true"), json!({"content": "a", "thread_name": "b"}));
    let names: Vec<&str> = posted.events.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["THREAD_CREATE", "MESSAGE_CREATE"]);
    let thread = posted.body["channel_id"].as_str().unwrap().to_owned();
    assert_eq!(posted.body["id"], thread, "the first message of a post has the ID of its thread");
    let shown = scene.send("GET", &format!("channels/{thread}"), Value::Null).body;
    assert_eq!((&shown["name"], &shown["parent_id"]), (&json!("b"), &forum));
    let second =
        scene.send("POST", &format!("{in_forum}?wait=true&thread_id={thread}"), json!({"content": "c"}));
    assert_eq!(second.body["channel_id"], thread);
}

#[test]
fn a_bot_that_left_a_guild_has_no_access() {
    let mut scene = Scene::new();
    let (guild, ann) = (scene.guild, scene.ann);
    scene.world.set_owner(guild, ann);
    let left = scene.send("DELETE", &format!("users/@me/guilds/{guild}"), Value::Null);
    let names: Vec<&str> = left.events.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["GUILD_MEMBER_REMOVE", "GUILD_DELETE"]);
    for path in [format!("guilds/{guild}"), format!("channels/{}/messages", scene.general)] {
        let response = scene.world.handle(&RestRequest::new(NOW, "GET", &path, Value::Null));
        assert_eq!((response.status, &response.body["code"]), (403, &json!(50001)), "{path}");
    }
}

#[test]
fn direct_messages_need_a_person_as_recipient() {
    let mut scene = Scene::new();
    let body = json!({"recipient_id": "5"});
    let response = scene.world.handle(&RestRequest::new(NOW, "POST", "users/@me/channels", body));
    assert_eq!((response.status, &response.body["code"]), (400, &json!(50033)));
}

#[test]
fn components_have_the_values_that_were_not_sent() {
    let mut scene = Scene::new();
    let path = format!("channels/{}/messages", scene.general);
    let user = json!({"type": 5, "custom_id": "who"});
    let rows = json!([{"type": 1, "components": [user]}]);
    let select = scene.send("POST", &path, json!({"content": "who?", "components": rows})).body["components"]
        [0]["components"][0]
        .clone();
    assert_eq!((&select["min_values"], &select["max_values"]), (&json!(1), &json!(1)));
    let sent = json!([{"type": 17, "components": [{"type": 14}]}]);
    let container =
        scene.send("POST", &path, json!({"flags": 1 << 15, "components": sent})).body["components"][0]
            .clone();
    assert_eq!((&container["spoiler"], &container["accent_color"]), (&json!(false), &Value::Null));
    let separator = &container["components"][0];
    assert_eq!((&separator["divider"], &separator["spacing"]), (&json!(true), &json!(1)));
}
