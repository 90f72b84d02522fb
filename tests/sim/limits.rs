//! Rate limits, and their headers.

use std::time::Duration;

use serde_json::json;
use syncord::id::ChannelId;
use syncord::sim::{Discord, ErrorBody, Fault};

use crate::client::{request, rest};

const MESSAGES: &str = "POST /channels/{channel_id}/messages";

#[test]
fn a_rate_limit_counts_each_channel_separately() {
    let discord = Discord::start().unwrap();
    let (one, other) = (discord.channel("one"), discord.channel("other"));
    discord.rate_limit(MESSAGES, 2, Duration::from_secs(3600));
    let post = |channel: ChannelId| {
        let path = format!("/channels/{channel}/messages");
        let (status, body, headers) = rest(&discord, "POST", &path, Some(&json!({"content": "a"})));
        let header = |name: &str| headers[name].to_str().unwrap().to_owned();
        (status, header("x-ratelimit-limit"), header("x-ratelimit-remaining"), body["retry_after"].as_f64())
    };
    assert_eq!(post(one.id()), (200, "2".into(), "1".into(), None));
    assert_eq!(post(one.id()), (200, "2".into(), "0".into(), None));
    let (status, _, remaining, wait) = post(one.id());
    assert_eq!((status, &*remaining), (429, "0"));
    assert!((3500.0..=3600.0).contains(&wait.unwrap()), "{wait:?}");
    assert_eq!(post(other.id()).0, 200);
    // Another method of the same path has another bucket.
    assert_eq!(rest(&discord, "GET", &format!("/channels/{}/messages", one.id()), None).0, 200);
    let statuses: Vec<_> = discord.requests().iter().map(|request| request.status.unwrap()).collect();
    assert_eq!(statuses, [200, 200, 429, 200, 200]);
    assert!(discord.requests().is_sorted_by_key(|request| request.at));
}

#[test]
fn a_rate_limit_window_ends() {
    let discord = Discord::start().unwrap();
    let path = format!("/channels/{}/typing", discord.channel("general").id());
    discord.rate_limit("POST /channels/{channel_id}/typing", 1, Duration::from_millis(50));
    assert_eq!(rest(&discord, "POST", &path, None).0, 204);
    let status = || rest(&discord, "POST", &path, None).0;
    let start = std::time::Instant::now();
    while status() == 429 {
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn shared_and_global_limits_have_their_scope() {
    let discord = Discord::start().unwrap();
    let path = format!("/channels/{}", discord.channel("general").id());
    discord.shared_rate_limit("GET /channels/{channel_id}", 0, Duration::from_secs(60));
    let (status, _, headers) = rest(&discord, "GET", &path, None);
    assert_eq!((status, headers["x-ratelimit-scope"].to_str().unwrap()), (429, "shared"));
    discord.global_rate_limit(1, Duration::from_secs(60));
    assert_eq!(rest(&discord, "GET", "/users/@me", None).0, 200);
    let (status, body, headers) = rest(&discord, "GET", "/applications/@me", None);
    assert_eq!((status, &body["global"]), (429, &json!(true)));
    assert_eq!(headers["x-ratelimit-scope"].to_str().unwrap(), "global");
    // Routes with a token in their path are not counted.
    let (status, _, _) = request(&discord, "POST", "/interactions/1/token/callback", None, "");
    assert_eq!(status, 404);
}

#[test]
fn a_response_of_a_proxy_has_no_rate_limit_headers() {
    let discord = Discord::start().unwrap();
    let wait = Some(Duration::from_secs(3));
    discord.fault(Fault::HttpStatus { status: 429, body: ErrorBody::Html, retry_after: wait, times: 1 });
    let (_, _, headers) = rest(&discord, "GET", "/users/@me", None);
    assert!(!headers.contains_key("via") && !headers.contains_key("x-ratelimit-bucket"));
    let (_, _, headers) = rest(&discord, "GET", "/users/@me", None);
    assert!(headers.contains_key("via") && headers.contains_key("x-ratelimit-bucket"));
}
