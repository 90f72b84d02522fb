//! The bot on real sockets, under all faults of the simulated Discord.

#![allow(clippy::unwrap_used)]
// One-line handlers end with `Ok(add(..))`.
#![allow(clippy::unit_arg)]

mod audit_entries;
mod backpressure;
mod cache;
mod child;
mod close_codes;
mod compression;
mod contained;
mod diagnose;
mod faults;
mod gaps;
mod health;
#[cfg(unix)]
mod invite;
mod kill_on_drop;
mod kills;
mod lanes;
mod logged;
mod many_shards;
mod members;
mod outages;
#[cfg(feature = "http-interactions")]
mod over_http;
#[cfg(feature = "http-interactions")]
mod over_http_clients;
#[cfg(feature = "http-interactions")]
mod over_http_start;
mod polling;
mod recording;
mod remember;
mod requests;
mod responses;
#[path = "../rest/server.rs"]
#[allow(dead_code, unreachable_pub)]
mod rest_server;
mod restarts;
mod scene;
mod send_events;
mod sequence;
mod shards;
mod state;
mod stopping;
mod task_waits;
mod tasks;
mod timers;
