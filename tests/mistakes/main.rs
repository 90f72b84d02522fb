//! Common mistakes of new users, and the error message for each.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod program;

mod addresses;
mod intents;
#[path = "../bot/kill_on_drop.rs"]
mod kill_on_drop;
mod messages;
mod network;
mod no_logger;
mod playground;
mod proxy;
mod setup;
mod token;

/// Asserts that a message contains all these parts.
#[track_caller]
fn assert_contains(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in: {message}");
    }
}
