//! The playground's web page and what it shows of the world, without a browser.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use serde_json::{Value, json};
use syncord::sim::Discord;

fn get(url: &str) -> ureq::http::Response<ureq::Body> {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    agent.get(url).call().unwrap()
}

fn act(discord: &Discord, action: &str, arguments: &Value) -> Value {
    let url = format!("{}/{action}", discord.control_url().unwrap());
    let text = ureq::post(url).send(arguments.to_string()).unwrap().body_mut().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_page_and_its_files_are_served_with_a_strict_policy() {
    let discord = Discord::builder().control(true).start().unwrap();
    let page = discord.playground_url().unwrap();
    for (name, kind) in [("", "text/html"), ("main.js", "text/javascript"), ("theme.css", "text/css")] {
        let response = get(&format!("{page}{name}"));
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(response.status(), 200, "{name}");
        assert!(header("content-type").starts_with(kind), "{name}");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(
            (header("x-content-type-options"), header("referrer-policy")),
            ("nosniff".into(), "no-referrer".into())
        );
    }
    assert_eq!(get(&format!("{page}no-such-file.js")).status(), 404);
    let moved = get(page.trim_end_matches('/'));
    assert_eq!(
        (moved.status().as_u16(), page.ends_with(moved.headers()["location"].to_str().unwrap())),
        (308, true)
    );
}

#[test]
fn without_the_secret_there_is_no_page() {
    let discord = Discord::builder().control(true).start().unwrap();
    let page = discord.playground_url().unwrap();
    let secret = page.split('/').nth(4).unwrap();
    assert_eq!(get(&page.replace(secret, &"0".repeat(secret.len()))).status(), 404);
    assert_eq!(Discord::start().unwrap().playground_url(), None);
}

#[test]
fn messages_come_in_pages_before_after_and_around_one() {
    let discord = Discord::builder().control(true).start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let ids: Vec<String> = (0..9).map(|n| ann.says(&general, &n.to_string()).to_string()).collect();
    let page = |arguments: Value| {
        let mut arguments = arguments;
        arguments["channel"] = json!("general");
        let body = act(&discord, "messages", &arguments);
        let contents: Vec<String> = body["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["content"].as_str().unwrap().into())
            .collect();
        (contents.join(""), body["has_more"].as_bool().unwrap())
    };
    assert_eq!(page(json!({"limit": 3})), ("678".into(), true));
    assert_eq!(page(json!({"before": ids[2], "limit": 2})), ("01".into(), false));
    assert_eq!(page(json!({"after": ids[5], "limit": 3})), ("678".into(), false));
    assert_eq!(page(json!({"after": ids[2], "limit": 3})), ("345".into(), true));
    assert_eq!(page(json!({"around": ids[4], "limit": 4})), ("2345".into(), true));
    assert_eq!(page(json!({"around": ids[4], "limit": 40})), ("012345678".into(), false));
}

#[test]
fn a_stream_of_one_person_has_nothing_of_the_direct_messages_of_others() {
    let discord = Discord::builder().control(true).start().unwrap();
    let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    let url = discord.control_url().unwrap();
    let (host, path) = url.trim_start_matches("http://").split_once('/').unwrap();
    let mut socket = TcpStream::connect(host).unwrap();
    write!(socket, "GET /{path}/events?as=bob HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut lines = BufReader::new(socket).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == ":"), "the stream has begun");
    ann.says(&discord.dm_channel(&ann), "a secret");
    bob.says(&discord.dm_channel(&bob), "my own");
    ann.says(&general, "for all");
    let contents = lines.filter_map(|line| {
        let event: Value = serde_json::from_str(line.strip_prefix("data: ")?).ok()?;
        (event["name"] == "MESSAGE_CREATE")
            .then(|| event["data"]["content"].as_str().unwrap_or_default().to_owned())
    });
    assert_eq!(contents.take(2).collect::<Vec<_>>(), ["my own", "for all"]);
}
