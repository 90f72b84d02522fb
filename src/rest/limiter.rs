//! When a request may leave, by what Discord's answers said. It never waits itself.
//!
//! See [rate limits](https://docs.discord.com/developers/topics/rate-limits). A bucket is known by the
//! hash that answers carry, and until one came by its endpoint; either is divided by the major
//! parameter. What is in flight is counted as used, so that threads cannot overshoot together.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::route::{Endpoint, Route};

/// Above so many buckets, those that limit nothing any more are forgotten.
const MANY_BUCKETS: usize = 1024;

/// How soon to ask again where only an answer that is still to come can tell.
const UNTIL_ANSWERED: Duration = Duration::from_secs(1);

/// Whether a request may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Now; [`Limiter::tell`] or [`Limiter::lost`] must follow.
    Go,
    /// Not before this moment; then ask again.
    Wait(Instant),
}

/// What an answer said about limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) bucket: Option<String>,
    pub(crate) limit: Option<u32>,
    pub(crate) remaining: Option<u32>,
    pub(crate) reset_after: Option<Duration>,
    /// The answer was a 429.
    pub(crate) refused: Option<Refusal>,
}

/// A 429: how long to wait, and who has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) retry_after: Duration,
    pub(crate) everything: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Name {
    Hash(Arc<str>),
    Endpoint(Endpoint),
}

#[derive(Debug, Default)]
struct Bucket {
    limit: Option<u32>,
    /// The least that an answer of this window left; `None` while nothing is known.
    left: Option<u32>,
    resets_at: Option<Instant>,
    in_flight: u32,
}

impl Bucket {
    fn ask(&mut self, now: Instant) -> Ask {
        if self.resets_at.is_some_and(|at| at <= now) {
            self.resets_at = None;
            self.left = self.limit;
        }
        if self.left.is_some_and(|left| left <= self.in_flight) {
            return Ask::Wait(self.resets_at.unwrap_or(now + UNTIL_ANSWERED));
        }
        self.in_flight += 1;
        Ask::Go
    }

    fn tell(&mut self, now: Instant, said: &Said) {
        if said.limit.is_some() {
            self.limit = said.limit;
        }
        if let (Some(remaining), Some(reset_after)) = (said.remaining, said.reset_after) {
            // Answers overtake each other: within a window only the least counts.
            let same_window = self.resets_at.is_some_and(|at| now < at);
            self.left = Some(match self.left {
                Some(left) if same_window => left.min(remaining),
                _ => remaining,
            });
            self.resets_at = self.resets_at.max(Some(now + reset_after));
        }
        if let Some(Refusal { retry_after, everything: false }) = said.refused {
            self.left = Some(0);
            self.limit = self.limit.or(Some(1));
            self.resets_at = self.resets_at.max(Some(now + retry_after));
        }
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.in_flight == 0 && self.resets_at.is_none_or(|at| at <= now)
    }
}

/// All that is known of the limits of one token.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    paused_until: Option<Instant>,
    names: HashMap<Endpoint, Arc<str>>,
    buckets: HashMap<Name, HashMap<Box<str>, Bucket>>,
    count: usize,
}

impl Limiter {
    /// Whether a request to this route may leave now; if so it is counted as under way.
    pub(crate) fn ask(&mut self, now: Instant, route: &Route) -> Ask {
        if let Some(until) = self.paused_until {
            if now < until {
                return Ask::Wait(until);
            }
            self.paused_until = None;
        }
        self.bucket(now, self.name(route.endpoint), route.major()).ask(now)
    }

    /// Takes note of an answer.
    pub(crate) fn tell(&mut self, now: Instant, route: &Route, said: &Said) {
        if let Some(Refusal { retry_after, everything: true }) = said.refused {
            self.paused_until = self.paused_until.max(Some(now + retry_after));
        }
        self.arrived(now, route);
        if let Some(hash) = &said.bucket {
            self.learn(now, route, hash);
        }
        self.bucket(now, self.name(route.endpoint), route.major()).tell(now, said);
    }

    /// No answer will come: the request is no longer under way.
    pub(crate) fn lost(&mut self, now: Instant, route: &Route) {
        self.arrived(now, route);
    }

    fn arrived(&mut self, now: Instant, route: &Route) {
        let bucket = self.bucket(now, self.name(route.endpoint), route.major());
        bucket.in_flight = bucket.in_flight.saturating_sub(1);
    }

    /// Gives the endpoint's bucket its name; what is under way moves along.
    fn learn(&mut self, now: Instant, route: &Route, hash: &str) {
        let old = self.name(route.endpoint);
        if matches!(&old, Name::Hash(known) if &**known == hash) {
            return;
        }
        let hash: Arc<str> = hash.into();
        self.names.insert(route.endpoint, hash.clone());
        let Some(by_major) = self.buckets.get_mut(&old) else { return };
        // A bucket that other endpoints share stays where it is.
        let moving = match old {
            Name::Endpoint(_) => std::mem::take(by_major),
            Name::Hash(_) => HashMap::new(),
        };
        self.count -= moving.len();
        for (major, bucket) in moving {
            self.bucket(now, Name::Hash(hash.clone()), &major).in_flight += bucket.in_flight;
        }
    }

    fn name(&self, endpoint: Endpoint) -> Name {
        match self.names.get(&endpoint) {
            Some(hash) => Name::Hash(hash.clone()),
            None => Name::Endpoint(endpoint),
        }
    }

    fn bucket(&mut self, now: Instant, name: Name, major: &str) -> &mut Bucket {
        if self.count >= MANY_BUCKETS {
            self.forget_idle(now);
        }
        let by_major = self.buckets.entry(name).or_default();
        if !by_major.contains_key(major) {
            by_major.insert(major.into(), Bucket::default());
            self.count += 1;
        }
        by_major.entry(major.into()).or_default()
    }

    fn forget_idle(&mut self, now: Instant) {
        self.buckets.retain(|_, by_major| {
            by_major.retain(|_, bucket| !bucket.is_idle(now));
            !by_major.is_empty()
        });
        self.count = self.buckets.values().map(HashMap::len).sum();
    }
}

#[cfg(test)]
mod tests;
