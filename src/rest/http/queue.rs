//! Where calls wait until the limiter lets them go. Nobody waits with the lock in hand.
//!
//! Each who waits has a condition variable of their own, so that only those are woken who may go. One
//! of them, the *watch*, also wakes when time alone changes something.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use crate::rest::limiter::{Limiter, Said, Ticket, Verdict};
use crate::rest::route::Route;
use crate::sync::{Condvar, Mutex, MutexGuard};

#[derive(Debug, Default)]
pub(in crate::rest) struct Gate(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    limiter: Limiter,
    waiting: HashMap<Ticket, Seat>,
    /// Who wakes for all, and when.
    watch: Option<(Ticket, Instant)>,
}

#[derive(Debug)]
struct Seat {
    bell: Arc<Condvar>,
    verdict: Option<Verdict>,
}

/// What keeps a call from leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Barred {
    /// It could leave at this moment, which is after its deadline.
    Late(Instant),
    /// Too many calls were refused lately.
    Stopped { refused: u32, until: Instant },
}

/// The right to send one request. Whoever drops it has sent it and got no answer.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    gate: &'a Gate,
    ticket: Ticket,
    used: bool,
}

impl Pass<'_> {
    /// An answer came. The ticket keeps the call's place if it has to come again.
    pub(super) fn tell(mut self, said: &Said) -> Ticket {
        self.used = true;
        let warning = self.gate.change(|limiter, now| {
            limiter.tell(now, self.ticket, said);
            limiter.warning(now)
        });
        if let Some((refused, limit)) = warning {
            log::warn!(
                "{refused} requests were refused in the last ten minutes (HTTP 401, 403 or 429): at {limit} all traffic \
                 stops, before Discord locks this address out; look for calls that lack a permission"
            );
        }
        self.ticket
    }

    /// Discord cannot have got it.
    pub(super) fn unsent(mut self) -> Ticket {
        self.used = true;
        self.gate.change(|limiter, now| limiter.unsend(now, self.ticket));
        self.ticket
    }

    /// No answer came.
    pub(super) fn lost(self) -> Ticket {
        self.ticket
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if !self.used {
            self.gate.change(|limiter, now| limiter.lose(now, self.ticket));
        }
    }
}

impl Gate {
    pub(in crate::rest) fn new(limiter: Limiter) -> Gate {
        Gate(Mutex::new(State { limiter, ..State::default() }))
    }

    /// Waits for the call's turn, but not beyond its deadline, nor at all if its turn cannot come by then.
    pub(super) fn pass(
        &self,
        route: &Route,
        deadline: Instant,
        again: Option<Ticket>,
    ) -> Result<Pass<'_>, Barred> {
        let mut state = self.lock();
        let now = Instant::now();
        let ticket = state.limiter.enter(now, route, deadline, again);
        let verdict = match state.spread(now, Some(ticket)) {
            Some(verdict) => verdict,
            None => wait(state, now, ticket, deadline),
        };
        match verdict {
            Verdict::Go => Ok(Pass { gate: self, ticket, used: false }),
            Verdict::Late(at) => Err(Barred::Late(at)),
            Verdict::Stopped { refused, until } => Err(Barred::Stopped { refused, until }),
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Limiter, Instant) -> T) -> T {
        let mut state = self.lock();
        let now = Instant::now();
        let result = change(&mut state.limiter, now);
        state.spread(now, None);
        state.appoint(now);
        result
    }

    /// How many wait.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.lock().waiting.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock()
    }
}

/// Sleeps until there is a verdict on this one, which the deadline is at the latest.
fn wait(mut state: MutexGuard<'_, State>, mut now: Instant, ticket: Ticket, deadline: Instant) -> Verdict {
    let bell = Arc::new(Condvar::new());
    state.waiting.insert(ticket, Seat { bell: bell.clone(), verdict: None });
    let verdict = loop {
        let until = state.sit_down(now, ticket, deadline);
        let timeout = until.saturating_duration_since(now);
        state = bell.wait_timeout(state, timeout).0;
        now = Instant::now();
        let is_watch = state.watch.is_some_and(|(watch, _)| watch == ticket);
        if is_watch {
            state.watch = None;
        }
        if is_watch || now >= deadline {
            state.spread(now, None);
        }
        if let Some(verdict) = state.waiting.get(&ticket).and_then(|seat| seat.verdict) {
            break verdict;
        }
        if now >= deadline {
            let at = state.limiter.give_up(now, ticket);
            state.spread(now, None);
            break Verdict::Late(at);
        }
    };
    state.waiting.remove(&ticket);
    state.appoint(now);
    verdict
}

impl State {
    /// Wakes those who were decided about, and gives the verdict on the one who asks.
    fn spread(&mut self, now: Instant, mine: Option<Ticket>) -> Option<Verdict> {
        self.limiter.release(now);
        let mut own = None;
        while let Some((ticket, verdict)) = self.limiter.verdict() {
            if mine == Some(ticket) {
                own = Some(verdict);
            } else if let Some(seat) = self.waiting.get_mut(&ticket) {
                seat.verdict = Some(verdict);
                seat.bell.notify_one();
            }
        }
        own
    }

    /// Until when this one sleeps: all but the watch need no time but their deadline's.
    fn sit_down(&mut self, now: Instant, ticket: Ticket, deadline: Instant) -> Instant {
        let Some(at) = self.limiter.wake_at(now) else { return deadline };
        if self.watch.is_some_and(|(_, until)| until <= at) {
            return deadline;
        }
        // An earlier watch sleeps on until its own deadline, or what it is called for.
        let until = at.min(deadline);
        self.watch = Some((ticket, until));
        until
    }

    /// Sees to it that somebody is awake when time changes something.
    fn appoint(&mut self, now: Instant) {
        let Some(at) = self.limiter.wake_at(now) else { return };
        if self.watch.is_some_and(|(watch, until)| until <= at && self.waiting.contains_key(&watch)) {
            return;
        }
        if let Some(seat) = self.waiting.values().find(|seat| seat.verdict.is_none()) {
            seat.bell.notify_one();
        }
    }
}
