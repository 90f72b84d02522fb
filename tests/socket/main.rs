//! The websocket against fake peers on loopback: each fault of a peer has a bounded cost.

#![allow(clippy::unwrap_used)]

mod close;
mod open;
mod peer;
mod read;
mod send;
mod tls;
