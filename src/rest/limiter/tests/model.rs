//! A server that enforces the documented limits in virtual time.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::rest::limiter::{RateLimitHeaders, RateLimitScope, TooManyRequests};

/// A limit of Discord: a number of requests in a window that the first request opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) count: u32,
    pub(super) period: Duration,
}

/// The limits of an endpoint.
#[derive(Clone, Copy, Debug)]
pub(super) struct EndpointLimits {
    /// The index of the limit that the headers describe; `None` without headers.
    pub(super) limit: Option<usize>,
    /// A further limit that no header describes.
    pub(super) hidden: Option<Limit>,
    pub(super) exempt: bool,
}

#[derive(Debug, Default)]
struct Window {
    opened: Option<Instant>,
    used: u32,
    /// Requests whose client could not know that they count here.
    unknowing: u32,
}

impl Window {
    fn advance(&mut self, now: Instant, limit: Limit) {
        if self.opened.is_none_or(|opened| now >= opened + limit.period) {
            *self = Window { opened: Some(now), used: 0, unknowing: 0 };
        }
    }

    fn reset_after(&self, now: Instant, limit: Limit) -> Duration {
        let end = self.opened.map_or(now, |opened| opened + limit.period);
        let remaining = end.saturating_duration_since(now);
        // The header has milliseconds.
        Duration::from_millis(u64::try_from(remaining.as_micros().div_ceil(1000)).unwrap_or(u64::MAX))
    }
}

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// Earlier headers described the limit.
    Predictable,
    /// The client did not know yet which endpoints share the bucket.
    UnknownBucket,
    Global,
    Hidden,
}

#[derive(Debug)]
pub(super) struct Model {
    pub(super) endpoints: Vec<EndpointLimits>,
    pub(super) limits: Vec<Limit>,
    /// How often the bucket hash of each limit changed.
    pub(super) hash_changes: Vec<u32>,
    pub(super) per_second: usize,
    windows: HashMap<(usize, u64), Window>,
    hidden: HashMap<(usize, u64), Window>,
    second: VecDeque<Instant>,
    pub(super) refused: BTreeMap<Reason, u32>,
    pub(super) served: u32,
}

impl Model {
    pub(super) fn new(limits: Vec<Limit>, endpoints: Vec<EndpointLimits>, per_second: usize) -> Model {
        Model {
            hash_changes: vec![0; limits.len()],
            endpoints,
            limits,
            per_second,
            windows: HashMap::new(),
            hidden: HashMap::new(),
            second: VecDeque::new(),
            refused: BTreeMap::new(),
            served: 0,
        }
    }

    pub(super) fn hash(&self, endpoint: usize) -> Option<String> {
        self.endpoints[endpoint].limit.map(|limit| format!("{limit}.{}", self.hash_changes[limit]))
    }

    pub(super) fn period(&self, endpoint: usize) -> Duration {
        self.endpoints[endpoint].limit.map_or(Duration::ZERO, |limit| self.limits[limit].period)
    }

    /// Responds to a request whose client assumed this bucket hash.
    pub(super) fn respond(
        &mut self,
        now: Instant,
        endpoint: usize,
        major: u64,
        assumed: Option<&str>,
    ) -> RateLimitHeaders {
        let of = self.endpoints[endpoint];
        if !of.exempt {
            while self.second.front().is_some_and(|at| *at + Duration::from_secs(1) <= now) {
                self.second.pop_front();
            }
            if self.second.len() >= self.per_second {
                return self.refuse(
                    Reason::Global,
                    RateLimitHeaders::default(),
                    Duration::from_millis(500),
                    RateLimitScope::Global,
                );
            }
            self.second.push_back(now);
        }
        let mut headers = RateLimitHeaders { is_complete: true, ..RateLimitHeaders::default() };
        let hash = self.hash(endpoint);
        if let Some(number) = of.limit {
            let limit = self.limits[number];
            let window = self.windows.entry((number, major)).or_default();
            window.advance(now, limit);
            let knew = assumed.is_some() && assumed == hash.as_deref();
            window.unknowing += u32::from(!knew);
            let is_full = window.used >= limit.count;
            window.used += u32::from(!is_full);
            headers.bucket = hash;
            headers.limit = Some(limit.count);
            headers.remaining = Some(limit.count - window.used);
            headers.reset_after = Some(window.reset_after(now, limit));
            if is_full {
                let reason = if window.unknowing == 0 { Reason::Predictable } else { Reason::UnknownBucket };
                let retry_after = window.reset_after(now, limit);
                return self.refuse(reason, headers, retry_after, RateLimitScope::Route);
            }
        }
        if let Some(limit) = of.hidden {
            let window = self.hidden.entry((endpoint, major)).or_default();
            window.advance(now, limit);
            if window.used >= limit.count {
                let retry_after = window.reset_after(now, limit);
                return self.refuse(Reason::Hidden, headers, retry_after, RateLimitScope::Route);
            }
            window.used += 1;
        }
        self.served += 1;
        headers
    }

    fn refuse(
        &mut self,
        reason: Reason,
        headers: RateLimitHeaders,
        retry_after: Duration,
        scope: RateLimitScope,
    ) -> RateLimitHeaders {
        *self.refused.entry(reason).or_default() += 1;
        RateLimitHeaders {
            too_many_requests: Some(TooManyRequests { retry_after, scope }),
            is_invalid: true,
            is_complete: false,
            ..headers
        }
    }
}
