//! The gateway: the protocol without I/O, and the blocking shard that drives it.
//!
//! From the bottom up: [`opcode`], [`close_code`] and [`intents`] are Discord's tables, [`frame`] reads
//! an envelope, [`session`] decides everything and does nothing, [`identify`] keeps the login budget,
//! [`socket`] is a websocket with deadlines, and [`shard`] is the loop that joins them.

pub mod close_code;
pub mod event;
pub mod frame;
pub mod identify;
pub mod intents;
pub mod opcode;
pub mod send_event;
pub mod session;
pub mod shard;
pub(crate) mod shard_id;
pub mod socket;

pub use shard_id::ShardId;
