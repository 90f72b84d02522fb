//! Which job runs next: one of each lane at a time; lanes in the order in which they became ready. Pure.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::time::{Duration, Instant};

/// The waiting jobs, by lane.
#[derive(Debug)]
pub(super) struct Schedule<K, J> {
    lanes: HashMap<K, Lane<J>>,
    /// Lanes with a job that may run now.
    ready: VecDeque<K>,
    queued: usize,
    running: usize,
}

#[derive(Debug)]
struct Lane<J> {
    waiting: VecDeque<(Instant, J)>,
    /// When its running job was added.
    running: Option<Instant>,
}

impl<K: Copy + Eq + Hash, J> Schedule<K, J> {
    pub(super) fn new() -> Self {
        Schedule { lanes: HashMap::new(), ready: VecDeque::new(), queued: 0, running: 0 }
    }

    /// Adds a job at the end of its lane.
    pub(super) fn push(&mut self, now: Instant, key: K, job: J) {
        let lane = self.lanes.entry(key).or_insert_with(|| Lane { waiting: VecDeque::new(), running: None });
        if lane.running.is_none() && lane.waiting.is_empty() {
            self.ready.push_back(key);
        }
        lane.waiting.push_back((now, job));
        self.queued += 1;
    }

    /// The next job to run. [`done`](Schedule::done) must follow.
    pub(super) fn take(&mut self) -> Option<(K, J)> {
        let key = self.ready.pop_front()?;
        let lane = self.lanes.get_mut(&key)?;
        let (since, job) = lane.waiting.pop_front()?;
        lane.running = Some(since);
        self.queued -= 1;
        self.running += 1;
        Some((key, job))
    }

    /// The lane's job has ended: its next one may run.
    pub(super) fn done(&mut self, key: K) {
        self.running -= 1;
        let Some(lane) = self.lanes.get_mut(&key) else { return };
        lane.running = None;
        if lane.waiting.is_empty() {
            self.lanes.remove(&key);
        } else {
            self.ready.push_back(key);
        }
    }

    /// Removes and returns the waiting jobs, so that they can be dropped elsewhere.
    pub(super) fn clear(&mut self) -> Vec<J> {
        self.ready.clear();
        self.queued = 0;
        let mut dropped = Vec::new();
        for lane in self.lanes.values_mut() {
            dropped.extend(lane.waiting.drain(..).map(|(_, job)| job));
        }
        self.lanes.retain(|_, lane| lane.running.is_some());
        dropped
    }

    pub(super) fn queued(&self) -> usize {
        self.queued
    }

    pub(super) fn running(&self) -> usize {
        self.running
    }

    /// Number of lanes that could run a job now.
    pub(super) fn ready(&self) -> usize {
        self.ready.len()
    }

    /// Time since the oldest job was added, whether it waits or runs.
    pub(super) fn oldest(&self, now: Instant) -> Option<Duration> {
        let since = self
            .lanes
            .values()
            .filter_map(|lane| lane.running.or_else(|| lane.waiting.front().map(|(since, _)| *since)))
            .min()?;
        Some(now.saturating_duration_since(since))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Schedule;

    #[test]
    fn a_lane_runs_one_job_at_a_time_and_in_order() {
        let now = Instant::now();
        let mut schedule = Schedule::new();
        for job in ["a1", "a2", "a3"] {
            schedule.push(now, 'a', job);
        }
        assert_eq!(schedule.take(), Some(('a', "a1")));
        assert_eq!(schedule.take(), None);
        schedule.done('a');
        assert_eq!(schedule.take(), Some(('a', "a2")));
        schedule.done('a');
        assert_eq!(schedule.take(), Some(('a', "a3")));
        assert_eq!((schedule.queued(), schedule.running()), (0, 1));
    }

    #[test]
    fn lanes_take_turns() {
        let now = Instant::now();
        let mut schedule = Schedule::new();
        for (key, job) in [('a', 1), ('a', 2), ('b', 3), ('a', 4), ('b', 5)] {
            schedule.push(now, key, job);
        }
        let mut order = Vec::new();
        while let Some((key, job)) = schedule.take() {
            order.push(job);
            schedule.done(key);
        }
        assert_eq!(order, [1, 3, 2, 5, 4]);
    }

    #[test]
    fn an_empty_lane_is_forgotten() {
        let now = Instant::now();
        let mut schedule = Schedule::new();
        for key in 0..1000 {
            schedule.push(now, key, ());
            assert!(schedule.take().is_some());
            schedule.done(key);
        }
        assert!(schedule.lanes.is_empty() && schedule.ready.is_empty());
    }

    #[test]
    fn the_oldest_job_counts_while_it_runs_too() {
        let start = Instant::now();
        let mut schedule = Schedule::new();
        schedule.push(start, 'a', ());
        schedule.push(start + Duration::from_secs(2), 'b', ());
        assert!(schedule.take().is_some());
        let now = start + Duration::from_secs(5);
        assert_eq!(schedule.oldest(now), Some(Duration::from_secs(5)));
        schedule.done('a');
        assert_eq!(schedule.oldest(now), Some(Duration::from_secs(3)));
    }

    #[test]
    fn cleared_jobs_do_not_run_and_running_jobs_continue() {
        let now = Instant::now();
        let mut schedule = Schedule::new();
        for (key, job) in [('a', 1), ('a', 2), ('b', 3)] {
            schedule.push(now, key, job);
        }
        assert_eq!(schedule.take(), Some(('a', 1)));
        let mut dropped = schedule.clear();
        dropped.sort_unstable();
        assert_eq!(dropped, [2, 3]);
        assert_eq!((schedule.take(), schedule.queued(), schedule.running()), (None, 0, 1));
        schedule.push(now, 'a', 4);
        assert_eq!(schedule.take(), None);
        schedule.done('a');
        assert_eq!(schedule.take(), Some(('a', 4)));
    }
}
