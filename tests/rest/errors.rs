//! The content of errors.

use std::io::{self, Read};
use std::time::Duration;

use syncord::id::{ChannelId, MessageId};
use syncord::model::collect_unreadable;
use syncord::rest::{CreateMessage, Upload};
use syncord::{Error, HttpError, JsonErrorCode};

use crate::requests::MESSAGE;
use crate::server::{Server, answer, ok};

#[test]
fn the_error_of_a_web_page_shows_its_title() {
    let page = "<html><head><title>Sign in to Hotel WLAN</title></head></html>";
    for head in ["200 OK", "403 Forbidden"] {
        let error = Server::that(&[answer(head, page)]).client().gateway_bot().unwrap_err().to_string();
        assert!(error.contains("GET /gateway/bot") && error.contains("web page"), "{error}");
        assert!(error.contains("Sign in to Hotel WLAN") && error.contains(&head[..3]), "{error}");
    }
}

#[test]
fn a_deadline_of_zero_says_that_it_was_too_short() {
    let server = Server::that(&[]);
    let error = server.client().deadline(Duration::ZERO).gateway_bot().unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }) && error.is_temporary(), "{error}");
    let expected = "the deadline of GET /gateway/bot was over before its turn came: give it a longer one (nothing was sent)";
    assert_eq!(error.to_string(), expected);
    let limited = Error::RateLimited { route: "GET /x".to_owned(), retry_after: Duration::from_millis(1500) };
    assert_eq!(limited.to_string(), "GET /x is rate limited: it could be sent in 1.5s (nothing was sent)");
}

#[test]
fn the_errors_of_a_form_have_paths() {
    let body = r#"{"message":"Invalid Form Body","code":50035,
        "errors":{"embeds":{"0":{"title":{"_errors":[{"code":"X","message":"too long"}]}}}}}"#;
    let server = Server::that(&[answer("400 Bad Request", body)]);
    let error = server.client().create_message(ChannelId::new(7), "aye").unwrap_err();
    let Error::Http(http) = &error else { panic!("{error}") };
    assert_eq!((http.status, http.code), (400, JsonErrorCode::INVALID_FORM_BODY));
    assert_eq!(http.fields, [("embeds[0].title".to_owned(), "too long".to_owned())]);
    assert!(!error.is_temporary());
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn an_error_says_whether_discord_refused_or_failed() {
    for (status, message, expected) in [
        (403, "Missing Access", "Discord refused GET /gateway/bot: Missing Access (HTTP 403)"),
        (
            502,
            "the response was empty",
            "Discord failed at GET /gateway/bot: the response was empty (HTTP 502)",
        ),
        (200, "a page", "GET /gateway/bot got an unusable response: a page (HTTP 200)"),
    ] {
        assert_eq!(HttpError::new("GET /gateway/bot", status, message).to_string(), expected);
    }
}

#[test]
fn an_error_has_the_hint_of_its_code() {
    let mut error = HttpError::new("GET /channels/{channel_id}", 404, "Unknown Channel");
    assert_eq!(error.hint(), None);
    error.code = JsonErrorCode::UNKNOWN_CHANNEL;
    assert!(error.hint().is_some_and(|hint| hint.contains("was deleted")));
    assert_eq!(
        error.to_string(),
        "Discord refused GET /channels/{channel_id}: Unknown Channel (HTTP 404, code 10003); \
         hint: the channel was deleted, or the ID is not that of a channel"
    );
}

#[test]
fn an_unreadable_file_is_not_a_network_error() {
    let server = Server::that(&[ok(MESSAGE)]);
    let a_folder = Upload::path(env!("CARGO_MANIFEST_DIR")).filename("chart.png");
    let torn = Upload::reader("tides.txt", Torn);
    for (file, expected) in
        [(a_folder, "files[0]: "), (torn, "files[0]: tides.txt cannot be read: the tape is torn")]
    {
        let message = CreateMessage::new().file(file);
        let error = server.client().create_message(ChannelId::new(7), message).unwrap_err();
        assert!(matches!(error, Error::Invalid { .. }) && !error.is_temporary(), "{error}");
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    assert_eq!(server.lines(), Vec::<String>::new());
}

/// A reader that fails.
struct Torn;

impl Read for Torn {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the tape is torn"))
    }
}

#[test]
fn a_refused_token_is_not_used_again() {
    let server = Server::that(&[answer("401 Unauthorized", r#"{"message":"401: Unauthorized","code":0}"#)]);
    let client = server.client();
    for _ in 0..3 {
        let error = client.clone().current_user().unwrap_err();
        assert!(matches!(error, Error::Token { .. }), "{error}");
        assert!(error.to_string().contains("refused the token"), "{error}");
    }
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn json_of_another_shape_is_a_decode_error_that_names_the_field() {
    let error = Server::that(&[ok(r#"{"id":"me"}"#)]).client().current_user().unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error}");
    assert!(error.to_string().contains("GET /users/@me") && error.to_string().contains("`id`"), "{error}");
}

#[test]
fn a_change_with_a_response_that_cannot_be_read_does_not_look_as_if_it_could_be_repeated() {
    for body in ["", "null", "OK", "[1"] {
        let client = Server::that(&[ok(body)]).client();
        let error = client.create_message(ChannelId::new(7), "aye").unwrap_err();
        assert!(matches!(error, Error::Decode { .. }) && !error.is_temporary(), "{body:?}: {error}");
        // Nothing was changed, and something in between may have responded.
        let error = client.current_user().unwrap_err();
        assert_eq!(error.is_temporary(), body != "[1", "{body:?}: {error}");
    }
}

#[test]
fn a_wrong_field_of_a_response_costs_only_that_field() {
    let wrong =
        r#"{"id":"7","channel_id":"2","author":{"id":"3","bot":null},"tts":null,"content":"sent","type":-1}"#;
    let client = Server::that(&[ok(wrong)]).client();
    let (message, unreadable) = collect_unreadable(|| client.create_message(ChannelId::new(2), "sent"));
    let message = message.unwrap();
    assert_eq!((message.id, message.content.as_str()), (MessageId::new(7), "sent"));
    let parts: Vec<_> = unreadable.iter().map(|part| (&*part.path, &*part.json)).collect();
    assert_eq!(parts, [("author.bot", "null"), ("tts", "null"), ("type", "-1")]);

    let wrong =
        r#"{"url":5,"shards":"many","session_start_limit":{"total":null,"remaining":-1,"reset_after":"x"}}"#;
    let gateway = Server::that(&[ok(wrong)]).client().gateway_bot().unwrap();
    assert_eq!((gateway.url.as_str(), gateway.shards), ("wss://gateway.discord.gg", 1));
    let limit = gateway.session_start_limit;
    assert_eq!((limit.total, limit.remaining, limit.max_concurrency), (1000, 1000, 1));
}
