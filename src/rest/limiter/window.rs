//! The window of one bucket: how many requests remain in it, and when it ends.
//!
//! Discord starts a window when its first request arrives. This side knows only when a request was sent and when its
//! response arrived; Discord handled it somewhere between. So the end of a window is known as an [`Interval`], and the
//! window counts as over at the end of the interval.
//!
//! All times are those at which a request is sent: a window is over at a time if a request that is sent then arrives after
//! Discord's window has ended. [`Delay`] says how much earlier that is than the end itself.

use std::time::{Duration, Instant};

use super::headers::RateLimitHeaders;
use super::in_flight::InFlight;
use super::round_trip::Delay;
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
    fn with(self, other: Interval, period: Duration, delay: Delay) -> Interval {
        let (first, last) = (self.from.min(other.from), self.to.max(other.to));
        let is_same = self.at_sender(delay).to.max(other.at_sender(delay).to) < first + period;
        let to = if is_same { self.to.min(other.to) } else { last };
        Interval { from: self.from.max(other.from).min(to), to }
    }

    /// When a request has to be sent so that it arrives after the end: earlier than the end by its way, and by the way of
    /// the response that described the end.
    fn at_sender(self, delay: Delay) -> Interval {
        let to = self.to.checked_sub(delay.shortest).map_or(self.to, |to| to.max(self.from));
        Interval { from: self.from, to }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    limit: Option<u32>,
    /// The smallest `Remaining` of this window; `None` while it is unknown.
    remaining: Option<u32>,
    /// The end of the window by this side's clock, from the responses.
    ends: Option<Interval>,
    /// When the request was sent that opened this window: a late one of the last window, or the first after it.
    opened: Option<Interval>,
    /// When the last window ended.
    since: Option<Interval>,
    /// The longest known duration of a window.
    period: Duration,
    /// Whether a response to the first request of a window has described its duration.
    is_period_known: bool,
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
    pub(super) fn capacity(&mut self, now: Instant, in_flight: &InFlight, delay: Delay) -> Capacity {
        self.advance(now, delay);
        if self.is_unlimited {
            return Capacity::Available(u32::MAX);
        }
        let used = used(in_flight, self.since, delay);
        match (self.remaining, self.end(delay)) {
            (Some(remaining), _) if remaining > used => Capacity::Available(remaining - used),
            (Some(_), Some(end)) => Capacity::At(end.to),
            // One request is sent alone to learn the limit.
            _ if in_flight.is_empty() => Capacity::Available(1),
            _ => Capacity::AfterResponse,
        }
    }

    /// The earliest moment for a request with this number of calls ahead of it.
    pub(super) fn estimate(&self, now: Instant, ahead: u32, in_flight: &InFlight, delay: Delay) -> Instant {
        let over = self.end(delay);
        let (Some(remaining), Some(limit)) = (self.remaining, self.limit) else {
            return match (self.remaining, over) {
                (Some(remaining), Some(over)) if remaining <= in_flight.count() => now.max(over.to),
                _ => now,
            };
        };
        let is_over = over.is_some_and(|over| over.to <= now);
        let (available, since) = if is_over { (limit, over) } else { (remaining, self.since) };
        let available = available.saturating_sub(used(in_flight, since, delay));
        let Some(excess) = ahead.checked_sub(available) else { return now };
        let end = match (over, self.opened) {
            (Some(over), _) if !is_over => over.to,
            (None, Some(opened)) => opened.to + self.period,
            _ => now + self.period,
        };
        let later = self.period.saturating_mul(excess / limit).min(FAR_FUTURE);
        now.max(end + later)
    }

    /// Records that a request is sent. `in_flight` does not contain it yet.
    pub(super) fn sent(&mut self, now: Instant, in_flight: &InFlight, delay: Delay) {
        if self.ends.is_none() && self.opened.is_none() {
            let from = in_flight.first_since(earliest(self.since, delay)).unwrap_or(now);
            self.opened = Some(Interval { from, to: now });
        }
    }

    /// Records the headers of a response whose request was sent at `sent_at`.
    ///
    /// Returns whether they changed how long others have to wait.
    pub(super) fn complete(
        &mut self,
        now: Instant,
        sent_at: Instant,
        headers: &RateLimitHeaders,
        delay: Delay,
    ) -> bool {
        self.advance(now, delay);
        if let Some(limit) = headers.limit {
            // With a limit of 0 no request would ever be sent that could correct it.
            let limit = limit.max(1);
            if self.limit.is_some_and(|known| known != limit) {
                (self.period, self.is_period_known) = (Duration::ZERO, false);
            }
            self.limit = Some(limit);
        }
        let (Some(remaining), Some(reset_after)) = (headers.remaining, headers.reset_after) else {
            return false;
        };
        self.is_unlimited = false;
        // The first response of a window describes its whole duration.
        let is_first = self.limit.is_some_and(|limit| remaining.saturating_add(1) >= limit);
        if is_first && reset_after < self.period * 3 / 4 {
            self.period = reset_after;
        }
        self.period = self.period.max(reset_after);
        self.is_period_known |= is_first;
        let end = Interval { from: sent_at + reset_after, to: now + reset_after };
        if self.is_earlier(sent_at, end, delay) {
            return false;
        }
        let known = self.ends.map(|known| (known, known.at_sender(delay)));
        match known {
            // The response belongs to an earlier window. If the latency is below the rounding, the intervals of two
            // responses of one window may miss each other by that much.
            Some((_, known)) if end.at_sender(delay).to + ROUNDED < known.from => false,
            Some((known, at_sender)) if end.from <= at_sender.to + ROUNDED => {
                let remaining = self.remaining.map_or(remaining, |known| known.min(remaining));
                let ends = known.with(end, self.period, delay);
                let changed = (Some(remaining), Some(ends)) != (self.remaining, self.ends);
                (self.remaining, self.ends) = (Some(remaining), Some(ends));
                changed
            }
            known => {
                self.since = known.map(|(_, at_sender)| at_sender).or(self.since);
                (self.remaining, self.ends, self.opened) = (Some(remaining), Some(end), None);
                true
            }
        }
    }

    /// Whether a response belongs to a window that is over: its request was sent too early for this one, or its window
    /// ends too early to be one that began after the last.
    fn is_earlier(&self, sent_at: Instant, end: Interval, delay: Delay) -> bool {
        let (Some(since), Some(spread)) = (self.since, delay.spread) else { return false };
        sent_at + spread + ROUNDED < since.from
            || end.at_sender(delay).to + ROUNDED < since.from + self.period
    }

    /// Records that a request sent at `sent_at` gets no response. Discord may have counted it.
    pub(super) fn lost(&mut self, now: Instant, sent_at: Instant, delay: Delay) {
        self.advance(now, delay);
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

    /// When this window is over, if that is known: from a response, or from the duration of earlier windows.
    fn end(&self, delay: Delay) -> Option<Interval> {
        if let Some(ends) = self.ends {
            let Interval { from, to } = ends.at_sender(delay);
            return Some(Interval { from, to: to + ROUNDED });
        }
        let (opened, spread) = (self.opened?, delay.spread?);
        let end =
            Interval { from: opened.from + self.period, to: opened.to + self.period + spread + ROUNDED };
        self.is_period_known.then_some(end)
    }

    fn advance(&mut self, now: Instant, delay: Delay) {
        let Some(end) = self.end(delay).filter(|end| end.to <= now) else { return };
        (self.ends, self.opened, self.since) = (None, None, Some(end));
        self.remaining = self.limit;
    }
}

/// How many of the requests in flight this window may count.
fn used(in_flight: &InFlight, since: Option<Interval>, delay: Delay) -> u32 {
    earliest(since, delay).map_or_else(|| in_flight.count(), |earliest| in_flight.count_since(earliest))
}

/// When the first request was sent that a window may count which began when the last one ended: one that is sent shortly
/// before may arrive later. `None` if it may be any.
fn earliest(since: Option<Interval>, delay: Delay) -> Option<Instant> {
    since?.from.checked_sub(delay.spread? + ROUNDED)
}

#[cfg(test)]
mod tests;
