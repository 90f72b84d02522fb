//! The REST client against small servers that say what they are told to.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod records;
mod server;

mod bodies;
mod errors;
mod golden;
mod limits;
mod repeats;
mod requests;
mod search;
mod secrecy;
mod tls;
mod uploads;
mod webhooks;
