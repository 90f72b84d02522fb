//! The control interface: actions as HTTP requests, by those who know the secret.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use syncord::sim::{Discord, Fault};

use crate::client::{Client, Received, rest};

pub(crate) struct Scene {
    pub(crate) discord: Discord,
    url: String,
}

impl Scene {
    fn new() -> Scene {
        Scene::of(Discord::builder().control(true).timeout(Duration::from_secs(10)).start().unwrap())
    }

    pub(crate) fn of(discord: Discord) -> Scene {
        let url = discord.control_url().unwrap();
        Scene { discord, url }
    }

    /// Carries out an action. Returns the status and the body.
    pub(crate) fn act(&self, action: &str, arguments: &Value) -> (u16, Value) {
        post(&format!("{}/{action}", self.url), &[], arguments)
    }

    /// Carries out an action that must succeed.
    pub(crate) fn ok(&self, action: &str, arguments: &Value) -> Value {
        let (status, body) = self.act(action, arguments);
        assert_eq!(status, 200, "{action} {arguments}: {body}");
        body
    }

    fn get(&self, action: &str) -> Value {
        let text = ureq::get(format!("{}/{action}", self.url)).call().unwrap().body_mut().read_to_string();
        serde_json::from_str(&text.unwrap()).unwrap()
    }
}

pub(crate) fn post(url: &str, headers: &[(&str, &str)], body: &Value) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into();
    let request =
        headers.iter().fold(agent.post(url), |request, (name, value)| request.header(*name, *value));
    let mut response = request.send(body.to_string()).unwrap();
    let text = response.body_mut().read_to_string().unwrap();
    (response.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

#[test]
fn a_person_talks_with_a_bot_over_http() {
    let scene = Scene::new();
    let world = scene.get("");
    assert_eq!(world["api_url"], scene.discord.api_url());
    assert_eq!(world["token"], scene.discord.token());
    let mut client = Client::ready(&scene.discord);
    scene.ok("wait_until_ready", &json!({}));

    let said = scene.ok("say", &json!({"as": "ann", "channel": "general", "content": "ping"}));
    let received = client.event("MESSAGE_CREATE");
    assert_eq!((&received["id"], &received["content"]), (&said["message"]["id"], &json!("ping")));
    assert_eq!(received["author"]["username"], "ann");
    let channel = received["channel_id"].as_str().unwrap();
    let pong = json!({"content": "pong"});
    assert_eq!(rest(&scene.discord, "POST", &format!("/channels/{channel}/messages"), Some(&pong)).0, 200);
    assert_eq!(scene.ok("next_message", &json!({"channel": channel}))["message"]["content"], "pong");
    client.event("MESSAGE_CREATE");

    let message = said["message"]["id"].clone();
    scene.ok("edit", &json!({"as": "ann", "message": message, "content": "pings"}));
    assert_eq!(client.event("MESSAGE_UPDATE")["content"], "pings");
    scene.ok("react", &json!({"as": "bob", "message": message, "emoji": "⚓"}));
    let shown = scene.get("messages?channel=general&as=ann")["messages"][0].clone();
    assert_eq!(shown["reactions"][0]["count"], 1);
    scene.ok("delete", &json!({"as": "ann", "message": message}));
    assert_eq!(client.event("MESSAGE_DELETE")["id"], message);
    let requests = scene.get("requests?limit=1")["requests"].clone();
    assert_eq!(
        (&requests[0]["method"], &requests[0]["body"], &requests[0]["status"]),
        (&json!("POST"), &pong, &json!(200))
    );
}

#[test]
fn without_the_secret_nothing_is_done() {
    let scene = Scene::new();
    let say = json!({"as": "ann", "channel": "general", "content": "ping"});
    let (base, secret) = scene.url.rsplit_once('/').unwrap();
    let guessed = "0".repeat(secret.len());
    for url in [format!("{base}/{guessed}/say"), format!("{base}/say"), format!("{base}/{secret}0/say")] {
        assert_eq!(post(&url, &[], &say).0, 404, "{url}");
    }
    let own = format!("{}/say", scene.url);
    assert_eq!(post(&own, &[("Origin", "http://example.com")], &say).0, 403);
    assert_eq!(post(&own, &[("Host", "example.com")], &say).0, 403);
    let off = Discord::start().unwrap();
    assert_eq!(off.control_url(), None);
    assert_eq!(post(&off.api_url().replace("/api/v10", "/sim//say"), &[], &say).0, 404);
    assert_eq!(scene.get("messages?channel=general")["messages"], json!([]));
}

#[test]
fn errors_say_what_is_there_instead() {
    let scene = Scene::new();
    for (action, arguments, status, kind, text) in [
        ("sey", json!({}), 404, "no_such_action", "sey"),
        ("say", json!({"as": "ann"}), 400, "arguments", "\"channel\" is missing"),
        ("say", json!({"as": "ann", "channel": "generals", "content": "x"}), 404, "unknown", "#general"),
        ("say", json!({"as": "ann", "channel": "general"}), 409, "rejected", "empty"),
        ("click", json!({"as": "ann", "message": 1, "custom_id": "x"}), 404, "unknown", "message 1"),
        ("use", json!({"as": "ann", "channel": "general", "line": "/roll"}), 409, "not_possible", "/roll"),
        ("next_message", json!({"channel": "general", "timeout": 0}), 504, "timeout", "general"),
        ("fault", json!({"fault": "rain"}), 400, "arguments", "rain"),
    ] {
        let (got, body) = scene.act(action, &arguments);
        let error = body["error"].as_str().unwrap_or_default();
        assert_eq!((got, body["kind"].as_str()), (status, Some(kind)), "{action} {arguments}: {body}");
        assert!(error.contains(text.trim_start_matches('/')), "{action} {arguments}: {body}");
    }
    let (_, rejected) = scene.act("say", &json!({"as": "ann", "channel": "general"}));
    assert_eq!(rejected["discord"]["code"], 50006);
    let (status, _) = post(&format!("{}/shutdown?x=1", scene.url), &[], &json!([]));
    assert_eq!(status, 400, "the arguments are not an object");
}

#[test]
fn faults_do_not_reach_the_control_interface() {
    let scene = Scene::new();
    let mut client = Client::ready(&scene.discord);
    scene.ok("fault", &json!({"fault": "refuse_connections"}));
    scene.ok("fault", &json!({"fault": "http_status", "status": 500}));
    scene.ok("fault", &json!({"fault": "black_hole"}));
    scene.ok("fault", &json!({"fault": "delay", "seconds": 3600}));
    scene.ok("say", &json!({"as": "ann", "channel": "general", "content": "ping"}));
    scene.ok("clear_faults", &json!({}));
    assert_eq!(client.event("MESSAGE_CREATE")["content"], "ping");
    scene.ok("fault", &json!({"fault": "http_status", "status": 502, "body": "html"}));
    assert_eq!(rest(&scene.discord, "GET", "/users/@me", None).0, 502);
    assert_eq!(rest(&scene.discord, "GET", "/users/@me", None).0, 200);
    scene.ok("fault", &json!({"fault": "close", "code": 4000}));
    assert_eq!(client.read(), Received::Closed(4000));
    scene.discord.fault(Fault::RefuseConnections(false));
}

#[test]
fn a_reset_starts_over_at_the_same_address() {
    let scene = Scene::new();
    let mut client = Client::ready(&scene.discord);
    scene.ok("say", &json!({"as": "ann", "channel": "general", "content": "before"}));
    client.event("MESSAGE_CREATE");
    scene.ok("reset", &json!({}));
    assert!(matches!(client.read(), Received::Disconnected(_) | Received::Closed(_)));
    assert_eq!(scene.get("messages?channel=general")["messages"], json!([]));
    assert_eq!(scene.get("log")["connections"], 0);
    // The session is unknown now.
    let mut old = client.resume(&scene.discord);
    assert_eq!(old.frame(), json!({"t": null, "s": null, "op": 9, "d": false}));
    let mut client = Client::ready(&scene.discord);
    scene.ok("say", &json!({"as": "ann", "channel": "general", "content": "after"}));
    assert_eq!(client.event("MESSAGE_CREATE")["content"], "after");
}

#[test]
fn commands_buttons_and_modals_are_used_over_http() {
    let scene = Scene::new();
    let mut client = Client::ready(&scene.discord);
    let commands = json!([
        {"name": "roll", "description": "Rolls", "options": [
            {"type": 4, "name": "sides", "description": "Sides", "required": true},
            {"type": 11, "name": "chart", "description": "Chart"},
        ]},
        {"name": "Show log", "type": 2},
    ]);
    let path = format!("/applications/{}/commands", scene.discord.bot_id());
    assert_eq!(rest(&scene.discord, "PUT", &path, Some(&commands)).0, 200);
    assert_eq!(scene.get("commands")["commands"][0]["name"], "roll");
    // The events of the bot's own messages come between the interactions.
    let mut next_interaction = || loop {
        let frame = client.frame();
        if frame["t"] == "INTERACTION_CREATE" {
            return frame["d"].clone();
        }
    };
    let respond = |interaction: &Value, body: Value| {
        let (id, token) = (interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap());
        let (status, answer, _) =
            rest(&scene.discord, "POST", &format!("/interactions/{id}/{token}/callback"), Some(&body));
        assert_eq!(status, 204, "{answer}");
    };

    let used = scene.ok(
        "use",
        &json!({"as": "ann", "channel": "general", "line": "/roll sides:6 chart:a.png", "wait": false,
            "files": [{"name": "a.png", "content": "AAEC"}]}),
    );
    let received = next_interaction();
    assert_eq!(received["id"], used["interaction"]["id"]);
    let attachment = received["data"]["options"][1]["value"].as_str().unwrap();
    assert_eq!(scene.discord.upload(attachment.parse().unwrap()), Some(vec![0, 1, 2]));
    let components = json!([{"type": 1, "components": [
        {"type": 2, "style": 1, "label": "Again", "custom_id": "again"}]}]);
    respond(&received, json!({"type": 4, "data": {"content": "6", "components": components}}));
    let reply = scene.ok("reply", &json!({"interaction": received["id"]}));
    assert_eq!(reply["message"]["content"], "6");

    let message = reply["message"]["id"].clone();
    let click = json!({"as": "ann", "message": message, "custom_id": "again", "wait": false});
    let clicked = scene.ok("click", &click);
    let received = next_interaction();
    respond(
        &received,
        json!({"type": 9, "data": {"custom_id": "form", "title": "Form", "components": [
        {"type": 18, "label": "Why", "component": {"type": 4, "custom_id": "why", "style": 1}}]}}),
    );
    let modal = scene.ok("next_modal", &json!({"as": "ann"}));
    assert_eq!(modal["modal"]["title"], "Form");
    assert_eq!(modal["interaction"], clicked["interaction"]["id"]);
    let submit =
        json!({"as": "ann", "interaction": modal["interaction"], "fields": {"why": "fun"}, "wait": false});
    scene.ok("submit", &submit);
    let received = next_interaction();
    assert_eq!(received["data"]["components"][0]["component"]["value"], "fun");
    respond(&received, json!({"type": 4, "data": {"content": "only you", "flags": 64}}));
    let ephemeral = scene.ok("next_ephemeral_message", &json!({"as": "ann"}));
    assert_eq!(ephemeral["message"]["content"], "only you");
    let seen = |who: &str| {
        scene.get(&format!("messages?channel=general&as={who}"))["messages"].as_array().unwrap().len()
    };
    assert_eq!((seen("ann"), seen("bob")), (2, 1));

    let menu =
        json!({"as": "ann", "channel": "general", "command": "Show log", "on_user": "bob", "wait": false});
    scene.ok("use", &menu);
    let interactions = scene.get("interactions")["interactions"].clone();
    assert_eq!(interactions.as_array().unwrap().len(), 4);
    assert_eq!(interactions[0]["acknowledgement"]["type"], 4);
    assert_eq!(interactions[3]["acknowledgement"], Value::Null);
}

#[test]
fn the_state_is_that_of_one_person() {
    let scene = Scene::new();
    scene.ok("say", &json!({"as": "ann", "direct": true, "content": "psst"}));
    scene.ok(
        "say",
        &json!({"as": "bob", "channel": "#general", "content": "hi",
        "files": [{"name": "a.txt", "text": "hello"}]}),
    );
    let state = scene.get("state?as=ann");
    assert_eq!(state["guilds"][0]["channels"][0]["name"], "general");
    assert_eq!(state["guilds"][0]["members"].as_array().unwrap().len(), 3);
    let direct = state["direct_channels"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(scene.get(&format!("messages?channel={direct}&as=ann"))["messages"][0]["content"], "psst");
    assert_eq!(scene.get("state?as=bob")["direct_channels"], json!([]));

    for number in 0..4 {
        scene.ok("say", &json!({"as": "bob", "channel": "general", "content": number.to_string()}));
    }
    let page = scene.get("messages?channel=general&limit=2");
    assert_eq!((&page["messages"][0]["content"], &page["has_more"]), (&json!("2"), &json!(true)));
    let before = page["messages"][0]["id"].as_str().unwrap().to_owned();
    let page = scene.get(&format!("messages?channel=general&limit=3&before={before}"));
    assert_eq!(
        (&page["messages"][0]["attachments"][0]["filename"], &page["has_more"]),
        (&json!("a.txt"), &json!(false))
    );
}

#[test]
fn the_stream_has_events_requests_and_frames_without_the_token() {
    let scene = Scene::new();
    let address = scene.url.strip_prefix("http://").unwrap();
    let (host, path) = address.split_once('/').unwrap();
    let mut socket = TcpStream::connect(host).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(socket, "GET /{path}/events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut lines = BufReader::new(socket).lines().map(Result::unwrap);
    // The subscription exists before the first comment is sent.
    assert!(lines.any(|line| line == ":"));

    let _client = Client::ready(&scene.discord);
    scene.ok("say", &json!({"as": "ann", "channel": "general", "content": "ping"}));
    let mut seen = Vec::new();
    while let Some(kind) = lines.find_map(|line| line.strip_prefix("event: ").map(str::to_owned)) {
        let data = lines.next().unwrap();
        let data: Value = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
        let is_last = data["frame"]["t"] == "MESSAGE_CREATE";
        seen.push((kind, data));
        if is_last {
            break;
        }
    }
    let has =
        |kind: &str, fits: &dyn Fn(&Value) -> bool| seen.iter().any(|(one, data)| one == kind && fits(data));
    assert!(has("request", &|data| data["path"] == "/api/v10/gateway/bot" && data["status"] == 200));
    assert!(has("frame", &|data| data["by_client"] == true && data["frame"]["op"] == 2));
    assert!(has("frame", &|data| data["by_client"] == false && data["frame"]["t"] == "READY"));
    assert!(has("event", &|data| data["name"] == "MESSAGE_CREATE" && data["data"]["content"] == "ping"));
    assert!(seen.iter().all(|(_, data)| !data.to_string().contains(&scene.discord.token())));
}

#[test]
fn time_votes_and_requests_of_people_go_over_http() {
    let scene = Scene::new();
    let said = scene.ok("say", &json!({"as": "ann", "channel": "general", "content": "hello"}));
    let rejected =
        json!({"as": "ann", "method": "DELETE", "path": format!("guilds/{}", scene.discord.guild_id())});
    assert_eq!(scene.act("request", &rejected).0, 409);
    let path = format!("guilds/{}/members/@me", scene.discord.guild_id());
    let nick =
        scene.ok("request", &json!({"as": "ann", "method": "PATCH", "path": path, "body": {"nick": "Cap"}}));
    assert_eq!(nick["response"]["nick"], "Cap");
    let vote = json!({"as": "ann", "message": said["message"]["id"], "answers": [1]});
    assert_eq!(scene.act("vote", &vote).1["kind"], "not_possible");
    let before = scene.discord.time();
    scene.ok("advance", &json!({"seconds": 3600}));
    assert!(scene.discord.time() >= before + Duration::from_secs(3600));
    scene.ok("set", &json!({"as": "ann", "status": "idle", "locale": "de"}));
    let transcript = scene.get("transcript?channel=general")["transcript"].clone();
    assert_eq!(transcript, "ann: hello\n");
    assert_eq!(scene.get("history?channel=general")["changes"][0]["kind"], "posted");
    let snapshot = scene.get("snapshot");
    let copy = Discord::builder().world(snapshot).start().unwrap();
    assert_eq!(copy.member("ann").sees(&copy.channel("general"))[0].content, "hello");
    scene.ok("leave", &json!({"as": "ann"}));
    assert_eq!(
        scene.discord.find_member("ann").unwrap_err().to_string(),
        "there is no member ann; there is bot"
    );
}

#[test]
fn a_person_gets_a_role_with_permissions_by_their_names() {
    let scene = Scene::new();
    scene.ok("join", &json!({"as": "bob"}));
    let state = scene.ok("join", &json!({"as": "bob"}));
    let bob = state["user"]["id"].as_str().unwrap().to_owned();
    let kick = json!({"as": "mia", "method": "DELETE", "path": format!("guilds/{}/members/{bob}", guild_id(&scene))});
    assert_eq!(scene.act("request", &kick).0, 409);
    let names = json!(["KICK_MEMBERS", "BAN_MEMBERS"]);
    for permissions in [names, json!("KICK_MEMBERS, BAN_MEMBERS"), json!("6")] {
        let role = scene.ok("role", &json!({"as": "mia", "role": "Moderator", "permissions": permissions}));
        assert!(role["role"]["id"].is_string(), "{role}");
        let state = scene.get("state?as=mia");
        let roles = state["guilds"][0]["roles"].as_array().unwrap();
        let moderators: Vec<_> = roles.iter().filter(|role| role["name"] == "Moderator").collect();
        assert_eq!(moderators.len(), 1, "{state}");
        assert_eq!(moderators[0]["permissions"], "6");
    }
    scene.ok("request", &kick);
    let (status, body) = scene.act("role", &json!({"as": "mia", "role": "x", "permissions": ["FLY"]}));
    assert_eq!((status, &body["kind"]), (404, &json!("unknown")));
    assert!(body["error"].as_str().unwrap().contains("BAN_MEMBERS"), "{body}");
}

fn guild_id(scene: &Scene) -> String {
    scene.get("")["guild_id"].as_str().unwrap().to_owned()
}

#[test]
fn a_shutdown_ends_the_wait() {
    let scene = Scene::new();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| scene.discord.wait_for_shutdown());
        scene.ok("shutdown", &json!({}));
        waiting.join().unwrap();
    });
}

#[test]
fn the_guild_of_the_command_has_a_system_channel_as_a_new_one_of_discord() {
    let scene = Scene::new();
    let general = scene.discord.channel("general").id();
    let guild = rest_get(&scene, &format!("guilds/{}", scene.discord.guild_id()));
    assert_eq!(guild["system_channel_id"], general.to_string());
    // Not each person of a test causes a message.
    scene.ok("say", &json!({"as": "ann", "channel": "general", "content": "ping"}));
    let messages = rest_get(&scene, &format!("channels/{general}/messages"));
    assert_eq!(messages.as_array().unwrap().len(), 1, "{messages}");
}

/// What the REST API returns to the bot.
fn rest_get(scene: &Scene, path: &str) -> Value {
    let url = format!("{}/{path}", scene.discord.api_url());
    let authorization = format!("Bot {}", scene.discord.token());
    let text =
        ureq::get(url).header("Authorization", authorization).call().unwrap().body_mut().read_to_string();
    serde_json::from_str(&text.unwrap()).unwrap()
}
