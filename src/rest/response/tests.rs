#![allow(clippy::unwrap_used)]

use std::time::Duration;

use ureq::http::Response;

use super::{Answer, error, limits, not_json, refuses_token};
use crate::rest::limiter::Reach;
use crate::rest::route::{CREATE_MESSAGE, GATEWAY_BOT};

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.as_bytes().to_vec()).unwrap()
}

#[test]
fn the_tree_of_errors_becomes_paths() {
    let body = r#"{"message":"Invalid Form Body","code":50035,"errors":{
        "embeds":{"0":{"fields":{"1":{"name":{"_errors":[{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}}}}},
        "content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 2000 or fewer in length."}]}}}"#;
    let error = error(CREATE_MESSAGE, &answer(400, &[], body));
    assert_eq!((error.status, error.code.0, error.message.as_str()), (400, 50035, "Invalid Form Body"));
    let fields = [
        ("content".to_owned(), "Must be 2000 or fewer in length.".to_owned()),
        ("embeds[0].fields[1].name".to_owned(), "This field is required".to_owned()),
    ];
    assert_eq!(error.fields, fields);
    assert_eq!(
        error.to_string(),
        "Discord refused POST /channels/{channel_id}/messages: Invalid Form Body (HTTP 400, code 50035); \
         content: Must be 2000 or fewer in length.; embeds[0].fields[1].name: This field is required"
    );
}

#[test]
fn an_error_of_the_whole_request_has_a_name_too() {
    let body = r#"{"message":"Invalid Form Body","code":50035,"errors":{"_errors":[{"code":"TOO_LARGE","message":"Too large"}]}}"#;
    let error = error(CREATE_MESSAGE, &answer(400, &[], body));
    assert_eq!(error.fields, [("(the whole)".to_owned(), "Too large".to_owned())]);
}

#[test]
fn a_web_page_is_told_by_its_first_words() {
    let page = "<!DOCTYPE html>\n<html><head><style>p { x: y }</style><!-- no --><title>\n 503 Backend\n</title></head><body><h1>x";
    let told = error(GATEWAY_BOT, &answer(503, &[], page)).message;
    assert_eq!(
        told,
        "the answer was a web page: something between this machine and Discord answered: 503 Backend"
    );
    let told = not_json(GATEWAY_BOT, &answer(200, &[], page)).unwrap().message;
    assert!(told.starts_with("the answer was a web page: "), "{told}");
    assert!(not_json(GATEWAY_BOT, &answer(200, &[], " {\"url\":1}")).is_none());
}

#[test]
fn what_is_shown_of_a_strange_answer_is_bounded() {
    let long = error(GATEWAY_BOT, &answer(502, &[], &format!("\u{7}{}", "x".repeat(100_000)))).message;
    assert!(long.len() < 400 && !long.contains('\u{7}'), "{long}");
    assert_eq!(error(GATEWAY_BOT, &answer(502, &[], "")).message, "the answer was empty");
}

#[test]
fn limits_are_read_from_the_headers() {
    let headers = [
        ("X-RateLimit-Bucket", "abcd"),
        ("X-RateLimit-Limit", "5"),
        ("X-RateLimit-Remaining", "4"),
        ("X-RateLimit-Reset", "1470173023.123"),
        ("X-RateLimit-Reset-After", "1.25"),
    ];
    let said = limits(&answer(200, &headers, "{}"));
    assert_eq!((said.bucket.as_deref(), said.limit, said.remaining), (Some("abcd"), Some(5), Some(4)));
    assert_eq!((said.reset_after, said.refused), (Some(Duration::from_millis(1250)), None));
    for nonsense in ["-1", "NaN", "inf", ""] {
        assert_eq!(limits(&answer(200, &[("X-RateLimit-Reset-After", nonsense)], "")).reset_after, None);
    }
}

#[test]
fn refusals_count_as_invalid_unless_the_resource_is_what_is_limited() {
    let shared = [("X-RateLimit-Scope", "shared")];
    let user = [("X-RateLimit-Scope", "user")];
    for (status, headers, invalid) in [
        (200, &[][..], false),
        (401, &[], true),
        (403, &[], true),
        (404, &[], false),
        (429, &user, true),
        (429, &[], true),
        (429, &shared, false),
        (502, &[], false),
    ] {
        assert_eq!(limits(&answer(status, headers, "")).invalid, invalid, "{status} {headers:?}");
    }
}

#[test]
fn the_longer_wait_counts() {
    let body = r#"{"message":"You are being rate limited.","retry_after":64.5,"global":false}"#;
    for (header, seconds) in [("3", 64.5), ("65", 65.0), ("soon", 64.5)] {
        let refusal =
            limits(&answer(429, &[("Retry-After", header), ("Via", "1.1 google")], body)).refused.unwrap();
        assert_eq!((refusal.retry_after, refusal.reach), (Duration::from_secs_f64(seconds), Reach::Route));
    }
}

#[test]
fn a_global_limit_is_known_by_scope_header_or_body() {
    let json = r#"{"message":"You are being rate limited.","retry_after":1,"global":false}"#;
    let global = r#"{"message":"You are being rate limited.","retry_after":1,"global":true}"#;
    let table = [
        (vec![("X-RateLimit-Scope", "global")], json, Reach::Bot),
        (vec![("X-RateLimit-Global", "true")], json, Reach::Bot),
        (vec![], global, Reach::Bot),
        (vec![("X-RateLimit-Scope", "shared")], json, Reach::Route),
        (vec![("X-RateLimit-Scope", "user")], json, Reach::Route),
    ];
    for (headers, body, reach) in table {
        let refused = limits(&answer(429, &headers, body)).refused.unwrap();
        assert_eq!(refused.reach, reach, "{headers:?} {body}");
    }
}

#[test]
fn a_refusal_by_cloudflare_concerns_everything() {
    let page = "<html>error 1015</html>";
    let refusal = limits(&answer(429, &[("Retry-After", "7")], page)).refused.unwrap();
    assert_eq!((refusal.retry_after, refusal.reach), (Duration::from_secs(7), Reach::Address));
    let by_discord = limits(&answer(429, &[("Via", "1.1 google")], page)).refused.unwrap();
    assert_eq!(by_discord.reach, Reach::Route);
    assert_eq!(limits(&answer(429, &[], "")).refused.unwrap().retry_after, Duration::from_secs(1));
}

#[test]
fn only_discord_itself_can_refuse_the_token() {
    assert!(refuses_token(&answer(401, &[], r#"{"message":"401: Unauthorized","code":0}"#)));
    assert!(!refuses_token(&answer(401, &[], "<html>log in to the hotel's network</html>")));
    assert!(!refuses_token(&answer(403, &[], r#"{"message":"Missing Access","code":50001}"#)));
}
