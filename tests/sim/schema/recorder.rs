//! A simulated Discord and a bot, with a record of all that the bot receives.

use serde_json::{Value, json};
use syncord::sim::{Channel, Discord, Member};

use crate::client::{Client, Received, form, request};

/// All intents, the privileged ones included.
const ALL_INTENTS: u64 = 53_608_447;

/// A response to a request.
pub(super) struct Answer {
    pub(super) method: String,
    /// The path with its query.
    pub(super) path: String,
    pub(super) status: u16,
    /// The body, if it is JSON.
    pub(super) body: Option<Value>,
}

pub(super) struct Recorder {
    pub(super) discord: Discord,
    gateway: Client,
    pub(super) ann: Member,
    pub(super) bob: Member,
    pub(super) general: Channel,
    /// `/guilds/ID` of the guild and `/applications/ID` of the bot.
    pub(super) guild: String,
    pub(super) app: String,
    pub(super) answers: Vec<Answer>,
    pub(super) events: Vec<(String, Value)>,
    /// Requests that were not answered as the scene expects it.
    pub(super) unexpected: Vec<String>,
}

impl Recorder {
    /// Starts with the members ann, who owns the guild, and bob, and the channel #general.
    pub(super) fn start() -> Recorder {
        let discord = Discord::start().unwrap();
        let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
        discord.set_owner(&ann);
        let mut gateway = Client::connect(&discord);
        assert_eq!(gateway.frame()["op"], 10);
        gateway.identify(&discord, ALL_INTENTS);
        let guild = format!("/guilds/{}", discord.guild_id());
        let app = format!("/applications/{}", discord.application_id());
        let (answers, events, unexpected) = (Vec::new(), Vec::new(), Vec::new());
        let mut recorder =
            Recorder { discord, gateway, ann, bob, general, guild, app, answers, events, unexpected };
        recorder.listen();
        recorder
    }

    /// Sends a request that must succeed. Returns the body.
    pub(super) fn send(&mut self, method: &str, path: &str, body: Value) -> Value {
        let body = (!body.is_null()).then_some(body);
        let authorization = format!("Bot {}", self.discord.token());
        let (status, text, headers) = request(&self.discord, method, path, body.as_ref(), &authorization);
        self.record(method, path, status, &text, &headers)
    }

    pub(super) fn get(&mut self, path: &str) -> Value {
        self.send("GET", path, Value::Null)
    }

    pub(super) fn post(&mut self, path: &str, body: Value) -> Value {
        self.send("POST", path, body)
    }

    pub(super) fn patch(&mut self, path: &str, body: Value) -> Value {
        self.send("PATCH", path, body)
    }

    pub(super) fn put(&mut self, path: &str, body: Value) -> Value {
        self.send("PUT", path, body)
    }

    pub(super) fn delete(&mut self, path: &str) -> Value {
        self.send("DELETE", path, Value::Null)
    }

    /// Sends a form with texts and files, which must succeed. Returns the body.
    pub(super) fn form(
        &mut self,
        method: &str,
        path: &str,
        texts: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Value {
        let (status, text, headers) = form(&self.discord, method, path, texts, files);
        self.record(method, path, status, &text, &headers)
    }

    /// Sends a request that must be rejected.
    pub(super) fn refused(&mut self, method: &str, path: &str, body: &Value) {
        let authorization = format!("Bot {}", self.discord.token());
        let (status, text, _) = request(&self.discord, method, path, Some(body), &authorization);
        if status < 400 {
            self.unexpected.push(format!("{method} {path} is not rejected: {status}"));
        }
        let body = serde_json::from_str(&text).ok();
        self.answers.push(Answer { method: method.into(), path: path.into(), status, body });
    }

    fn record(
        &mut self,
        method: &str,
        path: &str,
        status: u16,
        text: &str,
        headers: &ureq::http::HeaderMap,
    ) -> Value {
        if status >= 400 {
            self.unexpected.push(format!("{method} {path}: {status} {text}"));
        }
        let is_json = headers.get("content-type").is_some_and(|kind| kind == "application/json");
        let body = is_json.then(|| serde_json::from_str::<Value>(text).unwrap());
        self.answers.push(Answer { method: method.into(), path: path.into(), status, body: body.clone() });
        body.unwrap_or_default()
    }

    /// Sends a frame to the gateway.
    pub(super) fn send_frame(&mut self, frame: &Value) {
        self.gateway.send(frame);
    }

    /// Drops the connection and resumes the session.
    pub(super) fn resume(&mut self) {
        self.gateway = self.gateway.resume(&self.discord);
        self.listen();
    }

    /// Reads all events up to now: the gateway answers a heartbeat after what it sent before.
    pub(super) fn listen(&mut self) {
        self.gateway.send(&json!({"op": 1, "d": self.gateway.seq}));
        loop {
            let frame = match self.gateway.read() {
                Received::Frame(frame) => frame,
                other => panic!("{other:?} instead of a frame"),
            };
            if frame["op"] == 11 {
                return;
            }
            if frame["t"] == "READY" {
                for (field, kept) in [
                    ("session_id", &mut self.gateway.session),
                    ("resume_gateway_url", &mut self.gateway.resume_url),
                ] {
                    *kept = frame["d"][field].as_str().unwrap().to_owned();
                }
            }
            if let Some(name) = frame["t"].as_str() {
                self.events.push((name.to_owned(), frame["d"].clone()));
            }
        }
    }
}

/// The ID of an object.
pub(super) fn id(object: &Value) -> String {
    text(object, "id")
}

/// A text in an object. "0" if it is not there, because the request before was rejected.
pub(super) fn text(object: &Value, key: &str) -> String {
    object[key].as_str().unwrap_or("0").to_owned()
}
