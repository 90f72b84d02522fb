//! What an application shows of its key and its endpoints.

use serde_json::{Value, json};

use super::{Reply, TestEndpoint, discord, rest, rest_as};
use crate::sim::discord::Discord;

#[test]
fn the_public_key_depends_on_the_application_only() {
    let first = Discord::builder().repeatable(1).start().unwrap();
    let second = Discord::builder().world(first.snapshot()).start().unwrap();
    assert_eq!(first.public_key(), second.public_key());
    assert_eq!(first.public_key().len(), 64);
    let others = Discord::builder().repeatable(1).bot("helper", |bot| bot.token("h.e.lper")).start().unwrap();
    let (_, helper) = rest_as("h.e.lper", &others, "GET", "/applications/@me", None);
    assert_eq!(helper["verify_key"].as_str().unwrap().len(), 64);
    assert_ne!(helper["verify_key"], json!(others.public_key()), "each application has its own");
    for path in ["/applications/@me", "/oauth2/applications/@me"] {
        let (_, application) = rest(&second, "GET", path, None);
        assert_eq!(application["verify_key"], json!(first.public_key()), "{path}");
    }
}

#[test]
fn an_application_shows_its_endpoints_and_a_change_sets_and_clears_them() {
    let discord = discord();
    let endpoint = TestEndpoint::start(&discord.public_key(), |_| Reply::status(202));
    let shown = |key: &str| rest(&discord, "GET", "/applications/@me", None).1[key].clone();
    let edit = |body: Value| rest(&discord, "PATCH", "/applications/@me", Some(&body));
    assert_eq!(shown("interactions_endpoint_url"), Value::Null);
    discord.set_interactions_endpoint(&endpoint.url).unwrap();
    discord.set_webhook_events_endpoint(&endpoint.url).unwrap();
    assert_eq!(shown("interactions_endpoint_url"), json!(endpoint.url));
    assert_eq!(shown("event_webhooks_url"), json!(endpoint.url));
    assert_eq!(shown("event_webhooks_status"), json!(2));

    let (status, changed) = edit(json!({"interactions_endpoint_url": null, "description": "Dice"}));
    assert_eq!((status, &changed["interactions_endpoint_url"]), (200, &Value::Null));
    assert_eq!(shown("interactions_endpoint_url"), Value::Null);
    assert_eq!(shown("event_webhooks_url"), json!(endpoint.url));
    assert_eq!(edit(json!({"interactions_endpoint_url": endpoint.url})).0, 200);
    assert_eq!(shown("interactions_endpoint_url"), json!(endpoint.url));
    discord.clear_interactions_endpoint();
    assert_eq!(shown("interactions_endpoint_url"), Value::Null);

    let closed = format!("{}/not-there", discord.api_url());
    for url in ["https://bot.example/", &closed] {
        let (status, refused) = edit(json!({"interactions_endpoint_url": url}));
        assert_eq!((status, &refused["code"]), (400, &json!(50035)));
        assert!(refused["errors"]["interactions_endpoint_url"].is_object(), "{refused}");
        assert_eq!(discord.requests().last().unwrap().status, Some(400));
    }
    assert_eq!(shown("interactions_endpoint_url"), Value::Null);
}
