//! What arrives for the threads that collect members.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::gateway::event::{Event, GuildMembersChunk, RateLimited};
use crate::json;
use crate::sync::{Condvar, Mutex};

/// Maximum number of bytes that wait for one thread.
const MAX_BYTES: usize = 64 << 20;

/// Something that concerns a request for members.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// The text of a chunk.
    Chunk(Box<str>),
    /// Discord's rate limit refused the request for this long.
    Refused(Duration),
    /// The shard has a new session.
    NewSession,
    /// The shard's session continues on another connection.
    Resumed,
}

/// The requests for members that are being collected.
#[derive(Default)]
pub(crate) struct MemberRequests {
    /// Their number. It is read for every event without the lock.
    count: AtomicUsize,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    by_nonce: HashMap<String, Arc<Arrivals>>,
    /// The bot stops.
    is_closed: bool,
}

/// What arrives for one collecting thread.
pub(super) struct Arrivals {
    shard: u32,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Arrival>,
    bytes: usize,
    /// The bot stops.
    is_closed: bool,
    /// Chunks were dropped, because the thread did not take them.
    is_full: bool,
}

/// How a wait for an arrival ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Waited {
    Arrived(Arrival),
    TimedOut,
    Closed,
    /// More came than there was room for.
    Full,
}

/// A request that is being collected. Nothing arrives for it after it was dropped.
pub(crate) struct Registered<'r> {
    requests: &'r MemberRequests,
    nonce: String,
    arrivals: Arc<Arrivals>,
}

impl MemberRequests {
    /// Registers a nonce, with which requests are sent over a shard.
    pub(crate) fn register(&self, nonce: String, shard: u32) -> Registered<'_> {
        let mut open = self.open.lock();
        let state = State { is_closed: open.is_closed, ..State::default() };
        let arrivals = Arc::new(Arrivals { shard, state: Mutex::new(state), changed: Condvar::new() });
        open.by_nonce.insert(nonce.clone(), Arc::clone(&arrivals));
        self.count.store(open.by_nonce.len(), Ordering::Release);
        drop(open);
        Registered { requests: self, nonce, arrivals }
    }

    /// Whether members are being collected.
    pub(crate) fn are_open(&self) -> bool {
        self.count.load(Ordering::Acquire) > 0
    }

    /// Gives an event to the thread whose request it answers.
    pub(crate) fn offer(&self, name: &str, data: &str) {
        if name == GuildMembersChunk::NAME {
            let nonce = json::read_with(data, |chunk| chunk.look_up::<String>("nonce"));
            self.put(nonce.ok().flatten(), || Arrival::Chunk(data.into()));
        } else if name == RateLimited::NAME {
            let Ok(refused) = RateLimited::decode(data) else { return };
            let nonce = refused.request_guild_members().and_then(|meta| meta.nonce);
            self.put(nonce, || Arrival::Refused(refused.retry_after));
        }
    }

    fn put(&self, nonce: Option<String>, arrival: impl FnOnce() -> Arrival) {
        let arrivals = nonce.and_then(|nonce| self.open.lock().by_nonce.get(&nonce).cloned());
        if let Some(arrivals) = arrivals {
            arrivals.put(arrival());
        }
    }

    /// A shard is connected again.
    pub(crate) fn connected(&self, shard: u32, resumed: bool) {
        let open = self.open.lock();
        let of_shard: Vec<_> =
            open.by_nonce.values().filter(|arrivals| arrivals.shard == shard).cloned().collect();
        drop(open);
        for arrivals in of_shard {
            arrivals.put(if resumed { Arrival::Resumed } else { Arrival::NewSession });
        }
    }

    /// Ends all waiting, now and later: the bot stops.
    pub(crate) fn stop(&self) {
        let mut open = self.open.lock();
        open.is_closed = true;
        let waiting: Vec<_> = open.by_nonce.values().cloned().collect();
        drop(open);
        for arrivals in waiting {
            arrivals.state.lock().is_closed = true;
            arrivals.changed.notify_all();
        }
    }
}

impl Arrivals {
    fn put(&self, arrival: Arrival) {
        let mut state = self.state.lock();
        if let Arrival::Chunk(data) = &arrival {
            state.is_full |= state.bytes + data.len() > MAX_BYTES && state.bytes > 0;
            if state.is_full {
                return;
            }
            state.bytes += data.len();
        }
        state.waiting.push_back(arrival);
        drop(state);
        self.changed.notify_all();
    }
}

impl Registered<'_> {
    /// Waits for the next arrival, at most until `until`.
    pub(crate) fn wait(&self, until: Instant) -> Waited {
        let mut state = self.arrivals.state.lock();
        loop {
            if let Some(arrival) = state.waiting.pop_front() {
                if let Arrival::Chunk(data) = &arrival {
                    state.bytes -= data.len();
                }
                return Waited::Arrived(arrival);
            }
            if state.is_full {
                return Waited::Full;
            }
            if state.is_closed {
                return Waited::Closed;
            }
            let timeout = until.saturating_duration_since(Instant::now());
            if timeout.is_zero() {
                return Waited::TimedOut;
            }
            state = self.arrivals.changed.wait_timeout(state, timeout).0;
        }
    }
}

impl Drop for Registered<'_> {
    fn drop(&mut self) {
        let mut open = self.requests.open.lock();
        let removed = open.by_nonce.remove(&self.nonce);
        self.requests.count.store(open.by_nonce.len(), Ordering::Release);
        drop(open);
        // What has arrived may be large.
        drop(removed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Arrival, MAX_BYTES, MemberRequests, Waited};

    fn chunk(nonce: &str) -> String {
        format!(r#"{{"guild_id":"1","members":[{{"nick":"\"nonce\":\"b\""}}],"nonce":"{nonce}"}}"#)
    }

    #[test]
    fn an_event_goes_to_the_request_with_its_nonce() {
        let requests = MemberRequests::default();
        assert!(!requests.are_open());
        let (a, b) = (requests.register("a".to_owned(), 0), requests.register("b".to_owned(), 1));
        assert!(requests.are_open());
        requests.offer("GUILD_MEMBERS_CHUNK", &chunk("a"));
        requests.offer("GUILD_MEMBERS_CHUNK", &chunk("c"));
        requests.offer("GUILD_MEMBERS_CHUNK", r#"{"guild_id":"1"}"#);
        requests
            .offer("RATE_LIMITED", r#"{"opcode":8,"retry_after":1.5,"meta":{"guild_id":"1","nonce":"b"}}"#);
        requests.offer("RATE_LIMITED", r#"{"opcode":8,"retry_after":1.5,"meta":{"guild_id":"1"}}"#);
        requests.connected(0, true);
        requests.connected(1, false);
        let now = Instant::now();
        assert_eq!(a.wait(now), Waited::Arrived(Arrival::Chunk(chunk("a").into())));
        assert_eq!(a.wait(now), Waited::Arrived(Arrival::Resumed));
        assert_eq!(a.wait(now), Waited::TimedOut);
        assert_eq!(b.wait(now), Waited::Arrived(Arrival::Refused(Duration::from_millis(1500))));
        assert_eq!(b.wait(now), Waited::Arrived(Arrival::NewSession));
        requests.stop();
        assert_eq!(b.wait(now), Waited::Closed);
        drop((a, b));
        assert!(!requests.are_open());
    }

    #[test]
    fn what_is_requested_while_the_bot_stops_waits_for_nothing() {
        let requests = MemberRequests::default();
        requests.stop();
        let late = requests.register("a".to_owned(), 0);
        assert_eq!(late.wait(Instant::now() + Duration::from_secs(60)), Waited::Closed);
    }

    #[test]
    fn what_waits_for_a_slow_thread_is_bounded() {
        let requests = MemberRequests::default();
        let slow = requests.register("a".to_owned(), 0);
        let large = "x".repeat(MAX_BYTES / 2);
        for _ in 0..3 {
            slow.arrivals.put(Arrival::Chunk(large.as_str().into()));
        }
        assert_eq!(slow.arrivals.state.lock().bytes, MAX_BYTES);
        let now = Instant::now();
        assert!(matches!(slow.wait(now), Waited::Arrived(_)));
        assert!(matches!(slow.wait(now), Waited::Arrived(_)));
        assert_eq!(slow.wait(now), Waited::Full);
    }
}
