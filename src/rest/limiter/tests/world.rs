//! Threads that call, a network with its delays, and the model at its end; all in virtual time.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::time::{Duration, Instant};

use super::model::Model;
use crate::rest::limiter::{Limiter, Rules, Said, Ticket, Verdict};
use crate::rest::route::{Endpoint, Route};

/// What the threads do, and what befalls them.
pub(super) struct Plan {
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) majors: u64,
    pub(super) threads: usize,
    /// The longest pause between two calls of a thread.
    pub(super) idle: Duration,
    /// One way over the network takes between these.
    pub(super) delay: (Duration, Duration),
    pub(super) patience: Duration,
    /// One answer of so many is lost.
    pub(super) lost: Option<u32>,
    /// A limit changes its name so often.
    pub(super) rename: Option<Duration>,
    pub(super) length: Duration,
    pub(super) per_second: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// Time alone may have changed something.
    Wake,
    Rename,
    Begin(usize),
    Arrive(usize),
    Answer(usize),
    Lost(usize),
    Deadline(usize, Ticket),
}

#[derive(Default)]
struct Thread {
    endpoint: usize,
    major: u64,
    ticket: Option<Ticket>,
    waits: bool,
    deadline: Option<Instant>,
    believed: Option<String>,
    said: Said,
    /// When the answer was written.
    stamp: Option<Instant>,
}

/// What came of it all.
#[derive(Default)]
pub(super) struct Report {
    pub(super) gone: u32,
    pub(super) late: u32,
    /// The most calls that were under way at once.
    pub(super) most: usize,
    /// How long a call waited at most that the limiter did not send away.
    pub(super) longest: Duration,
}

pub(super) struct World {
    now: Instant,
    begun: Instant,
    rng: fastrand::Rng,
    plan: Plan,
    pub(super) model: Model,
    limiter: Limiter,
    threads: Vec<Thread>,
    events: BinaryHeap<Reverse<(Instant, u64, Event)>>,
    numbered: u64,
    woken: Option<Instant>,
    /// The newest name that an answer told of each line, and of each endpoint.
    lines: HashMap<(usize, u64), (Instant, String)>,
    endpoints: HashMap<usize, (Instant, String)>,
    /// The longest window that an answer told of.
    longest: HashMap<(usize, u64), Duration>,
    waiting: HashMap<(usize, u64), BTreeSet<Ticket>>,
    asked_at: HashMap<Ticket, Instant>,
    under_way: usize,
    pub(super) report: Report,
}

impl World {
    pub(super) fn new(seed: u64, plan: Plan, model: Model) -> World {
        let now = Instant::now();
        let rules = Rules { per_second: plan.per_second, invalid: u32::MAX };
        let mut world = World {
            now,
            begun: now,
            rng: fastrand::Rng::with_seed(seed),
            model,
            limiter: Limiter::new(rules),
            threads: (0..plan.threads).map(|_| Thread::default()).collect(),
            events: BinaryHeap::new(),
            numbered: 0,
            woken: None,
            lines: HashMap::new(),
            endpoints: HashMap::new(),
            longest: HashMap::new(),
            waiting: HashMap::new(),
            asked_at: HashMap::new(),
            under_way: 0,
            report: Report::default(),
            plan,
        };
        for thread in 0..world.plan.threads {
            let after = world.below(world.plan.idle);
            world.after(after, Event::Begin(thread));
        }
        if let Some(often) = world.plan.rename {
            world.after(often, Event::Rename);
        }
        world
    }

    /// Runs to the end, when every thread has its last answer.
    pub(super) fn run(mut self) -> World {
        while let Some(Reverse((at, _, event))) = self.events.pop() {
            self.now = at;
            self.handle(event);
            self.settle();
        }
        let stuck: Vec<_> = self.threads.iter().filter(|thread| thread.waits).map(|t| t.endpoint).collect();
        assert!(stuck.is_empty(), "nobody will ever wake those who wait for {stuck:?}");
        self
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Wake => self.woken = None,
            Event::Rename => {
                let limit = self.rng.usize(..self.model.limits.len());
                self.model.names[limit] += 1;
                if let Some(often) = self.plan.rename.filter(|_| !self.is_over()) {
                    self.after(often, Event::Rename);
                }
            }
            Event::Begin(thread) => {
                let deadline = self.now + self.plan.patience;
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
                let (endpoint, major, believed) = (of.endpoint, of.major, of.believed.clone());
                let said = self.model.answer(self.now, endpoint, major, believed.as_deref());
                self.threads[thread].said = said;
                self.threads[thread].stamp = Some(self.now);
                let delay = self.delay();
                self.after(delay, Event::Answer(thread));
            }
            Event::Answer(thread) => self.take_answer(thread),
            Event::Lost(thread) => {
                let ticket = self.threads[thread].ticket.unwrap();
                self.under_way -= 1;
                self.limiter.lose(self.now, ticket);
                self.rest(thread);
            }
            Event::Deadline(thread, ticket) => {
                if self.threads[thread].waits && self.threads[thread].ticket == Some(ticket) {
                    let at = self.limiter.give_up(self.now, ticket);
                    assert!(at >= self.now);
                    self.leave_line(thread, ticket);
                    self.report.late += 1;
                    self.rest(thread);
                }
            }
        }
    }

    fn enter(&mut self, thread: usize) {
        let of = &mut self.threads[thread];
        let route: Route = self.plan.endpoints[of.endpoint].at(&[&of.major, &"token"]);
        let deadline = of.deadline.unwrap();
        let ticket = self.limiter.enter(self.now, &route, deadline, of.ticket);
        (of.ticket, of.waits) = (Some(ticket), true);
        self.waiting.entry((of.endpoint, of.major)).or_default().insert(ticket);
        self.asked_at.insert(ticket, self.now);
        self.at(deadline, Event::Deadline(thread, ticket));
    }

    /// Does what every event is followed by.
    fn settle(&mut self) {
        self.limiter.release(self.now);
        while let Some((ticket, verdict)) = self.limiter.verdict() {
            let thread = self.threads.iter().position(|of| of.ticket == Some(ticket)).unwrap();
            let first = self.leave_line(thread, ticket);
            match verdict {
                Verdict::Go => {
                    assert_eq!(first, ticket, "an earlier call of the same route still waits");
                    self.go(thread, ticket);
                }
                Verdict::Late(at) => {
                    assert!(at > self.threads[thread].deadline.unwrap());
                    self.report.late += 1;
                    self.rest(thread);
                }
                Verdict::Stopped { .. } => unreachable!("the breaker is off"),
            }
        }
        if let Some(at) = self.limiter.wake_at(self.now) {
            assert!(at > self.now, "whoever can go now has gone");
            if self.woken.is_none_or(|woken| at < woken) {
                self.woken = Some(at);
                self.at(at, Event::Wake);
            }
        }
    }

    /// Takes it from those who wait, and says who was the first of them.
    fn leave_line(&mut self, thread: usize, ticket: Ticket) -> Ticket {
        let of = &mut self.threads[thread];
        of.waits = false;
        let waiting = self.waiting.get_mut(&(of.endpoint, of.major)).unwrap();
        let first = *waiting.first().unwrap();
        assert!(waiting.remove(&ticket));
        first
    }

    fn go(&mut self, thread: usize, ticket: Ticket) {
        let waited = self.now.duration_since(self.asked_at[&ticket]);
        self.report.longest = self.report.longest.max(waited);
        self.report.gone += 1;
        self.under_way += 1;
        self.report.most = self.report.most.max(self.under_way);
        let of = &mut self.threads[thread];
        let line = self.lines.get(&(of.endpoint, of.major));
        of.believed = line.or_else(|| self.endpoints.get(&of.endpoint)).map(|(_, name)| name.clone());
        let delay = self.delay();
        if self.plan.lost.is_some_and(|often| self.rng.u32(..often) == 0) {
            if self.rng.bool() {
                let of = &self.threads[thread];
                let (endpoint, major) = (of.endpoint, of.major);
                // When the window ends that it may have opened is known only from an earlier one.
                let longest = self.longest.get(&(endpoint, major)).copied().unwrap_or_default();
                let knows_period = longest >= self.model.period(endpoint);
                let believed = of.believed.clone().filter(|_| knows_period);
                self.model.answer(self.now, endpoint, major, believed.as_deref());
            }
            self.after(Duration::from_secs(1), Event::Lost(thread));
        } else {
            self.after(delay, Event::Arrive(thread));
        }
    }

    fn take_answer(&mut self, thread: usize) {
        let of = &self.threads[thread];
        let (said, stamp) = (of.said.clone(), of.stamp.unwrap());
        let (endpoint, major, ticket) = (of.endpoint, of.major, of.ticket.unwrap());
        if let Some(name) = &said.bucket {
            let line = self.lines.entry((endpoint, major)).or_insert_with(|| (stamp, name.clone()));
            if line.0 <= stamp {
                *line = (stamp, name.clone());
            }
            let known = self.endpoints.entry(endpoint).or_insert_with(|| (stamp, name.clone()));
            if known.0 <= stamp {
                *known = (stamp, name.clone());
            }
        }
        let longest = self.longest.entry((endpoint, major)).or_default();
        *longest = said.reset_after.unwrap_or_default().max(*longest);
        self.under_way -= 1;
        self.limiter.tell(self.now, ticket, &said);
        if said.refused.is_some() && !self.is_over() {
            self.enter(thread);
        } else {
            self.rest(thread);
        }
    }

    fn rest(&mut self, thread: usize) {
        if !self.is_over() {
            let after = self.below(self.plan.idle);
            self.after(after, Event::Begin(thread));
        }
    }

    fn is_over(&self) -> bool {
        self.now > self.begun + self.plan.length
    }

    fn delay(&mut self) -> Duration {
        let (least, most) = self.plan.delay;
        least + self.below(most - least)
    }

    fn below(&mut self, most: Duration) -> Duration {
        Duration::from_micros(self.rng.u64(..=u64::try_from(most.as_micros()).unwrap()))
    }

    fn after(&mut self, delay: Duration, event: Event) {
        self.at(self.now + delay, event);
    }

    fn at(&mut self, at: Instant, event: Event) {
        self.numbered += 1;
        self.events.push(Reverse((at, self.numbered, event)));
    }
}
