//! How often a route may be asked ([rate limits](https://docs.discord.com/developers/topics/rate-limits)).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use super::fault::RateLimitScope;

/// So many requests to a bucket are free in one window, where nothing else was said.
const LIMIT: u32 = 1000;
const WINDOW: Duration = Duration::from_secs(1);

/// The limits, and what was used of them.
#[derive(Default)]
pub(super) struct Limits {
    rules: Vec<Rule>,
    global: Option<(u32, Duration)>,
    global_window: Window,
    windows: HashMap<(String, String), Window>,
}

/// The limit of one route.
struct Rule {
    /// The method and the path's segments.
    route: Vec<String>,
    limit: u32,
    window: Duration,
    scope: RateLimitScope,
}

/// When a window began, and how much of it is used.
#[derive(Clone, Copy, Default)]
struct Window {
    began: Duration,
    used: u32,
}

/// What a request used, as the headers tell it.
pub(super) struct Usage {
    pub(super) bucket: String,
    pub(super) limit: u32,
    pub(super) remaining: u32,
    pub(super) reset_after: Duration,
    /// Whose limit the request is over, and when to come again.
    pub(super) over: Option<(RateLimitScope, Duration)>,
}

impl Limits {
    /// Sets the limit of a route, given as `POST /channels/{channel_id}/messages`.
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

    /// Counts a request to its bucket: the method and the route, for each resource at its beginning apart.
    pub(super) fn use_one(&mut self, method: &str, segments: &[&str], now: Duration) -> Usage {
        let rule = self.rules.iter().find(|rule| rule.fits(method, segments));
        let (limit, length, scope) =
            rule.map_or((LIMIT, WINDOW, RateLimitScope::User), |rule| (rule.limit, rule.window, rule.scope));
        let bucket = bucket(method, segments);
        let window = self.windows.entry((bucket.clone(), major(segments))).or_default();
        let own = window.count(now, length, limit);
        let (began, used) = (window.began, window.used);
        let exempt = matches!(segments, ["interactions", ..] | ["webhooks", _, _, ..]);
        let global = match self.global {
            Some((limit, length)) if !exempt && own.is_none() => {
                self.global_window.count(now, length, limit).map(|wait| (RateLimitScope::Global, wait))
            }
            _ => None,
        };
        Usage {
            bucket,
            limit,
            remaining: limit.saturating_sub(used),
            reset_after: (began + length).saturating_sub(now),
            over: own.map(|wait| (scope, wait)).or(global),
        }
    }
}

impl Rule {
    fn fits(&self, method: &str, segments: &[&str]) -> bool {
        fits(&self.route, method, segments)
    }
}

/// The parts of a route that is given as `POST /channels/{channel_id}/messages`.
pub(super) fn pattern(route: &str) -> Vec<String> {
    route.replace('/', " ").split_whitespace().map(str::to_owned).collect()
}

/// Whether a request is to a route; what stands in braces is anything.
pub(super) fn fits(pattern: &[String], method: &str, segments: &[&str]) -> bool {
    let asked = [method].into_iter().chain(segments.iter().copied());
    pattern.len() == segments.len() + 1
        && pattern.iter().zip(asked).all(|(wanted, asked)| wanted.starts_with('{') || wanted == asked)
}

impl Window {
    /// Counts a request; when it is over the limit, says how long the window lasts yet.
    fn count(&mut self, now: Duration, length: Duration, limit: u32) -> Option<Duration> {
        if self.used == 0 || now.saturating_sub(self.began) >= length {
            *self = Window { began: now, used: 0 };
        }
        if self.used >= limit {
            return Some((self.began + length).saturating_sub(now));
        }
        self.used += 1;
        None
    }
}

/// The bucket of a route, whatever ids and names stand in it.
fn bucket(method: &str, segments: &[&str]) -> String {
    let named = |at: usize| match segments.first() {
        Some(&("webhooks" | "interactions")) => at == 2,
        Some(&"invites") => at == 1,
        // The emoji of a reaction.
        _ => at == 5,
    };
    let route: Vec<&str> = segments
        .iter()
        .enumerate()
        .map(|(at, segment)| if named(at) || segment.parse::<u64>().is_ok() { "*" } else { *segment })
        .collect();
    let mut hash = DefaultHasher::new();
    (method, route).hash(&mut hash);
    format!("{:016x}", hash.finish())
}

/// The resource at the beginning of a path, which has its limits to itself.
fn major(segments: &[&str]) -> String {
    let length = if matches!(segments, ["webhooks" | "interactions", ..]) { 3 } else { 2 };
    segments[..length.min(segments.len())].join("/")
}
