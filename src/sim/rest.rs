//! Answers REST requests: authorization, rate limits, and the world behind them.

use std::time::Duration;

use serde_json::{Value, json};

use super::clock::http_date;
use super::fault::too_many_requests;
use super::http::{Request, Response};
use super::hub::State;
use super::multipart;
use super::observed::{Exchange, Observed};
use super::replay::{Answer, Made, replay_response};
use super::world::{RestRequest, RestResponse, decoded};
use crate::id::UserId;

const BASE: &str = "/api/v10/";

/// The page to which invitation links of bots lead.
pub(super) const AUTHORIZE: &str = "/oauth2/authorize";

const NO_INVITATION: &str = "\
This bot is in a simulated Discord. It is in the servers there from the start, so it needs no invitation.
With a token of the real Discord, this link leads to https://discord.com and adds the bot to a server.
";

/// Maximum number of requests that are kept.
const MAX_REQUESTS: usize = 10_000;

/// A PNG image of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\
    \rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

impl State {
    /// Answers a request. `now` is the time since the server started, `unix_time` the time since the Unix epoch
    /// by the machine's clock.
    ///
    /// `None` if the connection ends without a response.
    pub(super) fn rest(&mut self, request: &Request, now: Duration, unix_time: Duration) -> Option<Response> {
        self.record(request, now);
        let response = match self.replay {
            Some(_) => self.replayed(request, now),
            None => Some(self.simulated(request, now, unix_time)),
        };
        if let Some(recorded) = self.requests.back_mut() {
            recorded.status = response.as_ref().map(|response| response.status);
        }
        response
    }

    /// Keeps a request for the log.
    pub(super) fn record(&mut self, request: &Request, now: Duration) {
        self.requests.push_back(Request { at: now, ..request.clone() });
        if self.requests.len() > MAX_REQUESTS {
            self.requests.pop_front();
        }
    }

    /// Answers a request as it was recorded.
    fn replayed(&mut self, request: &Request, now: Duration) -> Option<Response> {
        let path = request.path.strip_prefix(BASE.trim_end_matches('/')).unwrap_or(&request.path);
        let gateway = self.gateway_bot(now, None);
        let read = read(request, Duration::ZERO);
        let files = read.as_ref().map_or(0, |read| read.files.len());
        let body = read.map(|read| read.body).unwrap_or_default();
        let is_gateway = path == "/gateway/bot";
        let made = Made { method: &request.method, path, body, files };
        match self.replay.as_mut()?.answer(&made) {
            _ if is_gateway => Some(Response::json(200, &gateway)),
            Answer::Recorded(call) => replay_response(call),
            Answer::NotRecorded(call) => {
                let message = format!("the recording has no such call, or no more of them: {call}");
                Some(Response::json(404, &json!({"message": message, "code": 0})))
            }
        }
    }

    /// Answers a request by the world.
    fn simulated(&mut self, request: &Request, now: Duration, unix_time: Duration) -> Response {
        if let Some((content, kind)) = self.world.file_at(&request.path) {
            return Response::new(200, content).with("Content-Type", kind);
        }
        if request.path.split('?').next() == Some(AUTHORIZE) {
            return Response::new(200, NO_INVITATION).with("Content-Type", "text/plain");
        }
        let segments = segments(&request.path);
        let usage = self.limits.count(&request.method, &segments, now);
        for fault in self.schedule.at_request(&request.method, &segments) {
            self.fault(now, fault, None);
        }
        let faulty = self.faults.response();
        // A response that is not JSON comes from a proxy in front of Discord, which sends no rate limit headers.
        let is_from_discord = faulty.as_ref().is_none_or(Response::is_json);
        let mut response = faulty.unwrap_or_else(|| {
            if let Some((scope, wait)) = usage.exceeded {
                return too_many_requests(wait, scope);
            }
            let routed = self.route(request, &segments, now, self.clock.time());
            self.dispatch(now, routed.events);
            match segments[..] {
                ["guilds", _, "widget.png"] if routed.status == 200 => {
                    Response::new(200, PIXEL).with("Content-Type", "image/png")
                }
                // Plain text is not sent as JSON: the list of an invite's users, and Slack's "ok".
                _ => match &routed.body {
                    Value::String(text) => {
                        Response::new(routed.status, text.as_str()).with("Content-Type", "text/plain")
                    }
                    body => Response::json(routed.status, body),
                },
            }
        });
        if is_from_discord {
            response = response
                .with("Via", "1.1 google")
                .with("Date", http_date(self.clock.time()))
                .with("X-RateLimit-Limit", usage.limit.to_string())
                .with("X-RateLimit-Remaining", usage.remaining.to_string())
                .with("X-RateLimit-Reset", seconds(unix_time + usage.reset_after))
                .with("X-RateLimit-Reset-After", seconds(usage.reset_after))
                .with("X-RateLimit-Bucket", usage.bucket);
        }
        self.observe(|| Observed::Response(Box::new(Exchange::new(request, &response))));
        response
    }

    fn route(
        &mut self,
        request: &Request,
        segments: &[&str],
        now: Duration,
        world_time: Duration,
    ) -> RestResponse {
        let method = request.method.as_str();
        if (method, segments) == ("GET", &["gateway"][..]) {
            return response(200, json!({"url": self.url}));
        }
        let token = request.header("authorization").and_then(|value| value.strip_prefix("Bot "));
        let bot = token.and_then(|token| self.world.bot_of_token(token));
        if !has_token_in_path(segments) && bot.is_none() {
            return response(401, json!({"message": "401: Unauthorized", "code": 0}));
        }
        let agent = request.header("user-agent").unwrap_or_default();
        if !agent.starts_with("DiscordBot (") {
            self.violations.push(format!("{method} {} with the user agent {agent:?}", request.path));
        }
        if (method, segments) == ("GET", &["gateway", "bot"][..]) {
            return response(200, self.gateway_bot(now, bot));
        }
        match read(request, world_time) {
            Some(request) => self.world.handle(&RestRequest { user: bot, ..request }),
            None => response(400, json!({"message": "Invalid Form Body", "code": 50035})),
        }
    }

    fn gateway_bot(&mut self, now: Duration, bot: Option<UserId>) -> Value {
        let limit = bot.and_then(|bot| self.peer.session_start_limit_of(now, bot));
        let limit = limit.unwrap_or_else(|| self.peer.session_start_limit(now));
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

fn response(status: u16, body: Value) -> RestResponse {
    RestResponse { status, body, events: Vec::new() }
}

/// Seconds with three decimals. Rounded up, so that a client that waits for them is not too early.
fn seconds(duration: Duration) -> String {
    let millis = duration.as_nanos().div_ceil(1_000_000);
    format!("{}.{:03}", millis / 1000, millis % 1000)
}

/// The segments of a path below the base of the API, without the query.
pub(super) fn segments(path: &str) -> Vec<&str> {
    let path = path.split('?').next().unwrap_or_default();
    path.strip_prefix(BASE).unwrap_or_default().split('/').collect()
}

/// Whether a route needs no bot token: interactions and webhooks have a token in the path, widgets are public.
fn has_token_in_path(segments: &[&str]) -> bool {
    matches!(
        segments,
        ["interactions", _, _, "callback"]
            | ["webhooks", _, _, ..]
            | ["guilds", _, "widget.json" | "widget.png"]
    )
}

/// The request as the world reads it. `None` if its body is invalid.
pub(super) fn read(request: &Request, world_time: Duration) -> Option<RestRequest> {
    let path = request.path.strip_prefix(BASE).unwrap_or_default();
    let kind = request.header("content-type").unwrap_or_default();
    let (body, files) = match request.body.as_slice() {
        [] => (Value::Null, Vec::new()),
        json if kind.starts_with("application/json") => (serde_json::from_slice(json).ok()?, Vec::new()),
        form => multipart::read(kind, form)?,
    };
    let mut read = RestRequest::new(world_time, &request.method, path, body);
    read.files = files;
    read.reason = request.header("x-audit-log-reason").map(decoded);
    Some(read)
}
