//! The REST routes, with authorization and rate limits.

use std::time::Duration;

use serde_json::{Value, json};

use super::fault::too_many;
use super::http::{Request, Response};
use super::multipart;
use super::server::State;
use super::world::{Answer, Call, decoded};

const BASE: &str = "/api/v10/";

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\
    \rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

impl State {
    /// Answers a request. `now` is the server's time, `wall` the time since the Unix epoch.
    pub(super) fn rest(&mut self, request: &Request, now: Duration, wall: Duration) -> Response {
        self.note(request, now);
        let segments = segments(&request.path);
        let usage = self.limits.use_one(&request.method, &segments, now);
        let faulty = self.faults.answer();
        // What stands before Discord answers in its own name.
        let from_discord = faulty.as_ref().is_none_or(Response::is_json);
        let mut response = faulty.unwrap_or_else(|| {
            if let Some((scope, wait)) = usage.over {
                return too_many(wait, scope);
            }
            let answer = self.route(request, &segments, now, wall);
            self.happened(now, answer.events);
            match segments[..] {
                ["guilds", _, "widget.png"] if answer.status == 200 => {
                    Response::new(200, PIXEL).with("Content-Type", "image/png")
                }
                // What is but a text is not sent as JSON: the lists of users of an invite, and Slack's "ok".
                _ => match &answer.body {
                    Value::String(text) => {
                        Response::new(answer.status, text.as_str()).with("Content-Type", "text/plain")
                    }
                    body => Response::json(answer.status, body),
                },
            }
        });
        if from_discord {
            response = response
                .with("Via", "1.1 google")
                .with("X-RateLimit-Limit", usage.limit.to_string())
                .with("X-RateLimit-Remaining", usage.remaining.to_string())
                .with("X-RateLimit-Reset", seconds(wall + usage.reset_after))
                .with("X-RateLimit-Reset-After", seconds(usage.reset_after))
                .with("X-RateLimit-Bucket", usage.bucket);
        }
        if let Some(noted) = self.requests.back_mut() {
            noted.status = Some(response.status);
        }
        response
    }

    fn route(&mut self, request: &Request, segments: &[&str], now: Duration, wall: Duration) -> Answer {
        let method = request.method.as_str();
        if (method, segments) == ("GET", &["gateway"][..]) {
            return answer(200, json!({"url": self.url}));
        }
        let opened = opened_by_path(segments);
        if !opened && request.header("authorization") != Some(&format!("Bot {}", self.token)) {
            return answer(401, json!({"message": "401: Unauthorized", "code": 0}));
        }
        let agent = request.header("user-agent").unwrap_or_default();
        if !agent.starts_with("DiscordBot (") {
            self.violations.push(format!("{method} {} with the user agent {agent:?}", request.path));
        }
        if (method, segments) == ("GET", &["gateway", "bot"][..]) {
            return answer(200, self.gateway_bot(now));
        }
        match read(request, wall) {
            Some(call) => self.world.handle(&call),
            None => answer(400, json!({"message": "Invalid Form Body", "code": 50035})),
        }
    }

    fn gateway_bot(&mut self, now: Duration) -> Value {
        let limit = self.peer.session_start_limit(now);
        json!({
            "url": self.url,
            "shards": self.shards,
            "session_start_limit": {
                "total": limit.total,
                "remaining": limit.remaining,
                "reset_after": u64::try_from(limit.reset_after.as_millis()).unwrap_or(u64::MAX),
                "max_concurrency": limit.max_concurrency,
            },
        })
    }
}

fn answer(status: u16, body: Value) -> Answer {
    Answer { status, body, events: Vec::new() }
}

/// Seconds with three decimals. Who waits so long must not come too early, so it is rounded up.
fn seconds(duration: Duration) -> String {
    let millis = duration.as_nanos().div_ceil(1_000_000);
    format!("{}.{:03}", millis / 1000, millis % 1000)
}

/// The segments of a path below the API's base, without its query.
pub(super) fn segments(path: &str) -> Vec<&str> {
    let path = path.split('?').next().unwrap_or_default();
    path.strip_prefix(BASE).unwrap_or_default().split('/').collect()
}

/// Whether a route is opened by a token in its path: interactions, and webhooks with their token.
fn opened_by_path(segments: &[&str]) -> bool {
    matches!(
        segments,
        ["interactions", _, _, "callback"]
            | ["webhooks", _, _, ..]
            | ["guilds", _, "widget.json" | "widget.png"]
    )
}

/// The request as the world reads it; nothing when its body cannot be read.
fn read(request: &Request, wall: Duration) -> Option<Call> {
    let path = request.path.strip_prefix(BASE).unwrap_or_default();
    let mut call = Call::new(wall, &request.method, path, Value::Null);
    call.reason = request.header("x-audit-log-reason").map(decoded);
    if !request.body.is_empty() {
        let kind = request.header("content-type").unwrap_or_default();
        if kind.starts_with("application/json") {
            call.body = serde_json::from_slice(&request.body).ok()?;
        } else {
            (call.body, call.files) = multipart::read(kind, &request.body)?;
        }
    }
    Some(call)
}
