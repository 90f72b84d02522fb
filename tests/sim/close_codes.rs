//! How the gateway closes connections and answers requests, over a WebSocket.

use serde_json::{Value, json};
use syncord::model::Permissions;
use syncord::sim::{Discord, Fault};
use tungstenite::Message;

use crate::client::{Client, INTENTS, Received};

/// All intents.
const ALL: u64 = 53_608_447;
/// GUILDS, GUILD_MEMBERS and GUILD_MESSAGES
const WITHOUT_PRESENCES: u64 = 1 | 1 << 1 | 1 << 9;

/// A client that has received HELLO.
fn connected(discord: &Discord) -> Client {
    let mut client = Client::connect(discord);
    assert_eq!(client.frame()["op"], 10);
    client
}

/// A client that has logged in with these intents.
fn ready(discord: &Discord, intents: u64) -> Client {
    let mut client = connected(discord);
    client.identify(discord, intents);
    client.event("READY");
    client.event("GUILD_CREATE");
    client
}

/// Reads until an event, and skips others.
fn next(client: &mut Client, name: &str) -> Value {
    loop {
        let frame = client.frame();
        if frame["t"] == name {
            return frame["d"].clone();
        }
    }
}

#[test]
fn each_wrong_frame_closes_the_connection_with_its_code() {
    let presence = json!({"op": 3, "d": {"since": null, "activities": [], "status": "online", "afk": false}});
    let mut oversized = presence.clone();
    oversized["d"]["status"] = json!("x".repeat(4096));
    let table = [
        ("too large", Message::text(oversized.to_string()), 4002),
        ("no JSON", Message::text("{"), 4002),
        ("binary", Message::binary(presence.to_string().into_bytes()), 4002),
        ("before IDENTIFY", Message::text(presence.to_string()), 4003),
        ("an unknown opcode", Message::text(r#"{"op":77,"d":null}"#), 4001),
    ];
    for (what, frame, code) in table {
        let discord = Discord::start().unwrap();
        let mut client = connected(&discord);
        client.send_raw(frame).unwrap();
        assert_eq!(client.read(), Received::Closed(code), "{what}");
        assert_eq!(discord.log().violations().len(), 1, "{what}");
    }
}

#[test]
fn a_second_identify_closes_with_4005_and_the_session_can_be_resumed() {
    let discord = Discord::start().unwrap();
    let mut client = Client::ready(&discord);
    client.identify(&discord, INTENTS);
    assert_eq!(client.read(), Received::Closed(4005));
    assert_eq!(client.resume(&discord).frame()["t"], "RESUMED");
}

#[test]
fn a_resume_from_the_future_closes_with_4007_and_ends_the_session() {
    let discord = Discord::start().unwrap();
    let mut client = Client::ready(&discord);
    let seq = client.seq;
    client.close(4000);
    client.seq = Some(1000);
    assert_eq!(client.resume(&discord).read(), Received::Closed(4007));
    client.seq = seq;
    let answer = client.resume(&discord).frame();
    assert_eq!((&answer["op"], &answer["d"]), (&json!(9), &json!(false)));
}

#[test]
fn more_frames_than_the_limit_close_with_4008() {
    let discord = Discord::start().unwrap();
    let mut client = Client::ready(&discord);
    // The identify is the first of the 120 frames of a minute. The last one may meet a closed connection.
    for _ in 0..120 {
        let _ = client.send_raw(Message::text(json!({"op": 1, "d": client.seq}).to_string()));
    }
    let mut acks = 0;
    let end = loop {
        match client.read() {
            Received::Frame(frame) if frame["op"] == 11 => acks += 1,
            other => break other,
        }
    };
    assert_eq!((acks, end), (119, Received::Closed(4008)));
}

#[test]
fn after_4009_a_resume_is_rejected() {
    let discord = Discord::start().unwrap();
    let mut client = Client::ready(&discord);
    discord.fault(Fault::Close(4009, "Session timed out.".into()));
    assert_eq!(client.read(), Received::Closed(4009));
    assert_eq!(client.resume(&discord).frame()["op"], 9);
}

#[test]
fn the_number_of_events_that_can_be_replayed_is_a_setting() {
    for (kept, expected) in [(2, json!(9)), (3, json!(0))] {
        let discord = Discord::builder().rules(|rules| rules.replay_limit = kept).start().unwrap();
        let (ann, general) = (discord.member("ann"), discord.channel("general"));
        let mut client = Client::ready(&discord);
        client.close(4000);
        discord.wait_until("the connection to end", |discord| discord.live_sessions() == 0).unwrap();
        for text in ["one", "two", "three"] {
            ann.says(&general, text);
        }
        assert_eq!(client.resume(&discord).frame()["op"], expected, "{kept} events are kept");
    }
}

#[test]
fn a_request_for_members_is_answered_with_what_it_asked_for() {
    let discord = Discord::start().unwrap();
    let ann = discord.member("ann");
    ann.changes_status("idle");
    let guild = discord.guild_id().to_string();
    let request =
        json!({"guild_id": guild, "user_ids": [ann.id().to_string(), "5"], "presences": true, "nonce": "n"});
    let mut client = ready(&discord, ALL);
    client.send(&json!({"op": 8, "d": request}));
    let chunk = next(&mut client, "GUILD_MEMBERS_CHUNK");
    assert_eq!(chunk["members"][0]["user"]["username"], "ann");
    assert_eq!((&chunk["not_found"], &chunk["nonce"]), (&json!(["5"]), &json!("n")));
    assert_eq!(chunk["presences"][0]["status"], "idle");

    let discord = Discord::start().unwrap();
    discord.member("ann").changes_status("idle");
    let mut client = ready(&discord, WITHOUT_PRESENCES);
    let request = json!({"guild_id": discord.guild_id().to_string(), "query": "", "limit": 0, "presences": true,
        "nonce": "x".repeat(33)});
    client.send(&json!({"op": 8, "d": request}));
    let chunk = next(&mut client, "GUILD_MEMBERS_CHUNK");
    assert_eq!(chunk["members"].as_array().unwrap().len(), 2);
    assert_eq!(
        (chunk.get("presences"), chunk.get("nonce")),
        (None, None),
        "no intent, and a nonce of 33 bytes"
    );
}

#[test]
fn a_voice_server_is_sent_only_to_the_session_that_connects() {
    let discord = Discord::builder()
        .guild("harbour", |guild| guild.voice("deck", |deck| deck))
        .bot("bot", |bot| bot.permissions(Permissions::ADMINISTRATOR))
        .bot("helper", |bot| bot)
        .start()
        .unwrap();
    let mut bot = ready(&discord, ALL);
    let mut helper = connected(&discord);
    let token = discord.token_of("helper").unwrap();
    helper.send(&json!({"op": 2, "d": {"token": token, "intents": ALL, "properties": {}}}));
    next(&mut helper, "GUILD_CREATE");
    let guild = discord.guild("harbour").unwrap();
    let data = json!({"guild_id": guild.id().to_string(), "channel_id": guild.channel("deck").id().to_string(),
        "self_mute": false, "self_deaf": false});
    bot.send(&json!({"op": 4, "d": data}));
    next(&mut bot, "VOICE_STATE_UPDATE");
    assert_eq!(bot.event("VOICE_SERVER_UPDATE")["guild_id"], data["guild_id"]);
    helper.send(&json!({"op": 1, "d": helper.seq}));
    let mut names = Vec::new();
    loop {
        let frame = helper.frame();
        if frame["op"] == 11 {
            break;
        }
        names.push(frame["t"].as_str().unwrap_or_default().to_owned());
    }
    assert_eq!(names, ["VOICE_STATE_UPDATE"]);
}

#[test]
fn the_statuses_of_people_are_shown_to_bots_with_the_intent() {
    for (intents, expected) in [(ALL, json!("dnd")), (WITHOUT_PRESENCES, Value::Null)] {
        let discord = Discord::start().unwrap();
        discord.member("ann").changes_status("dnd");
        let mut client = connected(&discord);
        client.identify(&discord, intents);
        let guild = next(&mut client, "GUILD_CREATE");
        assert_eq!(guild["presences"][0]["status"], expected);
    }
}
