//! The gateway: the protocol without I/O, and the blocking shard that drives it.
//!
//! From the bottom up:
//!
//! * [`opcode`], [`close_code`] and [`intents`] are Discord's tables.
//! * [`frame`] reads the envelope of a frame.
//! * [`send_event`] holds what a program can send.
//! * [`session`] decides everything and does no I/O.
//! * [`identify`] decides when a shard may identify.
//! * [`socket`] is a websocket with deadlines.
//! * [`event`] has a type for each dispatch event.
//! * [`shard`] is the loop that connects them.

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
