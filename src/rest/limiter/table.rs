//! What is known of each route, and which routes share a bucket.
//!
//! A *line* is an endpoint with its major parameter: calls of one line leave in the order in which they
//! asked. A *bucket* is what Discord counts in: its hash with the major parameter. Until an answer has
//! told the hash a line has a bucket of its own.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use super::Ticket;
use super::window::{Room, Window};
use crate::rest::route::{Endpoint, Route};

/// Below so many lines nothing is forgotten.
const FEW_LINES: usize = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct LineId(u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct BucketId(u64);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Name {
    Hash(Arc<str>),
    Endpoint(Endpoint),
}

/// What the last answer on an endpoint said, for majors that were not seen before.
#[derive(Debug)]
enum Known {
    Hash(Arc<str>),
    Free,
}

#[derive(Debug)]
pub(super) struct Line {
    pub(super) endpoint: Endpoint,
    major: Arc<str>,
    pub(super) bucket: BucketId,
    /// Since when its bucket is known by its hash.
    named: Option<Instant>,
    pub(super) in_flight: u32,
    /// A 429 said so, for reasons that the bucket does not show.
    pub(super) held_until: Option<Instant>,
    /// When that 429 came. Until one that left later is answered, one goes at a time.
    pub(super) careful: Option<Instant>,
    pub(super) waiting: BTreeSet<Ticket>,
}

impl Line {
    /// Whether the line itself lets one go, whatever its bucket says.
    fn is_open(&self, now: Instant) -> bool {
        self.held_until.is_none_or(|until| until <= now) && (self.careful.is_none() || self.in_flight == 0)
    }

    fn is_idle(&self, now: Instant) -> bool {
        self.waiting.is_empty()
            && self.in_flight == 0
            && self.careful.is_none()
            && self.held_until.is_none_or(|until| until <= now)
    }
}

#[derive(Debug)]
pub(super) struct Bucket {
    name: Name,
    major: Arc<str>,
    pub(super) window: Window,
    pub(super) in_flight: u32,
    lines: Vec<LineId>,
    /// The next moment at which to look at it again.
    pub(super) alarm: Option<Instant>,
}

impl Bucket {
    pub(super) fn room(&mut self, now: Instant) -> Room {
        self.window.room(now, self.in_flight)
    }
}

#[derive(Debug, Default)]
pub(super) struct Table {
    known: HashMap<Endpoint, Known>,
    line_ids: HashMap<Endpoint, HashMap<Arc<str>, LineId>>,
    bucket_ids: HashMap<Name, HashMap<Arc<str>, BucketId>>,
    lines: HashMap<LineId, Line>,
    buckets: HashMap<BucketId, Bucket>,
    made: u64,
    /// With so many lines the idle ones are forgotten. It grows with those that are not, so that
    /// looking for them costs each new line the same.
    full_at: usize,
    #[cfg(test)]
    looked_at: usize,
}

impl Table {
    pub(super) fn line(&self, id: LineId) -> Option<&Line> {
        self.lines.get(&id)
    }

    pub(super) fn line_mut(&mut self, id: LineId) -> Option<&mut Line> {
        self.lines.get_mut(&id)
    }

    pub(super) fn bucket(&self, id: BucketId) -> Option<&Bucket> {
        self.buckets.get(&id)
    }

    pub(super) fn bucket_mut(&mut self, id: BucketId) -> Option<&mut Bucket> {
        self.buckets.get_mut(&id)
    }

    /// A line and its bucket.
    pub(super) fn both_mut(&mut self, id: LineId) -> Option<(&mut Line, &mut Bucket)> {
        let line = self.lines.get_mut(&id)?;
        let bucket = self.buckets.get_mut(&line.bucket)?;
        Some((line, bucket))
    }

    pub(super) fn lines_of(&self, bucket: BucketId) -> impl Iterator<Item = (LineId, &Line)> {
        let ids = self.buckets.get(&bucket).map_or(&[][..], |bucket| &bucket.lines);
        ids.iter().filter_map(|id| Some((*id, self.lines.get(id)?)))
    }

    pub(super) fn line_ids(&self) -> impl Iterator<Item = LineId> {
        self.lines.keys().copied()
    }

    /// The line of a route, made if need be.
    pub(super) fn line_of(&mut self, now: Instant, route: &Route) -> LineId {
        let (endpoint, major) = (route.endpoint, route.major());
        if let Some(id) = self.line_ids.get(&endpoint).and_then(|by_major| by_major.get(major)) {
            return *id;
        }
        if self.lines.len() >= self.full_at.max(FEW_LINES) {
            self.forget_idle(now);
            self.full_at = 2 * self.lines.len();
        }
        let major: Arc<str> = major.into();
        let (name, free) = match self.known.get(&endpoint) {
            Some(Known::Hash(hash)) => (Name::Hash(hash.clone()), false),
            Some(Known::Free) => (Name::Endpoint(endpoint), true),
            None => (Name::Endpoint(endpoint), false),
        };
        let bucket = self.bucket_named(name, &major);
        let id = LineId(self.number());
        if let Some(bucket) = self.buckets.get_mut(&bucket) {
            bucket.lines.push(id);
            if free {
                bucket.window = Window::free();
            }
        }
        self.line_ids.entry(endpoint).or_default().insert(major.clone(), id);
        let line = Line {
            endpoint,
            major,
            bucket,
            named: None,
            in_flight: 0,
            held_until: None,
            careful: None,
            waiting: BTreeSet::new(),
        };
        self.lines.insert(id, line);
        id
    }

    /// Who is to go first among the waiting of a bucket's open lines.
    pub(super) fn first(
        &self,
        now: Instant,
        bucket: BucketId,
        of: impl Fn(Endpoint) -> bool,
    ) -> Option<(Ticket, LineId)> {
        let open = self.lines_of(bucket).filter(|(_, line)| of(line.endpoint) && line.is_open(now));
        open.filter_map(|(id, line)| Some((*line.waiting.first()?, id))).min()
    }

    /// When the first of a bucket's lines opens where somebody waits.
    pub(super) fn opens(&self, now: Instant, bucket: BucketId) -> Option<Instant> {
        let waiting = self.lines_of(bucket).filter(|(_, line)| !line.waiting.is_empty());
        waiting.filter_map(|(_, line)| line.held_until.filter(|until| *until > now)).min()
    }

    /// How many go before this ticket, which may also be one that does not wait yet.
    pub(super) fn ahead(&self, now: Instant, bucket: BucketId, ticket: Ticket) -> u32 {
        let open = self.lines_of(bucket).filter(|(_, line)| line.held_until.is_none_or(|until| until <= now));
        let ahead = open.map(|(_, line)| match line.waiting.last() {
            Some(last) if *last < ticket => line.waiting.len(),
            _ => line.waiting.range(..ticket).count(),
        });
        u32::try_from(ahead.sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// Gives the line the bucket with this hash; what is under way moves along.
    ///
    /// `false` when the answer, whose call left at `sent`, is older than what is known.
    pub(super) fn learn(&mut self, now: Instant, id: LineId, sent: Instant, hash: &str) -> bool {
        let Some((line, old)) = self.both_mut(id) else { return false };
        if matches!(&old.name, Name::Hash(known) if &**known == hash) {
            return true;
        }
        if line.named.is_some_and(|named| sent < named) {
            return false;
        }
        line.named = Some(now);
        let (endpoint, major, in_flight, from) =
            (line.endpoint, line.major.clone(), line.in_flight, line.bucket);
        old.in_flight -= in_flight.min(old.in_flight);
        old.lines.retain(|line| *line != id);
        // A bucket of its own is of no use to anybody else.
        if let (Name::Endpoint(_), true) = (&old.name, old.lines.is_empty()) {
            self.remove_bucket(from);
        }
        let hash: Arc<str> = hash.into();
        self.known.insert(endpoint, Known::Hash(hash.clone()));
        let to = self.bucket_named(Name::Hash(hash), &major);
        if let Some(bucket) = self.buckets.get_mut(&to) {
            bucket.in_flight += in_flight;
            bucket.lines.push(id);
        }
        if let Some(line) = self.lines.get_mut(&id) {
            line.bucket = to;
        }
        true
    }

    /// An answer on this line was without any word on limits.
    pub(super) fn learn_free(&mut self, id: LineId) {
        let Some((line, bucket)) = self.both_mut(id) else { return };
        if let (Name::Endpoint(endpoint), true) = (&bucket.name, bucket.window.is_unknown()) {
            debug_assert_eq!(*endpoint, line.endpoint);
            bucket.window.set_free();
            let endpoint = line.endpoint;
            self.known.entry(endpoint).or_insert(Known::Free);
        }
    }

    fn bucket_named(&mut self, name: Name, major: &Arc<str>) -> BucketId {
        let id = BucketId(self.number());
        match self.bucket_ids.entry(name.clone()).or_default().entry(major.clone()) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(vacant) => {
                vacant.insert(id);
                let bucket = Bucket {
                    name,
                    major: major.clone(),
                    window: Window::default(),
                    in_flight: 0,
                    lines: Vec::new(),
                    alarm: None,
                };
                self.buckets.insert(id, bucket);
                id
            }
        }
    }

    fn number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    fn forget_idle(&mut self, now: Instant) {
        #[cfg(test)]
        {
            self.looked_at += self.lines.len();
        }
        let Table { lines, buckets, line_ids, .. } = self;
        lines.retain(|id, line| {
            let Some(bucket) = buckets.get_mut(&line.bucket) else { return false };
            let keep = !line.is_idle(now) || bucket.in_flight > 0 || !bucket.window.is_idle(now);
            if !keep {
                bucket.lines.retain(|other| other != id);
                if let Some(by_major) = line_ids.get_mut(&line.endpoint) {
                    by_major.remove(&line.major);
                }
            }
            keep
        });
        let idle = |bucket: &Bucket| bucket.lines.is_empty() && bucket.window.is_idle(now);
        let idle: Vec<_> = buckets.iter().filter(|(_, bucket)| idle(bucket)).map(|(id, _)| *id).collect();
        for id in idle {
            self.remove_bucket(id);
        }
    }

    fn remove_bucket(&mut self, id: BucketId) {
        let Some(bucket) = self.buckets.remove(&id) else { return };
        if let Entry::Occupied(mut by_major) = self.bucket_ids.entry(bucket.name) {
            by_major.get_mut().remove(&bucket.major);
            if by_major.get().is_empty() {
                by_major.remove();
            }
        }
    }

    /// How many lines were looked at to find the idle ones.
    #[cfg(test)]
    pub(super) fn looked_at(&self) -> usize {
        self.looked_at
    }

    /// How many lines and buckets are kept.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, usize) {
        let ids = self.bucket_ids.values().map(HashMap::len).sum::<usize>();
        assert_eq!(ids, self.buckets.len());
        assert_eq!(self.line_ids.values().map(HashMap::len).sum::<usize>(), self.lines.len());
        (self.lines.len(), self.buckets.len())
    }
}
