//! Threads that make calls, a network with delays, and the model of the server, in virtual time.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::time::{Duration, Instant};

use super::model::Model;
use crate::rest::limiter::{Decision, Limiter, Owner, RateLimitHeaders, Rules, Ticket};
use crate::rest::route::{Endpoint, Route};

/// What the threads and the network do.
pub(super) struct Plan {
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) majors: u64,
    pub(super) threads: usize,
    /// Maximum pause between two calls of a thread.
    pub(super) idle: Duration,
    /// Minimum and maximum delay in one direction.
    pub(super) delay: (Duration, Duration),
    pub(super) timeout: Duration,
    /// One in this number of responses is lost.
    pub(super) lost_one_in: Option<u32>,
    /// How often a limit changes its bucket hash.
    pub(super) rename_every: Option<Duration>,
    pub(super) length: Duration,
    pub(super) per_second: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The time of the limiter's `wake_at`.
    Wake,
    Rename,
    Begin(usize),
    Arrive(usize),
    Response(usize),
    Lost(usize),
    Deadline(usize, Ticket),
}

#[derive(Default)]
struct Thread {
    endpoint: usize,
    major: u64,
    ticket: Option<Ticket>,
    is_waiting: bool,
    deadline: Option<Instant>,
    assumed: Option<String>,
    headers: RateLimitHeaders,
    /// When the server sent the response.
    responded_at: Option<Instant>,
}

/// The results of a run.
#[derive(Default)]
pub(super) struct Report {
    pub(super) sent: u32,
    pub(super) rejected: u32,
    /// Maximum number of requests in flight.
    pub(super) max_in_flight: usize,
    /// When the last 429 arrived, from the start.
    pub(super) last_refused: Option<Duration>,
    /// The longest wait of a call that was sent.
    pub(super) longest_wait: Duration,
}

pub(super) struct World {
    now: Instant,
    started: Instant,
    rng: fastrand::Rng,
    plan: Plan,
    pub(super) model: Model,
    limiter: Limiter,
    threads: Vec<Thread>,
    events: BinaryHeap<Reverse<(Instant, u64, Event)>>,
    event_count: u64,
    woken: Option<Instant>,
    /// The newest bucket hash that a response named for each route, and for each endpoint.
    routes: HashMap<(usize, u64), (Instant, String)>,
    endpoints: HashMap<usize, (Instant, String)>,
    /// The longest window that a response described.
    longest_window: HashMap<(usize, u64), Duration>,
    waiting: HashMap<(usize, u64), BTreeSet<Ticket>>,
    entered_at: HashMap<Ticket, Instant>,
    in_flight: usize,
    pub(super) report: Report,
}

impl World {
    pub(super) fn new(seed: u64, plan: Plan, model: Model) -> World {
        let now = Instant::now();
        let rules = Rules { per_second: plan.per_second, invalid: u32::MAX };
        let mut world = World {
            now,
            started: now,
            rng: fastrand::Rng::with_seed(seed),
            model,
            limiter: Limiter::new(rules),
            threads: (0..plan.threads).map(|_| Thread::default()).collect(),
            events: BinaryHeap::new(),
            event_count: 0,
            woken: None,
            routes: HashMap::new(),
            endpoints: HashMap::new(),
            longest_window: HashMap::new(),
            waiting: HashMap::new(),
            entered_at: HashMap::new(),
            in_flight: 0,
            report: Report::default(),
            plan,
        };
        for thread in 0..world.plan.threads {
            let after = world.below(world.plan.idle);
            world.after(after, Event::Begin(thread));
        }
        if let Some(often) = world.plan.rename_every {
            world.after(often, Event::Rename);
        }
        world
    }

    /// Runs until every thread has its last response.
    pub(super) fn run(mut self) -> World {
        while let Some(Reverse((at, _, event))) = self.events.pop() {
            self.now = at;
            self.handle(event);
            self.carry_out();
        }
        let stuck: Vec<_> =
            self.threads.iter().filter(|thread| thread.is_waiting).map(|t| t.endpoint).collect();
        assert!(stuck.is_empty(), "no event will ever wake the calls of {stuck:?}");
        self
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Wake => self.woken = None,
            Event::Rename => {
                let limit = self.rng.usize(..self.model.limits.len());
                self.model.hash_changes[limit] += 1;
                if let Some(often) = self.plan.rename_every.filter(|_| !self.is_over()) {
                    self.after(often, Event::Rename);
                }
            }
            Event::Begin(thread) => {
                let deadline = self.now + self.plan.timeout;
                self.threads[thread] = Thread {
                    endpoint: self.rng.usize(..self.plan.endpoints.len()),
                    major: self.rng.u64(..self.plan.majors),
                    deadline: Some(deadline),
                    ..Thread::default()
                };
                self.enter(thread);
            }
            Event::Arrive(thread) => {
                let of = &self.threads[thread];
                let (endpoint, major, assumed) = (of.endpoint, of.major, of.assumed.clone());
                let headers = self.model.respond(self.now, endpoint, major, assumed.as_deref());
                self.threads[thread].headers = headers;
                self.threads[thread].responded_at = Some(self.now);
                let delay = self.delay();
                self.after(delay, Event::Response(thread));
            }
            Event::Response(thread) => self.on_response(thread),
            Event::Lost(thread) => {
                let ticket = self.threads[thread].ticket.unwrap();
                self.in_flight -= 1;
                self.limiter.lost(self.now, ticket);
                self.end_call(thread);
            }
            Event::Deadline(thread, ticket) => {
                if self.threads[thread].is_waiting && self.threads[thread].ticket == Some(ticket) {
                    let at = self.limiter.give_up(self.now, ticket);
                    assert!(at >= self.now);
                    self.remove_waiting(thread, ticket);
                    self.report.rejected += 1;
                    self.end_call(thread);
                }
            }
        }
    }

    fn enter(&mut self, thread: usize) {
        let of = &mut self.threads[thread];
        let route: Route = self.plan.endpoints[of.endpoint].at(&[&of.major, &"token"]);
        let deadline = of.deadline.unwrap();
        let ticket = self.limiter.enter(self.now, Owner::Address, &route, deadline, of.ticket);
        (of.ticket, of.is_waiting) = (Some(ticket), true);
        self.waiting.entry((of.endpoint, of.major)).or_default().insert(ticket);
        self.entered_at.insert(ticket, self.now);
        self.at(deadline, Event::Deadline(thread, ticket));
    }

    /// Carries out the decisions that follow an event.
    fn carry_out(&mut self) {
        self.limiter.release(self.now);
        while let Some((ticket, decision)) = self.limiter.next_decision() {
            let thread = self.threads.iter().position(|of| of.ticket == Some(ticket)).unwrap();
            let first = self.remove_waiting(thread, ticket);
            match decision {
                Decision::Send => {
                    assert_eq!(first, ticket, "an earlier call of the same route still is_waiting");
                    self.send(thread, ticket);
                }
                Decision::TooLate(at) => {
                    assert!(at > self.threads[thread].deadline.unwrap());
                    self.report.rejected += 1;
                    self.end_call(thread);
                }
                Decision::Stopped { .. } => unreachable!("the breaker is off"),
            }
        }
        if let Some(at) = self.limiter.wake_at(self.now) {
            assert!(at > self.now, "every call that can be sent now was sent");
            if self.woken.is_none_or(|woken| at < woken) {
                self.woken = Some(at);
                self.at(at, Event::Wake);
            }
        }
    }

    /// Removes a waiting call. Returns the call that was first.
    fn remove_waiting(&mut self, thread: usize, ticket: Ticket) -> Ticket {
        let of = &mut self.threads[thread];
        of.is_waiting = false;
        let waiting = self.waiting.get_mut(&(of.endpoint, of.major)).unwrap();
        let first = *waiting.first().unwrap();
        assert!(waiting.remove(&ticket));
        first
    }

    fn send(&mut self, thread: usize, ticket: Ticket) {
        let waited = self.now.duration_since(self.entered_at[&ticket]);
        self.report.longest_wait = self.report.longest_wait.max(waited);
        self.report.sent += 1;
        self.in_flight += 1;
        self.report.max_in_flight = self.report.max_in_flight.max(self.in_flight);
        let of = &mut self.threads[thread];
        let route = self.routes.get(&(of.endpoint, of.major));
        of.assumed = route.or_else(|| self.endpoints.get(&of.endpoint)).map(|(_, hash)| hash.clone());
        let delay = self.delay();
        if self.plan.lost_one_in.is_some_and(|often| self.rng.u32(..often) == 0) {
            if self.rng.bool() {
                let of = &self.threads[thread];
                let (endpoint, major) = (of.endpoint, of.major);
                // The end of a window that this request opened is known only from an earlier window.
                let longest = self.longest_window.get(&(endpoint, major)).copied().unwrap_or_default();
                let knows_period = longest >= self.model.period(endpoint);
                let assumed = of.assumed.clone().filter(|_| knows_period);
                self.model.respond(self.now, endpoint, major, assumed.as_deref());
            }
            self.after(Duration::from_secs(1), Event::Lost(thread));
        } else {
            self.after(delay, Event::Arrive(thread));
        }
    }

    fn on_response(&mut self, thread: usize) {
        let of = &self.threads[thread];
        let (headers, responded_at) = (of.headers.clone(), of.responded_at.unwrap());
        let (endpoint, major, ticket) = (of.endpoint, of.major, of.ticket.unwrap());
        if let Some(hash) = &headers.bucket {
            let route = self.routes.entry((endpoint, major)).or_insert_with(|| (responded_at, hash.clone()));
            if route.0 <= responded_at {
                *route = (responded_at, hash.clone());
            }
            let known = self.endpoints.entry(endpoint).or_insert_with(|| (responded_at, hash.clone()));
            if known.0 <= responded_at {
                *known = (responded_at, hash.clone());
            }
        }
        let longest = self.longest_window.entry((endpoint, major)).or_default();
        *longest = headers.reset_after.unwrap_or_default().max(*longest);
        self.in_flight -= 1;
        self.limiter.complete(self.now, ticket, &headers);
        if headers.too_many_requests.is_some() {
            self.report.last_refused = Some(self.now.duration_since(self.started));
        }
        if headers.too_many_requests.is_some() && !self.is_over() {
            self.enter(thread);
        } else {
            self.end_call(thread);
        }
    }

    fn end_call(&mut self, thread: usize) {
        if !self.is_over() {
            let after = self.below(self.plan.idle);
            self.after(after, Event::Begin(thread));
        }
    }

    fn is_over(&self) -> bool {
        self.now > self.started + self.plan.length
    }

    fn delay(&mut self) -> Duration {
        let (min, max) = self.plan.delay;
        min + self.below(max - min)
    }

    fn below(&mut self, max: Duration) -> Duration {
        Duration::from_micros(self.rng.u64(..=u64::try_from(max.as_micros()).unwrap()))
    }

    fn after(&mut self, delay: Duration, event: Event) {
        self.at(self.now + delay, event);
    }

    fn at(&mut self, at: Instant, event: Event) {
        self.event_count += 1;
        self.events.push(Reverse((at, self.event_count, event)));
    }
}
