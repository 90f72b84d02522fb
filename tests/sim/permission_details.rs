//! What a route needs by the content of the request, and what a response leaves out.

use serde_json::{Value, json};
use syncord::model::Permissions;
use syncord::sim::world::{File, RestRequest, World};

use crate::permissions::{NOW, Scene, refusal};

const REFUSED: (u16, u64) = (403, 50013);

/// Each row: what the bot has, what the request needs as well, and the request.
#[test]
fn some_contents_need_a_further_permission() {
    let features = |name: &str| json!({"features": [name]});
    let timeout = json!({"name": "a", "event_type": 1, "trigger_type": 1, "trigger_metadata": {"keyword_filter": ["a"]},
        "actions": [{"type": 3, "metadata": {"duration_seconds": 60}}]});
    let overwrite =
        |bits: Permissions| json!([{"id": "1", "type": 1, "allow": bits.bits().to_string(), "deny": "0"}]);
    let channel = json!({"name": "a", "permission_overwrites": overwrite(Permissions::MANAGE_ROLES)});
    let rows = [
        (Permissions::MANAGE_GUILD, Permissions::ADMINISTRATOR, "PATCH", "{guild}", features("COMMUNITY")),
        (Permissions::MANAGE_GUILD, Permissions::ADMINISTRATOR, "PATCH", "{guild}", features("DISCOVERABLE")),
        (
            Permissions::MANAGE_GUILD,
            Permissions::MODERATE_MEMBERS,
            "POST",
            "{guild}/auto-moderation/rules",
            timeout,
        ),
        (
            Permissions::MANAGE_CHANNELS | Permissions::MANAGE_ROLES,
            Permissions::ADMINISTRATOR,
            "POST",
            "{guild}/channels",
            channel,
        ),
        (
            Permissions::MANAGE_CHANNELS,
            Permissions::MANAGE_ROLES,
            "PATCH",
            "{general}",
            json!({"permission_overwrites": []}),
        ),
        (
            Permissions::CREATE_INSTANT_INVITE,
            Permissions::MANAGE_ROLES,
            "POST",
            "{general}/invites",
            json!({"role_ids": ["1"]}),
        ),
    ];
    for (has, further, method, path, body) in rows {
        for (permissions, is_allowed) in [(has, false), (has | further, true)] {
            let mut scene = Scene::new(permissions);
            scene.take_from_everyone(further);
            let bot = scene.bot;
            let response = scene.send(bot, method, path, body.clone());
            let expected = if is_allowed { response.status < 300 } else { refusal(&response) == REFUSED };
            assert!(expected, "{method} {path} with {permissions:?}: {}", response.body);
        }
    }
}

fn voice_channel(scene: &mut Scene) -> String {
    let zoe = scene.zoe;
    scene.create(zoe, "{guild}/channels", json!({"name": "talk", "type": 2}))
}

#[test]
fn the_status_of_a_voice_channel_needs_another_permission_from_outside() {
    let mut scene = Scene::new(Permissions::SET_VOICE_CHANNEL_STATUS);
    let (bot, talk) = (scene.bot, voice_channel(&mut scene));
    let path = format!("channels/{talk}/voice-status");
    let status = json!({"status": "reading the tides"});
    assert_eq!(refusal(&scene.send(bot, "PUT", &path, status.clone())), REFUSED);
    scene.world.join_voice(bot, talk.parse::<u64>().unwrap().into());
    assert_eq!(scene.send(bot, "PUT", &path, status).status, 204);
}

#[test]
fn what_is_in_a_voice_channel_needs_permission_to_connect() {
    let mut scene = Scene::new(Permissions::MOVE_MEMBERS);
    let (bot, ann, guild, talk) = (scene.bot, scene.ann, scene.guild, voice_channel(&mut scene));
    scene.world.join_voice(ann, talk.parse::<u64>().unwrap().into());
    let requests = [
        ("GET", format!("channels/{talk}/messages"), Value::Null),
        ("GET", "{guild}/voice-states/{ann}".to_owned(), Value::Null),
        ("PATCH", "{guild}/members/{ann}".to_owned(), json!({"channel_id": talk})),
    ];
    for (method, path, body) in &requests {
        assert!(scene.send(bot, method, path, body.clone()).status < 300, "{path}");
    }
    scene.deny(talk.parse::<u64>().unwrap().into(), guild.get(), 0, Permissions::CONNECT);
    for (method, path, body) in requests {
        assert_eq!(refusal(&scene.send(bot, method, &path, body)), REFUSED, "{path}");
    }
}

#[test]
fn sounds_of_another_guild_need_a_permission() {
    let mut scene = Scene::new(Permissions::empty());
    scene.take_from_everyone(Permissions::USE_EXTERNAL_SOUNDS);
    let (bot, guild, talk) = (scene.bot, scene.guild, voice_channel(&mut scene));
    let path = format!("channels/{talk}/send-soundboard-sound");
    for (source, expected) in [(guild.to_string(), 204), ("5".to_owned(), 403)] {
        let sound = json!({"sound_id": "1", "source_guild_id": source});
        assert_eq!(scene.send(bot, "POST", &path, sound).status, expected, "{source}");
    }
}

#[test]
fn without_history_lists_of_messages_and_pins_are_empty() {
    let mut scene = Scene::new(Permissions::PIN_MESSAGES);
    let (bot, ann, zoe, general) = (scene.bot, scene.ann, scene.zoe, scene.general);
    let id = scene.create(ann, "{general}/messages", json!({"content": "a"}));
    assert_eq!(scene.send(zoe, "PUT", &format!("{{general}}/messages/pins/{id}"), Value::Null).status, 204);
    let page = |scene: &mut Scene| scene.send(bot, "GET", "{general}/messages/pins", Value::Null).body;
    assert_eq!(page(&mut scene)["items"].as_array().unwrap().len(), 1);
    scene.deny(general, bot.get(), 1, Permissions::READ_MESSAGE_HISTORY);
    assert_eq!(page(&mut scene), json!({"items": [], "has_more": false}));
    assert_eq!(scene.send(bot, "GET", "{general}/pins", Value::Null).body, json!([]));
    assert_eq!(scene.send(bot, "GET", "{general}/messages", Value::Null).body, json!([]));
}

#[test]
fn the_creator_of_a_private_thread_removes_its_members() {
    let mut scene = Scene::new(Permissions::empty());
    let (ann, bob) = (scene.ann, scene.bob);
    for (kind, expected) in [(12, 204), (11, 403)] {
        let thread = scene.create(ann, "{general}/threads", json!({"name": "a", "type": kind}));
        let path = format!("channels/{thread}/thread-members/{bob}");
        assert_eq!(scene.send(ann, "PUT", &path, Value::Null).status, 204);
        assert_eq!(scene.send(ann, "DELETE", &path, Value::Null).status, expected, "{kind}");
    }
}

#[test]
fn one_request_moves_one_channel_to_another_category() {
    let mut scene = Scene::new(Permissions::MANAGE_CHANNELS);
    let (bot, zoe, general) = (scene.bot, scene.zoe, scene.general);
    let category = scene.create(zoe, "{guild}/channels", json!({"name": "docks", "type": 4}));
    let other = scene.create(zoe, "{guild}/channels", json!({"name": "quay"}));
    let moved = |ids: &[&str]| -> Value {
        ids.iter().map(|id| json!({"id": id, "position": 3, "parent_id": category})).collect()
    };
    let general_id = general.to_string();
    let both = scene.send(bot, "PATCH", "{guild}/channels", moved(&[&general_id, &other]));
    let message = "Only one channel can have a parent_id modified at a time";
    assert_eq!((both.status, &both.body), (400, &json!({"message": message, "code": 40009})));
    assert_eq!(scene.send(bot, "PATCH", "{guild}/channels", moved(&[&general_id])).status, 204);
    // The first one is there already.
    assert_eq!(scene.send(bot, "PATCH", "{guild}/channels", moved(&[&general_id, &other])).status, 204);
    // A hidden channel has a position, but cannot be moved to a category.
    scene.deny(general, bot.get(), 1, Permissions::VIEW_CHANNEL);
    let position = json!([{"id": general_id, "position": 1}]);
    assert_eq!(scene.send(bot, "PATCH", "{guild}/channels", position).status, 204);
    let out = json!([{"id": general_id, "parent_id": null}]);
    assert_eq!(refusal(&scene.send(bot, "PATCH", "{guild}/channels", out)), (403, 50001));
    let synchronized = json!([{"id": other, "parent_id": category, "lock_permissions": true}]);
    assert_eq!(refusal(&scene.send(bot, "PATCH", "{guild}/channels", synchronized.clone())), REFUSED);
    assert_eq!(scene.send(zoe, "PATCH", "{guild}/channels", synchronized).status, 204);
}

#[test]
fn a_channel_that_is_moved_has_the_overwrites_of_its_category_only_if_they_are_locked() {
    let mut scene = Scene::new(Permissions::empty());
    let (zoe, ann) = (scene.zoe, scene.ann);
    let category = scene.create(zoe, "{guild}/channels", json!({"name": "docks", "type": 4}));
    scene.deny(category.parse::<u64>().unwrap().into(), ann.get(), 1, Permissions::SEND_MESSAGES);
    let expected = json!([{"id": ann.to_string(), "type": 1, "allow": "0",
        "deny": Permissions::SEND_MESSAGES.bits().to_string()}]);
    for (lock, overwrites) in [(false, json!([])), (true, expected)] {
        let channel = scene.create(zoe, "{guild}/channels", json!({"name": "quay"}));
        let moved = json!([{"id": channel, "parent_id": category, "lock_permissions": lock}]);
        let response = scene.send(zoe, "PATCH", "{guild}/channels", moved);
        assert_eq!(response.status, 204);
        let after = scene.send(zoe, "GET", &format!("channels/{channel}"), Value::Null).body;
        assert_eq!((&after["parent_id"], &after["permission_overwrites"]), (&json!(category), &overwrites));
        let (name, event) = &response.events[0];
        assert_eq!((*name, &event["permission_overwrites"]), ("CHANNEL_UPDATE", &overwrites));
    }
}

#[test]
fn bans_reach_bots_that_moderate() {
    for (permissions, is_received) in
        [(Permissions::empty(), false), (Permissions::BAN_MEMBERS, true), (Permissions::VIEW_AUDIT_LOG, true)]
    {
        let mut scene = Scene::new(permissions);
        let (zoe, bot) = (scene.zoe, scene.bot);
        for method in ["PUT", "DELETE"] {
            let events = scene.send(zoe, method, "{guild}/bans/{ann}", json!({})).events;
            let (name, data) = events.iter().find(|(name, _)| name.starts_with("GUILD_BAN")).unwrap();
            let receivers = scene.world.receivers(name, data);
            assert_eq!(receivers.contains(&bot), is_received, "{name} with {permissions:?}");
        }
    }
}

#[test]
fn invites_show_their_metadata_only_to_managers() {
    for (permissions, has_metadata) in
        [(Permissions::VIEW_AUDIT_LOG, false), (Permissions::MANAGE_GUILD, true)]
    {
        let mut scene = Scene::new(permissions);
        let (zoe, bot) = (scene.zoe, scene.bot);
        assert_eq!(scene.send(zoe, "POST", "{general}/invites", json!({})).status, 200);
        let invites = scene.send(bot, "GET", "{guild}/invites", Value::Null).body;
        for key in ["uses", "max_uses", "max_age", "temporary", "created_at"] {
            assert_eq!(invites[0].get(key).is_some(), has_metadata, "{key} with {permissions:?}");
        }
        assert!(invites[0]["code"].is_string());
    }
}

#[test]
fn the_target_users_of_an_invite_are_for_its_inviter_and_managers() {
    let mut scene = Scene::new(Permissions::VIEW_AUDIT_LOG);
    let (bot, zoe, ann, bob) = (scene.bot, scene.zoe, scene.ann, scene.bob);
    let role = scene.create(zoe, "{guild}/roles", json!({"name": "crew"}));
    let made = scene.send(zoe, "POST", "{general}/invites", json!({"role_ids": [role]}));
    let invite = &made.body;
    assert_eq!((&invite["roles"][0]["id"], &invite["roles"][0]["permissions"]), (&json!(role), &Value::Null));
    let event = &made.events.iter().find(|(name, _)| *name == "INVITE_CREATE").unwrap().1;
    assert_eq!(event["role_ids"], json!([role]));
    let path = format!("invites/{}/target-users", invite["code"].as_str().unwrap());
    for (user, is_allowed) in [(zoe, true), (bot, true), (ann, false), (bob, false)] {
        let response = scene.send(user, "GET", &path, Value::Null);
        assert_eq!(response.status == 200, is_allowed, "{user}: {}", response.body);
    }
    assert_eq!(refusal(&scene.send(bot, "PUT", &path, Value::Null)), REFUSED);
}

/// The file comes with the invite or later, with or without a header.
#[test]
fn the_target_users_of_an_invite_are_kept() {
    let mut scene = Scene::new(Permissions::empty());
    let (zoe, general) = (scene.zoe, scene.general);
    let mut send = |method: &str, path: &str, file: &str| {
        let request = RestRequest::new(NOW, method, path, json!({}));
        let file = File {
            field: "target_users_file".to_owned(),
            name: "users.csv".to_owned(),
            content: file.into(),
            ..File::default()
        };
        scene.world.handle(&RestRequest { user: Some(zoe), files: vec![file], ..request })
    };
    let invite = send("POST", &format!("channels/{general}/invites"), "user_id\n5\n6\n").body;
    let path = format!("invites/{}/target-users", invite["code"].as_str().unwrap());
    assert_eq!(send("GET", &path, "").body, json!("user_id\n5\n6"));
    assert_eq!(send("PUT", &path, "\"7\"\r\n8\r\n").status, 204);
    assert_eq!(send("GET", &path, "").body, json!("user_id\n7\n8"));
    let job = send("GET", &format!("{path}/job-status"), "").body;
    assert_eq!((&job["total_users"], &job["processed_users"]), (&json!(2), &json!(2)));
}

#[test]
fn an_application_reads_its_own_webhook() {
    let mut scene = Scene::new(Permissions::MANAGE_WEBHOOKS);
    let (bot, zoe, general) = (scene.bot, scene.zoe, scene.general);
    let own = scene.create(bot, "{general}/webhooks", json!({"name": "tide"}));
    let other = scene.create(zoe, "{general}/webhooks", json!({"name": "moon"}));
    scene.deny(general, bot.get(), 1, Permissions::MANAGE_WEBHOOKS);
    assert_eq!(scene.send(bot, "GET", &format!("webhooks/{own}"), Value::Null).status, 200);
    for (method, id) in [("GET", &other), ("PATCH", &own), ("DELETE", &own)] {
        let response = scene.send(bot, method, &format!("webhooks/{id}"), json!({"name": "b"}));
        assert_eq!(refusal(&response), REFUSED, "{method}");
    }
}

#[test]
fn the_creator_of_an_emoji_is_shown_to_those_who_create_or_manage() {
    for (permissions, is_shown) in
        [(Permissions::empty(), false), (Permissions::CREATE_GUILD_EXPRESSIONS, true)]
    {
        let mut scene = Scene::new(permissions);
        scene.take_from_everyone(Permissions::CREATE_GUILD_EXPRESSIONS);
        let (bot, zoe) = (scene.bot, scene.zoe);
        let emoji = scene.create(zoe, "{guild}/emojis", json!({"name": "ahoy", "image": "data:"}));
        for path in ["{guild}/emojis".to_owned(), format!("{{guild}}/emojis/{emoji}")] {
            let body = scene.send(bot, "GET", &path, Value::Null).body;
            let one = body.get(0).unwrap_or(&body);
            assert_eq!(one.get("user").is_some(), is_shown, "{path} with {permissions:?}");
        }
    }
}

#[test]
fn a_list_of_thread_members_needs_the_intent() {
    for (flags, status) in [(0, 403), (1 << 14, 200)] {
        let mut world = World::new(NOW, "bot", flags);
        let (general, _) = world.channel(NOW, "general");
        let path = format!("channels/{general}/threads");
        let thread =
            world.handle(&RestRequest::new(NOW, "POST", &path, json!({"name": "a", "type": 11}))).body;
        let path = format!("channels/{}/thread-members", thread["id"].as_str().unwrap());
        let response = world.handle(&RestRequest::new(NOW, "GET", &path, Value::Null));
        assert_eq!(response.status, status, "{flags}: {}", response.body);
    }
}
