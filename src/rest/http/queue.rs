//! Calls wait here until the limiter admits them. No thread sleeps while it holds the lock.
//!
//! Each waiting call has its own condition variable, so that only the admitted calls wake up. One of them, the
//! *leader*, also wakes when time alone changes something.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use crate::rest::limiter::{Change, Decision, Limiter, Owner, RateLimitHeaders, Ticket};
use crate::rest::route::Route;
use crate::sync::{Condvar, Mutex, MutexGuard};

#[derive(Debug, Default)]
pub(in crate::rest) struct RequestQueue(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    limiter: Limiter,
    waiters: HashMap<Ticket, Waiter>,
    /// The call that wakes for all, and when.
    leader: Option<(Ticket, Instant)>,
}

#[derive(Debug)]
struct Waiter {
    wake: Arc<Condvar>,
    decision: Option<Decision>,
}

/// Why a call is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rejected {
    /// The request could be sent at this moment, which is after the deadline.
    TooLate(Instant),
    /// The call was cut.
    Cut,
    /// Discord refused too many requests recently.
    Stopped { refused: u32, until: Instant },
}

/// The right to send one request. Dropping it records that the request was sent and got no response.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    queue: &'a RequestQueue,
    ticket: Ticket,
    is_used: bool,
}

impl Permit<'_> {
    /// Records a response. The ticket keeps the call's place for a retry.
    pub(super) fn complete(mut self, headers: &RateLimitHeaders) -> Ticket {
        self.is_used = true;
        let (warning, changes) = self.queue.update(|limiter, now| {
            limiter.complete(now, self.ticket, headers);
            let changes: Vec<_> = std::iter::from_fn(|| limiter.next_change()).collect();
            (limiter.warning(now), changes)
        });
        changes.into_iter().for_each(log_change);
        if let Some((refused, limit)) = warning {
            log::warn!(
                "Discord refused {refused} requests in the last ten minutes (HTTP 401, 403 or 429): at {limit} all \
                 requests stop, before Discord blocks this IP address; look for calls that lack a permission"
            );
        }
        self.ticket
    }

    /// Records that the request was not sent.
    pub(super) fn cancel(mut self) -> Ticket {
        self.is_used = true;
        self.queue.update(|limiter, now| limiter.cancel(now, self.ticket));
        self.ticket
    }

    /// Records that no response arrived.
    pub(super) fn lost(self) -> Ticket {
        self.ticket
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if !self.is_used {
            self.queue.update(|limiter, now| limiter.lost(now, self.ticket));
        }
    }
}

impl RequestQueue {
    pub(super) fn set_per_second(&self, owner: Owner, per_second: u32) {
        self.update(|limiter, _| limiter.set_per_second(owner, per_second));
    }

    /// The number of requests that Discord refused recently, and the one at which all requests stop.
    pub(super) fn refused(&self) -> (u32, u32) {
        self.lock().limiter.refused(Instant::now())
    }

    pub(super) fn remove_owner(&self, owner: Owner) {
        self.lock().limiter.remove(owner);
    }

    /// Whether no limit of this owner holds anything back.
    pub(super) fn is_owner_idle(&self, now: Instant, owner: Owner) -> bool {
        self.lock().limiter.is_owner_idle(now, owner)
    }

    /// Whether no limit holds anything back.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.lock().limiter.is_idle(now)
    }

    /// Waits for a permit until the deadline. Fails at once if none is possible by then, and after
    /// [`wake_all`](RequestQueue::wake_all) if `is_cut` returns true.
    pub(super) fn acquire(
        &self,
        owner: Owner,
        route: &Route,
        deadline: Instant,
        ticket: Option<Ticket>,
        is_cut: &dyn Fn() -> bool,
    ) -> Result<Permit<'_>, Rejected> {
        let mut state = self.lock();
        let now = Instant::now();
        let ticket = state.limiter.enter(now, owner, route, deadline, ticket);
        let decision = match state.deliver(now, Some(ticket)) {
            Some(decision) => decision,
            None => wait(state, now, ticket, deadline, is_cut).ok_or(Rejected::Cut)?,
        };
        match decision {
            Decision::Send => Ok(Permit { queue: self, ticket, is_used: false }),
            Decision::TooLate(at) => Err(Rejected::TooLate(at)),
            Decision::Stopped { refused, until } => Err(Rejected::Stopped { refused, until }),
        }
    }

    /// Wakes all waiting calls. Those that were cut end.
    pub(super) fn wake_all(&self) {
        for waiter in self.lock().waiters.values() {
            waiter.wake.notify_one();
        }
    }

    fn update<T>(&self, update: impl FnOnce(&mut Limiter, Instant) -> T) -> T {
        let mut state = self.lock();
        let now = Instant::now();
        let result = update(&mut state.limiter, now);
        state.deliver(now, None);
        state.elect_leader(now);
        result
    }

    /// The number of waiting calls.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.lock().waiters.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock()
    }
}

/// Logs that a limit was exceeded, or is not any more. Between the two, further 429s are not logged.
fn log_change(change: Change) {
    match change {
        Change::RouteLimited { endpoint, retry_after } => {
            log::warn!("{endpoint} is rate limited for {retry_after:.1?}");
        }
        Change::RouteAccepted { endpoint } => log::info!("{endpoint} is accepted again"),
        Change::OwnerPaused { owner, retry_after } => {
            let owner = name(owner);
            log::warn!("{owner} exceeded the global rate limit: nothing is sent for {retry_after:.1?}");
        }
        Change::OwnerAccepted { owner } => log::info!("{} is accepted again", name(owner)),
    }
}

fn name(owner: Owner) -> &'static str {
    match owner {
        Owner::Bot(_) => "the bot",
        Owner::Address => "this IP address, without a bot's token,",
    }
}

/// Sleeps until there is a decision about this call, at the latest until the deadline. `None` if the call was cut.
fn wait(
    mut state: MutexGuard<'_, State>,
    mut now: Instant,
    ticket: Ticket,
    deadline: Instant,
    is_cut: &dyn Fn() -> bool,
) -> Option<Decision> {
    let wake = Arc::new(Condvar::new());
    state.waiters.insert(ticket, Waiter { wake: wake.clone(), decision: None });
    let decision = loop {
        let until = state.lead_or_follow(now, ticket, deadline);
        let timeout = until.saturating_duration_since(now);
        // Checked with the lock that `wake_all` takes after the cut.
        let was_cut = is_cut();
        if !was_cut {
            state = wake.wait_timeout(state, timeout).0;
            now = Instant::now();
        }
        let is_leader = state.leader.is_some_and(|(leader, _)| leader == ticket);
        if is_leader {
            state.leader = None;
        }
        if is_leader || now >= deadline {
            state.deliver(now, None);
        }
        if let Some(decision) = state.waiters.get(&ticket).and_then(|waiter| waiter.decision) {
            break Some(decision);
        }
        if was_cut {
            state.limiter.give_up(now, ticket);
            state.deliver(now, None);
            break None;
        }
        if now >= deadline {
            let at = state.limiter.give_up(now, ticket);
            state.deliver(now, None);
            break Some(Decision::TooLate(at));
        }
    };
    state.waiters.remove(&ticket);
    state.elect_leader(now);
    decision
}

impl State {
    /// Releases calls and wakes the waiters with a decision. Returns the decision about `own`, which does not wait yet.
    fn deliver(&mut self, now: Instant, own: Option<Ticket>) -> Option<Decision> {
        self.limiter.release(now);
        let mut own_decision = None;
        while let Some((ticket, decision)) = self.limiter.next_decision() {
            if own == Some(ticket) {
                own_decision = Some(decision);
            } else if let Some(waiter) = self.waiters.get_mut(&ticket) {
                waiter.decision = Some(decision);
                waiter.wake.notify_one();
            }
        }
        own_decision
    }

    /// How long this call sleeps: the leader until the limiter's next change, the others until their deadlines.
    fn lead_or_follow(&mut self, now: Instant, ticket: Ticket, deadline: Instant) -> Instant {
        let Some(at) = self.limiter.wake_at(now) else { return deadline };
        if self.leader.is_some_and(|(_, until)| until <= at) {
            return deadline;
        }
        // A leader that this call replaces sleeps on until its deadline or its decision.
        let until = at.min(deadline);
        self.leader = Some((ticket, until));
        until
    }

    /// Ensures that some call wakes when time alone changes something.
    fn elect_leader(&mut self, now: Instant) {
        let Some(at) = self.limiter.wake_at(now) else { return };
        if self.leader.is_some_and(|(leader, until)| until <= at && self.waiters.contains_key(&leader)) {
            return;
        }
        if let Some(waiter) = self.waiters.values().find(|waiter| waiter.decision.is_none()) {
            waiter.wake.notify_one();
        }
    }
}
