//! The session by behaviour, in virtual time: a file each.

#![allow(clippy::unwrap_used)]

mod at_most_once;
mod clocks;
mod close_codes;
mod gap;
mod heartbeat;
mod held;
mod identify;
mod invalid_session;
mod nonsense;
mod orders;
mod pacing;
mod reconnect;
mod resume;
mod roll_call;
mod scenario;
mod secrets;
mod stop;
mod zombie;
