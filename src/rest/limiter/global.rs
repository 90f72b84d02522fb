//! The limit on all of a bot's calls together, whatever their buckets say.
//!
//! See [global rate limit](https://docs.discord.com/developers/topics/rate-limits#global-rate-limit).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::Ticket;

const SECOND: Duration = Duration::from_secs(1);

/// Who has no answer after this long was counted all the same: it is the answer that is slow, not the way there.
const COUNTED: Duration = Duration::from_secs(2);

/// So many calls in any one second of Discord's clock.
///
/// Discord counts a call somewhere between its leaving and its answer, so its place is free again a
/// second after the answer. Then no calls that were delayed on their way can meet there.
#[derive(Debug)]
pub(super) struct Global {
    limit: usize,
    /// Those taken, never more than the limit. The longest taken stand first.
    places: VecDeque<Place>,
}

#[derive(Debug)]
struct Place {
    ticket: Ticket,
    until: Instant,
}

impl Global {
    pub(super) fn new(per_second: u32) -> Global {
        Global { limit: per_second.max(1) as usize, places: VecDeque::new() }
    }

    /// When there is room: now, or at this moment unless an answer comes before.
    pub(super) fn room(&mut self, now: Instant) -> Result<(), Instant> {
        if self.places.len() < self.limit {
            return Ok(());
        }
        self.places.retain(|place| place.until > now);
        if self.places.len() < self.limit {
            return Ok(());
        }
        Err(self.places.iter().map(|place| place.until).min().unwrap_or(now))
    }

    pub(super) fn leave(&mut self, now: Instant, ticket: Ticket) {
        while self.places.front().is_some_and(|place| place.until <= now) {
            self.places.pop_front();
        }
        self.places.push_back(Place { ticket, until: now + COUNTED + SECOND });
    }

    pub(super) fn answered(&mut self, now: Instant, ticket: Ticket) {
        // The latest stand last, and are asked for most.
        if let Some(place) = self.places.iter_mut().rev().find(|place| place.ticket == ticket) {
            place.until = place.until.min(now + SECOND);
        }
    }

    /// When the call could leave at the earliest that so many others go before.
    pub(super) fn estimate(&self, now: Instant, ahead: usize) -> Instant {
        if self.places.len().saturating_add(ahead) < self.limit {
            return now;
        }
        let mut taken: Vec<_> = self.places.iter().map(|place| place.until).filter(|at| *at > now).collect();
        let Some(short) = ahead.checked_sub(self.limit.saturating_sub(taken.len())) else { return now };
        taken.sort_unstable();
        let rounds = u32::try_from(short / self.limit).unwrap_or(u32::MAX);
        let first = taken.get(short % self.limit).copied().unwrap_or(now);
        // Whoever is not answered yet may be at any moment.
        first.min(now + SECOND) + SECOND * rounds.min(86400)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Global, Ticket};

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_place_is_free_a_second_after_its_answer() {
        let (mut global, now) = (Global::new(2), Instant::now());
        for number in 0..2 {
            assert_eq!(global.room(now), Ok(()));
            global.leave(now, Ticket(number));
        }
        global.answered(now + millis(300), Ticket(1));
        assert_eq!(global.room(now + millis(400)), Err(now + millis(1300)));
        assert_eq!(global.room(now + millis(1300)), Ok(()));
    }

    #[test]
    fn a_slow_answer_does_not_keep_its_place_for_ever() {
        let (mut global, now) = (Global::new(1), Instant::now());
        global.leave(now, Ticket(0));
        assert_eq!(global.room(now), Err(now + millis(3000)));
        assert_eq!(global.room(now + millis(3000)), Ok(()));
    }

    #[test]
    fn the_estimate_counts_those_ahead() {
        let (mut global, now) = (Global::new(2), Instant::now());
        for number in 0..2 {
            global.leave(now, Ticket(number));
            global.answered(now + millis(100 * number), Ticket(number));
        }
        let ahead = |count| global.estimate(now + millis(200), count).duration_since(now);
        assert_eq!([0, 1, 2, 3].map(ahead), [millis(1000), millis(1100), millis(2000), millis(2100)]);
    }
}
