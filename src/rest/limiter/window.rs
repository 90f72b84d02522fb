//! The window of one bucket: how many requests remain in it, and when it ends.
//!
//! Discord starts a window when its first request arrives. This side knows only when a request was sent and when its
//! response arrived; Discord handled it somewhere between. So the end of a window is known as an [`Interval`], and the
//! window counts as over at the end of the interval.

use std::time::{Duration, Instant};

use super::headers::RateLimitHeaders;
use crate::deadline::FAR_FUTURE;

/// Discord rounds `Reset-After` to milliseconds; this is the possible difference.
const ROUNDED: Duration = Duration::from_millis(1);

/// How many more requests a bucket accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capacity {
    /// At least this number, which is not 0.
    Available(u32),
    /// None before this moment.
    At(Instant),
    /// None before the response to a request in flight.
    AfterResponse,
}

/// The window ends between these two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Interval {
    from: Instant,
    to: Instant,
}

impl Interval {
    /// Combines the ends that two responses of one window state.
    ///
    /// Windows end at least a period apart. Two ends that are closer than that are the same one, so both bounds hold;
    /// otherwise the later one is the safe one.
    fn with(self, other: Interval, period: Duration) -> Interval {
        let (first, last) = (self.from.min(other.from), self.to.max(other.to));
        let is_same = last.saturating_duration_since(first) < period;
        let to = if is_same { self.to.min(other.to) } else { last };
        Interval { from: self.from.max(other.from).min(to), to }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    limit: Option<u32>,
    /// The smallest `Remaining` of this window; `None` while it is unknown.
    remaining: Option<u32>,
    ends: Option<Interval>,
    /// When the first request was sent after the last window ended.
    opened: Option<Instant>,
    /// The longest known duration of a window.
    period: Duration,
    /// Whether responses have no rate-limit headers here.
    is_unlimited: bool,
}

impl Window {
    pub(super) fn unlimited() -> Window {
        Window { is_unlimited: true, ..Window::default() }
    }

    /// Whether no response has described the limit yet.
    pub(super) fn is_unknown(&self) -> bool {
        self.remaining.is_none() && !self.is_unlimited
    }

    pub(super) fn set_unlimited(&mut self) {
        self.is_unlimited = true;
    }

    /// How many requests may be sent now. Those in flight count as used.
    pub(super) fn capacity(&mut self, now: Instant, in_flight: u32) -> Capacity {
        self.advance(now);
        if self.is_unlimited {
            return Capacity::Available(u32::MAX);
        }
        match (self.remaining, self.ends) {
            (Some(remaining), _) if remaining > in_flight => Capacity::Available(remaining - in_flight),
            (Some(_), Some(ends)) => Capacity::At(ends.to + ROUNDED),
            // One request is sent alone to learn the limit.
            _ if in_flight == 0 => Capacity::Available(1),
            _ => Capacity::AfterResponse,
        }
    }

    /// The earliest moment for a request with this number of calls ahead of it.
    pub(super) fn estimate(&self, now: Instant, ahead: u32, in_flight: u32) -> Instant {
        let (Some(remaining), Some(limit)) = (self.remaining, self.limit) else {
            return match (self.remaining, self.ends) {
                (Some(remaining), Some(ends)) if remaining <= in_flight => now.max(ends.to + ROUNDED),
                _ => now,
            };
        };
        let is_over = self.ends.is_some_and(|ends| ends.to + ROUNDED <= now);
        let available = if is_over { limit } else { remaining }.saturating_sub(in_flight);
        let Some(excess) = ahead.checked_sub(available) else { return now };
        let end = match (self.ends, self.opened) {
            (Some(ends), _) if !is_over => ends.to + ROUNDED,
            (_, Some(opened)) => opened + self.period,
            _ => now + self.period,
        };
        let later = self.period.saturating_mul(excess / limit).min(FAR_FUTURE);
        now.max(end + later)
    }

    /// Records that a request is sent.
    pub(super) fn sent(&mut self, now: Instant) {
        if self.ends.is_none() {
            self.opened.get_or_insert(now);
        }
    }

    /// Records the headers of a response whose request was sent at `sent_at`.
    ///
    /// Returns whether they changed how long others have to wait.
    pub(super) fn complete(&mut self, now: Instant, sent_at: Instant, headers: &RateLimitHeaders) -> bool {
        self.advance(now);
        if let Some(limit) = headers.limit {
            // With a limit of 0 no request would ever be sent that could correct it.
            let limit = limit.max(1);
            if self.limit.is_some_and(|known| known != limit) {
                self.period = Duration::ZERO;
            }
            self.limit = Some(limit);
        }
        let (Some(remaining), Some(reset_after)) = (headers.remaining, headers.reset_after) else {
            return false;
        };
        self.is_unlimited = false;
        self.period = self.period.max(reset_after);
        let end = Interval { from: sent_at + reset_after, to: now + reset_after };
        match self.ends {
            // The response belongs to an earlier window. If the latency is below the rounding, the intervals of two
            // responses of one window may miss each other by that much.
            Some(known) if end.to + ROUNDED < known.from => false,
            Some(known) if end.from <= known.to + ROUNDED => {
                let remaining = self.remaining.map_or(remaining, |known| known.min(remaining));
                let ends = known.with(end, self.period);
                let changed = (Some(remaining), Some(ends)) != (self.remaining, self.ends);
                (self.remaining, self.ends) = (Some(remaining), Some(ends));
                changed
            }
            _ => {
                (self.remaining, self.ends, self.opened) = (Some(remaining), Some(end), None);
                true
            }
        }
    }

    /// Records that a request sent at `sent_at` gets no response. Discord may have counted it.
    pub(super) fn lost(&mut self, now: Instant, sent_at: Instant) {
        self.advance(now);
        if let Some(remaining) = self.remaining {
            self.remaining = Some(remaining.saturating_sub(1));
            // The window that counts the request began before now, with the request at the latest.
            self.ends.get_or_insert(Interval { from: sent_at, to: now + self.period });
        }
    }

    /// Whether it holds no request back, so that it can be removed.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.ends.is_none_or(|ends| ends.to + ROUNDED <= now)
    }

    fn advance(&mut self, now: Instant) {
        if self.ends.is_some_and(|ends| ends.to + ROUNDED <= now) {
            self.ends = None;
            self.opened = None;
            self.remaining = self.limit;
        }
    }
}

#[cfg(test)]
mod tests;
