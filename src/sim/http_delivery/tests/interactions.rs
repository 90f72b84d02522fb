//! How interactions are delivered, and what the answers do.

use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::Message;

use super::{Reply, TestEndpoint, discord, header, rest};
use crate::sim::discord::Discord;
use crate::sim::error::SimError;
use crate::sim::people::Interaction;

/// A message as an inline response.
fn message(content: &str) -> Value {
    json!({"type": 4, "data": {"content": content}})
}

/// A simulated Discord with an endpoint.
fn with_endpoint(answer: impl FnMut(&Value) -> Reply + Send + 'static) -> (Discord, TestEndpoint) {
    let discord = discord();
    let endpoint = TestEndpoint::start(&discord.public_key(), answer);
    discord.set_interactions_endpoint(&endpoint.url).unwrap();
    (discord, endpoint)
}

fn roll(discord: &Discord) -> Interaction {
    discord.member("ann").uses(&discord.channel("general"), "/roll sides:6").unwrap()
}

#[test]
fn an_interaction_is_posted_as_it_is_with_discords_headers() {
    let (discord, endpoint) = with_endpoint(|_| Reply::json(&message("4")));
    let rolled = roll(&discord);
    assert_eq!(rolled.reply().unwrap().content, "4");
    let received = endpoint.received();
    assert_eq!(received.len(), 1, "{received:?}");
    assert_eq!(received[0].body, rolled.raw());
    assert_eq!(header(&received[0].headers, "content-type"), "application/json");
    assert_eq!(header(&received[0].headers, "user-agent"), "Discord-Interactions/1.0 (+https://discord.com)");
    let transcript = discord.transcript();
    assert!(transcript.contains("/roll") && transcript.contains("bot: 4"), "{transcript}");
    assert_eq!(rolled.delivery_error(), None);
}

#[test]
fn an_answer_of_202_leaves_the_response_to_rest() {
    let (discord, _endpoint) = with_endpoint(|_| Reply::status(202));
    let rolled = roll(&discord);
    discord.settle().unwrap();
    assert_eq!((rolled.acknowledgement(), rolled.delivery_error()), (None, None));
    let path = format!("/interactions/{}/{}/callback", rolled.id(), rolled.raw()["token"].as_str().unwrap());
    assert_eq!(rest(&discord, "POST", &path, Some(&message("5"))).0, 204);
    assert_eq!(rolled.reply().unwrap().content, "5");
    assert_eq!(discord.log().violations(), [""; 0]);
}

#[test]
fn an_answer_of_202_with_a_body_is_a_violation() {
    let (discord, _endpoint) = with_endpoint(|_| Reply::status(202).content_type("text/plain").body("later"));
    roll(&discord);
    discord.settle().unwrap();
    let violations = discord.log().violations().join("\n");
    assert!(violations.contains("202") && violations.contains("later"), "{violations}");
}

#[test]
fn an_inline_response_defers_and_the_message_follows_over_rest() {
    let (discord, _endpoint) = with_endpoint(|_| Reply::json(&json!({"type": 5, "data": {"flags": 64}})));
    let rolled = roll(&discord);
    let first = rolled.wait_for_acknowledgement().unwrap();
    assert_eq!((first.kind, first.ephemeral), (5, true));
    let token = rolled.raw()["token"].as_str().unwrap().to_owned();
    let path = format!("/webhooks/{}/{token}/messages/@original", discord.application_id());
    assert_eq!(rest(&discord, "PATCH", &path, Some(&json!({"content": "6"}))).0, 200);
    assert_eq!(discord.member("ann").next_ephemeral_message().unwrap().content, "6");
}

#[test]
fn an_inline_response_opens_a_modal_whose_submission_is_posted_too() {
    let (discord, endpoint) = with_endpoint(|interaction| match interaction["type"].as_u64() {
        Some(5) => Reply::json(&message("thanks")),
        _ => {
            let input = json!({"type": 4, "custom_id": "why", "style": 1, "label": "Why", "required": true});
            let row = json!({"type": 1, "components": [input]});
            Reply::json(
                &json!({"type": 9, "data": {"custom_id": "form", "title": "Form", "components": [row]}}),
            )
        }
    });
    roll(&discord).wait_for_acknowledgement().unwrap();
    let ann = discord.member("ann");
    let submitted = ann.submits(&ann.next_modal().unwrap(), [("why", "luck")]).unwrap();
    assert_eq!(submitted.reply().unwrap().content, "thanks");
    assert_eq!(endpoint.received()[1].body["data"]["custom_id"], "form");
}

#[test]
fn an_inline_response_offers_choices() {
    let choices = json!({"type": 8, "data": {"choices": [{"name": "Six", "value": "6"}]}});
    let (discord, _endpoint) = with_endpoint(move |_| Reply::json(&choices));
    let choices = discord.member("ann").autocompletes(&discord.channel("general"), "/roll sides:s").unwrap();
    assert_eq!(choices[0].name, "Six");
}

#[test]
fn an_inline_response_can_be_a_form_with_files() {
    let (discord, _endpoint) = with_endpoint(|_| {
        let body = "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n\
                    {\"type\":4,\"data\":{\"content\":\"map\"}}\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"files[0]\"; filename=\"map.txt\"\r\n\r\nnorth\r\n--x--\r\n";
        Reply::status(200).content_type("multipart/form-data; boundary=x").body(body)
    });
    let reply = roll(&discord).reply().unwrap();
    assert_eq!((&*reply.content, reply.raw["attachments"][0]["filename"].as_str()), ("map", Some("map.txt")));
}

#[test]
fn a_bad_inline_response_is_rejected_as_over_rest() {
    let (discord, _endpoint) = with_endpoint(|_| Reply::json(&message("")));
    let rolled = roll(&discord);
    let error = rolled.reply().unwrap_err();
    assert!(matches!(error, SimError::Unexpected { .. }), "{error}");
    assert!(error.to_string().contains("rejects with 400"), "{error}");
    assert_eq!(rolled.rejected_responses()[0].code, 50006);
    assert_eq!(rolled.acknowledgement(), None);
}

#[test]
fn a_second_response_is_rejected() {
    let (sender, receiver) = mpsc::channel::<()>();
    let (discord, _endpoint) = with_endpoint(move |_| {
        receiver.recv_timeout(Duration::from_secs(5)).unwrap();
        Reply::json(&message("second"))
    });
    let rolled = roll(&discord);
    let path = format!("/interactions/{}/{}/callback", rolled.id(), rolled.raw()["token"].as_str().unwrap());
    assert_eq!(rest(&discord, "POST", &path, Some(&message("first"))).0, 204);
    sender.send(()).unwrap();
    discord.settle().unwrap();
    assert_eq!(rolled.reply().unwrap().content, "first");
    assert_eq!(rolled.rejected_responses()[0].code, 40060);
}

#[test]
fn an_interaction_fails_by_another_status_or_a_body_that_is_no_json() {
    for (reply, expected) in [
        (
            || Reply::status(500).content_type("text/plain").body("oh no"),
            "the status 500 with the Content-Type \"text/plain\" and the body \"oh no\"",
        ),
        (|| Reply::status(204), "the status 204 without a body"),
        (|| Reply::json(&message("4")).content_type("text/plain"), "no JSON"),
        (|| Reply::status(200).content_type("application/json").body("{"), "no JSON"),
    ] as [(fn() -> Reply, &str); 4]
    {
        let (discord, _endpoint) = with_endpoint(move |_| reply());
        let rolled = roll(&discord);
        let started = Instant::now();
        let error = rolled.wait_for_acknowledgement().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(started.elapsed() < Duration::from_secs(3), "the wait ends with the delivery");
        assert!(rolled.delivery_error().is_some_and(|error| error.contains(expected)));
    }
}

#[test]
fn an_interaction_fails_without_an_answer_in_time_and_without_a_connection() {
    let (discord, _endpoint) = with_endpoint(|_| Reply::pong().after(Duration::from_millis(800)));
    discord.interaction_timeout(Duration::from_millis(200));
    let error = roll(&discord).wait_for_acknowledgement().unwrap_err().to_string();
    assert!(error.contains("no answer within 200ms"), "{error}");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    discord.local_bots().post_interactions_to(&format!("http://{closed}/")).unwrap();
    let error = roll(&discord).wait_for_acknowledgement().unwrap_err().to_string();
    assert!(error.contains("no answer: "), "{error}");
}

#[test]
fn a_timeout_may_be_of_any_length() {
    let (discord, endpoint) = with_endpoint(|_| Reply::json(&message("4")));
    discord.interaction_timeout(Duration::MAX);
    discord.wait_until_ready().unwrap();
    discord.set_interactions_endpoint(&endpoint.url).unwrap();
    assert_eq!(roll(&discord).reply().unwrap().content, "4");
    // The wait for a bot has a patience of its own, at an endpoint that accepts connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let short = Duration::from_millis(100);
    let discord = Discord::builder().timeout(short).interactions_endpoint(&url).start().unwrap();
    discord.interaction_timeout(Duration::MAX);
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(discord.wait_until_ready().is_err()));
    assert!(receiver.recv_timeout(Duration::from_secs(10)).expect("the wait ends"));
}

#[test]
fn an_interaction_that_a_test_dispatches_is_posted() {
    let (discord, endpoint) = with_endpoint(|_| Reply::status(202));
    let interaction =
        json!({"id": "5", "application_id": discord.application_id(), "token": "t", "type": 2, "data": null});
    discord.dispatch("INTERACTION_CREATE", &interaction);
    discord.settle().unwrap();
    assert_eq!(endpoint.received()[0].body, interaction);
}

#[test]
fn a_slow_answer_delays_neither_other_interactions_nor_the_end() {
    let (discord, _endpoint) =
        with_endpoint(|interaction| match interaction["data"]["options"][0]["value"].as_str() {
            Some("slow") => Reply::json(&message("slow")).after(Duration::from_millis(1500)),
            _ => Reply::json(&message("fast")),
        });
    let started = Instant::now();
    let general = discord.channel("general");
    let slow = discord.member("ann").uses(&general, "/roll sides:slow").unwrap();
    assert_eq!(roll(&discord).reply().unwrap().content, "fast");
    assert!(started.elapsed() < Duration::from_secs(1) && slow.acknowledgement().is_none());
    drop(slow);
    drop(discord);
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

#[test]
fn the_gateway_has_interactions_only_without_an_endpoint() {
    let (discord, endpoint) = with_endpoint(|_| Reply::json(&message("over HTTP")));
    let (mut socket, _) =
        tungstenite::connect(format!("{}/?v=10&encoding=json", discord.gateway_url())).unwrap();
    let identify = json!({"op": 2, "d": {"token": discord.token(), "intents": 0, "properties": {}}});
    socket.send(Message::text(identify.to_string())).unwrap();
    discord.wait_until_ready().unwrap();
    let over_http = roll(&discord);
    assert_eq!(over_http.reply().unwrap().content, "over HTTP");
    discord.clear_interactions_endpoint();
    let over_gateway = roll(&discord);
    let first = loop {
        let frame: Value = serde_json::from_str(socket.read().unwrap().to_text().unwrap()).unwrap();
        if frame["t"] == "INTERACTION_CREATE" {
            break frame["d"].clone();
        }
    };
    assert_eq!(first, over_gateway.raw());
    assert_eq!(endpoint.received().len(), 1);
}

#[test]
fn a_delivery_of_the_world_before_a_reset_does_not_count() {
    let (discord, _endpoint) = with_endpoint(|_| Reply::status(500).after(Duration::from_millis(200)));
    roll(&discord);
    assert_eq!(discord.hub.read(|state| state.in_flight), 1);
    discord.hub.change(|state, _| state.restarts += 1);
    discord
        .wait_until("the delivery to end", |discord| discord.hub.read(|state| state.in_flight) == 0)
        .unwrap();
    assert_eq!(discord.interactions()[0].delivery_error(), None);
}
