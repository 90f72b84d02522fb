//! Decides when a request may be sent, from the rate-limit headers of earlier responses. It never waits itself.
//!
//! See [rate limits](https://docs.discord.com/developers/topics/rate-limits).
//!
//! A call [enters](Limiter::enter) and receives a ticket. [`Limiter::release`] admits the calls that no limit holds
//! back, in the order of their tickets, and [`Limiter::next_decision`] returns what was decided. Each response is
//! [recorded](Limiter::complete) and may admit further calls. Without a response nothing changes before
//! [`Limiter::wake_at`].
//!
//! Requests in flight count as used, so calls cannot exceed a limit together. If a bucket is unknown, one request is
//! sent alone to learn its limit.

mod global;
mod headers;
mod invalid;
mod table;
mod ticket;
mod window;

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, VecDeque};
use std::time::Instant;

use super::route::Route;
use global::Global;
use invalid::Invalid;
use table::{BucketId, QueueId, Table};
use window::Capacity;

pub(crate) use headers::{RateLimitHeaders, RateLimitScope, TooManyRequests};
pub(crate) use ticket::Ticket;

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

/// The rate limits of one token.
#[derive(Debug)]
pub(crate) struct Limiter {
    table: Table,
    calls: HashMap<Ticket, Call>,
    last_ticket: u64,
    global: Global,
    invalid: Invalid,
    bot_paused: Option<Instant>,
    address_paused: Option<Instant>,
    /// Calls that their buckets admit, by ticket: those under the global limit, then those exempt from it.
    ready: [BTreeSet<(Ticket, BucketId)>; 2],
    alarms: BinaryHeap<Reverse<(Instant, BucketId)>>,
    decisions: VecDeque<(Ticket, Decision)>,
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
            calls: HashMap::new(),
            last_ticket: 0,
            global: Global::new(rules.per_second),
            invalid: Invalid::new(rules.invalid),
            bot_paused: None,
            address_paused: None,
            ready: Default::default(),
            alarms: BinaryHeap::new(),
            decisions: VecDeque::new(),
        }
    }

    /// Enters a call. A decision about it follows. A call that is retried passes its ticket and keeps its place.
    pub(crate) fn enter(
        &mut self,
        now: Instant,
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
        let queue = self.table.queue_of(now, route);
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

    /// Admits the calls that no limit holds back any more.
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
        for exempt in [true, false] {
            while self.check_shared_limits(now, exempt).is_ok() {
                let Some((ticket, bucket)) = self.ready[usize::from(exempt)].pop_first() else { break };
                self.try_send(now, exempt, ticket, bucket);
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
        for exempt in [true, false] {
            if !self.ready[usize::from(exempt)].is_empty() {
                let opens = self.check_shared_limits(now, exempt).err().unwrap_or(now);
                at = Some(at.map_or(opens, |at| at.min(opens)));
            }
        }
        at
    }

    /// Records the response to a request.
    pub(crate) fn complete(&mut self, now: Instant, ticket: Ticket, headers: &RateLimitHeaders) {
        let Some((queue_id, sent_at)) = self.finish(now, ticket) else { return };
        if headers.is_invalid {
            self.invalid.count(now);
        }
        let Some(queue) = self.table.queue_mut(queue_id) else { return };
        let (endpoint, old) = (queue.endpoint, queue.bucket);
        let mut is_longer = false;
        match headers.too_many_requests {
            Some(TooManyRequests { retry_after, scope: RateLimitScope::Route }) => {
                queue.held_until = queue.held_until.max(Some(now + retry_after));
                queue.careful_since = Some(now);
                is_longer = true;
            }
            Some(TooManyRequests { retry_after, scope }) => {
                let is_global = scope == RateLimitScope::Global && !endpoint.is_interaction();
                let paused = if is_global { &mut self.bot_paused } else { &mut self.address_paused };
                *paused = (*paused).max(Some(now + retry_after));
            }
            None if queue.careful_since.is_some_and(|since| sent_at >= since) => queue.careful_since = None,
            None => {}
        }
        let is_current = match &headers.bucket {
            Some(hash) => self.table.assign_bucket(now, queue_id, sent_at, hash),
            None => true,
        };
        if is_current && headers.remaining.is_some() {
            if let Some((_, bucket)) = self.table.queue_and_bucket_mut(queue_id) {
                is_longer |= bucket.window.complete(now, sent_at, headers);
            }
        } else if headers.bucket.is_none() && headers.is_complete {
            self.table.mark_unlimited(queue_id);
        }
        let bucket = self.table.queue(queue_id).map_or(old, |queue| queue.bucket);
        let holds_others = headers.too_many_requests.is_some_and(|r| r.scope != RateLimitScope::Route);
        if self.invalid.stopped_until(now).is_some() || holds_others {
            self.reject_late(now, None);
        } else if is_longer || bucket != old {
            self.reject_late(now, Some(bucket));
        }
        self.update_bucket(now, bucket);
        self.update_bucket(now, old);
    }

    /// The number of refused requests and the number at which all requests stop, once when it gets near.
    pub(crate) fn warning(&mut self, now: Instant) -> Option<(u32, u32)> {
        self.invalid.warning(now).map(|refused| (refused, self.invalid.limit()))
    }

    /// Records that no response will arrive. Discord may or may not have received the request.
    pub(crate) fn lost(&mut self, now: Instant, ticket: Ticket) {
        let Some((queue, sent_at)) = self.finish(now, ticket) else { return };
        let Some((queue, bucket)) = self.table.queue_and_bucket_mut(queue) else { return };
        bucket.window.lost(now, sent_at);
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
        let Some(bucket) = self.table.bucket_mut(id) else { return };
        let mut update_at = None;
        match bucket.capacity(now) {
            Capacity::Available(_) => {
                for exempt in [true, false] {
                    let first = self.table.first_waiting(now, id, |of| of.is_interaction() == exempt);
                    if let Some((ticket, _)) = first {
                        self.ready[usize::from(exempt)].insert((ticket, id));
                    }
                }
                update_at = self.table.next_open(now, id);
            }
            Capacity::At(at) => {
                let has_waiting = self.table.queues_of(id).any(|(_, queue)| !queue.waiting.is_empty());
                update_at = has_waiting.then_some(at);
            }
            Capacity::AfterResponse => {}
        }
        let (Some(at), Some(bucket)) = (update_at, self.table.bucket_mut(id)) else { return };
        if bucket.alarm.is_none_or(|alarm| at < alarm) {
            bucket.alarm = Some(at);
            self.alarms.push(Reverse((at, id)));
        }
    }

    /// Sends the first call of a bucket, if it is still the one that was ready.
    fn try_send(&mut self, now: Instant, exempt: bool, ticket: Ticket, bucket: BucketId) {
        let first = self.table.first_waiting(now, bucket, |of| of.is_interaction() == exempt);
        let has_capacity = self
            .table
            .bucket_mut(bucket)
            .is_some_and(|bucket| matches!(bucket.capacity(now), Capacity::Available(_)));
        if let (Some((first, queue)), true) = (first, has_capacity) {
            if first == ticket {
                self.send(now, exempt, ticket, queue);
            }
        }
        self.update_bucket(now, bucket);
    }

    fn send(&mut self, now: Instant, exempt: bool, ticket: Ticket, queue: QueueId) {
        let Some((queue, bucket)) = self.table.queue_and_bucket_mut(queue) else { return };
        queue.waiting.remove(&ticket);
        queue.in_flight += 1;
        bucket.in_flight += 1;
        bucket.window.sent(now);
        if !exempt {
            self.global.sent(now, ticket);
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
        self.global.completed(now, ticket);
        let (queue, bucket) = self.table.queue_and_bucket_mut(call.queue)?;
        queue.in_flight = queue.in_flight.saturating_sub(1);
        bucket.in_flight = bucket.in_flight.saturating_sub(1);
        Some((call.queue, sent_at))
    }

    /// Checks the pauses and the global limit, which do not depend on a bucket. The error is when they allow a request.
    fn check_shared_limits(&mut self, now: Instant, exempt: bool) -> Result<(), Instant> {
        let paused = if exempt { self.address_paused } else { self.address_paused.max(self.bot_paused) };
        match paused {
            Some(until) if until > now => Err(until),
            _ if exempt => Ok(()),
            _ => self.global.check(now),
        }
    }

    /// The earliest moment at which a call could be sent. It may become later, but hardly ever earlier.
    fn estimate(&self, now: Instant, queue: QueueId, ticket: Ticket) -> Instant {
        let Some(queue) = self.table.queue(queue) else { return now };
        let Some(bucket) = self.table.bucket(queue.bucket) else { return now };
        let exempt = queue.endpoint.is_interaction();
        let ahead = self.table.count_ahead(now, queue.bucket, ticket);
        let mut at = bucket.window.estimate(now, ahead, bucket.in_flight);
        at = at.max(queue.held_until.unwrap_or(now));
        at = at.max(self.address_paused.unwrap_or(now));
        if !exempt {
            at = at.max(self.bot_paused.unwrap_or(now));
            // A bucket with several waiting calls counts once: this is a lower bound.
            let ahead = self.ready[0].range(..(ticket, queue.bucket)).count();
            at = at.max(self.global.estimate(now, ahead));
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
