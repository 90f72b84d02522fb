//! The identity of a call in the limiter.

/// A call from the moment it enters. A smaller ticket entered earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ticket(pub(super) u64);
