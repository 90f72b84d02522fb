//! The token appears nowhere.

use log::LevelFilter;
use syncord::id::ChannelId;
use syncord::rest::{InteractionResponse, WebhookClient};

use crate::records;
use crate::server::{Do, Server, TOKEN, answer, ok};

/// The token of a webhook or an interaction, which goes in the path.
const SECRET: &str = "Webhook-Token_that-shows.nowhere";

#[test]
fn no_line_of_any_crate_shows_the_token() {
    records::listen(LevelFilter::Trace);
    let server = Server::that(&[
        ok(crate::requests::MESSAGE),
        Do::HangUp,
        answer("500 Internal Server Error", "<html>oops"),
        answer("429 Too Many Requests\r\nRetry-After: 0\r\nVia: 1.1 google", ""),
        answer("302 Found\r\nLocation: http://127.0.0.1:9/", ""),
        answer("401 Unauthorized", r#"{"message":"401: Unauthorized","code":0}"#),
    ]);
    let client = server.client();
    let webhook = WebhookClient::from_url(&format!("{}/webhooks/5/{SECRET}", server.url)).unwrap();
    client.create_message(ChannelId::new(7), "aye").unwrap();
    let mut output = String::new();
    for _ in 0..3 {
        output += &format!("{:?} ", client.create_message(ChannelId::new(7), "aye"));
    }
    for _ in 0..6 {
        output += &format!("{:?} ", webhook.execute("aye"));
        let pong = InteractionResponse::Pong;
        output += &format!("{:?} ", client.create_interaction_response(4.into(), SECRET, &pong));
    }
    output += &format!("{client:?} {:?} {webhook:?}", server.builder());
    assert_hidden(&output);
}

#[test]
fn no_line_of_any_crate_shows_a_token_that_a_response_repeats() {
    records::listen(LevelFilter::Trace);
    let chunk = |text: String| format!("{:x}\r\n{text}\r\n0\r\n\r\n", text.len());
    let webhook = format!(r#"{{"id":"5","type":1,"token":"{SECRET}","name":"/channels/7/messages"}}"#);
    let cannot = format!("<title>Cannot GET /webhooks/5/{SECRET}</title>");
    let path = format!("/api/v10/webhooks/5/{SECRET}");
    let server = Server::that(&[
        answer(&format!("301 Moved to {path}\r\nLocation: {path}\r\nX-Path: {path}"), ""),
        answer(
            &format!("302 Found\r\nLocation: https://127.0.0.1:9{path}\r\nAuthorization: Bot {TOKEN}"),
            &cannot,
        ),
        ok(&webhook),
        answer("200 OK\r\nTransfer-Encoding: chunked", chunk(webhook)),
        answer("200 OK\r\nTransfer-Encoding: chunked", chunk(cannot.clone())),
        answer("404 Not Found", &cannot),
        answer(
            "400 Bad Request",
            format!(r#"{{"message":"Cannot GET {path}","errors":{{"{SECRET}":"no"}}}}"#),
        ),
    ]);
    let echo = Server::that(&[answer("400 Bad Request", format!("Cannot GET with Bot {TOKEN}"))]);
    let webhook = WebhookClient::from_url(&format!("{}/webhooks/5/{SECRET}", server.url)).unwrap();
    let mut output = String::new();
    for _ in 0..2 {
        output += &format!("{:?} ", webhook.info());
    }
    for _ in 0..2 {
        // Masking a response does not change what the program receives.
        assert_eq!(&**webhook.info().unwrap().token.as_ref().unwrap(), SECRET);
    }
    for _ in 0..3 {
        let error = webhook.info().unwrap_err().to_string();
        assert!(error.contains("Cannot GET"), "{error}");
        output += &error;
    }
    output += &echo.client().channel(ChannelId::new(7)).unwrap_err().to_string();
    assert_hidden(&output);
}

/// Asserts that neither the log of this thread nor an output shows a part of the tokens.
fn assert_hidden(output: &str) {
    let log = records::lines().join("\n");
    // The log includes lines of the HTTP client, so the absence of the token means something.
    assert!(log.contains("ureq") && log.contains("/channels/7"), "{log}");
    // Short parts are compared, because a dump of bytes breaks the token into rows.
    for part in TOKEN.as_bytes().windows(8).chain(SECRET.as_bytes().windows(8)) {
        let text = std::str::from_utf8(part).unwrap();
        let bytes = format!("{part:?}");
        for needle in [text, bytes.trim_matches(['[', ']'])] {
            assert!(!log.contains(needle) && !output.contains(needle), "{needle} in {log} {output}");
        }
    }
}
