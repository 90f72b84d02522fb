#![allow(clippy::unwrap_used)]

use std::time::Duration;

use super::{HttpResponse, Response, error, may_refuse_token, not_json, rate_limit_headers};
use crate::error::Error;
use crate::rest::limiter::{RateLimitScope, TooManyRequests};
use crate::rest::route::{CREATE_MESSAGE, GATEWAY_BOT};

fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let mut builder = HttpResponse::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.as_bytes().to_vec()).unwrap()
}

#[test]
fn the_tree_of_errors_is_flattened_to_paths() {
    let body = r#"{"message":"Invalid Form Body","code":50035,"errors":{
        "embeds":{"0":{"fields":{"1":{"name":{"_errors":[{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}}}}},
        "content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 2000 or fewer in length."}]}}}"#;
    let error = error(CREATE_MESSAGE, &response(400, &[], body));
    assert_eq!((error.status, error.code.0, error.message.as_str()), (400, 50035, "Invalid Form Body"));
    let fields = [
        ("embeds[0].fields[1].name".to_owned(), "This field is required".to_owned()),
        ("content".to_owned(), "Must be 2000 or fewer in length.".to_owned()),
    ];
    assert_eq!(error.fields, fields);
    assert_eq!(
        error.to_string(),
        "Discord refused POST /channels/{channel_id}/messages: Invalid Form Body (HTTP 400, code 50035); \
         embeds[0].fields[1].name: This field is required; content: Must be 2000 or fewer in length."
    );
}

#[test]
fn an_error_of_the_whole_body_has_a_name() {
    let body = r#"{"message":"Invalid Form Body","code":50035,"errors":{"_errors":[{"code":"TOO_LARGE","message":"Too large"}]}}"#;
    let error = error(CREATE_MESSAGE, &response(400, &[], body));
    assert_eq!(error.fields, [("(body)".to_owned(), "Too large".to_owned())]);
}

#[test]
fn the_message_has_the_first_words_of_a_web_page() {
    let page = "<!DOCTYPE html>\n<html><head><style>p { x: y }</style><!-- no --><title>\n 503 Backend\n</title></head><body><h1>x";
    let error = error(GATEWAY_BOT, &response(503, &[], page));
    assert_eq!(
        error.message,
        "the response was a web page, from something between this machine and Discord: 503 Backend"
    );
    assert!(!error.is_from_discord);
    let message = not_json(GATEWAY_BOT, &response(200, &[], page)).unwrap().message;
    assert!(message.starts_with("the response was a web page, "), "{message}");
    assert!(not_json(GATEWAY_BOT, &response(200, &[], " {\"url\":1}")).is_none());
}

#[test]
fn the_message_names_the_server_that_responded() {
    let headers = [("Server", "nginx"), ("Location", "http://portal.example")];
    let message = |body: &str| error(GATEWAY_BOT, &response(403, &headers, body)).to_string();
    assert_eq!(
        message("<title>Log in to the hotel's network</title>"),
        "GET /gateway/bot got an unusable response: the response was a web page, from something between this machine and \
         Discord (its server is nginx, it redirects to http://portal.example): Log in to the hotel's network (HTTP 403)"
    );
    assert!(message("").contains("empty (its server is nginx, "));
    assert!(message(r#"{"error":"blocked"}"#).contains("not Discord's JSON"));
}

#[test]
fn what_something_in_between_refuses_may_work_later() {
    let is_temporary =
        |status, body: &str| Error::from(error(GATEWAY_BOT, &response(status, &[], body))).is_temporary();
    for status in [301, 401, 403, 407, 503] {
        assert!(is_temporary(status, "<html>"), "{status}");
    }
    // It would refuse the same request again.
    for status in [400, 404, 413] {
        assert!(!is_temporary(status, "<html>"), "{status}");
    }
    assert!(!is_temporary(403, r#"{"message":"Missing Access","code":50001}"#));
}

#[test]
fn a_huge_error_is_cut_off() {
    let deep = r#"{"a":"#.repeat(70_000) + "5" + &"}".repeat(70_000);
    let body = format!(r#"{{"message":"{}","code":50035,"errors":{deep}}}"#, "é".repeat(100_000));
    let error = error(CREATE_MESSAGE, &response(400, &[], &body));
    assert_eq!((error.message.chars().count(), error.fields.len()), (2_000, 1));
    assert!(error.to_string().len() < 10_000);
}

#[test]
fn the_excerpt_of_a_response_is_bounded() {
    let long = error(GATEWAY_BOT, &response(502, &[], &format!("\u{7}{}", "x".repeat(100_000)))).message;
    assert!(long.len() < 400 && !long.contains('\u{7}'), "{long}");
    assert_eq!(error(GATEWAY_BOT, &response(502, &[], "")).message, "the response was empty");
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
    let headers = rate_limit_headers(&response(200, &headers, "{}"));
    assert_eq!(
        (headers.bucket.as_deref(), headers.limit, headers.remaining),
        (Some("abcd"), Some(5), Some(4))
    );
    assert_eq!((headers.reset_after, headers.too_many_requests), (Some(Duration::from_millis(1250)), None));
    for nonsense in ["-1", "NaN", "inf", ""] {
        assert_eq!(
            rate_limit_headers(&response(200, &[("X-RateLimit-Reset-After", nonsense)], "")).reset_after,
            None
        );
    }
}

#[test]
fn a_429_counts_as_invalid_unless_its_scope_is_shared() {
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
        assert_eq!(
            rate_limit_headers(&response(status, headers, "")).is_invalid,
            invalid,
            "{status} {headers:?}"
        );
    }
}

#[test]
fn the_longer_time_of_header_and_body_counts() {
    let body = r#"{"message":"You are being rate limited.","retry_after":64.5,"global":false}"#;
    for (header, seconds) in [("3", 64.5), ("65", 65.0), ("soon", 64.5)] {
        let too_many =
            rate_limit_headers(&response(429, &[("Retry-After", header), ("Via", "1.1 google")], body))
                .too_many_requests
                .unwrap();
        assert_eq!(
            (too_many.retry_after, too_many.scope),
            (Duration::from_secs_f64(seconds), RateLimitScope::Route)
        );
    }
}

#[test]
fn a_global_limit_is_recognized_by_scope_header_or_body() {
    let json = r#"{"message":"You are being rate limited.","retry_after":1,"global":false}"#;
    let global = r#"{"message":"You are being rate limited.","retry_after":1,"global":true}"#;
    let table = [
        (vec![("X-RateLimit-Scope", "global")], json, RateLimitScope::Global),
        (vec![("X-RateLimit-Global", "true")], json, RateLimitScope::Global),
        (vec![], global, RateLimitScope::Global),
        (vec![("X-RateLimit-Scope", "shared")], json, RateLimitScope::Route),
        (vec![("X-RateLimit-Scope", "user")], json, RateLimitScope::Route),
    ];
    for (headers, body, scope) in table {
        let too_many = rate_limit_headers(&response(429, &headers, body)).too_many_requests.unwrap();
        assert_eq!(too_many.scope, scope, "{headers:?} {body}");
    }
}

#[test]
fn a_429_of_any_shape_from_something_before_discord_holds_back_all_requests() {
    let page = "<html>error 1015</html>";
    let too_many =
        rate_limit_headers(&response(429, &[("Retry-After", "7")], page)).too_many_requests.unwrap();
    assert_eq!((too_many.retry_after, too_many.scope), (Duration::from_secs(7), RateLimitScope::Address));
    let scope = |via: &str, body: &str| {
        rate_limit_headers(&response(429, &[("Via", via)], body)).too_many_requests.unwrap().scope
    };
    assert_eq!(scope("1.1 google", ""), RateLimitScope::Route);
    // Discord sends no pages, but a proxy near this machine can add the header to one.
    assert_eq!(scope("1.1 proxy.example", page), RateLimitScope::Address);
    assert_eq!(
        rate_limit_headers(&response(429, &[], "")).too_many_requests.unwrap().retry_after,
        Duration::ZERO,
        "the pause depends on how often the address was blocked"
    );
    let json = r#"{"code":0,"message":"This address is blocked for a while."}"#;
    let too_many =
        rate_limit_headers(&response(429, &[("Server", "cloudflare"), ("Retry-After", "4")], json));
    assert_eq!(
        too_many.too_many_requests,
        Some(TooManyRequests { retry_after: Duration::from_secs(4), scope: RateLimitScope::Address })
    );
}

#[test]
fn only_discord_itself_can_refuse_the_token() {
    assert!(may_refuse_token(&response(401, &[], r#"{"message":"401: Unauthorized","code":0}"#)));
    assert!(may_refuse_token(&response(
        401,
        &[],
        r#"{"message":"Invalid authentication token","code":50014}"#
    )));
    assert!(!may_refuse_token(&response(
        401,
        &[],
        r#"{"message":"Invalid OAuth2 access token","code":50025}"#
    )));
    assert!(!may_refuse_token(&response(401, &[], "<html>log in to the hotel's network</html>")));
    assert!(!may_refuse_token(&response(403, &[], r#"{"message":"Missing Access","code":50001}"#)));
}

#[test]
fn a_time_to_wait_is_at_most_a_day_and_never_less_than_nothing() {
    let retry_after = |header: &str, body: &str| {
        let headers = [("Via", "1.1 google"), ("Retry-After", header)];
        rate_limit_headers(&response(429, &headers, body)).too_many_requests.unwrap().retry_after.as_secs()
    };
    for header in ["", "-5", "NaN", "inf", "soon"] {
        assert_eq!(retry_after(header, r#"{"message":"no"}"#), 1, "{header}");
        assert_eq!(retry_after(header, r#"{"message":"no","retry_after":-1}"#), 1, "{header}");
        assert_eq!(retry_after(header, r#"{"message":"no","retry_after":7.5}"#), 7, "{header}");
    }
    for header in ["31536000", "1e300"] {
        assert_eq!(retry_after(header, r#"{"message":"no","retry_after":null}"#), 24 * 3600, "{header}");
    }
}
