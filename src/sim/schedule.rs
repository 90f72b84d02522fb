//! Faults that happen later: at a request, or at random times.

use std::time::Duration;

use fastrand::Rng;

use super::fault::Fault;
use super::limits;

/// The faults that wait for their turn.
#[derive(Default)]
pub(super) struct Schedule {
    at_requests: Vec<AtRequest>,
    random: Option<Random>,
}

/// A fault at a request to a route.
struct AtRequest {
    pattern: Vec<String>,
    /// The number of requests to the route before it happens, and that one.
    left: u32,
    fault: Fault,
}

/// Faults at random times.
struct Random {
    rng: Rng,
    faults: Vec<Fault>,
    mean: Duration,
    next_at: Duration,
}

impl Schedule {
    /// Adds a fault at a request to a route.
    pub(super) fn add(&mut self, route: &str, turn: u32, fault: Fault) {
        self.at_requests.push(AtRequest { pattern: limits::pattern(route), left: turn.max(1), fault });
    }

    /// Begins with faults at random times.
    pub(super) fn randomly(&mut self, now: Duration, seed: u64, mean: Duration, faults: &[Fault]) {
        self.random = Some(Random::new(now, seed, faults, mean));
    }

    /// The faults that happen at a request.
    pub(super) fn at_request(&mut self, method: &str, segments: &[&str]) -> Vec<Fault> {
        for waiting in &mut self.at_requests {
            if limits::matches(&waiting.pattern, method, segments) {
                waiting.left = waiting.left.saturating_sub(1);
            }
        }
        let is_due = |waiting: &AtRequest| waiting.left == 0;
        let due = self.at_requests.iter().filter(|one| is_due(one)).map(|one| one.fault.clone()).collect();
        self.at_requests.retain(|one| !is_due(one));
        due
    }

    /// When the next random fault happens.
    pub(super) fn next_at(&self) -> Option<Duration> {
        self.random.as_ref().map(|random| random.next_at)
    }

    /// The random fault that is due, if one is.
    pub(super) fn due(&mut self, now: Duration) -> Option<Fault> {
        let random = self.random.as_mut().filter(|random| random.next_at <= now)?;
        random.next_at = now + random.pause();
        random.rng.choice(&random.faults).cloned()
    }
}

impl Random {
    fn new(now: Duration, seed: u64, faults: &[Fault], mean: Duration) -> Random {
        let mut random = Random { rng: Rng::with_seed(seed), faults: faults.to_vec(), mean, next_at: now };
        random.next_at = now + random.pause();
        random
    }

    /// The time to the next fault: between nothing and twice the mean.
    fn pause(&mut self) -> Duration {
        self.mean.mul_f64(2.0 * self.rng.f64())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{AtRequest, Random, Schedule};
    use crate::sim::fault::Fault;
    use crate::sim::limits;

    #[test]
    fn a_fault_waits_for_its_turn_at_its_route() {
        let mut schedule = Schedule::default();
        let pattern = limits::pattern("POST /channels/{channel_id}/messages");
        schedule.at_requests.push(AtRequest { pattern, left: 2, fault: Fault::DropSocket });
        let (post, other) = (["channels", "5", "messages"], ["channels", "5"]);
        assert_eq!(schedule.at_request("POST", &post), []);
        assert_eq!(schedule.at_request("GET", &post), []);
        assert_eq!(schedule.at_request("POST", &other), []);
        assert_eq!(schedule.at_request("POST", &post), [Fault::DropSocket]);
        assert_eq!(schedule.at_request("POST", &post), []);
    }

    #[test]
    fn random_faults_are_the_same_for_the_same_seed() {
        let run = |seed| {
            let faults = [Fault::DropSocket, Fault::Reconnect, Fault::InvalidJson];
            let random = Random::new(Duration::ZERO, seed, &faults, Duration::from_secs(10));
            let mut schedule = Schedule { random: Some(random), ..Schedule::default() };
            let mut happened = Vec::new();
            for _ in 0..200 {
                let now = schedule.next_at().unwrap_or_default();
                assert_eq!(schedule.due(now.saturating_sub(Duration::from_nanos(1))), None);
                happened.push((now, schedule.due(now)));
            }
            happened
        };
        let happened = run(7);
        assert_eq!(happened, run(7));
        assert_ne!(happened, run(8));
        let end = happened[199].0;
        assert!(end > Duration::from_secs(1500) && end < Duration::from_secs(2500), "{end:?}");
        for fault in [Fault::DropSocket, Fault::Reconnect, Fault::InvalidJson] {
            assert!(happened.iter().any(|(_, one)| one.as_ref() == Some(&fault)));
        }
    }
}
