//! The gateway: the protocol without I/O, and the blocking shard that drives it.

pub mod close_code;
pub mod event;
pub mod frame;
pub mod identify;
pub mod intents;
pub mod opcode;
pub mod session;
pub mod shard;
pub mod socket;
