//! The REST client against small servers with scripted responses.
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
mod shared;
mod slow;
// On Windows, the test runner needs a thread itself.
#[cfg(unix)]
mod threads;
mod tls;
mod uploads;
mod webhooks;
