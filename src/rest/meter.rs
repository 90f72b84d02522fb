//! What is counted of the calls of one client.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::limiter::RateLimitScope;
use super::route::Endpoint;
use crate::counters::{DurationCounts, Histogram};
use crate::error::Error;
use crate::sync::Mutex;

/// A shorter wait is none: the call had to take the lock of the limiter.
const MIN_WAIT: Duration = Duration::from_millis(1);

/// The REST calls of a [`Client`](super::Client) and its clones.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RestHealth {
    /// The routes that were called, in the order of their names.
    pub routes: Vec<RouteHealth>,
    /// How long calls took, with waits for rate limits and retries.
    pub time: Histogram,
    /// The number of calls in progress.
    pub in_flight: u64,
    /// The responses with status 429, by the limit that was exceeded.
    pub rate_limited: RateLimitHits,
    /// The number of requests that Discord refused in the last ten minutes (401, 403, 429), of all clients of this process
    /// with this API address.
    pub refused: u32,
    /// The number of refused requests at which all requests stop, before Discord
    /// [blocks the IP address](https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
    pub max_refused: u32,
}

/// The number of responses with status 429, by the limit that was exceeded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimitHits {
    /// The limit of a route, of the bot alone or shared with other bots.
    pub route: u64,
    /// The bot's global limit.
    pub global: u64,
    /// That of the IP address.
    pub address: u64,
}

/// The calls of one route.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RouteHealth {
    /// The method and the path with placeholders: `POST /channels/{channel_id}/messages`.
    pub route: String,
    /// The number of calls that have ended.
    pub calls: u64,
    /// The number of requests that were sent, with retries.
    pub requests: u64,
    /// The number of requests that had to wait for a rate limit.
    pub waits: u64,
    /// How long they waited together.
    pub wait_time: Duration,
    /// The number of responses with status 429.
    pub rate_limited: u64,
    /// The calls that failed, by kind. Only kinds that occurred are in it.
    pub errors: Vec<(RestFailure, u64)>,
}

/// How a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RestFailure {
    /// Discord rejected it: a status from 400 to 499, or the token.
    Rejected,
    /// Discord failed: a status from 500 on.
    ServerError,
    /// No response arrived.
    Network,
    /// Nothing was sent: the rate limit allows the request only after its deadline, or it was invalid.
    NotSent,
    /// The bot stopped during the call.
    Stopped,
}

impl RestFailure {
    const ALL: [RestFailure; 5] = [
        RestFailure::Rejected,
        RestFailure::ServerError,
        RestFailure::Network,
        RestFailure::NotSent,
        RestFailure::Stopped,
    ];

    fn of(error: &Error) -> RestFailure {
        match error {
            Error::Http(error) if error.status >= 500 => RestFailure::ServerError,
            Error::Http(_) | Error::Token { .. } => RestFailure::Rejected,
            Error::Network { .. } => RestFailure::Network,
            Error::Stopped => RestFailure::Stopped,
            _ => RestFailure::NotSent,
        }
    }

    /// The kind as the value of a label: `server_error`.
    pub fn name(self) -> &'static str {
        match self {
            RestFailure::Rejected => "rejected",
            RestFailure::ServerError => "server_error",
            RestFailure::Network => "network",
            RestFailure::NotSent => "not_sent",
            RestFailure::Stopped => "stopped",
        }
    }
}

/// Counts the calls of one client. A call takes the lock a few times; next to a request that is nothing.
#[derive(Debug, Default)]
pub(super) struct RestMeter {
    counts: Mutex<Counts>,
    time: DurationCounts,
}

#[derive(Debug, Default)]
struct Counts {
    /// Discord has some 200 routes.
    routes: BTreeMap<Endpoint, RouteCounts>,
    in_flight: u64,
    rate_limited: RateLimitHits,
}

#[derive(Debug, Default)]
struct RouteCounts {
    calls: u64,
    requests: u64,
    waits: u64,
    wait_time: Duration,
    rate_limited: u64,
    errors: [u64; RestFailure::ALL.len()],
}

/// A call that is counted as in progress until it is dropped.
pub(super) struct MeasuredCall<'m> {
    meter: &'m RestMeter,
    endpoint: Endpoint,
    began: Instant,
    failure: Option<RestFailure>,
}

impl RestMeter {
    pub(super) fn begin(&self, endpoint: Endpoint, began: Instant) -> MeasuredCall<'_> {
        self.counts.lock().in_flight += 1;
        MeasuredCall { meter: self, endpoint, began, failure: None }
    }

    /// Counts a request that is sent after this wait.
    pub(super) fn count_request(&self, endpoint: Endpoint, waited: Duration) {
        let mut counts = self.counts.lock();
        let route = counts.routes.entry(endpoint).or_default();
        route.requests += 1;
        if waited >= MIN_WAIT {
            route.waits += 1;
            route.wait_time += waited;
        }
    }

    pub(super) fn count_rate_limited(&self, endpoint: Endpoint, scope: RateLimitScope) {
        let mut counts = self.counts.lock();
        counts.routes.entry(endpoint).or_default().rate_limited += 1;
        match scope {
            RateLimitScope::Route => counts.rate_limited.route += 1,
            RateLimitScope::Global => counts.rate_limited.global += 1,
            RateLimitScope::Address => counts.rate_limited.address += 1,
        }
    }

    /// What was counted. `refused` is the number of refused requests, and the one at which all requests stop.
    pub(super) fn read(&self, (refused, max_refused): (u32, u32)) -> RestHealth {
        let counts = self.counts.lock();
        let mut routes: Vec<RouteHealth> =
            counts.routes.iter().map(|(endpoint, route)| route.read(*endpoint)).collect();
        routes.sort_unstable_by(|one, other| one.route.cmp(&other.route));
        let (in_flight, rate_limited) = (counts.in_flight, counts.rate_limited);
        RestHealth { routes, time: self.time.read(), in_flight, rate_limited, refused, max_refused }
    }
}

impl RouteCounts {
    fn read(&self, endpoint: Endpoint) -> RouteHealth {
        let errors = RestFailure::ALL.into_iter().zip(self.errors).filter(|(_, count)| *count > 0);
        RouteHealth {
            route: endpoint.to_string(),
            calls: self.calls,
            requests: self.requests,
            waits: self.waits,
            wait_time: self.wait_time,
            rate_limited: self.rate_limited,
            errors: errors.collect(),
        }
    }
}

impl MeasuredCall<'_> {
    /// Notes how the call ended.
    pub(super) fn ended<T>(mut self, result: Result<T, Error>) -> Result<T, Error> {
        self.failure = result.as_ref().err().map(RestFailure::of);
        result
    }
}

impl Drop for MeasuredCall<'_> {
    fn drop(&mut self) {
        self.meter.time.record(self.began.elapsed());
        let mut counts = self.meter.counts.lock();
        counts.in_flight -= 1;
        let route = counts.routes.entry(self.endpoint).or_default();
        route.calls += 1;
        if let Some(failure) = self.failure {
            route.errors[failure as usize] += 1;
        }
    }
}
