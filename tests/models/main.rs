//! Reads and writes Discord's objects: single values, and all fixtures if they exist.
#![allow(clippy::unwrap_used)]

mod compare;
mod derived;
mod events;
mod fixtures;
mod interactions;
mod live;
#[path = "../published/load.rs"]
mod load;
mod mutation;
mod objects;
mod pages;
mod readings;
mod samples;
mod schema;
mod secrets;
mod unreadable;
mod values;
mod webhook_events;
mod wrong_fields;
