//! Who may do what.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::id::{ChannelId, GuildId, UserId};
use syncord::model::Permissions;
use syncord::sim::world::{RestRequest, RestResponse, World};

/// 2026-05-02T09:14:37.412Z
pub(crate) const NOW: Duration = Duration::from_millis(1_777_713_277_412);

/// A guild of zoe, with a bot whose role has some permissions, the members ann and bob, and #general.
pub(crate) struct Scene {
    pub(crate) world: World,
    pub(crate) guild: GuildId,
    pub(crate) zoe: UserId,
    pub(crate) bot: UserId,
    pub(crate) ann: UserId,
    pub(crate) bob: UserId,
    pub(crate) general: ChannelId,
}

impl Scene {
    pub(crate) fn new(permissions: Permissions) -> Scene {
        let mut world = World::without_guild(NOW, "bot", 1 << 18);
        let (bot, zoe) = (world.bot_id(), world.person(NOW, "zoe"));
        let guild = world.add_guild(NOW, "harbour", zoe);
        world.add_bot(NOW, guild, bot, u64::try_from(permissions.bits()).unwrap());
        let ((ann, _), (bob, _)) = (world.member(NOW, "ann"), world.member(NOW, "bob"));
        let (general, _) = world.channel(NOW, "general");
        Scene { world, guild, zoe, bot, ann, bob, general }
    }

    pub(crate) fn send(&mut self, user: UserId, method: &str, path: &str, body: Value) -> RestResponse {
        let path = path
            .replace("{guild}", &format!("guilds/{}", self.guild))
            .replace("{general}", &format!("channels/{}", self.general))
            .replace("{ann}", &self.ann.to_string())
            .replace("{bob}", &self.bob.to_string());
        let request = RestRequest::new(NOW, method, &path, body);
        self.world.handle(&RestRequest { user: Some(user), ..request })
    }

    /// Sends a request that must succeed, and returns the ID of the body.
    pub(crate) fn create(&mut self, user: UserId, path: &str, body: Value) -> String {
        let response = self.send(user, "POST", path, body);
        assert!(response.status < 300, "{path}: {}", response.body);
        response.body["id"].as_str().unwrap().to_owned()
    }

    /// Takes permissions away from @everyone.
    pub(crate) fn take_from_everyone(&mut self, permissions: Permissions) {
        let path = format!("{{guild}}/roles/{}", self.guild);
        let default = Permissions::from_bits_retain(2_248_473_465_835_073);
        let left = (default - permissions).bits().to_string();
        let zoe = self.zoe;
        assert_eq!(self.send(zoe, "PATCH", &path, json!({"permissions": left})).status, 200);
    }

    pub(crate) fn deny(&mut self, channel: ChannelId, who: u64, kind: u64, permissions: Permissions) {
        let zoe = self.zoe;
        let path = format!("channels/{channel}/permissions/{who}");
        let body = json!({"type": kind, "allow": "0", "deny": permissions.bits().to_string()});
        assert_eq!(self.send(zoe, "PUT", &path, body).status, 204);
    }
}

pub(crate) fn refusal(response: &RestResponse) -> (u16, u64) {
    (response.status, response.body["code"].as_u64().unwrap_or(0))
}

#[test]
fn each_route_needs_its_permission() {
    let rows: [(Permissions, &str, &str, Value); 26] = [
        (Permissions::SEND_MESSAGES, "POST", "{general}/messages", json!({"content": "a"})),
        (Permissions::EMBED_LINKS, "POST", "{general}/messages", json!({"embeds": [{"title": "a"}]})),
        (Permissions::SEND_MESSAGES, "POST", "{general}/typing", Value::Null),
        (Permissions::MANAGE_MESSAGES, "DELETE", "{general}/messages/{message}", Value::Null),
        (Permissions::PIN_MESSAGES, "PUT", "{general}/messages/pins/{message}", Value::Null),
        (Permissions::ADD_REACTIONS, "PUT", "{general}/messages/{message}/reactions/⚓/@me", Value::Null),
        (Permissions::MANAGE_MESSAGES, "DELETE", "{general}/messages/{message}/reactions", Value::Null),
        (
            Permissions::CREATE_PUBLIC_THREADS,
            "POST",
            "{general}/messages/{message}/threads",
            json!({"name": "a"}),
        ),
        (Permissions::CREATE_PUBLIC_THREADS, "POST", "{general}/threads", json!({"name": "a", "type": 11})),
        (Permissions::CREATE_PRIVATE_THREADS, "POST", "{general}/threads", json!({"name": "a", "type": 12})),
        (Permissions::MANAGE_CHANNELS, "PATCH", "{general}", json!({"name": "a"})),
        (Permissions::MANAGE_ROLES, "PUT", "{general}/permissions/{ann}", json!({"type": 1, "allow": "0"})),
        (Permissions::CREATE_INSTANT_INVITE, "POST", "{general}/invites", json!({})),
        (Permissions::MANAGE_WEBHOOKS, "POST", "{general}/webhooks", json!({"name": "a"})),
        (Permissions::MANAGE_GUILD, "PATCH", "{guild}", json!({"name": "ab"})),
        (Permissions::VIEW_AUDIT_LOG, "GET", "{guild}/audit-logs", Value::Null),
        (Permissions::MANAGE_CHANNELS, "POST", "{guild}/channels", json!({"name": "a"})),
        (Permissions::MANAGE_ROLES, "POST", "{guild}/roles", json!({"name": "a"})),
        (Permissions::KICK_MEMBERS, "DELETE", "{guild}/members/{ann}", Value::Null),
        (Permissions::BAN_MEMBERS, "PUT", "{guild}/bans/{ann}", json!({})),
        (Permissions::MANAGE_NICKNAMES, "PATCH", "{guild}/members/{ann}", json!({"nick": "A"})),
        (
            Permissions::MODERATE_MEMBERS,
            "PATCH",
            "{guild}/members/{ann}",
            json!({"communication_disabled_until": "2026-05-03T00:00:00+00:00"}),
        ),
        (
            Permissions::CREATE_GUILD_EXPRESSIONS,
            "POST",
            "{guild}/emojis",
            json!({"name": "ahoy", "image": "data:"}),
        ),
        (Permissions::MANAGE_GUILD, "GET", "{guild}/auto-moderation/rules", Value::Null),
        (Permissions::MANAGE_WEBHOOKS, "GET", "{guild}/webhooks", Value::Null),
        (Permissions::MANAGE_GUILD, "GET", "{guild}/integrations", Value::Null),
    ];
    for (needed, method, path, body) in rows {
        for is_allowed in [false, true] {
            let mut scene = Scene::new(if is_allowed { needed } else { Permissions::empty() });
            scene.take_from_everyone(needed);
            let (ann, bot) = (scene.ann, scene.bot);
            let by_ann = scene.world.post(NOW, ann, scene.general, &json!({"content": "a"}));
            // Where @everyone may not write, the owner does.
            let message = match by_ann.status {
                200 => by_ann.body["id"].clone(),
                _ => json!(scene.create(scene.zoe, "{general}/messages", json!({"content": "a"}))),
            };
            let path = path.replace("{message}", message.as_str().unwrap());
            let response = scene.send(bot, method, &path, body.clone());
            if is_allowed {
                assert!(response.status < 300, "{method} {path}: {}", response.body);
            } else {
                assert_eq!(
                    (response.status, &response.body),
                    (403, &json!({"message": "Missing Permissions", "code": 50013})),
                    "{method} {path}"
                );
                assert_eq!(response.events, [], "{method} {path}");
            }
        }
    }
}

#[test]
fn a_hidden_channel_gives_no_access_and_no_events() {
    let mut scene = Scene::new(Permissions::empty());
    let (general, bot, ann) = (scene.general, scene.bot, scene.ann);
    let seen = scene.world.post(NOW, ann, general, &json!({"content": "a"})).events;
    assert_eq!(scene.world.receivers(seen[0].0, &seen[0].1), [bot]);
    scene.deny(general, bot.get(), 1, Permissions::VIEW_CHANNEL);
    for (method, path) in [
        ("GET", "{general}"),
        ("GET", "{general}/messages"),
        ("POST", "{general}/messages"),
        ("PATCH", "{general}"),
    ] {
        let response = scene.send(bot, method, path, json!({"content": "a", "name": "b"}));
        let expected = json!({"message": "Missing Access", "code": 50001});
        assert_eq!((response.status, &response.body), (403, &expected), "{method} {path}");
    }
    let hidden = scene.world.post(NOW, ann, general, &json!({"content": "a"})).events;
    assert_eq!(scene.world.receivers(hidden[0].0, &hidden[0].1), []);
}

#[test]
fn overwrites_apply_in_discords_order() {
    let mut scene = Scene::new(Permissions::empty());
    let (general, bot, zoe, guild) = (scene.general, scene.bot, scene.zoe, scene.guild);
    let can_send = |scene: &mut Scene| scene.send(bot, "POST", "{general}/typing", Value::Null).status == 204;
    assert!(can_send(&mut scene));
    scene.deny(general, guild.get(), 0, Permissions::SEND_MESSAGES);
    assert!(!can_send(&mut scene));
    // A role of the bot allows it again.
    let role = scene.create(zoe, "{guild}/roles", json!({"name": "crew"}));
    scene.send(zoe, "PUT", &format!("{{guild}}/members/{bot}/roles/{role}"), Value::Null);
    let send = Permissions::SEND_MESSAGES.bits().to_string();
    scene.send(zoe, "PUT", &format!("{{general}}/permissions/{role}"), json!({"type": 0, "allow": send}));
    assert!(can_send(&mut scene));
    // An overwrite of the member is the last one.
    scene.deny(general, bot.get(), 1, Permissions::SEND_MESSAGES);
    assert!(!can_send(&mut scene));
}

#[test]
fn the_owner_and_a_higher_role_cannot_be_moderated() {
    let mut scene = Scene::new(Permissions::ADMINISTRATOR);
    let (bot, zoe, ann, bob) = (scene.bot, scene.zoe, scene.ann, scene.bob);
    let high = scene.create(zoe, "{guild}/roles", json!({"name": "high"}));
    scene.send(zoe, "PATCH", "{guild}/roles", json!([{"id": high, "position": 5}]));
    scene.send(zoe, "PUT", &format!("{{guild}}/members/{ann}/roles/{high}"), Value::Null);
    for (method, path, body) in [
        ("DELETE", format!("{{guild}}/members/{zoe}"), Value::Null),
        ("DELETE", format!("{{guild}}/members/{ann}"), Value::Null),
        ("PUT", format!("{{guild}}/bans/{ann}"), json!({})),
        ("PATCH", format!("{{guild}}/members/{ann}"), json!({"nick": "A"})),
        ("PATCH", format!("{{guild}}/roles/{high}"), json!({"name": "low"})),
        ("DELETE", format!("{{guild}}/roles/{high}"), Value::Null),
        ("PUT", format!("{{guild}}/members/{bob}/roles/{high}"), Value::Null),
        ("PATCH", format!("{{guild}}/members/{bob}"), json!({"roles": [high]})),
    ] {
        let response = scene.send(bot, method, &path, body);
        assert_eq!(refusal(&response), (403, 50013), "{method} {path}");
    }
    assert_eq!(scene.send(bot, "DELETE", "{guild}/members/{bob}", Value::Null).status, 204);
}

#[test]
fn a_bot_grants_only_permissions_that_it_has() {
    let mut scene = Scene::new(Permissions::MANAGE_ROLES);
    let bot = scene.bot;
    let ban = json!({"name": "a", "permissions": Permissions::BAN_MEMBERS.bits().to_string()});
    assert_eq!(refusal(&scene.send(bot, "POST", "{guild}/roles", ban.clone())), (403, 50013));
    let role = scene.create(bot, "{guild}/roles", json!({"name": "a", "permissions": "0"}));
    assert_eq!(refusal(&scene.send(bot, "PATCH", &format!("{{guild}}/roles/{role}"), ban)), (403, 50013));
    let overwrite = json!({"type": 0, "allow": Permissions::MANAGE_WEBHOOKS.bits().to_string()});
    let path = format!("{{general}}/permissions/{role}");
    assert_eq!(refusal(&scene.send(bot, "PUT", &path, overwrite)), (403, 50013));
}

#[test]
fn the_bots_role_is_managed() {
    let mut scene = Scene::new(Permissions::KICK_MEMBERS);
    let (bot, zoe) = (scene.bot, scene.zoe);
    let roles = scene.send(bot, "GET", "{guild}/roles", Value::Null).body;
    let role = &roles[1];
    assert_eq!((&role["managed"], &role["tags"]["bot_id"]), (&json!(true), &json!(bot)));
    assert_eq!(role["permissions"], json!(Permissions::KICK_MEMBERS.bits().to_string()));
    let member = scene.send(bot, "GET", &format!("{{guild}}/members/{bot}"), Value::Null).body;
    assert_eq!(member["roles"], json!([role["id"]]));
    let path = format!("{{guild}}/members/{{ann}}/roles/{}", role["id"].as_str().unwrap());
    assert_eq!(refusal(&scene.send(zoe, "PUT", &path, Value::Null)), (403, 50013));
}

#[test]
fn a_member_in_a_timeout_only_reads() {
    let mut scene = Scene::new(Permissions::empty());
    let (zoe, ann, general) = (scene.zoe, scene.ann, scene.general);
    let end = json!({"communication_disabled_until": "2026-05-02T10:00:00+00:00"});
    assert_eq!(scene.send(zoe, "PATCH", "{guild}/members/{ann}", end).status, 200);
    let hello = json!({"content": "a"});
    assert_eq!(refusal(&scene.world.post(NOW, ann, general, &hello)), (403, 50013));
    assert_eq!(scene.send(ann, "GET", "{general}/messages", Value::Null).status, 200);
    let later = NOW + Duration::from_secs(3600);
    assert_eq!(scene.world.post(later, ann, general, &hello).status, 200);
}

#[test]
fn banned_and_removed_people_are_out() {
    let mut scene = Scene::new(Permissions::BAN_MEMBERS | Permissions::KICK_MEMBERS);
    let (bot, ann, bob, general) = (scene.bot, scene.ann, scene.bob, scene.general);
    scene.send(bot, "PUT", "{guild}/bans/{ann}", json!({}));
    scene.send(bot, "DELETE", "{guild}/members/{bob}", Value::Null);
    let hello = json!({"content": "a"});
    for user in [ann, bob] {
        assert_eq!(refusal(&scene.world.post(NOW, user, general, &hello)), (403, 50001));
    }
    assert_eq!(scene.world.member(NOW, "ann"), (ann, vec![]));
    assert_eq!(refusal(&scene.world.post(NOW, ann, general, &hello)), (403, 50001));
    // A person who was only removed can join again.
    scene.world.member(NOW, "bob");
    assert_eq!(scene.world.post(NOW, bob, general, &hello).status, 200);
}

#[test]
fn private_threads_are_hidden_from_others() {
    let mut scene = Scene::new(Permissions::MANAGE_THREADS);
    let (bot, ann, bob) = (scene.bot, scene.ann, scene.bob);
    let thread = scene.create(ann, "{general}/threads", json!({"name": "secret", "type": 12}));
    let path = format!("channels/{thread}");
    assert_eq!(refusal(&scene.send(bob, "GET", &path, Value::Null)), (403, 50001));
    assert_eq!(scene.send(bot, "GET", &path, Value::Null).status, 200);
    assert_eq!(scene.send(ann, "PUT", &format!("{path}/thread-members/{bob}"), Value::Null).status, 204);
    assert_eq!(scene.send(bob, "GET", &path, Value::Null).status, 200);
    // Only the creator and moderators change a thread.
    assert_eq!(refusal(&scene.send(bob, "PATCH", &path, json!({"name": "b"}))), (403, 50013));
    assert_eq!(scene.send(ann, "PATCH", &path, json!({"name": "b"})).status, 200);
}

#[test]
fn direct_messages_need_a_common_guild_and_consent() {
    let mut scene = Scene::new(Permissions::KICK_MEMBERS);
    let (bot, ann) = (scene.bot, scene.ann);
    let channel = scene.create(bot, "users/@me/channels", json!({"recipient_id": ann}));
    let path = format!("channels/{channel}/messages");
    let hello = json!({"content": "psst"});
    assert_eq!(scene.send(bot, "POST", &path, hello.clone()).status, 200);
    scene.world.refuse_direct_messages(ann, true);
    let refused = json!({"message": "Cannot send messages to this user", "code": 50007});
    let response = scene.send(bot, "POST", &path, hello.clone());
    assert_eq!((response.status, &response.body), (403, &refused));
    scene.world.refuse_direct_messages(ann, false);
    scene.send(bot, "DELETE", "{guild}/members/{ann}", Value::Null);
    assert_eq!(refusal(&scene.send(bot, "POST", &path, hello.clone())), (403, 50007));
    assert_eq!(refusal(&scene.send(ann, "POST", &path, hello.clone())), (403, 50278));
    scene.world.install_for_user(bot, ann);
    assert_eq!(scene.send(ann, "POST", &path, hello).status, 200);
    let bob = scene.bob;
    assert_eq!(refusal(&scene.send(bob, "GET", &path, Value::Null)), (403, 50001));
}

#[test]
fn mentioning_everyone_needs_the_permission() {
    let mut scene = Scene::new(Permissions::empty());
    scene.take_from_everyone(Permissions::MENTION_EVERYONE);
    let (zoe, ann, general) = (scene.zoe, scene.ann, scene.general);
    let body = json!({"content": "@everyone"});
    for (author, expected) in [(zoe, true), (ann, false)] {
        let posted = scene.world.post(NOW, author, general, &body).body;
        assert_eq!(posted["mention_everyone"], json!(expected));
    }
}

#[test]
fn a_list_of_members_needs_the_intent() {
    for (flags, status) in [(0, 403), (1 << 14, 200), (1 << 15, 200)] {
        let mut world = World::new(NOW, "bot", flags);
        let path = format!("guilds/{}/members", world.guild_id());
        let response = world.handle(&RestRequest::new(NOW, "GET", &path, Value::Null));
        assert_eq!(response.status, status, "{flags}: {}", response.body);
    }
}

#[test]
fn content_is_withheld_by_rest_without_the_switch() {
    for (flags, expected) in [(0, ""), (1 << 18, "secret"), (1 << 19, "secret")] {
        let mut world = World::new(NOW, "bot", flags);
        let ((general, _), (ann, _)) = (world.channel(NOW, "general"), world.member(NOW, "ann"));
        world.post(NOW, ann, general, &json!({"content": "secret"}));
        let bot = world.bot_id();
        world.post(NOW, ann, general, &json!({"content": format!("secret <@{bot}>")}));
        world.post(NOW, bot, general, &json!({"content": "own"}));
        let path = format!("channels/{general}/messages");
        let page = world.handle(&RestRequest::new(NOW, "GET", &path, Value::Null)).body;
        let texts: Vec<&str> = (0..3).map(|index| page[index]["content"].as_str().unwrap()).collect();
        assert_eq!(texts, ["own", &format!("secret <@{bot}>"), expected], "{flags}");
    }
}
