//! Endpoints that Discord does not take.

use ed25519_dalek::Signature;
use serde_json::{Value, json};

use super::{Reply, TestEndpoint, discord, verifying_key};
use crate::sim::discord::Discord;
use crate::sim::error::SimError;

/// Saves an endpoint that answers PINGs by two closures, for right and for wrong signatures.
fn refusal(right: fn() -> Reply, wrong: fn() -> Reply) -> String {
    let discord = discord();
    let key = verifying_key(&discord.public_key());
    let endpoint = TestEndpoint::of(move |_: &Value, signed: &[u8], signature: Signature| {
        (if key.verify_strict(signed, &signature).is_ok() { right() } else { wrong() }, true)
    });
    let error = discord.set_interactions_endpoint(&endpoint.url).unwrap_err();
    assert!(matches!(error, SimError::Unexpected { .. }), "{error}");
    assert_eq!(current_url(&discord), Value::Null);
    error.to_string()
}

fn current_url(discord: &Discord) -> Value {
    super::rest(discord, "GET", "/applications/@me", None).1["interactions_endpoint_url"].clone()
}

#[test]
fn an_endpoint_that_answers_a_ping_otherwise_is_refused() {
    for (reply, happened) in [
        (|| Reply::status(404), "got the status 404 without a body"),
        (|| Reply::json(&json!({"type": 4})), "{\\\"type\\\":4}"),
        (|| Reply::pong().content_type("text/plain"), "text/plain"),
        (|| Reply { status: 202, ..Reply::pong() }, "the status 202"),
    ] as [(fn() -> Reply, &str); 4]
    {
        let error = refusal(reply, || Reply::status(401));
        assert!(error.contains("to answer a PING with 200") && error.contains(happened), "{error}");
    }
}

#[test]
fn an_endpoint_that_accepts_a_wrong_signature_is_refused() {
    let error = refusal(Reply::pong, Reply::pong);
    assert!(error.contains("a wrong signature with 401") && error.contains("the status 200"), "{error}");
}

#[test]
fn an_endpoint_on_another_machine_is_refused() {
    let discord = discord();
    for url in [
        "https://127.0.0.1/",
        "http://bot.example/",
        "http://10.0.0.1:80/",
        "http://127.0.0.1@bot.example/",
        "127.0.0.1:80",
        "",
    ] {
        let error = discord.set_interactions_endpoint(url).unwrap_err();
        assert!(matches!(error, SimError::NotPossible { .. }), "{error}");
        assert!(error.to_string().contains("only to this machine"), "{error}");
    }
    for url in ["http://localhost:1/", "http://127.0.0.1", "http://[::1]:1/path?query", "http://127.1.2.3:9"]
    {
        discord.local_bots().post_interactions_to(url).unwrap();
    }
}
