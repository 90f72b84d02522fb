//! The world's clock: a test advances it, and what is due happens.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::sim::{Discord, ErrorBody, Fault};

use crate::client::{Client, rest};

const MINUTE: Duration = Duration::from_secs(60);

fn created(discord: &Discord, path: &str, body: &Value) -> Value {
    let (status, answer, _) = rest(discord, "POST", path, Some(body));
    assert!(status < 300, "{path}: {status} {answer}");
    answer
}

#[test]
fn repeatable_runs_have_the_same_ids_and_times() {
    let run = || {
        let discord = Discord::builder().repeatable(3).start().unwrap();
        let (ann, general) = (discord.member("ann"), discord.channel("general"));
        let first = ann.says(&general, "one");
        discord.advance(MINUTE);
        ann.says(&general, "two");
        let messages: Vec<Value> = ann.sees(&general).into_iter().map(|message| message.raw).collect();
        (discord.guild_id(), ann.id(), first, messages)
    };
    let (guild, ann, first, messages) = run();
    assert_eq!(messages[0]["timestamp"], "2026-01-01T00:00:00.000000+00:00");
    assert_eq!(messages[1]["timestamp"], "2026-01-01T00:01:00.000000+00:00");
    std::thread::sleep(Duration::from_millis(3));
    assert_eq!(run(), (guild, ann, first, messages));
    assert_ne!(Discord::start().unwrap().guild_id(), guild);
}

#[test]
fn polls_end_when_their_time_has_come() {
    let discord = Discord::start().unwrap();
    let general = discord.channel("general");
    let path = format!("/channels/{}/messages", general.id());
    let answers = json!([{"poll_media": {"text": "High"}}, {"poll_media": {"text": "Low"}}]);
    let poll = json!({"poll": {"question": {"text": "Tide?"}, "answers": answers, "duration": 1}});
    let posted = created(&discord, &path, &poll);
    let shown = || rest(&discord, "GET", &format!("{path}/{}", posted["id"].as_str().unwrap()), None).1;
    discord.advance(59 * MINUTE);
    assert_eq!(shown()["poll"]["results"]["is_finalized"], false);
    discord.advance(2 * MINUTE);
    assert_eq!(shown()["poll"]["results"]["is_finalized"], true);
}

#[test]
fn quiet_threads_are_archived_in_the_order_of_their_times() {
    let discord = Discord::start().unwrap();
    let general = discord.channel("general");
    let path = format!("/channels/{}/threads", general.id());
    let thread = |name: &str, minutes: u64| {
        let body = json!({"name": name, "type": 11, "auto_archive_duration": minutes});
        created(&discord, &path, &body)["id"].as_str().unwrap().to_owned()
    };
    let (slow, quick) = (thread("slow", 1440), thread("quick", 60));
    let mut client = Client::ready(&discord);
    discord.advance(30 * MINUTE);
    created(&discord, &format!("/channels/{quick}/messages"), &json!({"content": "still here"}));
    assert_eq!(client.event("MESSAGE_CREATE")["content"], "still here");
    discord.advance(40 * MINUTE);
    discord.advance(2000 * MINUTE);
    for id in [quick, slow] {
        let update = client.event("THREAD_UPDATE");
        assert_eq!((&update["id"], &update["thread_metadata"]["archived"]), (&json!(id), &json!(true)));
    }
}

#[test]
fn events_outside_of_discord_start_and_end() {
    let discord = Discord::builder().repeatable(1).start().unwrap();
    let path = format!("/guilds/{}/scheduled-events", discord.guild_id());
    let event = json!({"name": "Regatta", "entity_type": 3, "privacy_level": 2, "entity_metadata": {"location": "Kiel"},
        "scheduled_start_time": "2026-01-01T01:00:00Z", "scheduled_end_time": "2026-01-01T05:00:00+02:00"});
    let id = created(&discord, &path, &event)["id"].as_str().unwrap().to_owned();
    let status = || rest(&discord, "GET", &format!("{path}/{id}"), None).1["status"].clone();
    discord.advance(59 * MINUTE);
    assert_eq!(status(), 1);
    discord.advance(MINUTE);
    assert_eq!(status(), 2);
    discord.advance(120 * MINUTE);
    assert_eq!(status(), 3);
}

#[test]
fn a_timeout_and_an_interaction_token_expire() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let commands = format!("/applications/{}/commands", discord.application_id());
    created(&discord, &commands, &json!({"name": "roll", "description": "Rolls"}));
    let interaction = ann.uses(&general, "/roll").unwrap().raw();
    let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
    let respond = json!({"type": 4, "data": {"content": "6"}});
    assert_eq!(
        rest(&discord, "POST", &format!("/interactions/{id}/{token}/callback"), Some(&respond)).0,
        204
    );
    let follow_up = format!("/webhooks/{}/{token}", discord.application_id());
    discord.advance(14 * MINUTE);
    assert_eq!(rest(&discord, "POST", &follow_up, Some(&json!({"content": "more"}))).0, 200);
    discord.advance(2 * MINUTE);
    assert_eq!(rest(&discord, "POST", &follow_up, Some(&json!({"content": "more"}))).0, 401);
}

#[test]
fn a_fault_happens_at_its_turn() {
    let discord = Discord::start().unwrap();
    let general = discord.channel("general");
    let (route, path) =
        ("POST /channels/{channel_id}/messages", format!("/channels/{}/messages", general.id()));
    let bad_gateway = Fault::HttpStatus { status: 502, body: ErrorBody::Html, retry_after: None, times: 1 };
    discord.fault_at(route, 2, bad_gateway);
    let post = || rest(&discord, "POST", &path, Some(&json!({"content": "x"}))).0;
    assert_eq!(rest(&discord, "GET", &path, None).0, 200);
    assert_eq!([post(), post(), post()], [200, 502, 200]);
}

#[test]
fn random_faults_happen_until_they_are_cleared() {
    let discord = Discord::start().unwrap();
    let client = Client::ready(&discord);
    drop(client);
    discord.random_faults(1, Duration::from_millis(5), &[Fault::RefuseUpgrade { status: 503, times: 1 }]);
    let url = discord.gateway_url();
    discord.wait_until("a refused upgrade", |_| Client::open(&url).is_err()).unwrap();
    discord.clear_faults();
    assert!(Client::open(&url).is_ok());
}
