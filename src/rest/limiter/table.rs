//! The known routes, and which of them share a bucket.
//!
//! A *route queue* belongs to an endpoint with its major parameter: its calls are sent in the order in which they
//! entered. A *bucket* is the unit in which Discord counts: a hash with the major parameter. Until a response names the
//! hash, a queue has its own bucket.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::bucket_id::BucketId;
use super::in_flight::InFlight;
use super::owner::Owner;
use super::round_trip::Delay;
use super::ticket::Ticket;
use super::window::{Capacity, Window};
use crate::fingerprint::Fingerprint;
use crate::rest::route::{Endpoint, Route};

/// Idle queues are removed only above this number of queues.
const FEW_QUEUES: usize = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct QueueId(u64);

/// The owner of a queue or bucket with its major parameter, which may contain a token.
type Major = Fingerprint;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Name {
    Hash(Arc<str>),
    Endpoint(Endpoint),
}

/// What the last response of an endpoint said, for major parameters that were not used before.
#[derive(Debug)]
enum Known {
    Hash(Arc<str>),
    Unlimited,
}

/// How long a route is sent one request at a time after its 429, if it is not used.
const CAREFUL_FOR: Duration = Duration::from_secs(600);

#[derive(Debug)]
pub(super) struct RouteQueue {
    pub(super) owner: Owner,
    pub(super) endpoint: Endpoint,
    major: Major,
    pub(super) bucket: BucketId,
    /// The hash in the last response.
    hash: Option<Arc<str>>,
    /// When its bucket received its hash.
    named_at: Option<Instant>,
    pub(super) in_flight: InFlight,
    /// Set by a 429 for a reason that the bucket does not show.
    pub(super) held_until: Option<Instant>,
    /// When that 429 arrived. Until a later request is answered, requests are sent one at a time.
    pub(super) careful_since: Option<Instant>,
    pub(super) waiting: BTreeSet<Ticket>,
}

impl RouteQueue {
    /// Whether the queue itself admits a request, regardless of its bucket.
    fn is_open(&self, now: Instant) -> bool {
        self.held_until.is_none_or(|until| until <= now)
            && (!self.is_careful(now) || self.in_flight.is_empty())
    }

    /// Whether a 429 was not followed by a success. A route may never be used again, so this is forgotten after a time.
    fn is_careful(&self, now: Instant) -> bool {
        self.careful_since
            .is_some_and(|since| now < self.held_until.unwrap_or(since).max(since) + CAREFUL_FOR)
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.waiting.is_empty()
            && self.in_flight.is_empty()
            && !self.is_careful(now)
            && self.held_until.is_none_or(|until| until <= now)
    }
}

#[derive(Debug)]
pub(super) struct Bucket {
    name: Name,
    /// The hash that it had before.
    previous: Option<Arc<str>>,
    major: Major,
    pub(super) window: Window,
    pub(super) in_flight: InFlight,
    queues: Vec<QueueId>,
    /// When to update the bucket next.
    pub(super) alarm: Option<Instant>,
}

impl Bucket {
    pub(super) fn capacity(&mut self, now: Instant, delay: Delay) -> Capacity {
        self.window.capacity(now, &self.in_flight, delay)
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.in_flight.is_empty() && self.window.is_idle(now)
    }
}

/// The call in a bucket that is sent first.
#[derive(Clone, Copy, Debug)]
pub(super) struct FirstCall {
    pub(super) ticket: Ticket,
    pub(super) queue: QueueId,
    pub(super) owner: Owner,
}

/// What waits in the queues of a bucket.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// The first call of an open queue that is exempt from the global limit.
    exempt: Option<FirstCall>,
    /// The first call of an open queue that is not exempt.
    counted: Option<FirstCall>,
    /// When the next closed queue opens.
    pub(super) opens_at: Option<Instant>,
}

impl Waiting {
    /// The first call of an open queue that is exempt from the global limit, or that is not.
    pub(super) fn first(&self, exempt: bool) -> Option<FirstCall> {
        if exempt { self.exempt } else { self.counted }
    }

    fn first_mut(&mut self, exempt: bool) -> &mut Option<FirstCall> {
        if exempt { &mut self.exempt } else { &mut self.counted }
    }
}

#[derive(Debug, Default)]
pub(super) struct Table {
    // What a request looks up is in trees: most bots have few of each, and comparing them is faster than a hash.
    known: BTreeMap<Endpoint, Known>,
    queue_ids: BTreeMap<Endpoint, BTreeMap<Major, QueueId>>,
    bucket_ids: HashMap<Name, HashMap<Major, BucketId>>,
    queues: BTreeMap<QueueId, RouteQueue>,
    buckets: BTreeMap<BucketId, Bucket>,
    /// Buckets whose queues have all moved, and whose windows may be open.
    abandoned: Vec<BucketId>,
    last_id: u64,
    /// The number of queues at which the idle ones are removed. It grows with the number of those that stay, so that
    /// the search has a constant cost per new queue.
    remove_at: usize,
    #[cfg(test)]
    inspected: usize,
}

impl Table {
    pub(super) fn queue(&self, id: QueueId) -> Option<&RouteQueue> {
        self.queues.get(&id)
    }

    pub(super) fn queue_mut(&mut self, id: QueueId) -> Option<&mut RouteQueue> {
        self.queues.get_mut(&id)
    }

    pub(super) fn bucket(&self, id: BucketId) -> Option<&Bucket> {
        self.buckets.get(&id)
    }

    pub(super) fn bucket_mut(&mut self, id: BucketId) -> Option<&mut Bucket> {
        self.buckets.get_mut(&id)
    }

    /// A queue with its bucket.
    pub(super) fn queue_and_bucket_mut(&mut self, id: QueueId) -> Option<(&mut RouteQueue, &mut Bucket)> {
        let queue = self.queues.get_mut(&id)?;
        let bucket = self.buckets.get_mut(&queue.bucket)?;
        Some((queue, bucket))
    }

    pub(super) fn queues_of(&self, bucket: BucketId) -> impl Iterator<Item = (QueueId, &RouteQueue)> {
        let ids = self.buckets.get(&bucket).map_or(&[][..], |bucket| &bucket.queues);
        ids.iter().filter_map(|id| Some((*id, self.queues.get(id)?)))
    }

    /// Whether a route of this endpoint was refused and not accepted since.
    pub(super) fn is_careful(&self, now: Instant, endpoint: Endpoint) -> bool {
        let queues = self.queue_ids.get(&endpoint).into_iter().flat_map(BTreeMap::values);
        queues.filter_map(|id| self.queues.get(id)).any(|queue| queue.is_careful(now))
    }

    pub(super) fn queue_ids(&self) -> impl Iterator<Item = QueueId> {
        self.queues.keys().copied()
    }

    /// The queue of a route. Creates it if there is none.
    pub(super) fn queue_of(&mut self, now: Instant, owner: Owner, route: &Route) -> QueueId {
        let (endpoint, major) = (route.endpoint, Fingerprint::of(&(owner, route.major())));
        if let Some(id) = self.queue_ids.get(&endpoint).and_then(|by_major| by_major.get(&major)) {
            return *id;
        }
        if self.queues.len() >= self.remove_at.max(FEW_QUEUES) {
            self.remove_idle(now);
            self.remove_at = 2 * self.queues.len();
        }
        let (name, is_unlimited) = match self.known.get(&endpoint) {
            Some(Known::Hash(hash)) => (Name::Hash(hash.clone()), false),
            Some(Known::Unlimited) => (Name::Endpoint(endpoint), true),
            None => (Name::Endpoint(endpoint), false),
        };
        let bucket = self.bucket_named(name, major);
        let id = QueueId(self.next_id());
        if let Some(bucket) = self.buckets.get_mut(&bucket) {
            bucket.queues.push(id);
            if is_unlimited {
                bucket.window = Window::unlimited();
            }
        }
        self.queue_ids.entry(endpoint).or_default().insert(major, id);
        let queue = RouteQueue {
            owner,
            endpoint,
            major,
            bucket,
            hash: None,
            named_at: None,
            in_flight: InFlight::default(),
            held_until: None,
            careful_since: None,
            waiting: BTreeSet::new(),
        };
        self.queues.insert(id, queue);
        id
    }

    /// What waits in the queues of a bucket. `None` if nothing does.
    pub(super) fn waiting(&self, now: Instant, bucket: BucketId) -> Option<Waiting> {
        let mut waiting = None;
        for (id, queue) in self.queues_of(bucket) {
            let Some(&ticket) = queue.waiting.first() else { continue };
            let waiting = waiting.get_or_insert_with(Waiting::default);
            if queue.is_open(now) {
                let call = FirstCall { ticket, queue: id, owner: queue.owner };
                let first = waiting.first_mut(queue.endpoint.is_interaction());
                if first.is_none_or(|first| ticket < first.ticket) {
                    *first = Some(call);
                }
            }
            let opens_at = queue.held_until.filter(|until| *until > now);
            waiting.opens_at = waiting.opens_at.into_iter().chain(opens_at).min();
        }
        waiting
    }

    /// The number of calls before this ticket, which may not be waiting yet.
    pub(super) fn count_ahead(&self, now: Instant, bucket: BucketId, ticket: Ticket) -> u32 {
        let open =
            self.queues_of(bucket).filter(|(_, queue)| queue.held_until.is_none_or(|until| until <= now));
        let counts = open.map(|(_, queue)| match queue.waiting.last() {
            Some(last) if *last < ticket => queue.waiting.len(),
            _ => queue.waiting.range(..ticket).count(),
        });
        u32::try_from(counts.sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// Gives the queue's bucket this hash, or moves the queue to the bucket that has it.
    ///
    /// Returns `false` if the response, whose request was sent at `sent_at`, says nothing about the queue's bucket: it is
    /// older than the known hash.
    pub(super) fn assign_bucket(&mut self, now: Instant, id: QueueId, sent_at: Instant, hash: &str) -> bool {
        self.remove_abandoned(now);
        let Some((queue, bucket)) = self.queue_and_bucket_mut(id) else { return false };
        let known = match &bucket.name {
            Name::Hash(known) => Some(known.clone()),
            Name::Endpoint(_) => None,
        };
        if let Some(known) = known.clone().filter(|known| **known == *hash) {
            queue.hash = Some(known);
            return true;
        }
        if queue.named_at.is_some_and(|named_at| sent_at < named_at) {
            return bucket.previous.as_deref() == Some(hash);
        }
        let is_changed = queue.hash.as_deref() != Some(hash);
        let hash: Arc<str> = hash.into();
        queue.hash = Some(hash.clone());
        let endpoint = queue.endpoint;
        match known {
            // Discord gave the limit another hash, so the other endpoints with this limit will show it too.
            Some(known) if is_changed => {
                self.rename(now, id, &hash);
                let old = |of: &&mut Known| matches!(of, Known::Hash(other) if *other == known);
                self.known.values_mut().filter(old).for_each(|of| *of = Known::Hash(hash.clone()));
            }
            // The queue was assumed to have followed others to their hash, and has not.
            _ => self.move_queue(now, id, &hash),
        }
        self.known.insert(endpoint, Known::Hash(hash));
        true
    }

    /// Gives the bucket of the queue another hash. All its queues keep it, with its window.
    fn rename(&mut self, now: Instant, id: QueueId, hash: &Arc<str>) {
        let Some((queue, bucket)) = self.queue_and_bucket_mut(id) else { return };
        let (from, major, members) = (queue.bucket, bucket.major, bucket.queues.clone());
        let name = Name::Hash(hash.clone());
        if self.bucket_ids.get(&name).is_some_and(|by_major| by_major.contains_key(&major)) {
            for member in members {
                self.move_queue(now, member, hash);
            }
            return;
        }
        let Some(bucket) = self.buckets.get_mut(&from) else { return };
        let old = std::mem::replace(&mut bucket.name, name.clone());
        if let Name::Hash(old) = &old {
            bucket.previous = Some(old.clone());
        }
        self.remove_name(old, major);
        self.bucket_ids.entry(name).or_default().insert(major, from);
        for member in members {
            if let Some(queue) = self.queues.get_mut(&member) {
                queue.named_at = Some(now);
            }
        }
    }

    /// Moves the queue, with its requests in flight, to the bucket with this hash.
    fn move_queue(&mut self, now: Instant, id: QueueId, hash: &Arc<str>) {
        let Some((queue, old)) = self.queue_and_bucket_mut(id) else { return };
        queue.named_at = Some(now);
        let (major, in_flight, from) = (queue.major, queue.in_flight.clone(), queue.bucket);
        old.in_flight.remove_all(&in_flight);
        old.queues.retain(|other| *other != id);
        if old.queues.is_empty() {
            // A queue's own bucket is not used by any other queue.
            match old.name {
                Name::Endpoint(_) => self.remove_bucket(from),
                Name::Hash(_) => self.abandoned.push(from),
            }
        }
        let to = self.bucket_named(Name::Hash(hash.clone()), major);
        if let Some(bucket) = self.buckets.get_mut(&to) {
            bucket.in_flight.add_all(&in_flight);
            bucket.queues.push(id);
        }
        if let Some(queue) = self.queues.get_mut(&id) {
            queue.bucket = to;
        }
    }

    /// Records that a response of this queue had no rate-limit headers.
    pub(super) fn mark_unlimited(&mut self, id: QueueId) {
        let Some((queue, bucket)) = self.queue_and_bucket_mut(id) else { return };
        if let (Name::Endpoint(endpoint), true) = (&bucket.name, bucket.window.is_unknown()) {
            debug_assert_eq!(*endpoint, queue.endpoint);
            bucket.window.set_unlimited();
            let endpoint = queue.endpoint;
            self.known.entry(endpoint).or_insert(Known::Unlimited);
        }
    }

    fn bucket_named(&mut self, name: Name, major: Major) -> BucketId {
        let id = BucketId(self.next_id());
        match self.bucket_ids.entry(name.clone()).or_default().entry(major) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(vacant) => {
                vacant.insert(id);
                let bucket = Bucket {
                    name,
                    previous: None,
                    major,
                    window: Window::default(),
                    in_flight: InFlight::default(),
                    queues: Vec::new(),
                    alarm: None,
                };
                self.buckets.insert(id, bucket);
                id
            }
        }
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Whether no bucket holds a request back.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        self.queues.values().all(|queue| queue.is_idle(now))
            && self.buckets.values().all(|bucket| bucket.is_idle(now))
    }

    fn remove_idle(&mut self, now: Instant) {
        #[cfg(test)]
        {
            self.inspected += self.queues.len();
        }
        let Table { queues, buckets, queue_ids, .. } = self;
        queues.retain(|id, queue| {
            let Some(bucket) = buckets.get_mut(&queue.bucket) else { return false };
            let keep = !queue.is_idle(now) || !bucket.is_idle(now);
            if !keep {
                bucket.queues.retain(|other| other != id);
                if let Some(by_major) = queue_ids.get_mut(&queue.endpoint) {
                    by_major.remove(&queue.major);
                }
            }
            keep
        });
        let idle = |bucket: &Bucket| bucket.queues.is_empty() && bucket.is_idle(now);
        let idle: Vec<_> = buckets.iter().filter(|(_, bucket)| idle(bucket)).map(|(id, _)| *id).collect();
        for id in idle {
            self.remove_bucket(id);
        }
    }

    /// Removes the buckets whose queues have all moved, once their windows are over.
    fn remove_abandoned(&mut self, now: Instant) {
        let mut abandoned = std::mem::take(&mut self.abandoned);
        abandoned.retain(|id| {
            let Some(bucket) = self.buckets.get(id).filter(|bucket| bucket.queues.is_empty()) else {
                return false;
            };
            let is_idle = bucket.is_idle(now);
            if is_idle {
                self.remove_bucket(*id);
            }
            !is_idle
        });
        self.abandoned = abandoned;
    }

    fn remove_bucket(&mut self, id: BucketId) {
        if let Some(bucket) = self.buckets.remove(&id) {
            self.remove_name(bucket.name, bucket.major);
        }
    }

    fn remove_name(&mut self, name: Name, major: Major) {
        if let Entry::Occupied(mut by_major) = self.bucket_ids.entry(name) {
            by_major.get_mut().remove(&major);
            if by_major.get().is_empty() {
                by_major.remove();
            }
        }
    }

    /// The number of queues that were inspected to find the idle ones.
    #[cfg(test)]
    pub(super) fn inspected(&self) -> usize {
        self.inspected
    }

    /// The numbers of queues and of buckets.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, usize) {
        let ids = self.bucket_ids.values().map(HashMap::len).sum::<usize>();
        assert_eq!(ids, self.buckets.len());
        assert_eq!(self.queue_ids.values().map(BTreeMap::len).sum::<usize>(), self.queues.len());
        (self.queues.len(), self.buckets.len())
    }
}
