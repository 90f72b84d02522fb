//! What Discord rejects, with its error tree.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::id::{ChannelId, UserId};
use syncord::sim::world::{File, RestRequest, World};

/// 2026-05-02T09:14:37.412Z
const NOW: Duration = Duration::from_millis(1_777_713_277_412);

fn world() -> (World, ChannelId, UserId) {
    // The bot may read messages and list members.
    let mut world = World::new(NOW, "bot", 1 << 18 | 1 << 14);
    let ((general, _), (ann, _)) = (world.channel(NOW, "general"), world.member(NOW, "ann"));
    (world, general, ann)
}

fn long(length: usize) -> String {
    "é".repeat(length)
}

fn row(components: &Value) -> Value {
    json!({"components": [{"type": 1, "components": components}]})
}

fn button(label: &str) -> Value {
    json!({"type": 2, "style": 1, "label": label, "custom_id": label})
}

#[test]
fn messages_are_rejected_with_the_path_of_the_error() {
    let field = json!({"name": "a", "value": "b"});
    let big = json!({"description": long(3001)});
    let rows: Vec<(Value, &str, &str)> = vec![
        (json!({"embeds": [{"title": long(257)}]}), "/embeds/0/title", "BASE_TYPE_MAX_LENGTH"),
        (json!({"embeds": [{"description": long(4097)}]}), "/embeds/0/description", "BASE_TYPE_MAX_LENGTH"),
        (
            json!({"embeds": [{"footer": {"text": long(2049)}}]}),
            "/embeds/0/footer/text",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({"embeds": [{"author": {"name": long(257)}}]}),
            "/embeds/0/author/name",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (json!({"embeds": [{"fields": vec![field; 26]}]}), "/embeds/0/fields", "BASE_TYPE_MAX_LENGTH"),
        (
            json!({"embeds": [{"fields": [{"name": "a", "value": long(1025)}]}]}),
            "/embeds/0/fields/0/value",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({"embeds": [{"fields": [{"name": "", "value": "b"}]}]}),
            "/embeds/0/fields/0/name",
            "BASE_TYPE_REQUIRED",
        ),
        (json!({"embeds": [{"title": "a"}, {"color": 1}]}), "/embeds/1/description", "BASE_TYPE_REQUIRED"),
        (json!({"embeds": [big, big]}), "/embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        (json!({"embeds": vec![json!({"title": "a"}); 11]}), "/embeds", "BASE_TYPE_MAX_LENGTH"),
        (json!({"embeds": [{"title": "a", "url": "ftp://a"}]}), "/embeds/0/url", "URL_TYPE_INVALID_SCHEME"),
        (json!({"embeds": [{"title": "a", "url": "nowhere"}]}), "/embeds/0/url", "URL_TYPE_INVALID_URL"),
        (json!({"embeds": [{"title": "a", "color": 0x100_0000}]}), "/embeds/0/color", "NUMBER_TYPE_MAX"),
        (row(&json!([button(&long(81))])), "/components/0/components/0/label", "BASE_TYPE_MAX_LENGTH"),
        (row(&json!([])), "/components/0/components", "BASE_TYPE_BAD_LENGTH"),
        (
            row(&(0..6).map(|n| button(&n.to_string())).collect()),
            "/components/0/components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            row(&json!([button("a"), button("a")])),
            "/components/0/components/1/custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (json!({"components": [button("a")]}), "/components/0/type", "UNION_TYPE_CHOICES"),
        (json!({"components": [{"type": 10, "content": "a"}]}), "/components/0/type", "UNION_TYPE_CHOICES"),
        (
            row(&json!([{"type": 3, "custom_id": "a", "options": []}])),
            "/components/0/components/0/options",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            row(
                &json!([{"type": 3, "custom_id": "a", "options": [{"label": "a", "value": "b"}, {"label": "c", "value": "b"}]}]),
            ),
            "/components/0/components/0/options/1/value",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        (
            row(&json!([{"type": 5, "custom_id": "a"}, button("b")])),
            "/components/0/components/1",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        ),
        (
            row(&json!([{"type": 2, "style": 5, "label": "a"}])),
            "/components/0/components/0/url",
            "BASE_TYPE_REQUIRED",
        ),
        (
            row(&json!([{"type": 2, "style": 9, "label": "a", "custom_id": "a"}])),
            "/components/0/components/0/style",
            "BASE_TYPE_CHOICES",
        ),
        (json!({"content": "a", "nonce": long(26)}), "/nonce", "BASE_TYPE_MAX_LENGTH"),
    ];
    for (body, path, code) in rows {
        let (mut world, general, _) = world();
        let response = world.post(NOW, world.bot_id(), general, &body);
        assert_eq!(
            (response.status, &response.body["code"]),
            (400, &json!(50035)),
            "{path}: {}",
            response.body
        );
        let error = response.body["errors"].pointer(&format!("{path}/_errors/0/code"));
        assert_eq!(error, Some(&json!(code)), "{path}: {}", response.body);
        assert_eq!(response.events, [], "{path}");
    }
}

#[test]
fn what_fits_exactly_is_accepted() {
    let (mut world, general, _) = world();
    let options: Vec<Value> = (0..25).map(|n| json!({"label": long(100), "value": n.to_string()})).collect();
    let v2 = json!([
        {"type": 10, "content": "a"},
        {"type": 9, "components": [{"type": 10, "content": "b"}], "accessory": button("c")},
        {"type": 17, "components": [{"type": 1, "components": [button("d")]}, {"type": 14}]},
    ]);
    for body in [
        json!({"embeds": [{"title": long(256), "description": long(4096), "footer": {"text": long(1648)}}]}),
        row(&(0..5).map(|n| button(&format!("{}{n}", long(79)))).collect()),
        row(&json!([{"type": 3, "custom_id": "a", "options": options}])),
        json!({"flags": 1 << 15, "components": v2}),
    ] {
        let response = world.post(NOW, world.bot_id(), general, &body);
        assert_eq!(response.status, 200, "{}", response.body);
    }
}

#[test]
fn fields_and_queries_have_ranges() {
    for (method, path, body, field, code) in [
        ("GET", "{general}/messages?limit=101", Value::Null, "limit", "NUMBER_TYPE_MAX"),
        ("GET", "{general}/messages?limit=0", Value::Null, "limit", "NUMBER_TYPE_MIN"),
        ("GET", "{guild}/members?limit=many", Value::Null, "limit", "NUMBER_TYPE_COERCE"),
        ("PATCH", "{guild}/members/{ann}", json!({"nick": long(33)}), "nick", "BASE_TYPE_MAX_LENGTH"),
        ("POST", "{guild}/emojis", json!({"name": "a"}), "name", "BASE_TYPE_BAD_LENGTH"),
        ("POST", "{guild}/emojis", json!({"name": "a b"}), "name", "STRING_TYPE_REGEX"),
        ("POST", "{guild}/roles", json!({"name": long(101)}), "name", "BASE_TYPE_MAX_LENGTH"),
        (
            "PATCH",
            "{general}",
            json!({"rate_limit_per_user": 21_601}),
            "rate_limit_per_user",
            "NUMBER_TYPE_MAX",
        ),
        (
            "POST",
            "{general}/threads",
            json!({"name": "a", "auto_archive_duration": 5}),
            "auto_archive_duration",
            "BASE_TYPE_CHOICES",
        ),
        ("POST", "{general}/invites", json!({"max_age": 604_801}), "max_age", "NUMBER_TYPE_MAX"),
        ("POST", "{guild}/scheduled-events", json!({"name": long(101)}), "name", "BASE_TYPE_BAD_LENGTH"),
        (
            "POST",
            "{guild}/scheduled-events",
            json!({"name": "a", "scheduled_start_time": "2026-05-02T09:14:36Z"}),
            "scheduled_start_time",
            "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
        ),
    ] {
        let (mut world, general, ann) = world();
        let path = path
            .replace("{guild}", &format!("guilds/{}", world.guild_id()))
            .replace("{general}", &format!("channels/{general}"))
            .replace("{ann}", &ann.to_string());
        let response = world.handle(&RestRequest::new(NOW, method, &path, body));
        let error = &response.body["errors"][field]["_errors"][0]["code"];
        assert_eq!((response.status, error), (400, &json!(code)), "{method} {path}: {}", response.body);
    }
}

#[test]
fn numbers_of_objects_are_limited() {
    let (mut world, general, ann) = world();
    let message = world.post(NOW, ann, general, &json!({"content": "a"})).body["id"].clone();
    let message = message.as_str().unwrap().parse().unwrap();
    for number in 0..20 {
        let emoji = char::from_u32(0x1f600 + number).unwrap().to_string();
        assert_eq!(world.react(NOW, ann, general, message, &emoji).status, 204);
    }
    assert_eq!(world.react(NOW, ann, general, message, "⚓").body["code"], json!(30010));
    let bot = world.bot_id();
    // An emoji that is there already can be used by others.
    assert_eq!(world.react(NOW, bot, general, message, "\u{1f600}").status, 204);

    let guild = world.guild_id();
    let mut create = |path: &str, name: String| {
        let path = format!("guilds/{guild}/{path}");
        world.handle(&RestRequest::new(NOW, "POST", &path, json!({"name": name})))
    };
    // @everyone and the bot's role are there.
    for number in 0..248 {
        assert_eq!(create("roles", number.to_string()).status, 200);
    }
    assert_eq!(create("roles", "last".into()).body["code"], json!(30005));
    for number in 0..50 {
        assert_eq!(create("emojis", format!("emoji{number}")).status, 201);
    }
    let refused = create("emojis", "last".into());
    assert_eq!(refused.body, json!({"message": "Maximum number of emojis reached (50)", "code": 30008}));
    world.change_guild(guild, &json!({"premium_tier": 1}));
    let path = format!("guilds/{guild}/emojis");
    assert_eq!(world.handle(&RestRequest::new(NOW, "POST", &path, json!({"name": "more"}))).status, 201);
}

#[test]
fn a_select_takes_only_objects_of_its_kind() {
    let (mut world, general, ann) = world();
    let guild = world.guild_id();
    let path = format!("guilds/{guild}/channels");
    let deck = json!({"name": "deck", "type": 2});
    let deck = world.handle(&RestRequest::new(NOW, "POST", &path, deck)).body["id"].clone();
    let (user, role, deck) = (ann.to_string(), guild.to_string(), deck.as_str().unwrap().to_owned());
    let text = general.to_string();
    for (kind, fits, others) in [
        (5, vec![&user], vec![&role, &text, &deck]),
        (6, vec![&role], vec![&user, &text, &deck]),
        (7, vec![&user, &role], vec![&text, &deck]),
        (8, vec![&text], vec![&user, &role, &deck]),
    ] {
        let select = json!({"type": kind, "custom_id": "who", "channel_types": [0]});
        let posted = world.post(NOW, world.bot_id(), general, &row(&json!([select])));
        let message = posted.body["id"].as_str().unwrap().parse().unwrap();
        for (ids, is_taken) in [(fits, true), (others, false)] {
            for id in ids {
                let selected = world.select(NOW, ann, message, "who", std::slice::from_ref(id));
                assert_eq!(selected.is_ok(), is_taken, "{kind} {id}");
            }
        }
    }
}

#[test]
fn the_boost_tier_decides_how_large_a_file_may_be() {
    for (tier, mebibytes) in [(0, 10), (2, 50)] {
        let (mut world, general, _) = world();
        world.change_guild(world.guild_id(), &json!({"premium_tier": tier}));
        for (extra, status) in [(0, 200), (1, 413)] {
            let content = vec![0; (mebibytes << 20) + extra];
            let file = File { field: "files[0]".into(), name: "a".into(), content, ..File::default() };
            let response = world.post_files(NOW, world.bot_id(), general, &json!({}), &[file]);
            assert_eq!(response.status, status, "{tier} {extra}");
            if status == 413 {
                assert_eq!(response.body, json!({"message": "Request entity too large", "code": 40005}));
            }
        }
    }
}

#[test]
fn actions_fit_the_type_of_their_channel() {
    let (mut world, general, ann) = world();
    let (guild, bot) = (world.guild_id(), world.bot_id());
    let mut create = |kind: u64| -> ChannelId {
        let path = format!("guilds/{guild}/channels");
        let body = json!({"name": "a", "type": kind});
        let id = world.handle(&RestRequest::new(NOW, "POST", &path, body)).body["id"].clone();
        id.as_str().unwrap().parse().unwrap()
    };
    let (category, forum, voice) = (create(4), create(15), create(2));
    for channel in [category, forum] {
        let response = world.post(NOW, bot, channel, &json!({"content": "a"}));
        assert_eq!((response.status, &response.body["code"]), (400, &json!(50008)));
    }
    let threads = format!("channels/{voice}/threads");
    let response = world.handle(&RestRequest::new(NOW, "POST", &threads, json!({"name": "a", "type": 11})));
    assert_eq!(response.body["code"], json!(50024));
    let unknown = world.post(NOW, bot, general, &json!({"sticker_ids": ["5"]}));
    assert_eq!((unknown.status, &unknown.body["code"]), (400, &json!(50081)));
    let message = world.post(NOW, bot, general, &json!({"content": "a"})).body["id"].clone();
    let crosspost = format!("channels/{general}/messages/{}/crosspost", message.as_str().unwrap());
    assert_eq!(
        world.handle(&RestRequest::new(NOW, "POST", &crosspost, Value::Null)).body["code"],
        json!(50024)
    );
    let member = format!("guilds/{guild}/members/{ann}");
    let muted = world.handle(&RestRequest::new(NOW, "PATCH", &member, json!({"mute": true})));
    assert_eq!((muted.status, &muted.body["code"]), (400, &json!(40032)));
}
