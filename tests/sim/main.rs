//! Tests of the simulated Discord: it enforces Discord's rules, and faults break them on purpose.

#![allow(clippy::unwrap_used)]

mod assertions;
mod auto_moderation;
mod client;
mod clock;
mod close_codes;
mod commands;
mod control;
mod developer;
mod faults;
mod fixtures;
mod guilds;
mod interactions;
#[path = "../bot/kill_on_drop.rs"]
mod kill_on_drop;
mod limits;
#[path = "../published/load.rs"]
mod load;
mod members;
mod other_clients;
mod page;
mod peer;
mod people;
mod permission_details;
mod permissions;
mod playground;
mod replay;
mod routes;
mod schema;
mod server;
mod several_guilds;
mod speaking;
mod syncord_sim;
#[path = "../published/template.rs"]
mod template;
mod validation;
mod world;
