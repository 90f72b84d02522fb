//! The websocket against fake peers on loopback: each fault of a peer has a bounded cost.

#![allow(clippy::unwrap_used)]

mod close;
#[cfg(target_os = "linux")]
#[path = "../bot/kill_on_drop.rs"]
mod kill_on_drop;
mod open;
mod peer;
mod read;
mod send;
mod tls;
