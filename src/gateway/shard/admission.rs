//! The seam to whatever knows the gateway's address and the login budget.

use std::time::Instant;

use crate::error::Error;
use crate::gateway::session::Now;
use crate::gateway::shard_id::ShardId;

/// Where a shard gets its address and its permits to identify.
///
/// [`Entry`](crate::Entry) implements it for the shards of one process on top of REST. A store
/// that several machines share can take its place.
pub trait Admission: Send + Sync {
    /// The address to resume at: the session's own when it is given, else the main one. Without a query.
    fn address(&self, shard: ShardId, resume: Option<&str>, now: Now) -> Admit;

    /// The main address, with a permit to identify there. May block on a request.
    /// `was_ready` says that the shard was logged in before.
    fn identify(&self, shard: ShardId, was_ready: bool, now: Now) -> Admit;

    /// The shard's identify left: its permit is used up.
    fn identified(&self, shard: ShardId, now: Now);

    /// The shard gives its permit back.
    fn unused(&self, shard: ShardId, now: Now);
}

/// What a shard that wants to connect is told.
#[derive(Debug)]
pub enum Admit {
    /// Connect to this address.
    Open(String),
    /// Ask again then. Why is for the [`Admission`] to log.
    Later {
        /// When.
        at: Instant,
    },
    /// Never: the shard ends with this error.
    Refuse(Error),
}
