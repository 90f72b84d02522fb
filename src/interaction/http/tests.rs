#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use ed25519_dalek::{Signer as _, SigningKey};

use super::{Endpoint, Incoming, Payload};
use crate::error::Error;

const TIMESTAMP: &str = "1764547200";
const INTERACTION: &str =
    r#"{"application_id":"2","id":"3","token":"t","type":2,"version":1,"data":{"name":"ping"}}"#;
const EVENT: &str = r#"{"version":1,"application_id":"2","type":1,"event":{"type":"ENTITLEMENT_CREATE","timestamp":"2024-10-18T14:42:53"}}"#;

fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn endpoint() -> Endpoint {
    Endpoint::new(&hex(key(1).verifying_key().as_bytes())).unwrap()
}

fn sign(key: &SigningKey, timestamp: &str, body: &str) -> String {
    hex(&key.sign(format!("{timestamp}{body}").as_bytes()).to_bytes())
}

/// A request that Discord has signed.
fn receive(body: &str) -> Incoming<'_> {
    let signature = sign(&key(1), TIMESTAMP, body);
    let headers =
        [("host", "bot.example"), ("x-signature-ed25519", &signature), ("x-signature-timestamp", TIMESTAMP)];
    endpoint().receive(headers, body.as_bytes())
}

fn status_of(headers: &[(&str, &str)], body: &str) -> u16 {
    let incoming = endpoint().receive(headers.iter().copied(), body.as_bytes());
    assert_eq!(incoming.payload, None);
    incoming.response.status
}

#[test]
fn a_ping_of_the_interactions_endpoint_is_answered_with_a_pong() {
    let incoming = receive(r#"{"application_id":"2","id":"3","token":"t","type":1,"user":{},"version":1}"#);
    assert_eq!((incoming.response.status, incoming.response.body), (200, r#"{"type":1}"#));
    assert_eq!((incoming.response.content_type, incoming.payload), ("application/json", None));
}

#[test]
fn a_ping_of_the_webhook_events_url_is_answered_without_a_body() {
    let incoming = receive(r#"{"version":1,"application_id":"2","type":0}"#);
    assert_eq!((incoming.response.status, incoming.response.body), (204, ""));
    assert_eq!((incoming.response.content_type, incoming.payload), ("application/json", None));
}

#[test]
fn an_interaction_is_accepted_and_left_to_the_program() {
    let incoming = receive(INTERACTION);
    assert_eq!((incoming.response.status, incoming.response.body), (202, ""));
    assert_eq!(incoming.payload, Some(Payload::Interaction(INTERACTION)));
}

#[test]
fn an_interaction_of_an_unknown_type_is_left_to_the_program() {
    let body = INTERACTION.replace(r#""type":2"#, r#""type":99"#);
    assert_eq!(receive(&body).payload, Some(Payload::Interaction(&body)));
}

#[test]
fn a_webhook_event_is_accepted_and_left_to_the_program() {
    let incoming = receive(EVENT);
    assert_eq!((incoming.response.status, incoming.response.body), (204, ""));
    assert_eq!(incoming.payload, Some(Payload::WebhookEvent(EVENT)));
}

#[test]
fn requests_without_a_valid_signature_are_refused() {
    let good = sign(&key(1), TIMESTAMP, INTERACTION);
    let with = |signature: &str, timestamp: &str| {
        let headers = [("X-Signature-Ed25519", signature), ("X-Signature-Timestamp", timestamp)];
        status_of(&headers, INTERACTION)
    };
    assert_eq!(status_of(&[], INTERACTION), 401);
    assert_eq!(status_of(&[("X-Signature-Ed25519", &good)], INTERACTION), 401);
    assert_eq!(status_of(&[("X-Signature-Timestamp", TIMESTAMP)], INTERACTION), 401);
    assert_eq!(with(&sign(&key(2), TIMESTAMP, INTERACTION), TIMESTAMP), 401, "another key");
    assert_eq!(with(&sign(&key(1), TIMESTAMP, EVENT), TIMESTAMP), 401, "another body");
    assert_eq!(with(&good, "1764547201"), 401, "another timestamp");
    for odd in
        ["", "0", "zz", &good[1..], &format!("{good}0"), &good.replace(|c: char| c.is_ascii_digit(), "é")]
    {
        assert_eq!(with(odd, TIMESTAMP), 401, "{odd:?}");
    }
}

#[test]
fn a_signed_body_of_another_form_is_a_bad_request() {
    for body in
        ["", "[]", "{}", "null", r#"{"type":2}"#, r#"{"type":2,"token":7}"#, r#"{"type":2,"event":null}"#]
    {
        let incoming = receive(body);
        assert_eq!((incoming.response.status, incoming.payload), (400, None), "{body}");
    }
}

#[test]
fn a_wrong_public_key_is_an_error_that_says_where_to_find_it() {
    for odd in ["", "abc", &"zz".repeat(32), &"00".repeat(32)] {
        let error = Endpoint::new(odd).unwrap_err();
        assert!(matches!(error, Error::Setup { .. }), "{error:?}");
        assert!(error.to_string().contains("General Information"), "{error}");
    }
    let key = hex(key(1).verifying_key().as_bytes());
    assert_eq!(Endpoint::new(&format!(" {}\n", key.to_uppercase())).unwrap(), endpoint());
}
