//! Webhook events.

use serde_json::{Value, json};

use super::{Reply, TestEndpoint, discord};
use crate::sim::error::SimError;

#[test]
fn an_event_arrives_in_its_payload_and_is_acknowledged() {
    let discord = discord();
    let endpoint = TestEndpoint::start(&discord.public_key(), |_| Reply::status(204));
    let missing = discord.webhook_event("ENTITLEMENT_CREATE", Value::Null).unwrap_err();
    assert!(matches!(missing, SimError::NotPossible { .. }), "{missing}");
    discord.set_webhook_events_endpoint(&endpoint.url).unwrap();
    discord.webhook_event("APPLICATION_DEAUTHORIZED", json!({"user": {"id": "5"}})).unwrap();
    let received = endpoint.received();
    assert_eq!(received.len(), 1);
    let body = &received[0].body;
    assert_eq!((&body["version"], &body["type"]), (&json!(1), &json!(1)));
    assert_eq!(body["application_id"], json!(discord.application_id()));
    assert_eq!(body["event"]["type"], "APPLICATION_DEAUTHORIZED");
    assert_eq!(body["event"]["data"], json!({"user": {"id": "5"}}));
    // As in Discord's examples: 2024-10-18T14:42:53.064834
    assert_eq!(body["event"]["timestamp"].as_str().unwrap().len(), 26);
}

#[test]
fn an_event_is_sent_again_until_it_is_acknowledged() {
    let discord = discord();
    let mut count = 0;
    let endpoint = TestEndpoint::start(&discord.public_key(), move |_| {
        count += 1;
        Reply::status(if count < 3 { 503 } else { 204 })
    });
    discord.set_webhook_events_endpoint(&endpoint.url).unwrap();
    discord.webhook_event("ENTITLEMENT_CREATE", json!({})).unwrap();
    let received = endpoint.received();
    assert_eq!(received.len(), 3);
    assert!(received.iter().all(|one| one.body == received[0].body));
}

#[test]
fn an_event_that_is_never_acknowledged_is_an_error_with_the_last_answer() {
    let discord = discord();
    let endpoint = TestEndpoint::start(&discord.public_key(), |_| Reply::status(200));
    discord.set_webhook_events_endpoint(&endpoint.url).unwrap();
    let error = discord.webhook_event("ENTITLEMENT_CREATE", json!({})).unwrap_err();
    assert!(error.to_string().contains("got the status 200 without a body"), "{error}");
    assert_eq!(endpoint.received().len(), 4);
}

#[test]
fn an_endpoint_that_does_not_acknowledge_a_ping_is_refused() {
    let discord = discord();
    let endpoint = TestEndpoint::of(|_, _, _| (Reply::pong(), true));
    let error = discord.set_webhook_events_endpoint(&endpoint.url).unwrap_err().to_string();
    assert!(error.contains("to answer a PING with 204"), "{error}");
}
