//! Tests of the simulated Discord: it enforces Discord's rules, and faults break them on purpose.

#![allow(clippy::unwrap_used)]

mod client;
mod commands;
mod control;
mod faults;
mod interactions;
mod limits;
mod members;
mod other_clients;
mod peer;
mod playground;
mod routes;
mod server;
mod world;
