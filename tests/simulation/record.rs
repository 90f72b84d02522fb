//! Compares what a client received with what the peer dispatched, and sums up all runs.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::ops::AddAssign;
use std::time::{Duration, Instant};

/// What one shard has received.
#[derive(Default)]
pub(crate) struct Record {
    /// The session of the last READY, and the event that must come next.
    session: Option<String>,
    next: u64,
    last_seq: Option<u64>,
    /// A gap was reported, and its READY was not received yet.
    gap: Option<(Option<u64>, Duration)>,
    /// The first event of each session of the peer.
    pub(crate) first_of: HashMap<String, u64>,
    opens: VecDeque<Instant>,
    sends: VecDeque<Instant>,
}

const MINUTE: Duration = Duration::from_secs(60);

impl Record {
    pub(crate) fn ready(&mut self, id: String, seq: Option<u64>) -> Result<(), String> {
        let gap = self.gap.take();
        match (&self.session, gap) {
            (Some(_), None) => return Err("a session was lost and no gap was reported".into()),
            (None, Some(_)) => return Err("a gap was reported before the first session".into()),
            (_, Some((last, _))) if last != self.last_seq => {
                return Err(format!("the gap begins at {last:?} and not at {:?}", self.last_seq));
            }
            _ => {}
        }
        self.next = *self.first_of.get(&id).ok_or("READY of a session that the peer does not have")?;
        (self.session, self.last_seq) = (Some(id), seq);
        Ok(())
    }

    pub(crate) fn gap(&mut self, last_seq: Option<u64>, since: Duration) -> Result<(), String> {
        match self.gap.replace((last_seq, since)) {
            None => Ok(()),
            Some(_) => Err("two gaps were reported for one READY".into()),
        }
    }

    /// The first event that was not received when the session was lost.
    pub(crate) fn next_missing(&self) -> u64 {
        self.next
    }

    pub(crate) fn event(&mut self, n: Option<u64>, seq: Option<u64>) -> Result<(), String> {
        if self.gap.is_some() {
            return Err("an event came between a gap and its READY".into());
        }
        if seq <= self.last_seq {
            return Err(format!("event number {seq:?} came after {:?}", self.last_seq));
        }
        self.last_seq = seq;
        match n {
            Some(n) if n != self.next => Err(format!("event {n} came, but {} was expected", self.next)),
            Some(n) => {
                self.next = n + 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// A program that starts again has no state.
    pub(crate) fn restarted(&mut self) {
        (self.session, self.last_seq, self.gap) = (None, None, None);
        self.opens.clear();
    }

    pub(crate) fn opened(&mut self, now: Instant) -> Result<(), String> {
        self.sends.clear();
        match count_in_last_minute(&mut self.opens, now) {
            n if n > 6 => Err(format!("{n} sockets opened in a minute")),
            _ => Ok(()),
        }
    }

    pub(crate) fn sent(&mut self, now: Instant) -> Result<(), String> {
        match count_in_last_minute(&mut self.sends, now) {
            n if n > 120 => Err(format!("{n} frames sent in a minute")),
            _ => Ok(()),
        }
    }

    pub(crate) fn is_complete(&self, next: u64) -> Result<(), String> {
        if self.next == next {
            Ok(())
        } else {
            Err(format!("received up to {}, dispatched up to {next}", self.next))
        }
    }
}

fn count_in_last_minute(times: &mut VecDeque<Instant>, now: Instant) -> usize {
    times.push_back(now);
    while times.front().is_some_and(|at| *at + MINUTE <= now) {
        times.pop_front();
    }
    times.len()
}

/// Sums over all runs.
#[derive(Default)]
pub(crate) struct Totals {
    pub(crate) seeds: u64,
    pub(crate) time: Duration,
    pub(crate) events: u64,
    pub(crate) resumes: u64,
    pub(crate) identifies: u64,
    pub(crate) gaps: u64,
    pub(crate) heartbeats: u64,
    pub(crate) stops: u64,
    pub(crate) faults: u64,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Totals) {
        self.seeds += other.seeds;
        self.time += other.time;
        self.events += other.events;
        self.resumes += other.resumes;
        self.identifies += other.identifies;
        self.gaps += other.gaps;
        self.heartbeats += other.heartbeats;
        self.stops += other.stops;
        self.faults += other.faults;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals { seeds, time, events, resumes, identifies, gaps, heartbeats, stops, faults } = self;
        let hours = time.as_secs() / 3600;
        write!(
            f,
            "{seeds} seeds, {hours} virtual hours, {faults} faults, {events} events, {heartbeats} heartbeats, \
             {resumes} resumes, {identifies} identifies, {gaps} gaps, {stops} stops"
        )
    }
}
