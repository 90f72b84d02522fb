//! The loop: it delivers the next event in virtual time to the peer or to a client.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::Value;
use syncord::gateway::ShardId;
use syncord::gateway::identify::{Decision, IdentifyBudget, StartLimit, WaitReason};
use syncord::gateway::session::{Action, Ended, Input, Notice, State, Target};
use syncord::sim::peer::{ConnectionId, Peer, Rules, SessionStartLimit};

use super::client::{Arrival, Client, Clocks, session};
use super::network::Link;
use super::record::Totals;

pub(crate) const STOP_CODES: [u16; 6] = [4004, 4010, 4011, 4012, 4013, 4014];
/// The maximum time until all clients are ready after the last fault.
const BACK_WITHIN: Duration = Duration::from_secs(600);

pub(crate) enum Event {
    ToPeer(usize, Outgoing),
    ToClient(usize, Arrival),
    Connected(usize),
    Traffic,
    Fault,
    Recovery(Recovery),
}

pub(crate) enum Outgoing {
    Text(String),
    Identify(String),
    Close(u16),
}

#[derive(Clone, Copy)]
pub(crate) enum Recovery {
    Acks,
    Release(usize),
    Wake { mono_stopped: bool, since: Duration },
}

/// What happens to connections that are opened during an outage.
#[derive(Clone, Copy)]
pub(crate) enum Outage {
    Refused,
    Timeout,
    Mute,
}

pub(crate) struct World {
    pub(crate) t: Duration,
    pub(crate) end: Duration,
    pub(crate) rng: Rng,
    pub(crate) peer: Peer,
    pub(crate) clients: Vec<Client>,
    pub(crate) links: Vec<Link>,
    pub(crate) clocks: Clocks,
    pub(crate) suspended: bool,
    pub(crate) outage: Option<(Outage, Duration)>,
    pub(crate) trouble_until: Duration,
    pub(crate) last_request: Duration,
    pub(crate) totals: Totals,
    pub(crate) verbose: bool,
    interval: Duration,
    budget: IdentifyBudget,
    pub(crate) link_of: HashMap<ConnectionId, usize>,
    queue: BTreeMap<(Duration, u64), Event>,
    queued: u64,
    /// When each event of each shard was dispatched.
    pub(crate) dispatched: Vec<Vec<Duration>>,
    violations_checked: usize,
}

pub(crate) type Checked = Result<(), String>;

impl World {
    pub(crate) fn new(seed: u64) -> World {
        let mut rng = Rng::with_seed(seed);
        let total = if rng.u8(..3) == 0 { rng.u32(2..5) } else { 1 };
        let interval = Duration::from_millis(rng.u64(30_000..60_000));
        let identifies = if rng.u8(..4) == 0 { 60 } else { 1000 };
        let rules = Rules {
            heartbeat_interval: interval,
            heartbeat_tolerance: Duration::from_secs(5),
            session_start_limit: SessionStartLimit {
                total: identifies,
                remaining: identifies - rng.u32(..identifies / 2),
                reset_after: Duration::from_secs(rng.u64(600..80_000)),
                max_concurrency: rng.u32(1..3),
            },
            first_seq: [0, 1, 1, u64::from(u32::MAX) - 5][rng.usize(..4)],
            vary_frames: rng.bool(),
            ..Rules::default()
        };
        let clocks =
            Clocks { base: Instant::now(), mono_lag: Duration::ZERO, wall_ahead_ms: 0, wall_stepped: false };
        let clients: Vec<Client> = (0..total)
            .map(|index| Client::new(ShardId { index, total }, clocks.now(Duration::ZERO), rng.u64(..)))
            .collect();
        World {
            t: Duration::ZERO,
            end: Duration::from_secs(rng.u64(4_000..11_500)),
            peer: Peer::new(rules, rng.u64(..)),
            dispatched: vec![Vec::new(); clients.len()],
            rng,
            clients,
            links: Vec::new(),
            clocks,
            suspended: false,
            outage: None,
            trouble_until: Duration::ZERO,
            last_request: Duration::ZERO,
            totals: Totals::default(),
            verbose: false,
            interval,
            budget: IdentifyBudget::new(),
            link_of: HashMap::new(),
            queue: BTreeMap::new(),
            queued: 0,
            violations_checked: 0,
        }
    }

    pub(crate) fn play(mut self) -> Result<Totals, String> {
        let played = self.run().map_err(|problem| format!("at {:?}: {problem}", self.t));
        played?;
        let counters = self.peer.counters();
        self.totals.identifies = counters.identifies;
        self.totals.heartbeats = counters.heartbeats;
        (self.totals.seeds, self.totals.time) = (1, self.end);
        Ok(self.totals)
    }

    /// From this time on there are no new faults.
    pub(crate) fn quiet_from(&self) -> Duration {
        self.end - BACK_WITHIN - Duration::from_secs(300)
    }

    fn run(&mut self) -> Checked {
        self.at(Duration::ZERO, Event::Traffic);
        self.at(Duration::from_secs(60), Event::Fault);
        loop {
            let client_deadline = self.clients.iter().enumerate().filter(|_| !self.suspended);
            let client_deadline = client_deadline
                .filter_map(|(i, client)| Some((client.deadline(&self.clocks)?.max(self.t), i)))
                .min();
            let peer_deadline = self.peer.deadline().map(|at| at.max(self.t));
            let queued = self.queue.keys().next().map(|(at, _)| *at);
            let Some(next) =
                [client_deadline.map(|client_deadline| client_deadline.0), peer_deadline, queued]
                    .into_iter()
                    .flatten()
                    .min()
            else {
                return Err("nothing is scheduled in the whole simulation".into());
            };
            if next > self.end {
                break;
            }
            self.t = next;
            if queued == Some(next) {
                let (_, event) = self.queue.pop_first().unwrap();
                self.handle_event(event)?;
            } else if peer_deadline == Some(next) {
                let outputs = self.peer.poll(next);
                self.route(outputs);
            } else if let Some((_, i)) = client_deadline {
                self.wake(i)?;
            }
            self.check()?;
        }
        for (client, dispatched) in self.clients.iter().zip(&self.dispatched) {
            if !client.waits_for_budget {
                client.record.is_complete(dispatched.len() as u64)?;
            }
        }
        Ok(())
    }

    pub(crate) fn at(&mut self, at: Duration, event: Event) {
        self.queued += 1;
        self.queue.insert((at, self.queued), event);
    }

    pub(crate) fn after(&mut self, after: Duration, event: Event) {
        self.at(self.t + after, event);
    }

    fn handle_event(&mut self, event: Event) -> Checked {
        match event {
            Event::ToPeer(link, up) => self.deliver_to_peer(link, up),
            Event::ToClient(link, arrival) => {
                let Link { client, open, .. } = self.links[link];
                let ends = matches!(arrival, Arrival::Closed(..));
                // In half of the cases the end of a connection is noticed under backpressure, without its code.
                if open
                    && ends
                    && !self.clients[client].reads()
                    && !self.suspended
                    && self.t.as_millis() % 2 == 0
                {
                    self.drop_connection(client);
                    self.handle(client, Input::Closed { code: None, reason: "closed".into() })?;
                } else if open {
                    self.clients[client].unread.push_back(arrival);
                    self.read(client)?;
                }
            }
            Event::Connected(i) if self.suspended => self.after(Duration::from_secs(1), Event::Connected(i)),
            Event::Connected(i) => self.connected(i)?,
            Event::Traffic => self.traffic(),
            Event::Fault => self.fault()?,
            Event::Recovery(recover) => self.recover(recover)?,
        }
        Ok(())
    }

    fn wake(&mut self, i: usize) -> Checked {
        if self.clients[i].is_looping(self.t) {
            return Err("the session acts again and again without progress".into());
        }
        if self.clients[i].restart_at.take().is_some() {
            let seed = self.rng.u64(..);
            let client = &mut self.clients[i];
            client.session = session(client.id, self.clocks.now(self.t), seed);
            client.record.restarted();
            client.paused = false;
        }
        self.handle(i, Input::Timeout)
    }

    /// Checks everything that must hold at any time.
    fn check(&mut self) -> Checked {
        if let Some(violation) = self.peer.violations().get(self.violations_checked) {
            self.violations_checked += 1;
            let excused =
                violation.starts_with("closed with 4003") && self.links.iter().any(|l| l.invalidated);
            if !excused {
                return Err(format!("the peer reports a violation: {violation}"));
            }
        }
        for client in &self.clients {
            let ready = client.session.state() == State::Ready;
            let since = client.away_since.unwrap_or(self.t).max(self.trouble_until);
            if !ready && !client.waits_for_budget && self.t > since + BACK_WITHIN {
                return Err(format!("shard {} is {:?} since {since:?}", client.id, client.session.state()));
            }
            let timeout = self.interval + Duration::from_secs(11);
            let silent_since = client.link.and_then(|link| self.links[link].silent_since);
            if let Some(silent_since) = silent_since
                .filter(|silent_since| !client.paused && !self.suspended && self.t > *silent_since + timeout)
            {
                return Err(format!(
                    "shard {} has not noticed the silence since {silent_since:?}",
                    client.id
                ));
            }
        }
        Ok(())
    }

    pub(crate) fn read(&mut self, i: usize) -> Checked {
        while !self.suspended && self.clients[i].reads() && !self.clients[i].opening {
            let Some(arrival) = self.clients[i].unread.pop_front() else { break };
            match arrival {
                Arrival::Text(text) => self.handle(i, Input::Text(&text))?,
                Arrival::Invalid if self.rng.bool() => {
                    self.handle(i, Input::InvalidFrame("a binary frame"))?;
                }
                Arrival::Invalid => self.handle(i, Input::Text("{\"op\":"))?,
                Arrival::Closed(code, reason) => {
                    self.drop_connection(i);
                    self.handle(i, Input::Closed { code, reason })?;
                    let stops = code.is_some_and(|code| STOP_CODES.contains(&code));
                    if stops != (self.clients[i].session.state() == State::Stopped) {
                        return Err(format!("close code {code:?}: {:?}", self.clients[i].session.state()));
                    }
                }
            }
        }
        Ok(())
    }

    pub(crate) fn handle(&mut self, i: usize, input: Input<'_>) -> Checked {
        let now = self.clocks.now(self.t);
        let step = self.clients[i].session.handle(now, input);
        let mut postponed = None;
        for action in step.actions {
            if self.verbose {
                println!("{:?} shard {}: {action:?}", self.t, self.clients[i].id);
            }
            if let Action::Open(target) = action {
                postponed = self.open(i, &target)?;
            } else {
                self.carry_out(i, action)?;
            }
        }
        let client = &mut self.clients[i];
        if let Some(event) = step.dispatch {
            let data: Value = syncord::gateway::frame::parse(event.data).map_err(|e| e.to_string())?;
            if event.name == "READY" {
                client.record.ready(data["session_id"].as_str().unwrap().to_owned(), event.seq)?;
            } else {
                client.record.event(data["n"].as_u64(), event.seq)?;
                self.totals.events += u64::from(event.name != "RESUMED");
            }
        }
        let state = client.session.state();
        client.away_since = if state == State::Ready { None } else { client.away_since.or(Some(self.t)) };
        if let Some(at) = postponed {
            return self.handle(i, Input::Postponed(at));
        }
        if state != State::Stopped && !client.opening && client.session.deadline().is_none() {
            return Err("nothing is scheduled".into());
        }
        Ok(())
    }

    fn carry_out(&mut self, i: usize, action: Action) -> Checked {
        let mono = self.clocks.now(self.t).mono;
        let client = &mut self.clients[i];
        match action {
            Action::Send(text) | Action::SendEvent(text) => self.send(i, Outgoing::Text(text))?,
            Action::Identify(text) => {
                client.permit = false;
                self.budget.identified(mono, client.id);
                self.send(i, Outgoing::Identify(text))?;
            }
            Action::Close(code) => {
                if matches!(code, 1000 | 1001) && client.session.state() != State::Stopped {
                    return Err(format!("closed with {code}"));
                }
                self.send(i, Outgoing::Close(code))?;
                self.drop_connection(i);
            }
            Action::Notice(Notice::Gap(gap)) => {
                self.totals.gaps += 1;
                let since = self.clocks.true_time(gap.since);
                let missing = usize::try_from(client.record.next_missing()).unwrap();
                let early =
                    |at: &&Duration| !self.clocks.wall_stepped && **at + Duration::from_secs(5) < since;
                if let Some(at) = self.dispatched[i].get(missing).filter(early) {
                    return Err(format!("event {missing} of {at:?} is missing, the gap begins at {since:?}"));
                }
                client.record.gap(gap.last_seq, since)?;
            }
            Action::Notice(Notice::Connected { resumed }) => self.totals.resumes += u64::from(resumed),
            Action::Stop(ended) => {
                match ended {
                    Ended::Refused { code, .. } if !STOP_CODES.contains(&code) => {
                        return Err(format!("stopped by {code}"));
                    }
                    _ => {}
                }
                self.totals.stops += 1;
                self.trouble_until = self.trouble_until.max(self.t + Duration::from_secs(60));
                client.restart_at = Some(self.t + Duration::from_secs(self.rng.u64(1..60)));
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a permit and starts to connect, or returns when to ask again.
    fn open(&mut self, i: usize, target: &Target) -> Result<Option<Instant>, String> {
        let mono = self.clocks.now(self.t).mono;
        let client = &mut self.clients[i];
        if let Target::Identify { was_ready } = target {
            if self.outage.is_none_or(|(_, until)| self.t >= until) {
                let SessionStartLimit { total, remaining, reset_after, max_concurrency } =
                    self.peer.session_start_limit(self.t);
                self.budget.update(mono, StartLimit { total, remaining, reset_after, max_concurrency });
            }
            let decision = self.budget.request(mono, client.id, *was_ready);
            client.waits_for_budget = !matches!(
                decision,
                Decision::Permit | Decision::Wait { reason: WaitReason::Bucket | WaitReason::Order, .. }
            );
            match decision {
                Decision::Permit => client.permit = true,
                Decision::Wait { until, .. } => return Ok(Some(until)),
                // The program ends, and is started again before the reset.
                Decision::Refused { .. } => {
                    client.opening = true;
                    client.restart_at = Some(self.t + Duration::from_secs(600));
                    return Ok(None);
                }
            }
        }
        client.record.opened(mono)?;
        client.opening = true;
        let delay = match self.outage {
            Some((Outage::Timeout, until)) if self.t < until => self.rng.u64(10_000..20_000),
            _ => self.rng.u64(50..500),
        };
        self.after(Duration::from_millis(delay), Event::Connected(i));
        Ok(None)
    }

    fn connected(&mut self, i: usize) -> Checked {
        self.clients[i].opening = false;
        let outage = self.outage.filter(|(_, until)| self.t < *until);
        if matches!(outage, Some((Outage::Refused | Outage::Timeout, _))) {
            self.release_permit(i);
            return self.handle(i, Input::OpenFailed("unreachable".into()));
        }
        let (connection, outputs) = self.peer.connect(self.t);
        let mut link = Link::new(connection, i, Duration::from_millis(self.rng.u64(5..300)));
        if outage.is_some() {
            (link.up_cut, link.down_cut, link.silent_since) = (true, true, Some(self.t));
        }
        if outage.is_some() {
            self.peer.network_lost(connection);
        }
        self.link_of.insert(connection, self.links.len());
        self.clients[i].link = Some(self.links.len());
        self.links.push(link);
        self.handle(i, Input::Opened)?;
        self.route(outputs);
        Ok(())
    }

    fn send(&mut self, i: usize, up: Outgoing) -> Checked {
        let client = &mut self.clients[i];
        let Some(link) = client.link else { return Ok(()) };
        if !matches!(up, Outgoing::Close(_)) {
            client.record.sent(self.clocks.now(self.t).mono)?;
        }
        if !self.links[link].up_cut {
            let at = self.links[link].up(self.t, &mut self.rng);
            self.at(at, Event::ToPeer(link, up));
        }
        Ok(())
    }

    /// Closes the client's end of the connection.
    pub(crate) fn drop_connection(&mut self, i: usize) {
        if let Some(link) = self.clients[i].link.take() {
            self.links[link].open = false;
        }
        self.clients[i].unread.clear();
        self.release_permit(i);
    }

    fn release_permit(&mut self, i: usize) {
        if std::mem::take(&mut self.clients[i].permit) {
            self.budget.release(self.clients[i].id);
        }
    }
}
