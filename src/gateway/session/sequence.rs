//! Which sequence numbers of a session to believe.
//!
//! Discord numbers the dispatches of a session one by one, and a resume names the last number that was received: Discord
//! then sends everything after it again, in order, and ends with RESUMED
//! ([resuming](https://docs.discord.com/developers/events/gateway#resuming)). A number that is taken for the last one and
//! is too high would hide later events and make the resume fail. One that is too low would repeat events. So:
//!
//! 1. A number above the last one is believed, unless it is more than [`MAX_JUMP`] above it. It does not have to be the next: a
//!    proxy may leave events out.
//! 2. During a replay, a number that was delivered before is a repeat, and its event is dropped. So is the last number when
//!    it comes again at any time. A third time shows that the server does not number its events one by one: that number is odd.
//! 3. Every other number is odd: it jumps too far, goes back although nothing is being replayed, or is repeated. Its event
//!    is delivered, and the last number stays as it is.
//! 4. A number that continues an odd one shows that the server has changed its numbers: it is believed.
//!
//! So a single wrong number costs no other event, and new numbers are used from their second event on.

/// The maximum step between two numbers. A proxy may leave out hundreds of thousands of events, but no session skips a
/// million at once.
const MAX_JUMP: u64 = 1 << 20;

/// The sequence numbers of a session.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    /// The last number that is believed: heartbeats and resumes contain it.
    last: Option<u64>,
    /// The first number of the unbroken run that ends with `last`.
    run_start: u64,
    /// The number of the latest resume.
    resumed_after: Option<u64>,
    /// The latest number, if it was odd.
    odd: Option<u64>,
    /// `last` was received twice in a row.
    stands_still: bool,
}

/// What a number means for its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The event is new.
    New,
    /// The event was delivered before.
    Repeat,
    /// The event is delivered, but its number is not believed.
    Odd,
}

impl Sequence {
    /// The numbers of a session whose READY has this number.
    pub(super) fn new(ready: Option<u64>) -> Sequence {
        Sequence { last: ready, run_start: ready.unwrap_or(0), ..Sequence::default() }
    }

    /// The last number that is believed.
    pub(super) fn last(&self) -> Option<u64> {
        self.last
    }

    /// A resume with the last number was sent.
    pub(super) fn on_resume(&mut self) {
        self.resumed_after = self.last;
        self.odd = None;
    }

    /// Judges the number of a dispatch. `replaying`: between a resume and RESUMED.
    pub(super) fn receive(&mut self, seq: u64, replaying: bool) -> Verdict {
        let Some(last) = self.last else {
            self.believe(seq);
            return Verdict::New;
        };
        if replaying && self.was_delivered(seq, last) {
            return Verdict::Repeat;
        }
        if follows(seq, last) || self.odd.is_some_and(|odd| follows(seq, odd)) {
            self.believe(seq);
            return Verdict::New;
        }
        if seq == last && !std::mem::replace(&mut self.stands_still, true) {
            return Verdict::Repeat;
        }
        self.odd = Some(seq);
        Verdict::Odd
    }

    fn was_delivered(&self, seq: u64, last: u64) -> bool {
        self.resumed_after.is_some_and(|after| seq <= after) || (self.run_start..=last).contains(&seq)
    }

    fn believe(&mut self, seq: u64) {
        if self.last.is_none_or(|last| last.checked_add(1) != Some(seq)) {
            self.run_start = seq;
        }
        self.last = Some(seq);
        self.odd = None;
        self.stands_still = false;
    }
}

/// Whether `seq` can be the next number after `last`.
fn follows(seq: u64, last: u64) -> bool {
    seq > last && seq - last <= MAX_JUMP
}

#[cfg(test)]
mod tests;
