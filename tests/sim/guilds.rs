//! Several guilds, bots and shards in one world.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::gateway::intents::Intents;
use syncord::id::UserId;
use syncord::sim::Discord;
use syncord::sim::peer::{ConnectionId, Output, OutputKind, Peer, Rules};
use syncord::sim::world::{RestRequest, World};

/// 2026-05-02T09:14:37.412Z
const NOW: Duration = Duration::from_millis(1_777_713_277_412);
const ADMINISTRATOR: u64 = 1 << 3;

/// A world with the bots "bot" and "helper". The helper is only in the guild "island".
fn world() -> (World, UserId) {
    let mut world = World::new(NOW, "bot", 1 << 18);
    let owner = world.person(NOW, "zoe");
    let helper = world.add_application(NOW, "helper", 1 << 18);
    let island = world.add_guild(NOW, "island", owner);
    world.add_bot(NOW, island, world.bot_id(), ADMINISTRATOR);
    world.add_bot(NOW, island, helper, ADMINISTRATOR);
    (world, helper)
}

fn by(user: UserId, method: &str, path: &str, body: Value) -> RestRequest {
    RestRequest { user: Some(user), ..RestRequest::new(NOW, method, path, body) }
}

#[test]
fn each_bot_lists_its_guilds() {
    let (mut world, helper) = world();
    let mut names = |user| -> Vec<String> {
        let guilds = world.handle(&by(user, "GET", "users/@me/guilds", Value::Null)).body;
        guilds.as_array().unwrap().iter().map(|guild| guild["name"].as_str().unwrap().to_owned()).collect()
    };
    let bot = names(UserId::new(0));
    assert_eq!(bot, [""; 0]);
    assert_eq!(names(helper), ["island"]);
    let bot = world.bot_id();
    let guilds = world.handle(&by(bot, "GET", "users/@me/guilds?limit=1", Value::Null)).body;
    assert_eq!((&guilds[0]["name"], guilds.as_array().unwrap().len()), (&json!("Playground"), 1));
}

#[test]
fn objects_of_one_guild_are_not_in_another() {
    let (mut world, _) = world();
    let (first, island, bot) = (world.guild_id(), world.guild_named("island").unwrap(), world.bot_id());
    let role = world.handle(&by(bot, "POST", &format!("guilds/{first}/roles"), json!({"name": "crew"}))).body;
    let path = |guild| format!("guilds/{guild}/roles/{}", role["id"].as_str().unwrap());
    assert_eq!(world.handle(&by(bot, "GET", &path(first), Value::Null)).status, 200);
    assert_eq!(world.handle(&by(bot, "GET", &path(island), Value::Null)).body["code"], json!(10011));
    let (in_first, _) = world.channel(NOW, "general");
    let (in_island, _) = world.channel_in(NOW, island, "general");
    assert_ne!(in_first, in_island);
    let channels = world.handle(&by(bot, "GET", &format!("guilds/{island}/channels"), Value::Null)).body;
    assert_eq!((&channels[0]["id"], channels.as_array().unwrap().len()), (&json!(in_island), 1));
    let (ann, _) = world.member(NOW, "ann");
    let member = format!("guilds/{island}/members/{ann}");
    assert_eq!(world.handle(&by(bot, "GET", &member, Value::Null)).body["code"], json!(10007));
}

#[test]
fn an_event_goes_to_the_bots_of_its_guild() {
    let (mut world, helper) = world();
    let (bot, island) = (world.bot_id(), world.guild_named("island").unwrap());
    let (in_first, _) = world.channel(NOW, "general");
    let (in_island, _) = world.channel_in(NOW, island, "general");
    for (channel, receivers) in [(in_first, vec![bot]), (in_island, vec![bot, helper])] {
        let events = world.post(NOW, bot, channel, &json!({"content": "a"})).events;
        assert_eq!(world.receivers(events[0].0, &events[0].1), receivers, "{channel}");
    }
    let (ann, _) = world.member_of(NOW, island, "ann");
    let channel = world.handle(&by(helper, "POST", "users/@me/channels", json!({"recipient_id": ann}))).body;
    let channel = channel["id"].as_str().unwrap().parse().unwrap();
    let events = world.post(NOW, ann, channel, &json!({"content": "psst"})).events;
    assert_eq!(world.receivers(events[0].0, &events[0].1), [helper]);
}

#[test]
fn a_bot_that_leaves_a_guild_has_no_access() {
    let (mut world, helper) = world();
    let island = world.guild_named("island").unwrap();
    let left = world.handle(&by(helper, "DELETE", &format!("users/@me/guilds/{island}"), Value::Null));
    let names: Vec<&str> = left.events.iter().map(|(name, _)| *name).collect();
    assert_eq!((left.status, names), (204, vec!["GUILD_MEMBER_REMOVE", "GUILD_DELETE"]));
    let (_, deleted) = &left.events[1];
    assert_eq!(world.receivers("GUILD_DELETE", deleted), [helper]);
    assert_eq!(world.receivers("GUILD_MEMBER_REMOVE", &left.events[0].1), [world.bot_id()]);
    let shown = world.handle(&by(helper, "GET", &format!("guilds/{island}"), Value::Null));
    assert_eq!((shown.status, &shown.body["code"]), (403, &json!(50001)));
}

#[test]
fn a_command_belongs_to_its_application() {
    let (mut world, helper) = world();
    let island = world.guild_named("island").unwrap();
    let (here, _) = world.channel_in(NOW, island, "general");
    let (there, _) = world.channel(NOW, "general");
    let (ann, _) = world.member_of(NOW, island, "ann");
    world.member(NOW, "ann");
    let path = format!("applications/{helper}/commands");
    let body = json!({"name": "wave", "description": "Waves"});
    assert_eq!(world.handle(&by(helper, "POST", &path, body.clone())).status, 201);
    assert_eq!(world.handle(&by(world.bot_id(), "POST", &path, body)).body["code"], json!(20012));
    let (_, events) = world.use_command(NOW, ann, here, "/wave", &[]).unwrap();
    assert_eq!(events[0].1["application_id"], json!(helper));
    assert_eq!(world.receivers("INTERACTION_CREATE", &events[0].1), [helper]);
    assert!(world.use_command(NOW, ann, there, "/wave", &[]).unwrap_err().contains("no command"));
}

#[test]
fn a_user_takes_an_installed_application_along() {
    let mut world = World::new(NOW, "bot", 0);
    let helper = world.add_application(NOW, "helper", 0);
    let ((general, _), (ann, _), (bob, _)) =
        (world.channel(NOW, "general"), world.member(NOW, "ann"), world.member(NOW, "bob"));
    world.install_for_user(helper, ann);
    let path = format!("applications/{helper}/commands");
    for (name, types) in [("wave", json!([1])), ("rule", json!([0]))] {
        let body = json!({"name": name, "description": "x", "integration_types": types});
        let response = world.handle(&by(helper, "POST", &path, body));
        assert_eq!(response.status, 201, "{}", response.body);
    }
    let (_, events) = world.use_command(NOW, ann, general, "/wave", &[]).unwrap();
    let owners = &events[0].1["authorizing_integration_owners"];
    assert_eq!(owners, &json!({"1": ann.to_string()}));
    assert!(world.use_command(NOW, bob, general, "/wave", &[]).unwrap_err().contains("no command"));
    assert!(world.use_command(NOW, ann, general, "/rule", &[]).unwrap_err().contains("no command"));
}

/// Connects and identifies. Returns the frames.
fn identify(peer: &mut Peer, token: &str, shard: [u32; 2]) -> (ConnectionId, Vec<Output>) {
    let (conn, _) = peer.connect(Duration::ZERO);
    let data = json!({"token": token, "intents": 1, "properties": {}, "shard": shard});
    let frame = json!({"op": 2, "d": data}).to_string();
    (conn, peer.receive(Duration::ZERO, conn, &frame))
}

fn guilds_of(outputs: &[Output]) -> Vec<String> {
    let frames = outputs.iter().filter_map(|output| match &output.kind {
        OutputKind::Text(text) => serde_json::from_str::<Value>(text).ok(),
        _ => None,
    });
    let created = frames.filter(|frame| frame["t"] == "GUILD_CREATE");
    created.map(|frame| frame["d"]["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_shard_sees_the_guilds_of_its_formula() {
    let mut world = World::new(NOW, "bot", 0);
    let owner = world.person(NOW, "zoe");
    for number in 0..6 {
        let at = NOW + Duration::from_millis(number + 1);
        let guild = world.add_guild(at, &format!("guild{number}"), owner);
        world.add_bot(at, guild, world.bot_id(), 0);
    }
    let all: Vec<u64> = {
        let guilds = world.ready_data().guilds;
        guilds.iter().map(|guild| guild["id"].as_str().unwrap().parse().unwrap()).collect()
    };
    assert_eq!(all.len(), 7);
    let rules = Rules { identify_tolerance: Duration::from_secs(60), ..Rules::default() };
    let mut peer = Peer::new(rules, 1);
    peer.set_ready_data(world.ready_data());
    for shard in 0..3 {
        let (_, outputs) = identify(&mut peer, "simulated.bot.token", [shard, 3]);
        let expected = all.iter().filter(|guild| (**guild >> 22) % 3 == u64::from(shard));
        assert_eq!(guilds_of(&outputs), expected.map(u64::to_string).collect::<Vec<_>>(), "{shard}");
    }
}

#[test]
fn bots_have_their_own_tokens_sessions_and_identify_limits() {
    let (world, helper) = world();
    let mut peer = Peer::new(Rules::default(), 1);
    peer.set_ready_data(world.ready_data());
    peer.add_bot("other", Intents::empty(), world.ready_data_of(helper));
    let (conn, outputs) = identify(&mut peer, "simulated.bot.token", [0, 1]);
    assert_eq!(guilds_of(&outputs).len(), 2);
    // Another identify of the same bot would be too early.
    let (_, outputs) = identify(&mut peer, "other", [0, 1]);
    assert_eq!(guilds_of(&outputs).len(), 1);
    let zero = Duration::ZERO;
    assert_eq!(peer.session_start_limit_of(zero, helper).unwrap().remaining, 999);
    let event = json!({"guild_id": "1", "x": 1});
    let only_first = peer.dispatch_to_bots(zero, &[world.bot_id()], "GUILD_ROLE_CREATE", &event);
    assert_eq!(only_first.iter().map(|output| output.conn).collect::<Vec<_>>(), [conn]);
    assert_eq!(peer.dispatch(zero, "GUILD_ROLE_CREATE", &event).len(), 2);
}

#[test]
fn two_bots_talk_to_one_server() {
    let discord = Discord::builder()
        .guild("harbour", |guild| guild.channel("general", |general| general))
        .guild("island", |guild| guild.without_bot().channel("beach", |beach| beach))
        .bot("helper", |helper| helper.guild("island"))
        .start()
        .unwrap();
    let get = |token: &str| {
        let authorization = format!("Bot {token}");
        let url = format!("{}/users/@me/guilds", discord.api_url());
        let request = ureq::get(&url).header("Authorization", &authorization);
        let text = request.header("User-Agent", "DiscordBot (test, 1)").call().unwrap();
        let text = text.into_body().read_to_string().unwrap();
        let guilds: Value = serde_json::from_str(&text).unwrap();
        guilds.as_array().unwrap().iter().map(|guild| guild["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(get(&discord.token()), [json!("harbour")]);
    assert_eq!(get(&discord.token_of("helper").unwrap()), [json!("island")]);
    let island = discord.guild("island").unwrap();
    let ann = island.member("ann");
    ann.says(&island.channel("beach"), "sand");
    assert_eq!(ann.sees(&island.channel("beach"))[0].content, "sand");
    assert!(discord.guild("nowhere").is_none());
}
