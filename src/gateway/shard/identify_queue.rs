//! The trait that supplies the gateway's address and the identify budget.

use std::time::Instant;

use crate::error::Error;
use crate::gateway::session::Now;
use crate::gateway::shard_id::ShardId;

/// Gives a shard its gateway address and its permits to identify.
///
/// [`InMemoryQueue`](crate::InMemoryQueue) implements it for the shards of one process, on top of REST. A store that
/// several machines share can take its place.
pub trait IdentifyQueue: Send + Sync {
    /// Returns the address to resume at: `resume`, the session's own, when it is given, otherwise the main address.
    /// Without a query.
    fn address(&self, shard: ShardId, resume: Option<&str>, now: Now) -> Admission;

    /// Returns the main address with a permit to identify there. May block on a request.
    ///
    /// `was_ready`: whether the shard was logged in before.
    fn identify(&self, shard: ShardId, was_ready: bool, now: Now) -> Admission;

    /// The shard has sent its identify: the permit is used up.
    fn identified(&self, shard: ShardId, now: Now);

    /// The shard returns its permit unused.
    fn release(&self, shard: ShardId, now: Now);
}

/// Whether a shard may connect.
#[derive(Debug)]
pub enum Admission {
    /// Connect to this address.
    Connect(String),
    /// Ask again later. The [`IdentifyQueue`] logs the reason.
    Wait {
        /// When to ask again.
        until: Instant,
    },
    /// Do not connect: the shard ends with this error.
    Refuse(Error),
}
