//! The REST routes, with authorization and rate limits.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use serde_json::{Value, json};

use super::fault::{Scope, too_many};
use super::http::{Request, Response};
use super::multipart;
use super::server::State;
use super::world::{Answer, Call, decoded};

const BASE: &str = "/api/v10/";

/// So many requests to a bucket are free in one window.
const LIMIT: u32 = 1000;
const WINDOW: Duration = Duration::from_secs(1);

/// The windows of all buckets: when each began and what was used of it.
#[derive(Default)]
pub(super) struct Limits(HashMap<(String, String), (Duration, u32)>);

/// What a bucket's headers say.
struct Usage {
    bucket: String,
    remaining: Option<u32>,
    reset_after: Duration,
}

impl State {
    /// Answers a request. `now` is the server's time, `wall` the time since the Unix epoch.
    pub(super) fn rest(&mut self, request: &Request, now: Duration, wall: Duration) -> Response {
        self.note(request);
        let path = request.path.split('?').next().unwrap_or_default();
        let segments: Vec<&str> = path.strip_prefix(BASE).unwrap_or_default().split('/').collect();
        let usage = self.limits.use_one(&request.method, &segments, now);
        let response = self.faults.answer().unwrap_or_else(|| {
            if usage.remaining.is_none() {
                return too_many(usage.reset_after, Scope::User);
            }
            let answer = self.route(request, &segments, now, wall);
            self.happened(now, answer.events);
            Response::json(answer.status, &answer.body)
        });
        response
            .with("X-RateLimit-Limit", LIMIT.to_string())
            .with("X-RateLimit-Remaining", usage.remaining.unwrap_or(0).to_string())
            .with("X-RateLimit-Reset", format!("{:.3}", (wall + usage.reset_after).as_secs_f64()))
            .with("X-RateLimit-Reset-After", format!("{:.3}", usage.reset_after.as_secs_f64()))
            .with("X-RateLimit-Bucket", usage.bucket)
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
        let limit = self.peer.identify_limit(now);
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

impl Limits {
    /// Counts a request to its bucket: the method and the route, for each channel apart.
    fn use_one(&mut self, method: &str, segments: &[&str], now: Duration) -> Usage {
        let route: Vec<&str> = segments
            .iter()
            .enumerate()
            .map(|(at, segment)| match segment.parse::<u64>() {
                Err(_) if at != 5 => *segment,
                _ => "*",
            })
            .collect();
        let mut hash = DefaultHasher::new();
        (method, route).hash(&mut hash);
        let bucket = format!("{:016x}", hash.finish());
        let major = segments.get(1).copied().unwrap_or_default().to_owned();
        let (began, used) = self.0.entry((bucket.clone(), major)).or_insert((now, 0));
        if now.saturating_sub(*began) >= WINDOW {
            (*began, *used) = (now, 0);
        }
        *used += 1;
        Usage {
            bucket,
            remaining: LIMIT.checked_sub(*used),
            reset_after: (*began + WINDOW).saturating_sub(now),
        }
    }
}

fn answer(status: u16, body: Value) -> Answer {
    Answer { status, body, events: Vec::new() }
}

/// Whether a route is opened by a token in its path: interactions, and webhooks with their token.
fn opened_by_path(segments: &[&str]) -> bool {
    matches!(segments, ["interactions", _, _, "callback"] | ["webhooks", _, _, ..])
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
