//! The window of one bucket: how many calls are left in it, and when it ends.
//!
//! Discord counts a window from the first call that reaches it. Here only the moments are known at
//! which calls left and answers came; Discord's clock stood somewhere between. So the end is known as
//! a [`Span`], and a window is taken for over at the end of the span.

use std::time::{Duration, Instant};

use super::Said;
use crate::deadline::FAR_FUTURE;

/// What `Reset-After` may lack, since it is told in milliseconds.
const ROUNDED: Duration = Duration::from_millis(1);

/// How many more calls a bucket would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// At least so many, and not none.
    For(u32),
    /// None before this moment.
    From(Instant),
    /// None before one of those under way is answered.
    Answered,
}

/// Between these two moments the window ends by Discord's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: Instant,
    to: Instant,
}

impl Span {
    /// What two answers of one window say together.
    ///
    /// Windows end at least a period apart. Two ends that must be nearer than that are the same one, so
    /// both bounds hold; otherwise the later one is the safe one.
    fn with(self, other: Span, period: Duration) -> Span {
        let (first, last) = (self.from.min(other.from), self.to.max(other.to));
        let is_one = last.saturating_duration_since(first) < period;
        let to = if is_one { self.to.min(other.to) } else { last };
        Span { from: self.from.max(other.from).min(to), to }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    limit: Option<u32>,
    /// The least that an answer of this window left; `None` while nothing is known.
    left: Option<u32>,
    ends: Option<Span>,
    /// When the first call left since the last window ended.
    opened: Option<Instant>,
    /// The longest that a window was said to last.
    period: Duration,
    /// Discord says nothing about limits here.
    free: bool,
}

impl Window {
    pub(super) fn free() -> Window {
        Window { free: true, ..Window::default() }
    }

    /// Whether answers have said nothing of use yet.
    pub(super) fn is_unknown(&self) -> bool {
        self.left.is_none() && !self.free
    }

    pub(super) fn set_free(&mut self) {
        self.free = true;
    }

    /// What would go through now, with so many under way. Those count as used, wherever they are.
    pub(super) fn room(&mut self, now: Instant, in_flight: u32) -> Room {
        self.turn(now);
        if self.free {
            return Room::For(u32::MAX);
        }
        match (self.left, self.ends) {
            (Some(left), _) if left > in_flight => Room::For(left - in_flight),
            (Some(_), Some(ends)) => Room::From(ends.to + ROUNDED),
            // The first one finds out for all.
            _ if in_flight == 0 => Room::For(1),
            _ => Room::Answered,
        }
    }

    /// When the call could leave at the earliest that so many others go before.
    pub(super) fn estimate(&self, now: Instant, ahead: u32, in_flight: u32) -> Instant {
        let (Some(left), Some(limit)) = (self.left, self.limit) else {
            return match (self.left, self.ends) {
                (Some(left), Some(ends)) if left <= in_flight => now.max(ends.to + ROUNDED),
                _ => now,
            };
        };
        let is_over = self.ends.is_some_and(|ends| ends.to + ROUNDED <= now);
        let room = if is_over { limit } else { left }.saturating_sub(in_flight);
        let Some(short) = ahead.checked_sub(room) else { return now };
        let end = match (self.ends, self.opened) {
            (Some(ends), _) if !is_over => ends.to + ROUNDED,
            (_, Some(opened)) => opened + self.period,
            _ => now + self.period,
        };
        let later = self.period.saturating_mul(short / limit).min(FAR_FUTURE);
        now.max(end + later)
    }

    /// A call leaves.
    pub(super) fn leave(&mut self, now: Instant) {
        if self.ends.is_none() {
            self.opened.get_or_insert(now);
        }
    }

    /// Takes note of what an answer said of the window; its call had left at `sent`.
    ///
    /// `true` when it changed how long others have to wait.
    pub(super) fn tell(&mut self, now: Instant, sent: Instant, said: &Said) -> bool {
        self.turn(now);
        if let Some(limit) = said.limit {
            // Of none at all nothing could ever be learnt again.
            let limit = limit.max(1);
            if self.limit.is_some_and(|known| known != limit) {
                self.period = Duration::ZERO;
            }
            self.limit = Some(limit);
        }
        let (Some(remaining), Some(reset_after)) = (said.remaining, said.reset_after) else { return false };
        self.free = false;
        self.period = self.period.max(reset_after);
        let span = Span { from: sent + reset_after, to: now + reset_after };
        match self.ends {
            // It was overtaken by an answer of a later window. Where the way is shorter than the rounding, the ends that
            // two answers of one window tell may miss each other by that much.
            Some(known) if span.to + ROUNDED < known.from => false,
            Some(known) if span.from <= known.to + ROUNDED => {
                let left = self.left.map_or(remaining, |left| left.min(remaining));
                let ends = known.with(span, self.period);
                let changed = (Some(left), Some(ends)) != (self.left, self.ends);
                (self.left, self.ends) = (Some(left), Some(ends));
                changed
            }
            _ => {
                (self.left, self.ends, self.opened) = (Some(remaining), Some(span), None);
                true
            }
        }
    }

    /// A call that left at `sent` is not answered, and Discord may have counted it.
    pub(super) fn lose(&mut self, now: Instant, sent: Instant) {
        self.turn(now);
        if let Some(left) = self.left {
            self.left = Some(left.saturating_sub(1));
            // The window that it counts in began before now, at the latest with it.
            self.ends.get_or_insert(Span { from: sent, to: now + self.period });
        }
    }

    /// Whether it holds nobody back, so that nothing is lost with it.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.ends.is_none_or(|ends| ends.to + ROUNDED <= now)
    }

    fn turn(&mut self, now: Instant) {
        if self.ends.is_some_and(|ends| ends.to + ROUNDED <= now) {
            self.ends = None;
            self.opened = None;
            self.left = self.limit;
        }
    }
}

#[cfg(test)]
mod tests;
