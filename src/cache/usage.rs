//! How many objects a cache keeps, and how much memory they take.

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Guild,
    Role,
    Channel,
    Emoji,
    Member,
    Message,
    VoiceState,
    Presence,
}

const KINDS: usize = 8;

/// The number and the size of the objects, by kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    counts: [usize; KINDS],
    bytes: usize,
}

impl Usage {
    pub(super) fn add(&mut self, kind: Kind, bytes: usize) {
        self.counts[kind as usize] += 1;
        self.bytes += bytes;
    }

    pub(super) fn remove(&mut self, kind: Kind, bytes: usize) {
        self.counts[kind as usize] -= 1;
        self.bytes -= bytes;
    }

    /// Sets the number of objects that are a part of others, whose size counts there.
    pub(super) fn change_count(&mut self, kind: Kind, from: usize, to: usize) {
        let count = &mut self.counts[kind as usize];
        *count = *count + to - from;
    }

    pub(super) fn count(&self, kind: Kind) -> usize {
        self.counts[kind as usize]
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}
