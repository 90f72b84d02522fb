//! When a request may leave, by what Discord's answers said. It never waits itself.
//!
//! See [rate limits](https://docs.discord.com/developers/topics/rate-limits).
//!
//! A call [enters](Limiter::enter) and gets a ticket. [`Limiter::release`] lets go whom nothing holds
//! back, in the order of the tickets, and [`Limiter::verdict`] says who that is. The answer is
//! [told](Limiter::tell), and whoever it makes room for is released in turn. Between answers nothing
//! changes before [`Limiter::wake_at`].
//!
//! What is under way counts as used, so calls cannot overshoot together. Of a bucket of which nothing
//! is known one call goes alone and finds out for the others.

mod global;
mod invalid;
mod table;
mod window;

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use super::route::Route;
use global::Global;
use invalid::Invalid;
use table::{BucketId, LineId, Table};
use window::Room;

/// A call, as long as it lasts. The smaller one came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

/// What becomes of a call that entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It leaves now; [`Limiter::tell`], [`Limiter::lose`] or [`Limiter::unsend`] must follow.
    Go,
    /// It could not leave in time, but at this moment at the earliest.
    Late(Instant),
    /// So many calls were refused that none leaves before this moment.
    Stopped {
        /// How many were refused in the last ten minutes.
        refused: u32,
        until: Instant,
    },
}

/// What an answer said about limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) bucket: Option<String>,
    pub(crate) limit: Option<u32>,
    pub(crate) remaining: Option<u32>,
    pub(crate) reset_after: Option<Duration>,
    /// The answer was a 429.
    pub(crate) refused: Option<Refusal>,
    /// It counts towards the limit of invalid requests.
    pub(crate) invalid: bool,
    /// It came from Discord itself and answers the call, so what it does not say is not there.
    pub(crate) complete: bool,
}

/// A 429: how long to wait, and who has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) retry_after: Duration,
    pub(crate) reach: Reach,
}

/// Whom a 429 concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The route with its major parameter. What holds for its bucket the other headers say.
    Route,
    /// All that the bot asks, but not what it answers to interactions.
    Bot,
    /// All that comes from this address.
    Address,
}

/// What Discord does not say in its answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Calls a second of one bot.
    pub(crate) per_second: u32,
    /// Refused calls in ten minutes at which to stop.
    pub(crate) invalid: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Rules { per_second: 50, invalid: 5_000 }
    }
}

#[derive(Debug)]
struct Call {
    line: LineId,
    deadline: Instant,
    /// When it left.
    sent: Option<Instant>,
}

/// All that is known of the limits of one token.
#[derive(Debug)]
pub(crate) struct Limiter {
    table: Table,
    calls: HashMap<Ticket, Call>,
    tickets: u64,
    global: Global,
    invalid: Invalid,
    bot_paused: Option<Instant>,
    address_paused: Option<Instant>,
    /// Whom their buckets would let go, by ticket: those that the global limit holds for, and those exempt.
    ready: [BTreeSet<(Ticket, BucketId)>; 2],
    alarms: BinaryHeap<Reverse<(Instant, BucketId)>>,
    verdicts: VecDeque<(Ticket, Verdict)>,
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
            tickets: 0,
            global: Global::new(rules.per_second),
            invalid: Invalid::new(rules.invalid),
            bot_paused: None,
            address_paused: None,
            ready: Default::default(),
            alarms: BinaryHeap::new(),
            verdicts: VecDeque::new(),
        }
    }

    /// A call comes, or comes again and keeps its place; its verdict follows.
    pub(crate) fn enter(
        &mut self,
        now: Instant,
        route: &Route,
        deadline: Instant,
        again: Option<Ticket>,
    ) -> Ticket {
        let ticket = again.unwrap_or_else(|| {
            self.tickets += 1;
            Ticket(self.tickets)
        });
        if let Some(until) = self.invalid.stopped_until(now) {
            let refused = self.invalid.total(now);
            self.verdicts.push_back((ticket, Verdict::Stopped { refused, until }));
            return ticket;
        }
        let line = self.table.line_of(now, route);
        let earliest = self.estimate(now, line, ticket);
        if earliest > deadline {
            self.verdicts.push_back((ticket, Verdict::Late(earliest)));
            return ticket;
        }
        self.calls.insert(ticket, Call { line, deadline, sent: None });
        if let Some(line) = self.table.line_mut(line) {
            line.waiting.insert(ticket);
            let bucket = line.bucket;
            self.consider(now, bucket);
        }
        ticket
    }

    /// Lets go whom nothing holds back any more.
    pub(crate) fn release(&mut self, now: Instant) {
        while let Some(&Reverse((at, bucket))) = self.alarms.peek() {
            if at > now {
                break;
            }
            self.alarms.pop();
            if let Some(known) = self.table.bucket_mut(bucket) {
                known.alarm = known.alarm.filter(|alarm| *alarm != at);
                self.consider(now, bucket);
            }
        }
        for exempt in [true, false] {
            while self.gate(now, exempt).is_ok() {
                let Some((ticket, bucket)) = self.ready[usize::from(exempt)].pop_first() else { break };
                self.try_go(now, exempt, ticket, bucket);
            }
        }
    }

    /// What was decided since this was last asked.
    pub(crate) fn verdict(&mut self) -> Option<(Ticket, Verdict)> {
        self.verdicts.pop_front()
    }

    /// When to [`release`](Limiter::release) again, even if no answer comes.
    pub(crate) fn wake_at(&mut self, now: Instant) -> Option<Instant> {
        let mut at = self.alarms.peek().map(|Reverse((at, _))| *at);
        for exempt in [true, false] {
            if !self.ready[usize::from(exempt)].is_empty() {
                let gate = self.gate(now, exempt).err().unwrap_or(now);
                at = Some(at.map_or(gate, |at| at.min(gate)));
            }
        }
        at
    }

    /// Takes note of an answer.
    pub(crate) fn tell(&mut self, now: Instant, ticket: Ticket, said: &Said) {
        let Some((line_id, sent)) = self.arrive(now, ticket) else { return };
        if said.invalid {
            self.invalid.count(now);
        }
        let Some(line) = self.table.line_mut(line_id) else { return };
        let (endpoint, old) = (line.endpoint, line.bucket);
        let mut longer = false;
        match said.refused {
            Some(Refusal { retry_after, reach: Reach::Route }) => {
                line.held_until = line.held_until.max(Some(now + retry_after));
                line.careful = Some(now);
                longer = true;
            }
            Some(Refusal { retry_after, reach }) => {
                let of_bot = reach == Reach::Bot && !endpoint.is_interaction();
                let paused = if of_bot { &mut self.bot_paused } else { &mut self.address_paused };
                *paused = (*paused).max(Some(now + retry_after));
            }
            None if line.careful.is_some_and(|since| sent >= since) => line.careful = None,
            None => {}
        }
        let is_current = match &said.bucket {
            Some(hash) => self.table.learn(now, line_id, sent, hash),
            None => true,
        };
        if is_current && said.remaining.is_some() {
            if let Some((_, bucket)) = self.table.both_mut(line_id) {
                longer |= bucket.window.tell(now, sent, said);
            }
        } else if said.bucket.is_none() && said.complete {
            self.table.learn_free(line_id);
        }
        let bucket = self.table.line(line_id).map_or(old, |line| line.bucket);
        if self.invalid.stopped_until(now).is_some() || said.refused.is_some_and(|r| r.reach != Reach::Route)
        {
            self.send_away(now, None);
        } else if longer || bucket != old {
            self.send_away(now, Some(bucket));
        }
        self.consider(now, bucket);
        self.consider(now, old);
    }

    /// How many calls were refused of late and how many stop all traffic, once when it nears that.
    pub(crate) fn warning(&mut self, now: Instant) -> Option<(u32, u32)> {
        self.invalid.nears(now).map(|refused| (refused, self.invalid.limit()))
    }

    /// No answer comes, and nobody knows whether Discord got the call.
    pub(crate) fn lose(&mut self, now: Instant, ticket: Ticket) {
        let Some((line, sent)) = self.arrive(now, ticket) else { return };
        let Some((line, bucket)) = self.table.both_mut(line) else { return };
        bucket.window.lose(now, sent);
        let bucket = line.bucket;
        self.send_away(now, Some(bucket));
        self.consider(now, bucket);
    }

    /// It never left after all.
    pub(crate) fn unsend(&mut self, now: Instant, ticket: Ticket) {
        let Some((line, _)) = self.arrive(now, ticket) else { return };
        if let Some(bucket) = self.table.line(line).map(|line| line.bucket) {
            self.consider(now, bucket);
        }
    }

    /// The call waits no longer. Says when it could have left.
    pub(crate) fn give_up(&mut self, now: Instant, ticket: Ticket) -> Instant {
        let Some(call) = self.calls.remove(&ticket) else { return now };
        let at = self.estimate(now, call.line, ticket);
        if let Some(line) = self.table.line_mut(call.line) {
            line.waiting.remove(&ticket);
            let bucket = line.bucket;
            self.consider(now, bucket);
        }
        at
    }

    /// Sees to it that a bucket where somebody waits is looked at when that is of use.
    fn consider(&mut self, now: Instant, id: BucketId) {
        let Some(bucket) = self.table.bucket_mut(id) else { return };
        let mut look = None;
        match bucket.room(now) {
            Room::For(_) => {
                for exempt in [true, false] {
                    if let Some((ticket, _)) = self.table.first(now, id, |of| of.is_interaction() == exempt) {
                        self.ready[usize::from(exempt)].insert((ticket, id));
                    }
                }
                look = self.table.opens(now, id);
            }
            Room::From(at) => {
                let waits = self.table.lines_of(id).any(|(_, line)| !line.waiting.is_empty());
                look = waits.then_some(at);
            }
            Room::Answered => {}
        }
        let (Some(at), Some(bucket)) = (look, self.table.bucket_mut(id)) else { return };
        if bucket.alarm.is_none_or(|alarm| at < alarm) {
            bucket.alarm = Some(at);
            self.alarms.push(Reverse((at, id)));
        }
    }

    /// Lets the first of a bucket go, if it is still the one that was ready.
    fn try_go(&mut self, now: Instant, exempt: bool, ticket: Ticket, bucket: BucketId) {
        let first = self.table.first(now, bucket, |of| of.is_interaction() == exempt);
        let has_room =
            self.table.bucket_mut(bucket).is_some_and(|bucket| matches!(bucket.room(now), Room::For(_)));
        if let (Some((first, line)), true) = (first, has_room) {
            if first == ticket {
                self.go(now, exempt, ticket, line);
            }
        }
        self.consider(now, bucket);
    }

    fn go(&mut self, now: Instant, exempt: bool, ticket: Ticket, line: LineId) {
        let Some((line, bucket)) = self.table.both_mut(line) else { return };
        line.waiting.remove(&ticket);
        line.in_flight += 1;
        bucket.in_flight += 1;
        bucket.window.leave(now);
        if !exempt {
            self.global.leave(now, ticket);
        }
        if let Some(call) = self.calls.get_mut(&ticket) {
            call.sent = Some(now);
        }
        self.verdicts.push_back((ticket, Verdict::Go));
    }

    /// The call is no longer under way.
    fn arrive(&mut self, now: Instant, ticket: Ticket) -> Option<(LineId, Instant)> {
        let sent = self.calls.get(&ticket)?.sent?;
        let call = self.calls.remove(&ticket)?;
        self.global.answered(now, ticket);
        let (line, bucket) = self.table.both_mut(call.line)?;
        line.in_flight = line.in_flight.saturating_sub(1);
        bucket.in_flight = bucket.in_flight.saturating_sub(1);
        Some((call.line, sent))
    }

    /// When anybody may pass, whatever the buckets say.
    fn gate(&mut self, now: Instant, exempt: bool) -> Result<(), Instant> {
        let paused = if exempt { self.address_paused } else { self.address_paused.max(self.bot_paused) };
        match paused {
            Some(until) if until > now => Err(until),
            _ if exempt => Ok(()),
            _ => self.global.room(now),
        }
    }

    /// The earliest moment at which a call could leave. It may become later, but hardly ever earlier.
    fn estimate(&self, now: Instant, line: LineId, ticket: Ticket) -> Instant {
        let Some(line) = self.table.line(line) else { return now };
        let Some(bucket) = self.table.bucket(line.bucket) else { return now };
        let exempt = line.endpoint.is_interaction();
        let ahead = self.table.ahead(now, line.bucket, ticket);
        let mut at = bucket.window.estimate(now, ahead, bucket.in_flight);
        at = at.max(line.held_until.unwrap_or(now));
        at = at.max(self.address_paused.unwrap_or(now));
        if !exempt {
            at = at.max(self.bot_paused.unwrap_or(now));
            // A bucket in which several wait counts as one: it is the earliest that is asked for.
            let ahead = self.ready[0].range(..(ticket, line.bucket)).count();
            at = at.max(self.global.estimate(now, ahead));
        }
        at
    }

    /// Gives their verdict to those waiting who cannot leave in time any more: of one bucket, or of all.
    fn send_away(&mut self, now: Instant, bucket: Option<BucketId>) {
        let stopped = self.invalid.stopped_until(now);
        let refused = self.invalid.total(now);
        let lines: Vec<_> = match bucket {
            Some(bucket) => self.table.lines_of(bucket).map(|(id, _)| id).collect(),
            None => self.table.line_ids().collect(),
        };
        for line_id in lines {
            let waiting = self.table.line(line_id).map(|line| line.waiting.iter().copied().collect());
            let waiting: Vec<Ticket> = waiting.unwrap_or_default();
            for ticket in waiting {
                let verdict = match stopped {
                    Some(until) => Verdict::Stopped { refused, until },
                    None => Verdict::Late(self.estimate(now, line_id, ticket)),
                };
                let Some(call) = self.calls.get(&ticket) else { continue };
                if matches!(verdict, Verdict::Late(at) if at <= call.deadline) {
                    continue;
                }
                self.calls.remove(&ticket);
                if let Some(line) = self.table.line_mut(line_id) {
                    line.waiting.remove(&ticket);
                }
                self.verdicts.push_back((ticket, verdict));
            }
        }
    }
}

#[cfg(test)]
mod tests;
