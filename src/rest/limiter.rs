//! Decides when a request may be sent, from the rate-limit headers of earlier responses. It never waits itself.
//!
//! See [rate limits](https://docs.discord.com/developers/topics/rate-limits).
//!
//! A call [enters](Limiter::enter) and receives a ticket. [`Limiter::release`] admits the calls that no limit holds
//! back, in the order of their tickets, and [`Limiter::next_decision`] returns what was decided. Each response is
//! [recorded](Limiter::complete) and may admit further calls. Without one nothing changes before [`Limiter::wake_at`].
//!
//! Requests in flight count as used, so calls cannot exceed a limit together. If a bucket is unknown, one request is
//! sent alone to learn its limit.

mod bucket_id;
mod global;
mod headers;
mod in_flight;
mod invalid;
mod owner;
mod responses;
mod round_trip;
mod table;
mod ticket;
mod window;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::time::{Duration, Instant};

use super::route::{Endpoint, Route};
use bucket_id::BucketId;
pub(crate) use headers::{RateLimitHeaders, RateLimitScope, TooManyRequests};
use invalid::Invalid;
pub(crate) use owner::Owner;
use owner::OwnerState;
use round_trip::RoundTrips;
use table::{QueueId, Table};
pub(crate) use ticket::Ticket;
use window::Capacity;

/// The decision about a call that entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// The request is sent now; [`Limiter::complete`], [`Limiter::lost`] or [`Limiter::cancel`] must follow.
    Send,
    /// The request could be sent at this moment at the earliest, which is after the deadline.
    TooLate(Instant),
    /// Discord refused so many requests that none is sent before `until`.
    Stopped {
        /// The number of requests that Discord refused in the last ten minutes.
        refused: u32,
        until: Instant,
    },
}

/// A change that is worth a log line. Further 429s change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Discord refused a request of this endpoint because of a rate limit. None is sent in this time.
    RouteLimited { endpoint: Endpoint, retry_after: Duration },
    /// Discord accepts requests of this endpoint again.
    RouteAccepted { endpoint: Endpoint },
    /// A bot, or this address, has exceeded the global limit. It sends nothing in this time.
    OwnerPaused { owner: Owner, retry_after: Duration },
    /// Discord accepts the owner's requests again.
    OwnerAccepted { owner: Owner },
}

/// Limits that Discord does not send in its responses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Maximum number of requests per second of one bot.
    pub(crate) per_second: u32,
    /// The number of refused requests in ten minutes at which all requests stop.
    pub(crate) invalid: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Rules { per_second: 50, invalid: 5_000 }
    }
}

#[derive(Debug)]
struct Call {
    queue: QueueId,
    deadline: Instant,
    /// When its request was sent; `None` while it waits.
    sent_at: Option<Instant>,
}

/// The rate limits of one address of the API, for all tokens that the process uses there.
#[derive(Debug)]
pub(crate) struct Limiter {
    table: Table,
    calls: BTreeMap<Ticket, Call>,
    last_ticket: u64,
    round_trips: RoundTrips,
    /// The global limit of an owner that has set none.
    per_second: u32,
    owners: BTreeMap<Owner, OwnerState>,
    invalid: Invalid,
    address_paused: Option<Instant>,
    /// Calls that their buckets admit and that are exempt from the global limit, by ticket.
    ready_exempt: BTreeSet<(Ticket, BucketId)>,
    alarms: BinaryHeap<Reverse<(Instant, BucketId)>>,
    decisions: VecDeque<(Ticket, Decision)>,
    changes: VecDeque<Change>,
}

impl Default for Limiter {
    fn default() -> Self {
        Limiter::new(Rules::default())
    }
}

impl Limiter {
    pub(crate) fn new(rules: Rules) -> Limiter {
        Limiter {
            table: Table::default(),
            calls: BTreeMap::new(),
            last_ticket: 0,
            round_trips: RoundTrips::default(),
            per_second: rules.per_second,
            owners: BTreeMap::new(),
            invalid: Invalid::new(rules.invalid),
            address_paused: None,
            ready_exempt: BTreeSet::new(),
            alarms: BinaryHeap::new(),
            decisions: VecDeque::new(),
            changes: VecDeque::new(),
        }
    }

    /// Sets the global limit of one owner.
    pub(crate) fn set_per_second(&mut self, owner: Owner, per_second: u32) {
        self.owner(owner).global.set_limit(per_second);
    }

    /// Removes the state of an owner whose requests have all ended.
    pub(crate) fn remove(&mut self, owner: Owner) {
        self.owners.remove(&owner);
    }

    /// Whether an owner's limits hold nothing back.
    pub(crate) fn is_owner_idle(&self, now: Instant, owner: Owner) -> bool {
        self.owners.get(&owner).is_none_or(|state| state.is_idle(now))
    }

    /// Whether no limit holds anything back, and no refused request counts any more.
    pub(crate) fn is_idle(&mut self, now: Instant) -> bool {
        self.calls.is_empty()
            && self.invalid.total(now) == 0
            && self.address_paused.is_none_or(|until| until <= now)
            && self.owners.values().all(|state| state.is_idle(now))
            && self.table.is_idle(now)
    }

    /// Enters a call. A decision about it follows. A call that is retried passes its ticket and keeps its place.
    pub(crate) fn enter(
        &mut self,
        now: Instant,
        owner: Owner,
        route: &Route,
        deadline: Instant,
        retried: Option<Ticket>,
    ) -> Ticket {
        let ticket = retried.unwrap_or_else(|| {
            self.last_ticket += 1;
            Ticket(self.last_ticket)
        });
        if let Some(until) = self.invalid.stopped_until(now) {
            let refused = self.invalid.total(now);
            self.decisions.push_back((ticket, Decision::Stopped { refused, until }));
            return ticket;
        }
        let queue = self.table.queue_of(now, owner, route);
        let earliest = self.estimate(now, queue, ticket);
        if earliest > deadline {
            self.decisions.push_back((ticket, Decision::TooLate(earliest)));
            return ticket;
        }
        self.calls.insert(ticket, Call { queue, deadline, sent_at: None });
        if let Some(queue) = self.table.queue_mut(queue) {
            queue.waiting.insert(ticket);
            let bucket = queue.bucket;
            self.update_bucket(now, bucket);
        }
        ticket
    }

    /// Admits the calls that no limit delays any more.
    pub(crate) fn release(&mut self, now: Instant) {
        while let Some(&Reverse((at, bucket))) = self.alarms.peek() {
            if at > now {
                break;
            }
            self.alarms.pop();
            if let Some(known) = self.table.bucket_mut(bucket) {
                known.alarm = known.alarm.filter(|alarm| *alarm != at);
                self.update_bucket(now, bucket);
            }
        }
        while self.check_address(now).is_ok() {
            let Some((ticket, bucket)) = self.ready_exempt.pop_first() else { break };
            self.try_send(now, ticket, bucket);
        }
        let has_ready = |(owner, state): (&Owner, &OwnerState)| (!state.ready.is_empty()).then_some(*owner);
        let owners: Vec<_> = self.owners.iter().filter_map(has_ready).collect();
        for owner in owners {
            while self.check_owner(now, owner).is_ok() {
                let Some((ticket, bucket)) = self.owner(owner).ready.pop_first() else { break };
                self.try_send(now, ticket, bucket);
            }
        }
    }

    /// The next decision that was not returned yet.
    pub(crate) fn next_decision(&mut self) -> Option<(Ticket, Decision)> {
        self.decisions.pop_front()
    }

    /// When to [`release`](Limiter::release) again, even if no response arrives.
    pub(crate) fn wake_at(&mut self, now: Instant) -> Option<Instant> {
        let mut at = self.alarms.peek().map(|Reverse((at, _))| *at);
        let mut include = |opens: Result<(), Instant>| {
            let opens = opens.err().unwrap_or(now);
            at = Some(at.map_or(opens, |at| at.min(opens)));
        };
        let address = self.check_address(now);
        if !self.ready_exempt.is_empty() {
            include(address);
        }
        for state in self.owners.values_mut().filter(|state| !state.ready.is_empty()) {
            include(address.and_then(|()| state.check(now)));
        }
        at
    }

    /// The next change that was not returned yet.
    pub(crate) fn next_change(&mut self) -> Option<Change> {
        self.changes.pop_front()
    }

    /// The number of refused requests and the number at which all requests stop, once when it gets near.
    pub(crate) fn warning(&mut self, now: Instant) -> Option<(u32, u32)> {
        self.invalid.warning(now).map(|refused| (refused, self.invalid.limit()))
    }

    /// The number of refused requests in the last ten minutes, and the one at which all requests stop.
    pub(crate) fn refused(&mut self, now: Instant) -> (u32, u32) {
        (self.invalid.total(now), self.invalid.limit())
    }

    /// Records that no response will arrive. Discord may or may not have received the request.
    pub(crate) fn lost(&mut self, now: Instant, ticket: Ticket) {
        let Some((queue, sent_at)) = self.finish(now, ticket) else { return };
        let delay = self.round_trips.delay();
        let Some((queue, bucket)) = self.table.queue_and_bucket_mut(queue) else { return };
        bucket.window.lost(now, sent_at, delay);
        let bucket = queue.bucket;
        self.reject_late(now, Some(bucket));
        self.update_bucket(now, bucket);
    }

    /// Records that the request was not sent after all.
    pub(crate) fn cancel(&mut self, now: Instant, ticket: Ticket) {
        let Some((queue, _)) = self.finish(now, ticket) else { return };
        if let Some(bucket) = self.table.queue(queue).map(|queue| queue.bucket) {
            self.update_bucket(now, bucket);
        }
    }

    /// Removes a call that stopped waiting. Returns when it could have been sent.
    pub(crate) fn give_up(&mut self, now: Instant, ticket: Ticket) -> Instant {
        let Some(call) = self.calls.remove(&ticket) else { return now };
        let at = self.estimate(now, call.queue, ticket);
        if let Some(queue) = self.table.queue_mut(call.queue) {
            queue.waiting.remove(&ticket);
            let bucket = queue.bucket;
            self.update_bucket(now, bucket);
        }
        at
    }

    /// Marks the first waiting calls of a bucket as ready, or sets an alarm for when the bucket has capacity.
    fn update_bucket(&mut self, now: Instant, id: BucketId) {
        let Some(waiting) = self.table.waiting(now, id) else { return };
        let delay = self.round_trips.delay();
        let Some(bucket) = self.table.bucket_mut(id) else { return };
        let update_at = match bucket.capacity(now, delay) {
            Capacity::Available(_) => {
                if let Some(first) = waiting.first(true) {
                    self.ready_exempt.insert((first.ticket, id));
                }
                if let Some(first) = waiting.first(false) {
                    self.owner(first.owner).ready.insert((first.ticket, id));
                }
                waiting.opens_at
            }
            Capacity::At(at) => Some(at),
            Capacity::AfterResponse => None,
        };
        let (Some(at), Some(bucket)) = (update_at, self.table.bucket_mut(id)) else { return };
        if bucket.alarm.is_none_or(|alarm| at < alarm) {
            bucket.alarm = Some(at);
            self.alarms.push(Reverse((at, id)));
        }
    }

    /// Sends the first call of a bucket, if it is still the one that was ready.
    fn try_send(&mut self, now: Instant, ticket: Ticket, bucket: BucketId) {
        let exempt = self.calls.get(&ticket).and_then(|call| self.table.queue(call.queue));
        let exempt = exempt.is_some_and(|queue| queue.endpoint.is_interaction());
        let first = self.table.waiting(now, bucket).and_then(|waiting| waiting.first(exempt));
        let delay = self.round_trips.delay();
        let has_capacity = self
            .table
            .bucket_mut(bucket)
            .is_some_and(|bucket| matches!(bucket.capacity(now, delay), Capacity::Available(_)));
        if let (Some(first), true) = (first.filter(|first| first.ticket == ticket), has_capacity) {
            self.send(now, ticket, first.queue);
        }
        self.update_bucket(now, bucket);
    }

    fn send(&mut self, now: Instant, ticket: Ticket, queue: QueueId) {
        let Some((queue, bucket)) = self.table.queue_and_bucket_mut(queue) else { return };
        let (owner, exempt) = (queue.owner, queue.endpoint.is_interaction());
        queue.waiting.remove(&ticket);
        bucket.window.sent(now, &bucket.in_flight, self.round_trips.delay());
        queue.in_flight.add(now);
        bucket.in_flight.add(now);
        if !exempt {
            self.owner(owner).global.sent(now, ticket);
        }
        if let Some(call) = self.calls.get_mut(&ticket) {
            call.sent_at = Some(now);
        }
        self.decisions.push_back((ticket, Decision::Send));
    }

    /// Removes a call that is no longer in flight. Returns its queue and when its request was sent.
    fn finish(&mut self, now: Instant, ticket: Ticket) -> Option<(QueueId, Instant)> {
        let sent_at = self.calls.get(&ticket)?.sent_at?;
        let call = self.calls.remove(&ticket)?;
        let (queue, bucket) = self.table.queue_and_bucket_mut(call.queue)?;
        queue.in_flight.remove(sent_at);
        bucket.in_flight.remove(sent_at);
        let owner = queue.owner;
        let shortest = self.round_trips.delay().shortest;
        self.owner(owner).global.completed(now, ticket, shortest);
        Some((call.queue, sent_at))
    }

    fn owner(&mut self, owner: Owner) -> &mut OwnerState {
        self.owners.entry(owner).or_insert_with(|| OwnerState::new(self.per_second))
    }

    /// Checks the pause of the address. The error is when it ends.
    fn check_address(&self, now: Instant) -> Result<(), Instant> {
        self.address_paused.filter(|until| *until > now).map_or(Ok(()), Err)
    }

    /// Checks what does not depend on a bucket. The error is when a request is allowed.
    fn check_owner(&mut self, now: Instant, owner: Owner) -> Result<(), Instant> {
        self.check_address(now)?;
        self.owner(owner).check(now)
    }

    /// The earliest moment at which a call could be sent. It may become later, but rarely earlier.
    fn estimate(&self, now: Instant, queue: QueueId, ticket: Ticket) -> Instant {
        let Some(queue) = self.table.queue(queue) else { return now };
        let Some(bucket) = self.table.bucket(queue.bucket) else { return now };
        let exempt = queue.endpoint.is_interaction();
        let ahead = self.table.count_ahead(now, queue.bucket, ticket);
        let mut at = bucket.window.estimate(now, ahead, &bucket.in_flight, self.round_trips.delay());
        at = at.max(queue.held_until.unwrap_or(now));
        at = at.max(self.address_paused.unwrap_or(now));
        if let (Some(state), false) = (self.owners.get(&queue.owner), exempt) {
            // A bucket with several waiting calls counts once: this is a lower bound.
            let ahead = state.ready.range(..(ticket, queue.bucket)).count();
            at = at.max(state.estimate(now, ahead));
        }
        at
    }

    /// Rejects the waiting calls that cannot be sent before their deadlines any more: of one bucket, or of all.
    fn reject_late(&mut self, now: Instant, bucket: Option<BucketId>) {
        let stopped = self.invalid.stopped_until(now);
        let refused = self.invalid.total(now);
        let queues: Vec<_> = match bucket {
            Some(bucket) => self.table.queues_of(bucket).map(|(id, _)| id).collect(),
            None => self.table.queue_ids().collect(),
        };
        for queue_id in queues {
            let waiting = self.table.queue(queue_id).map(|queue| queue.waiting.iter().copied().collect());
            let waiting: Vec<Ticket> = waiting.unwrap_or_default();
            for ticket in waiting {
                let decision = match stopped {
                    Some(until) => Decision::Stopped { refused, until },
                    None => Decision::TooLate(self.estimate(now, queue_id, ticket)),
                };
                let Some(call) = self.calls.get(&ticket) else { continue };
                if matches!(decision, Decision::TooLate(at) if at <= call.deadline) {
                    continue;
                }
                self.calls.remove(&ticket);
                if let Some(queue) = self.table.queue_mut(queue_id) {
                    queue.waiting.remove(&ticket);
                }
                self.decisions.push_back((ticket, decision));
            }
        }
    }
}

#[cfg(test)]
mod tests;
