//! From `run` to connected shards: login, shard threads, and explaining what Discord refuses.

pub(crate) mod config;
pub(crate) mod explain;
pub(crate) mod identify_queue;
pub(crate) mod launch;
mod ledger;
mod silence;
mod sink;
