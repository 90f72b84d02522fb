//! What a test can ask for: transcripts, changes, silence, and handles by ID. Errors say what happened instead.

use std::time::{Duration, Instant};

use serde_json::json;
use syncord::id::{ChannelId, InteractionId};
use syncord::sim::{ChangeKind, Discord, Fault, SimError};

use crate::client::{Client, Received, rest};

fn post(discord: &Discord, channel: ChannelId, content: &str) -> String {
    let path = format!("/channels/{channel}/messages");
    rest(discord, "POST", &path, Some(&json!({"content": content}))).1["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_transcript_reads_the_same_in_each_run() {
    let run = || {
        let discord = Discord::start().unwrap();
        let (ann, general, tides) =
            (discord.member("ann"), discord.channel("general"), discord.channel("tides"));
        let path = format!("/channels/{}/messages", general.id());
        ann.says(&general, &format!("hello {} in {}", ann.mention(), tides.mention()));
        let sent = post(&discord, general.id(), "high <t:1700000000:R>");
        let edit = json!({"content": "low\nor high"});
        assert_eq!(rest(&discord, "PATCH", &format!("{path}/{sent}"), Some(&edit)).0, 200);
        assert!(rest(&discord, "PUT", &format!("{path}/{sent}/reactions/%E2%9A%93/@me"), None).0 < 300);
        assert_eq!(rest(&discord, "DELETE", &format!("{path}/{sent}"), None).0, 204);
        post(&discord, tides.id(), "tide");
        (discord.transcript(), general.transcript())
    };
    let (all, general) = run();
    let expected = "\
ann: hello @ann in #tides
bot: high (time)
bot (edited): low
    or high
bot: reacts with ⚓ (low…)
bot (deleted): low
    or high
";
    assert_eq!(general, expected);
    assert!(all.starts_with("#general ann: hello") && all.ends_with("#tides bot: tide\n"), "{all}");
    std::thread::sleep(Duration::from_millis(2));
    assert_eq!(run(), (all, general));
}

#[test]
fn changes_of_the_bot_come_in_order_and_once() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    ann.says(&general, "hello");
    let sent = post(&discord, general.id(), "one");
    let path = format!("/channels/{}/messages/{sent}", general.id());
    assert_eq!(rest(&discord, "PATCH", &path, Some(&json!({"content": "two"}))).0, 200);
    assert_eq!(rest(&discord, "DELETE", &path, None).0, 204);
    let changes: Vec<_> = (0..3).map(|_| general.next_change().unwrap()).collect();
    let kinds: Vec<_> = changes.iter().map(|change| (change.kind, change.text.as_str())).collect();
    assert_eq!(
        kinds,
        [(ChangeKind::Posted, "one"), (ChangeKind::Edited, "two"), (ChangeKind::Deleted, "two")]
    );
    assert!(changes.iter().all(|change| change.message.unwrap().to_string() == sent && change.by_bot));
    assert_eq!(general.history().len(), 4);
    assert_eq!(general.history()[0].author, "ann");
}

#[test]
fn an_error_shows_what_happened_instead() {
    let discord = Discord::builder().timeout(Duration::ZERO).start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    ann.says(&general, "ping");
    let error = general.next_message().unwrap_err();
    assert!(matches!(error, SimError::Timeout { waited: Duration::ZERO, .. }));
    let text = error.to_string();
    assert!(text.contains("a message of the bot in #general") && text.contains("    ann: ping"), "{text}");
    assert_eq!(format!("{error:?}"), text);
    let error = discord.channel("empty").next_change().unwrap_err().to_string();
    assert!(error.contains("in #empty: nothing"), "{error}");
}

#[test]
fn a_reply_that_does_not_come_shows_what_happened_and_a_message_is_returned_once() {
    let discord = Discord::builder().timeout(Duration::from_millis(50)).start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let _client = Client::ready(&discord);
    let path = format!("/applications/{}/commands", discord.bot_id());
    rest(&discord, "PUT", &path, Some(&json!([{"name": "ping", "description": "Pings"}])));
    let error = general.next_message().unwrap_err().to_string();
    assert!(!error.contains("an earlier wait"), "{error}");
    let used = ann.uses(&general, "/ping").unwrap();
    let path = format!("/interactions/{}/{}/callback", used.id(), used.raw()["token"].as_str().unwrap());
    rest(&discord, "POST", &path, Some(&json!({"type": 4, "data": {"content": "pong"}})));
    assert_eq!(used.reply().unwrap().content, "pong");
    let error = ann.uses(&general, "/ping").unwrap().reply().unwrap_err().to_string();
    assert!(error.contains("a reply to \"ping\"") && error.contains("in #general:\n    "), "{error}");
    assert!(error.contains("bot: pong"), "{error}");
    let error = general.next_message().unwrap_err().to_string();
    assert!(
        error.contains("those that an earlier wait has returned, such as reply, do not count"),
        "{error}"
    );
}

#[test]
fn silence_is_checked_when_the_bot_has_settled() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.on_message(|cx, message| {
        // Slower than any guess of a test.
        std::thread::sleep(Duration::from_millis(700));
        if message.content == "ping" {
            cx.reply(message, "pong")?;
        }
        Ok(())
    });
    bot.during(|| {
        let start = Instant::now();
        ann.says(&general, "hello");
        general.stays_silent()?;
        assert!(start.elapsed() >= Duration::from_millis(700), "the handler has ended");
        ann.says(&general, "ping");
        let error = general.stays_silent().unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, SimError::Unexpected { .. }), "{text}");
        assert!(text.contains("pong") && text.contains("ann: ping"), "{text}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_bot_settles_more_often_than_it_may_send_payloads() {
    let discord = Discord::builder().timeout(Duration::from_secs(5)).start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = discord.bot();
    bot.on_message(|cx, message| {
        if message.content == "ping" {
            cx.reply(message, "pong")?;
        }
        Ok(())
    });
    bot.during(|| {
        for _ in 0..70 {
            ann.says(&general, "ping");
            discord.settle()?;
            assert_eq!(general.try_next_message().map(|message| message.content).as_deref(), Some("pong"));
        }
        Ok(())
    })
    .unwrap();
    assert!(discord.log().heartbeats() < 10, "{:?}", discord.log());
}

#[test]
fn a_bot_of_another_program_has_settled_when_its_requests_are_answered() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut client = Client::ready(&discord);
    discord.fault(Fault::Delay(Duration::from_millis(600)));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // It posts before it answers the request for a heartbeat that follows, and ends when the test has ended.
            while let Received::Frame(frame) = client.read() {
                if frame["t"] == "MESSAGE_CREATE" && frame["d"]["content"] == "ping" {
                    post(&discord, general.id(), "late");
                }
                if frame["op"] == 1 {
                    client.send(&json!({"op": 1, "d": client.seq}));
                }
            }
        });
        ann.says(&general, "ping");
        let settled = discord.settle();
        let message = general.try_next_message();
        discord.fault(Fault::Close(4000, String::new()));
        settled.unwrap();
        assert_eq!(message.unwrap().content, "late");
    });
}

#[test]
fn a_bot_that_never_answers_does_not_settle() {
    let discord = Discord::builder().timeout(Duration::from_millis(50)).start().unwrap();
    let _client = Client::ready(&discord);
    let error = discord.settle().unwrap_err().to_string();
    assert!(error.contains("the bot to settle"), "{error}");
}

#[test]
fn handles_are_found_and_nothing_is_created() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    assert_eq!(discord.find_channel("general").unwrap().id(), general.id());
    let error = discord.find_channel("generals").unwrap_err().to_string();
    assert_eq!(error, "there is no channel #generals; there is #general");
    assert_eq!(discord.channel_by_id(general.id()).unwrap().name(), "general");
    let direct = discord.dm_channel(&ann);
    assert_eq!(discord.channel_by_id(direct.id()).unwrap().name(), "direct messages with ann");
    assert!(matches!(discord.channel_by_id(ChannelId::new(1)), Err(SimError::Unknown { .. })));
    assert_eq!(discord.find_member("ann").unwrap().id(), ann.id());
    assert!(discord.find_member("bob").unwrap_err().to_string().contains("ann"));
    assert!(discord.interaction(InteractionId::new(1)).is_err());
    assert_eq!(discord.channels().len(), 1);
    assert_eq!(
        format!("{general:?}"),
        format!("Channel {{ id: {:?}, name: \"general\", .. }}", general.id())
    );
    assert!(format!("{discord:?} {ann:?}").contains("name: \"ann\""));
}
