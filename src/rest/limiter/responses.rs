//! What the limiter learns from a response.

use std::time::Instant;

use super::headers::{RateLimitHeaders, RateLimitScope, TooManyRequests};
use super::table::QueueId;
use super::ticket::Ticket;
use super::{Change, Limiter};
use crate::rest::route::Endpoint;

impl Limiter {
    /// Records the response to a request.
    pub(crate) fn complete(&mut self, now: Instant, ticket: Ticket, headers: &RateLimitHeaders) {
        if let Some(sent_at) = self.calls.get(&ticket).and_then(|call| call.sent_at) {
            self.round_trips.add(now.saturating_duration_since(sent_at));
        }
        let Some((queue_id, sent_at)) = self.finish(now, ticket) else { return };
        if headers.is_invalid {
            self.invalid.count(now);
        }
        let Some(queue) = self.table.queue(queue_id) else { return };
        let old = queue.bucket;
        let mut is_longer = match headers.too_many_requests {
            Some(too_many) => self.pause(now, queue_id, too_many),
            None => {
                self.end_pause(now, queue_id, sent_at);
                false
            }
        };
        is_longer |= self.update_window(now, queue_id, sent_at, headers);
        let bucket = self.table.queue(queue_id).map_or(old, |queue| queue.bucket);
        let pauses_others = headers.too_many_requests.is_some_and(|r| r.scope != RateLimitScope::Route);
        if self.invalid.stopped_until(now).is_some() || pauses_others {
            self.reject_late(now, None);
        } else if is_longer || bucket != old {
            self.reject_late(now, Some(bucket));
        }
        self.update_bucket(now, bucket);
        if bucket != old {
            self.update_bucket(now, old);
        }
    }

    /// Records a 429. Returns whether the calls of the queue have to wait longer.
    fn pause(&mut self, now: Instant, queue_id: QueueId, too_many: TooManyRequests) -> bool {
        let Some(queue) = self.table.queue(queue_id) else { return false };
        let (owner, endpoint) = (queue.owner, queue.endpoint);
        let TooManyRequests { retry_after, scope } = too_many;
        if scope == RateLimitScope::Route {
            let was_limited = self.table.is_careful(now, endpoint);
            let Some(queue) = self.table.queue_mut(queue_id) else { return false };
            queue.held_until = queue.held_until.max(Some(now + retry_after));
            queue.careful_since = Some(now);
            if !was_limited {
                self.changes.push_back(Change::RouteLimited { endpoint, retry_after });
            }
            return true;
        }
        let is_global = scope == RateLimitScope::Global && !endpoint.is_interaction();
        let paused = if is_global { &mut self.owner(owner).paused } else { &mut self.address_paused };
        let was_paused = paused.is_some();
        *paused = (*paused).max(Some(now + retry_after));
        if is_global && !was_paused {
            self.changes.push_back(Change::OwnerPaused { owner, retry_after });
        }
        false
    }

    /// Records that Discord accepted a request which was sent at this time.
    fn end_pause(&mut self, now: Instant, queue_id: QueueId, sent_at: Instant) {
        let Some(queue) = self.table.queue_mut(queue_id) else { return };
        let (owner, endpoint) = (queue.owner, queue.endpoint);
        if queue.careful_since.is_some_and(|since| sent_at >= since) {
            queue.careful_since = None;
            self.accept(now, endpoint);
        }
        // A response to an earlier request says nothing about the pause.
        let paused = &mut self.owner(owner).paused;
        if !endpoint.is_interaction() && paused.take_if(|until| *until <= sent_at).is_some() {
            self.changes.push_back(Change::OwnerAccepted { owner });
        }
    }

    /// Records what the headers say about the bucket. Returns whether its calls have to wait longer.
    fn update_window(
        &mut self,
        now: Instant,
        queue_id: QueueId,
        sent_at: Instant,
        headers: &RateLimitHeaders,
    ) -> bool {
        let delay = self.round_trips.delay();
        let is_current = match &headers.bucket {
            Some(hash) => self.table.assign_bucket(now, queue_id, sent_at, hash),
            None => true,
        };
        if is_current && headers.remaining.is_some() {
            if let Some((_, bucket)) = self.table.queue_and_bucket_mut(queue_id) {
                return bucket.window.complete(now, sent_at, headers, delay);
            }
        } else if headers.bucket.is_none() && headers.is_complete {
            self.table.mark_unlimited(queue_id);
        } else if !is_current {
            if let Some((_, bucket)) = self.table.queue_and_bucket_mut(queue_id) {
                bucket.window.lost(now, sent_at, delay);
            }
        }
        false
    }

    /// Records that a route of this endpoint is not limited any more.
    fn accept(&mut self, now: Instant, endpoint: Endpoint) {
        if !self.table.is_careful(now, endpoint) {
            self.changes.push_back(Change::RouteAccepted { endpoint });
        }
    }
}
