//! What a response says about rate limits.

use std::time::Duration;

/// What a response says about rate limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RateLimitHeaders {
    pub(crate) bucket: Option<String>,
    pub(crate) limit: Option<u32>,
    pub(crate) remaining: Option<u32>,
    pub(crate) reset_after: Option<Duration>,
    /// Set if the response is a 429.
    pub(crate) too_many_requests: Option<TooManyRequests>,
    /// Whether the response counts towards the limit of invalid requests.
    pub(crate) is_invalid: bool,
    /// Whether the response is Discord's final one, so that a missing header means that there is no limit.
    pub(crate) is_complete: bool,
}

/// A 429 response: how long to wait, and which requests have to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooManyRequests {
    pub(crate) retry_after: Duration,
    pub(crate) scope: RateLimitScope,
}

/// Which requests a 429 response delays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RateLimitScope {
    /// Those of the route with its major parameter. The other headers describe its bucket.
    Route,
    /// All requests of the bot, except those that respond to interactions.
    Global,
    /// All requests from this IP address.
    Address,
}
