#![allow(clippy::unwrap_used)]

use fastrand::Rng;

use super::Verdict::{New, Odd, Repeat};
use super::*;

fn after_ready() -> Sequence {
    Sequence::new(Some(1))
}

/// Judges live numbers. Returns the verdicts and the last number that is believed.
fn live(sequence: &mut Sequence, numbers: &[u64]) -> (Vec<Verdict>, Option<u64>) {
    let verdicts = numbers.iter().map(|seq| sequence.receive(*seq, false)).collect();
    (verdicts, sequence.last())
}

#[test]
fn rising_numbers_with_gaps_are_believed() {
    assert_eq!(live(&mut after_ready(), &[2, 3, 10, 500_000]), (vec![New; 4], Some(500_000)));
    assert_eq!(
        live(&mut Sequence::new(None), &[1 << 40]),
        (vec![New], Some(1 << 40)),
        "the first is believed"
    );
}

#[test]
fn a_single_odd_number_is_not_believed_and_the_next_numbers_are() {
    for odd in [u64::MAX, 1 << 63, 3 + (1 << 20), 0, 1] {
        let expected = (vec![New, Odd, New, New], Some(4));
        assert_eq!(live(&mut after_ready(), &[2, odd, 3, 4]), expected, "{odd}");
    }
}

#[test]
fn a_wrong_number_that_looks_right_is_corrected_by_the_second_event_after_it() {
    assert_eq!(live(&mut after_ready(), &[2, 900, 3, 4]), (vec![New, New, Odd, New], Some(4)));
}

#[test]
fn new_numbers_are_believed_from_their_second_event_on() {
    for first in [1 << 63, u64::MAX - 2, 5] {
        let mut sequence = Sequence::new(Some(500));
        let numbers = [first, first + 1, first + 2];
        assert_eq!(live(&mut sequence, &numbers), (vec![Odd, New, New], Some(first + 2)), "{first}");
    }
}

#[test]
fn a_number_that_comes_twice_is_a_repeat_and_one_that_stands_still_is_not() {
    let (verdicts, last) = live(&mut after_ready(), &[2, 2, 3, 3, 4, 4, 4, 4, 5, 5]);
    assert_eq!(verdicts, [New, Repeat, New, Repeat, New, Repeat, Odd, Odd, New, Repeat]);
    assert_eq!(last, Some(5));
}

#[test]
fn during_a_replay_delivered_numbers_are_repeats_and_others_are_not() {
    let mut sequence = after_ready();
    live(&mut sequence, &[2, 3]);
    sequence.on_resume();
    let verdicts: Vec<_> =
        [2, 3, 4, 5, 4, 5, 9_000, 6, 7].iter().map(|seq| sequence.receive(*seq, true)).collect();
    // The number 9,000 was wrong. The events that it seems to skip are delivered.
    assert_eq!(verdicts, [Repeat, Repeat, New, New, Repeat, Repeat, New, Odd, New]);
    assert_eq!(sequence.last(), Some(7));
}

#[test]
fn the_highest_number_is_not_exceeded() {
    let mut sequence = Sequence::new(Some(u64::MAX));
    assert_eq!(sequence.receive(u64::MAX, false), Repeat);
    assert_eq!(sequence.receive(2, false), Odd);
    assert_eq!(sequence.receive(3, false), New);
}

/// A server that keeps the events of a session and replays them after a resume.
struct Server {
    rng: Rng,
    /// The number of each event, by its index.
    events: Vec<u64>,
    /// The first event that has the present numbers.
    base: usize,
    next: u64,
}

impl Server {
    fn emit(&mut self) -> usize {
        self.events.push(self.next);
        self.next += 1;
        self.events.len() - 1
    }

    /// A number that is below the next one, or so far above it that it cannot be right.
    fn odd_number(&mut self) -> u64 {
        match self.rng.u8(..4) {
            0 => 1 << 63,
            1 => u64::MAX,
            2 => self.rng.u64(..self.next.min(10)),
            _ => self.next.saturating_sub(self.rng.u64(1..100)),
        }
    }
}

/// A session with a server, and how often each event was delivered.
struct Game {
    server: Server,
    sequence: Sequence,
    delivered: Vec<u32>,
}

impl Game {
    fn receive(&mut self, event: usize, seq: u64, replaying: bool) {
        self.delivered.resize(self.server.events.len(), 0);
        let verdict = self.sequence.receive(seq, replaying);
        self.delivered[event] += u32::from(verdict != Repeat);
    }

    fn live_event(&mut self, is_odd: bool) {
        let event = self.server.emit();
        let seq = match is_odd {
            // Once more, the last number would be a repeat.
            true => Some(self.server.odd_number()).filter(|seq| Some(*seq) != self.sequence.last()),
            false => None,
        };
        self.receive(event, seq.unwrap_or(self.server.events[event]), false);
        // A frame may come twice.
        if seq.is_none() && self.server.rng.u8(..5) == 0 {
            self.receive(event, self.server.events[event], false);
        }
    }

    /// The connection is lost, events are missed, and the server replays them, with some that were delivered before.
    fn resume(&mut self) {
        for _ in 0..self.server.rng.usize(..10) {
            self.server.emit();
        }
        self.sequence.on_resume();
        let position = self.sequence.last().unwrap();
        let from = position.saturating_sub(self.server.rng.u64(..5));
        for event in self.server.base..self.server.events.len() {
            let seq = self.server.events[event];
            if seq > from {
                self.receive(event, seq, true);
            }
        }
    }
}

/// Plays a session with lost connections, and with odd and restarted numbers if `with_odd`. Returns how often each event was
/// delivered.
fn play(seed: u64, with_odd: bool) -> Vec<u32> {
    let mut rng = Rng::with_seed(seed);
    let first = if rng.bool() { 1 } else { rng.u64(1..1 << 40) };
    let server = Server { rng: Rng::with_seed(!seed), events: vec![first], base: 0, next: first + 1 };
    let mut game = Game { server, sequence: Sequence::new(Some(first)), delivered: vec![1] };
    for _ in 0..rng.usize(..200) {
        match rng.u8(..20) {
            0 | 1 => game.resume(),
            2 if with_odd => {
                game.server.base = game.server.events.len();
                let next = if rng.bool() { 1 << 62 } else { rng.u64(1..100) };
                game.server.next = next + u64::from(game.sequence.last() == Some(next));
                game.live_event(false);
                game.live_event(false);
            }
            kind => game.live_event(with_odd && kind < 6),
        }
    }
    // After three right numbers the session and the server agree.
    (0..3).for_each(|_| game.live_event(false));
    assert_eq!(game.sequence.last(), game.server.events.last().copied(), "seed {seed}");
    game.delivered
}

#[test]
fn an_honest_server_delivers_each_event_once_whatever_it_repeats() {
    for seed in 0..2_000 {
        let delivered = play(seed, false);
        assert!(delivered.iter().all(|count| *count == 1), "seed {seed}: {delivered:?}");
    }
}

#[test]
fn no_number_of_a_live_connection_costs_an_event() {
    for seed in 0..2_000 {
        let delivered = play(seed, true);
        assert!(delivered.iter().all(|count| *count >= 1), "seed {seed}: {delivered:?}");
    }
}
