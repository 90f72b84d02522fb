//! Endpoints by the control interface and by the settings of the start.

use serde_json::{Value, json};

use super::{Reply, TestEndpoint, rest};
use crate::sim::discord::Discord;

/// Carries out an action of the control interface. Returns the status and the body.
fn act(discord: &Discord, action: &str, arguments: &Value) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let url = format!("{}/{action}", discord.control_url().unwrap());
    let mut response = agent.post(&url).send(arguments.to_string()).unwrap();
    let text = response.body_mut().read_to_string().unwrap();
    (response.status().as_u16(), serde_json::from_str(&text).unwrap())
}

/// Registers the command `/roll` and uses it. Returns the ID of the interaction.
fn use_roll(discord: &Discord) -> Value {
    let command = json!({"name": "roll", "description": "Rolls dice"});
    let path = format!("/applications/{}/commands", discord.application_id());
    assert_eq!(rest(discord, "POST", &path, Some(&command)).0, 201);
    let used = json!({"as": "ann", "channel": "general", "line": "/roll", "wait": false});
    act(discord, "use", &used).1["interaction"]["id"].clone()
}

#[test]
fn actions_set_endpoints_and_send_webhook_events() {
    let discord = Discord::builder().control(true).start().unwrap();
    let endpoint = TestEndpoint::start(&discord.public_key(), |_| Reply::status(204));
    assert_eq!(act(&discord, "", &json!({})).1["public_key"], json!(discord.public_key()));
    let (status, refused) = act(&discord, "interactions_endpoint", &json!({"url": "http://bot.example/"}));
    assert_eq!((status, &refused["kind"]), (409, &json!("not_possible")));
    for action in ["interactions_endpoint", "webhook_events_endpoint"] {
        assert_eq!(act(&discord, action, &json!({"url": endpoint.url})).0, 200, "{action}");
    }
    let event = json!({"type": "ENTITLEMENT_CREATE", "data": {"id": "7"}});
    assert_eq!(act(&discord, "webhook_event", &event).0, 200);
    assert_eq!(endpoint.received()[0].body["event"]["data"]["id"], "7");

    let used = use_roll(&discord);
    discord.settle().unwrap();
    let shown = act(&discord, "interaction", &json!({"interaction": used})).1;
    assert_eq!(shown["interaction"]["delivery_error"], "the status 204 without a body");

    assert_eq!(act(&discord, "interactions_endpoint", &json!({})).0, 200);
    assert_eq!(rest(&discord, "GET", "/applications/@me", None).1["interactions_endpoint_url"], Value::Null);
}

#[test]
fn an_endpoint_of_the_start_is_not_verified_and_outlives_a_reset() {
    let url = "http://127.0.0.1:1/";
    let discord = Discord::builder().repeatable(1).control(true).interactions_endpoint(url).start().unwrap();
    let shown = || rest(&discord, "GET", "/applications/@me", None).1["interactions_endpoint_url"].clone();
    assert_eq!(shown(), url);
    act(&discord, "reset", &json!({}));
    assert_eq!(shown(), url);
    // The new world delivers, too.
    let used = use_roll(&discord);
    discord.settle().unwrap();
    let shown = act(&discord, "interaction", &json!({"interaction": used})).1;
    assert!(shown["interaction"]["delivery_error"].as_str().unwrap().starts_with("no answer: "), "{shown}");
    let error = Discord::builder().interactions_endpoint("https://bot.example/").start().unwrap_err();
    assert!(error.to_string().contains("only to this machine"), "{error}");
}
