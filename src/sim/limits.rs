//! Rate limits ([rate limits](https://docs.discord.com/developers/topics/rate-limits)).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use super::fault::RateLimitScope;

/// The default limit of a bucket.
const DEFAULT_LIMIT: u32 = 1000;
const DEFAULT_WINDOW: Duration = Duration::from_secs(1);

/// The limits and their usage.
#[derive(Default)]
pub(super) struct Limits {
    rules: Vec<Rule>,
    global: Option<(u32, Duration)>,
    global_window: Window,
    windows: HashMap<(String, String), Window>,
}

/// The limit of one route.
struct Rule {
    /// The method and the segments of the path.
    route: Vec<String>,
    limit: u32,
    window: Duration,
    scope: RateLimitScope,
}

/// When a window began, and how many requests it has counted.
#[derive(Clone, Copy, Default)]
struct Window {
    start: Duration,
    used: u32,
}

/// The usage after a request, as the headers report it.
pub(super) struct Usage {
    pub(super) bucket: String,
    pub(super) limit: u32,
    pub(super) remaining: u32,
    pub(super) reset_after: Duration,
    /// Which limit the request exceeds, and when to try again.
    pub(super) exceeded: Option<(RateLimitScope, Duration)>,
}

impl Limits {
    /// Sets the limit of a route such as `POST /channels/{channel_id}/messages`.
    pub(super) fn set(&mut self, route: &str, limit: u32, window: Duration, scope: RateLimitScope) {
        let route = pattern(route);
        self.rules.retain(|rule| rule.route != route);
        self.rules.push(Rule { route, limit, window, scope });
        self.windows.clear();
    }

    /// Sets the limit of all routes together.
    pub(super) fn set_global(&mut self, limit: u32, window: Duration) {
        self.global = Some((limit, window));
    }

    /// Counts a request in its bucket. A bucket is a method and a route, separately for each resource at the start of
    /// the path.
    pub(super) fn count(&mut self, method: &str, segments: &[&str], now: Duration) -> Usage {
        let rule = self.rules.iter().find(|rule| rule.matches(method, segments));
        let (limit, length, scope) = rule
            .map_or((DEFAULT_LIMIT, DEFAULT_WINDOW, RateLimitScope::User), |rule| {
                (rule.limit, rule.window, rule.scope)
            });
        let bucket = bucket(method, segments);
        let window = self.windows.entry((bucket.clone(), major_resource(segments))).or_default();
        let route_wait = window.count(now, length, limit);
        let (start, used) = (window.start, window.used);
        let exempt = matches!(segments, ["interactions", ..] | ["webhooks", _, _, ..]);
        let global = match self.global {
            Some((limit, length)) if !exempt && route_wait.is_none() => {
                self.global_window.count(now, length, limit).map(|wait| (RateLimitScope::Global, wait))
            }
            _ => None,
        };
        Usage {
            bucket,
            limit,
            remaining: limit.saturating_sub(used),
            reset_after: (start + length).saturating_sub(now),
            exceeded: route_wait.map(|wait| (scope, wait)).or(global),
        }
    }
}

impl Rule {
    fn matches(&self, method: &str, segments: &[&str]) -> bool {
        matches(&self.route, method, segments)
    }
}

/// The parts of a route such as `POST /channels/{channel_id}/messages`.
pub(super) fn pattern(route: &str) -> Vec<String> {
    route.replace('/', " ").split_whitespace().map(str::to_owned).collect()
}

/// Whether a request is to a route. A segment in braces matches any value.
pub(super) fn matches(pattern: &[String], method: &str, segments: &[&str]) -> bool {
    let requested = [method].into_iter().chain(segments.iter().copied());
    pattern.len() == segments.len() + 1
        && pattern.iter().zip(requested).all(|(part, requested)| part.starts_with('{') || part == requested)
}

impl Window {
    /// Counts a request. Returns the time until the window ends if the request exceeds the limit.
    fn count(&mut self, now: Duration, length: Duration, limit: u32) -> Option<Duration> {
        if self.used == 0 || now.saturating_sub(self.start) >= length {
            *self = Window { start: now, used: 0 };
        }
        if self.used >= limit {
            return Some((self.start + length).saturating_sub(now));
        }
        self.used += 1;
        None
    }
}

/// The bucket of a route. It does not depend on the IDs and names in the path.
fn bucket(method: &str, segments: &[&str]) -> String {
    let is_name = |index: usize| match segments.first() {
        Some(&("webhooks" | "interactions")) => index == 2,
        Some(&"invites") => index == 1,
        // The emoji of a reaction.
        _ => index == 5,
    };
    let route: Vec<&str> = segments
        .iter()
        .enumerate()
        .map(|(index, segment)| if is_name(index) || segment.parse::<u64>().is_ok() { "*" } else { *segment })
        .collect();
    let mut hash = DefaultHasher::new();
    (method, route).hash(&mut hash);
    format!("{:016x}", hash.finish())
}

/// The resource at the start of a path. Each resource has its own buckets.
fn major_resource(segments: &[&str]) -> String {
    let length = if matches!(segments, ["webhooks" | "interactions", ..]) { 3 } else { 2 };
    segments[..length.min(segments.len())].join("/")
}
