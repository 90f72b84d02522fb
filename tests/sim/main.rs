//! The simulated Discord keeps Discord's rules, and breaks them on order.

#![allow(clippy::unwrap_used)]

mod client;
mod commands;
mod faults;
mod interactions;
mod limits;
mod members;
mod peer;
mod playground;
mod routes;
mod server;
mod world;
