//! A simulated Discord and an endpoint of its own server, which verifies signatures as Discord's documentation shows it.

#![allow(clippy::unwrap_used)]

mod applications;
mod control;
mod interactions;
mod refused;
mod webhook_events;

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use tiny_http::{Header, Response, Server};

use crate::sim::discord::Discord;
use crate::sim::world::RestRequest;
use crate::sync::Mutex;

/// What an endpoint answers a request with.
struct Reply {
    status: u16,
    content_type: &'static str,
    body: String,
    /// How long it waits before it answers.
    after: Duration,
}

/// A request whose signature was right.
#[derive(Clone, Debug)]
struct Received {
    headers: Vec<(String, String)>,
    body: Value,
}

/// An endpoint on a port of its own. It ends when this is dropped.
struct TestEndpoint {
    url: String,
    server: Arc<Server>,
    received: Arc<Mutex<Vec<Received>>>,
    thread: Option<JoinHandle<()>>,
}

impl Reply {
    fn status(status: u16) -> Reply {
        Reply { status, content_type: "", body: String::new(), after: Duration::ZERO }
    }

    fn json(body: &Value) -> Reply {
        Reply { status: 200, content_type: "application/json", body: body.to_string(), after: Duration::ZERO }
    }

    fn pong() -> Reply {
        Reply::json(&json!({"type": 1}))
    }

    fn content_type(self, content_type: &'static str) -> Reply {
        Reply { content_type, ..self }
    }

    fn body(self, body: &str) -> Reply {
        Reply { body: body.to_owned(), ..self }
    }

    fn after(self, after: Duration) -> Reply {
        Reply { after, ..self }
    }
}

impl TestEndpoint {
    /// An endpoint that refuses wrong signatures, acknowledges PINGs, and answers everything else by a closure.
    fn start(public_key: &str, mut answer: impl FnMut(&Value) -> Reply + Send + 'static) -> TestEndpoint {
        let key = verifying_key(public_key);
        TestEndpoint::of(move |received, signed, signature| {
            if key.verify_strict(signed, &signature).is_err() {
                return (Reply::status(401), false);
            }
            let reply = match received["type"].as_u64() {
                Some(0) => Reply::status(204),
                Some(1) if received["event"].is_null() => Reply::pong(),
                _ => answer(received),
            };
            (reply, true)
        })
    }

    /// An endpoint that answers by a closure: of the body, what was signed and the signature. The closure says whether the request
    /// counts.
    fn of(
        mut answer: impl FnMut(&Value, &[u8], Signature) -> (Reply, bool) + Send + 'static,
    ) -> TestEndpoint {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let url = format!("http://{}/interactions", server.server_addr().to_ip().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let (serving, list) = (Arc::clone(&server), Arc::clone(&received));
        let thread = thread::spawn(move || {
            for mut request in serving.incoming_requests() {
                let headers: Vec<(String, String)> = request
                    .headers()
                    .iter()
                    .map(|header| (header.field.to_string().to_lowercase(), header.value.to_string()))
                    .collect();
                let mut body = Vec::new();
                request.as_reader().read_to_end(&mut body).unwrap();
                let signature =
                    Signature::from_slice(&bytes_of(header(&headers, "x-signature-ed25519"))).unwrap();
                let signed = [header(&headers, "x-signature-timestamp").as_bytes(), &body].concat();
                let body: Value = serde_json::from_slice(&body).unwrap();
                let (reply, counts) = answer(&body, &signed, signature);
                if counts {
                    list.lock().push(Received { headers, body });
                }
                thread::spawn(move || {
                    thread::sleep(reply.after);
                    let mut response =
                        Response::from_data(reply.body.into_bytes()).with_status_code(reply.status);
                    if !reply.content_type.is_empty() {
                        let header = Header::from_bytes("Content-Type", reply.content_type).unwrap();
                        response = response.with_header(header);
                    }
                    // The client may have given up.
                    let _ = request.respond(response);
                });
            }
        });
        TestEndpoint { url, server, received, thread: Some(thread) }
    }

    /// The requests that are no PING, in the order of their arrival.
    fn received(&self) -> Vec<Received> {
        let all = self.received.lock().clone();
        let is_ping = |body: &Value| body["type"] == 0 || body["type"] == 1 && body["event"].is_null();
        all.into_iter().filter(|one| !is_ping(&one.body)).collect()
    }
}

impl Drop for TestEndpoint {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> &'h str {
    headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.chars().map(|digit| digit.to_digit(16).unwrap() as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn verifying_key(public_key: &str) -> VerifyingKey {
    VerifyingKey::from_bytes(&bytes_of(public_key).try_into().unwrap()).unwrap()
}

/// A simulated Discord with the commands `/roll`, whose option has autocomplete.
fn discord() -> Discord {
    let discord = Discord::builder().timeout(Duration::from_secs(5)).start().unwrap();
    let option = json!({"type": 3, "name": "sides", "description": "Faces", "autocomplete": true});
    let command = json!({"name": "roll", "description": "Rolls dice", "options": [option]});
    let application = discord.application_id().to_string();
    discord.hub.change(|state, _| {
        let path = ["applications", &application, "commands"];
        let request = RestRequest::by(state.clock.time(), state.world.bot_id(), "POST", &path, command);
        assert_eq!(state.world.handle(&request).status, 201);
    });
    discord
}

/// Sends a request of the bot to REST. Returns the status and the body.
fn rest(discord: &Discord, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
    rest_as(&discord.token(), discord, method, path, body)
}

/// Sends a request of the bot with this token.
fn rest_as(token: &str, discord: &Discord, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(5)))
        .build()
        .into();
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("{}{path}", discord.api_url()))
        .header("Authorization", format!("Bot {token}"))
        .header("User-Agent", "DiscordBot (https://example.com, 1)")
        .header("Content-Type", "application/json")
        .body(body.map(Value::to_string).unwrap_or_default())
        .unwrap();
    let mut response = agent.run(request).unwrap();
    let text = response.body_mut().read_to_string().unwrap();
    (response.status().as_u16(), serde_json::from_str(&text).unwrap_or_default())
}
