//! What the page shows to the developer of a bot, and switches for them, without a browser.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use syncord::model::Permissions;
use syncord::prelude::*;
use syncord::sim::Discord;
use syncord::sim::peer::Rules;
use syncord::tree::{Tree, group};

use crate::client::{Client, INTENTS, Received, rest};

fn start() -> Discord {
    Discord::builder().control(true).start().unwrap()
}

fn act(discord: &Discord, action: &str, arguments: &Value) -> Value {
    let url = format!("{}/{action}", discord.control_url().unwrap());
    let text = ureq::post(url).send(arguments.to_string()).unwrap().body_mut().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_bot_shows_its_tree_with_calls_and_the_intents_with_who_asks_for_them() {
    let discord = start();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.on_message(|cx, message| match message.content.as_str() {
        "fail" => Err("this is counted".into()),
        _ if message.author.bot => Ok(()),
        _ => cx.reply(message, "pong").map(drop).map_err(Into::into),
    });
    bot.mount(
        Tree::new("harbour")
            .add(group("ship", "Ships").add(command("find", "Finds a ship").run(|cx| cx.reply("here")))),
    );
    bot.command(command("sail", "Sails").option("port", "Where to", string()).run(|cx, port| cx.reply(port)));
    let drawing = bot.to_string();
    bot.during(|| {
        ann.says(&general, "ping");
        general.next_message()?;
        ann.says(&general, "fail");
        ann.uses(&general, "/ship find")?;
        general.next_message()?;
        discord.settle()?;
        let bots = act(&discord, "bots", &json!({}));
        let shown = &bots["bots"][0];
        assert!(shown["health"].as_str().unwrap().starts_with("ready"), "{shown}");
        let lines = lines(&shown["tree"]);
        for (text, _, _) in &lines {
            assert!(drawing.contains(text), "{text} is not in {drawing}");
        }
        let counts = |start: &str| {
            let line = lines.iter().find(|(text, _, _)| text.starts_with(start));
            line.map(|(_, calls, failures)| (*calls, *failures)).unwrap()
        };
        // Its own messages count too.
        assert_eq!(counts("on_message"), (Some(4), Some(1)));
        assert_eq!((counts("/ship"), counts("find")), ((None, None), (Some(1), Some(0))));
        assert_eq!((counts("/sail"), counts("port")), ((Some(0), Some(0)), (None, None)));
        let intents = shown["intents"].as_array().unwrap();
        let content = intents.iter().find(|intent| intent["name"] == "MESSAGE_CONTENT").unwrap();
        assert!(content["asked_by"][0].as_str().unwrap().starts_with("on_message at "), "{content}");
        Ok(())
    })
    .unwrap();
    assert_eq!(act(&discord, "bots", &json!({}))["bots"], json!([]), "the bot has ended");
}

/// The lines of a tree: text, calls, failures.
fn lines(tree: &Value) -> Vec<(String, Option<u64>, Option<u64>)> {
    let handler = &tree["handler"];
    let text = tree["text"].as_str().unwrap().to_owned();
    let own = (text, handler["calls"].as_u64(), handler["failures"].as_u64());
    [own].into_iter().chain(tree["below"].as_array().unwrap().iter().flat_map(lines)).collect()
}

#[test]
fn an_intent_that_is_switched_off_closes_the_next_identify_with_4014() {
    // Two sessions begin within 5 seconds here.
    let rules = |rules: &mut Rules| rules.identify_tolerance = Duration::from_secs(5);
    let discord = Discord::builder().control(true).rules(rules).start().unwrap();
    let mut running = Client::ready(&discord);
    act(&discord, "intent", &json!({"intent": "MESSAGE_CONTENT", "on": false}));
    let on = act(&discord, "state", &json!({}))["privileged_intents"].clone();
    assert_eq!(on, json!(["GUILD_MEMBERS", "GUILD_PRESENCES"]));
    discord.member("ann").says(&discord.channel("general"), "the session goes on");
    running.event("MESSAGE_CREATE");
    let mut next = Client::connect(&discord);
    next.identify(&discord, INTENTS);
    assert_eq!((next.frame()["op"].clone(), next.read()), (json!(10), Received::Closed(4014)));
    act(&discord, "intent", &json!({"intent": "MESSAGE_CONTENT", "on": true}));
    Client::ready(&discord);
}

#[test]
fn a_permission_that_is_taken_away_is_missed_at_once_and_can_be_given_back() {
    let discord = start();
    let general = discord.channel("general");
    let post = || {
        let path = format!("/channels/{}/messages", general.id());
        let (status, body, _) = rest(&discord, "POST", &path, Some(&json!({"content": "ahoy"})));
        (status, body["code"].as_u64())
    };
    let switch = |permission: Permissions, on: bool| {
        let arguments = json!({"as": "you", "permission": permission.bits().to_string(), "on": on});
        act(&discord, "permission", &arguments);
    };
    let role = || {
        let guild = act(&discord, "state", &json!({}))["guilds"][0].clone();
        guild["roles"].as_array().unwrap().iter().find(|role| role["managed"] == true).unwrap().clone()
    };
    let before = role()["permissions"].clone();
    assert_eq!(post(), (200, None));
    // @everyone has it too, and the bot owns the guild.
    switch(Permissions::SEND_MESSAGES, false);
    assert_eq!(post(), (403, Some(50013)));
    switch(Permissions::MANAGE_CHANNELS, false);
    let rename =
        rest(&discord, "PATCH", &format!("/channels/{}", general.id()), Some(&json!({"name": "sea"})));
    assert_eq!((rename.0, &rename.1["code"]), (403, &json!(50013)));
    switch(Permissions::SEND_MESSAGES, true);
    assert_eq!(post(), (200, None));
    switch(Permissions::MANAGE_CHANNELS, true);
    assert_ne!(before, json!("0"));
    let (administrator, all) = (Permissions::ADMINISTRATOR, Permissions::all());
    let after: u128 = role()["permissions"].as_str().unwrap().parse().unwrap();
    assert_eq!(after & administrator.bits(), administrator.bits(), "of {all:?}");
}

#[test]
fn a_request_is_shown_with_its_bodies_and_its_rate_limit() {
    let discord = start();
    let general = discord.channel("general");
    let url = discord.control_url().unwrap();
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let mut socket = TcpStream::connect(host).unwrap();
    write!(socket, "GET /{path}/events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut lines = BufReader::new(socket).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == ":"), "the stream has begun");
    let path = format!("/channels/{}/messages", general.id());
    assert_eq!(rest(&discord, "POST", &path, Some(&json!({"content": "ahoy"}))).0, 200);
    assert!(lines.any(|line| line == "event: request"));
    let data = lines.next().unwrap();
    let request: Value = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
    assert_eq!((&request["method"], &request["status"]), (&json!("POST"), &json!(200)));
    assert_eq!(
        (&request["body"]["content"], &request["response"]["content"]),
        (&json!("ahoy"), &json!("ahoy"))
    );
    assert_eq!(request["limits"]["x-ratelimit-remaining"], "999");
    assert!(request["limits"]["x-ratelimit-bucket"].is_string(), "{request}");
    assert!(!data.contains(&discord.token()), "{data}");
}

#[test]
fn the_picture_of_an_emoji_is_served() {
    let discord = start();
    let image = "data:image/png;base64,iVBORw0KGgo=";
    let path = format!("/guilds/{}/emojis", discord.guild_id());
    let (status, emoji, _) = rest(&discord, "POST", &path, Some(&json!({"name": "rope", "image": image})));
    assert_eq!(status, 201);
    let url = discord.control_url().unwrap();
    let picture = |id: &str| {
        let mut response = ureq::get(format!("{url}/picture/{id}")).call().unwrap();
        (response.status().as_u16(), response.body_mut().read_to_vec().unwrap())
    };
    assert_eq!(picture(emoji["id"].as_str().unwrap()), (200, b"\x89PNG\r\n\x1a\n".to_vec()));
    assert_eq!(picture("5"), (204, Vec::new()));
    assert_eq!(picture("../state"), (204, Vec::new()));
}
