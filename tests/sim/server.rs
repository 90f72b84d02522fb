//! The simulated Discord over real sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use syncord::Intents;
use syncord::sim::Discord;

use super::client::{Client, INTENTS, Received, request, rest};

#[test]
fn a_bot_receives_a_message_and_replies() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut client = Client::ready(&discord);

    let ping = ann.says(&general, "ping");
    let event = client.event("MESSAGE_CREATE");
    assert_eq!((&event["content"], &event["author"]["username"]), (&json!("ping"), &json!("ann")));

    let body = json!({"content": "pong", "message_reference": {"message_id": ping.to_string()}});
    let (status, posted, _) =
        rest(&discord, "POST", &format!("/channels/{}/messages", general.id()), Some(&body));
    assert_eq!(status, 200);
    assert_eq!(client.event("MESSAGE_CREATE")["id"], posted["id"]);
    let reply = general.next_message().unwrap();
    assert_eq!((&*reply.content, &*reply.author, reply.reply_to), ("pong", "bot", Some(ping)));
    assert_eq!(reply.raw["id"], posted["id"]);

    client.send(&json!({"op": 1, "d": client.seq}));
    assert_eq!(client.frame()["op"], json!(11));
    let log = discord.log();
    assert_eq!((log.connections(), log.identifies(), log.heartbeats()), (1, 1, 1));
    assert_eq!(log.violations(), [""; 0]);
}

#[test]
fn the_error_of_a_missing_message_says_what_happened() {
    let discord = Discord::builder().timeout(Duration::from_millis(20)).start().unwrap();
    rest(&discord, "GET", "/users/@me", None);
    let error = discord.channel("general").next_message().unwrap_err().to_string();
    assert!(error.contains("a message of the bot in #general"), "{error}");
    assert!(error.contains("GET /api/v10/users/@me"), "{error}");
    assert!(error.contains("identifies: 0"), "{error}");
}

#[test]
fn a_dropped_client_resumes_and_receives_missed_events() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut client = Client::ready(&discord);
    client.close(4000);
    discord.wait_until("the session to lose its connection", |discord| discord.live_sessions() == 0).unwrap();
    ann.says(&general, "one");
    ann.says(&general, "two");
    let mut client = client.resume(&discord);
    assert_eq!(client.event("MESSAGE_CREATE")["content"], json!("one"));
    assert_eq!(client.event("MESSAGE_CREATE")["content"], json!("two"));
    client.event("RESUMED");
    assert_eq!((discord.log().resumes(), discord.log().identifies()), (1, 1));
    let upgrades: Vec<String> =
        discord.requests().into_iter().map(|r| r.path).filter(|p| p.contains("v=10")).collect();
    assert_eq!(upgrades, ["/?v=10&encoding=json", "/resume/?v=10&encoding=json"]);
}

#[test]
fn closing_with_1000_ends_the_session() {
    let discord = Discord::start().unwrap();
    let mut client = Client::ready(&discord);
    client.close(1000);
    discord.wait_until("the session to end", |discord| discord.live_sessions() == 0).unwrap();
    assert_eq!(client.resume(&discord).frame()["op"], json!(9));
    assert_eq!(discord.log().violations().len(), 1);
}

#[test]
fn gateway_and_rest_reject_a_wrong_token() {
    let discord = Discord::builder().token("right").start().unwrap();
    let mut client = Client::connect(&discord);
    client.frame();
    client.send(&json!({"op": 2, "d": {"token": "wrong", "intents": 0, "properties": {}}}));
    assert_eq!(client.read(), Received::Closed(4004));
    for authorization in ["Bot wrong", "right", "Bearer right", "Bot right "] {
        let (status, text, _) = request(&discord, "GET", "/users/@me", None, authorization.trim_end());
        let expected = if authorization == "Bot right " { 200 } else { 401 };
        assert_eq!(status, expected, "{authorization}: {text}");
    }
    let (_, text, _) = request(&discord, "GET", "/users/@me", None, "Bot wrong");
    assert_eq!(text, r#"{"code":0,"message":"401: Unauthorized"}"#);
}

#[test]
fn gateway_bot_returns_the_current_session_start_limit() {
    let discord = Discord::builder()
        .session_start_limit(1000, 7, Duration::from_secs(60), 1)
        .shards(3)
        .start()
        .unwrap();
    let _client = Client::ready(&discord);
    let (_, body, _) = rest(&discord, "GET", "/gateway/bot", None);
    assert_eq!((&body["shards"], &body["session_start_limit"]["remaining"]), (&json!(3), &json!(6)));
    let left = body["session_start_limit"]["reset_after"].as_u64().unwrap();
    assert!((30_000..=60_000).contains(&left), "{left}");
}

#[test]
fn application_flags_show_the_enabled_privileged_intents() {
    for (enabled, flags) in [(0, 0), (1 << 15, 1 << 18), (1 << 1 | 1 << 8, 1 << 12 | 1 << 14)] {
        let discord =
            Discord::builder().privileged_intents(Intents::from_bits_retain(enabled)).start().unwrap();
        let (_, application, _) = rest(&discord, "GET", "/applications/@me", None);
        assert_eq!(application["flags"], json!(flags));
        assert_eq!(application["id"], json!(discord.bot_id().to_string()));
    }
}

#[test]
fn routes_return_discords_json() {
    let discord = Discord::start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let message = ann.says(&general, "hello");
    let channel = format!("/channels/{}", general.id());
    let status = |method: &str, path: &str| rest(&discord, method, path, None).0;
    assert_eq!(rest(&discord, "GET", "/users/@me", None).1["bot"], json!(true));
    assert_eq!(rest(&discord, "GET", &channel, None).1["name"], json!("general"));
    assert_eq!(
        rest(&discord, "GET", &format!("{channel}/messages?limit=1"), None).1[0]["content"],
        json!("hello")
    );
    assert_eq!(status("GET", &format!("{channel}/messages/{message}")), 200);
    assert_eq!(status("POST", &format!("{channel}/typing")), 204);
    assert_eq!(general.typing(), ["bot"]);
    let thumb = format!("{channel}/messages/{message}/reactions/%F0%9F%91%8D/@me");
    assert_eq!(status("PUT", &thumb), 204);
    assert_eq!(general.reactions(message), [("bot".to_owned(), "👍".to_owned())]);
    let dm_channel =
        rest(&discord, "POST", "/users/@me/channels", Some(&json!({"recipient_id": ann.id().to_string()})));
    assert_eq!(dm_channel.1["id"], json!(discord.dm_channel(&ann).id().to_string()));
    let (status, body, _) = rest(&discord, "GET", "/no/such/route", None);
    assert_eq!((status, body), (404, json!({"message": "404: Not Found", "code": 0})));
    assert_eq!(discord.log().violations(), [""; 0]);
}

#[test]
fn every_response_has_rate_limit_headers() {
    let discord = Discord::start().unwrap();
    let general = discord.channel("general");
    let path = format!("/channels/{}", general.id());
    let (_, _, headers) = rest(&discord, "GET", &path, None);
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!((&*header("x-ratelimit-limit"), &*header("x-ratelimit-remaining")), ("1000", "999"));
    assert!(header("x-ratelimit-reset-after").parse::<f64>().unwrap() <= 1.0);
    let (_, _, other) = rest(&discord, "GET", "/users/@me", None);
    assert_ne!(other["x-ratelimit-bucket"], headers["x-ratelimit-bucket"]);
}

#[test]
fn connections_are_kept_alive_and_chunked_bodies_are_read() {
    let discord = Discord::start().unwrap();
    let general = discord.channel("general");
    let host = discord.api_url()["http://".len()..].split('/').next().unwrap().to_owned();
    let mut stream = TcpStream::connect(&host).unwrap();
    let head = format!(
        "POST /api/v10/channels/{}/messages HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bot {}\r\n\
         User-Agent: none\r\nContent-Type: application/json\r\n",
        general.id(),
        discord.token()
    );
    let chunked =
        format!("{head}Transfer-Encoding: chunked\r\n\r\n5\r\n{{\"con\r\nc\r\ntent\":\"one\"}}\r\n0\r\n\r\n");
    let plain = format!("{head}Content-Length: 17\r\n\r\n{{\"content\":\"two\"}}");
    stream.write_all(format!("{chunked}{plain}").as_bytes()).unwrap();
    let mut reader = BufReader::new(stream);
    for content in ["one", "two"] {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            reader.read_line(&mut head).unwrap();
        }
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        let length =
            head.split("Content-Length: ").nth(1).unwrap().split("\r\n").next().unwrap().parse().unwrap();
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap()["content"], json!(content));
    }
    assert_eq!(discord.log().violations().len(), 2);
    assert_eq!(discord.requests()[0].json(), json!({"content": "one"}));
}

#[test]
fn any_event_can_be_dispatched() {
    let discord = Discord::start().unwrap();
    let mut client = Client::ready(&discord);
    discord.dispatch("GUILD_TIDE_TABLE_UPDATE", json!({"high": 7}));
    assert_eq!(client.event("GUILD_TIDE_TABLE_UPDATE"), json!({"high": 7}));
}

#[test]
fn dropping_the_simulator_closes_connections_and_port() {
    let discord = Discord::start().unwrap();
    let mut client = Client::ready(&discord);
    let url = client.resume_url.clone();
    drop(discord);
    assert!(matches!(client.read(), Received::Disconnected(_)));
    assert!(Client::open(&url).is_err());
}

#[test]
fn a_page_of_another_site_is_rejected() {
    let discord = Discord::start().unwrap();
    let host = discord.gateway_url().replace("ws://", "");
    let port = host.split(':').next_back().unwrap();
    let status = |headers: &str| {
        let mut stream = TcpStream::connect(&*host).unwrap();
        let upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n";
        let path = "/?v=10&encoding=json";
        write!(stream, "GET {path} HTTP/1.1\r\n{upgrade}{headers}\r\n").unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        line.split(' ').nth(1).unwrap().parse::<u16>().unwrap()
    };
    assert_eq!(status(&format!("Host: {host}\r\n")), 101);
    // A proxy of this machine may have another port.
    assert_eq!(status("Host: 127.0.0.1\r\n"), 101);
    assert_eq!(status(&format!("Host: LocalHost:{port}\r\nOrigin: http://localhost:{port}\r\n")), 101);
    for headers in [
        format!("Host: {host}\r\nOrigin: https://evil.example\r\n"),
        format!("Host: {host}\r\nOrigin: null\r\n"),
        format!("Host: {host}\r\nOrigin: https://{host}\r\n"),
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: 127.0.0.1.evil.example:{port}\r\n"),
    ] {
        assert_eq!(status(&headers), 403, "{headers}");
    }
    assert_eq!(discord.log().connections(), 3);
}

#[test]
fn a_condition_that_makes_requests_ends_in_time() {
    let discord = Discord::builder().timeout(Duration::from_millis(50)).start().unwrap();
    let error = discord.wait_until("a wonder", |discord| {
        rest(discord, "GET", "/users/@me", None);
        false
    });
    assert!(error.unwrap_err().to_string().contains("a wonder"));
}

#[test]
fn ready_shows_the_world_as_it_is_at_the_identify() {
    let discord = Discord::start().unwrap();
    let roles = format!("/guilds/{}/roles", discord.guild_id());
    rest(&discord, "POST", &roles, Some(&json!({"name": "Harbour master"})));
    let channels = format!("/guilds/{}/channels", discord.guild_id());
    rest(&discord, "POST", &channels, Some(&json!({"name": "pier"})));
    let mut client = Client::connect(&discord);
    client.frame();
    client.identify(&discord, INTENTS);
    client.event("READY");
    let guild = client.event("GUILD_CREATE");
    let names = |list: &str| -> Vec<String> {
        guild[list].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert!(names("roles").contains(&"Harbour master".to_owned()), "{:?}", names("roles"));
    assert!(names("channels").contains(&"pier".to_owned()), "{:?}", names("channels"));
}

#[test]
fn a_condition_may_depend_on_more_than_the_simulated_discord() {
    let discord = Discord::start().unwrap();
    let mut calls = 0;
    let second_call = |_: &Discord| {
        calls += 1;
        calls == 2
    };
    discord.wait_until("the second call", second_call).unwrap();
}
