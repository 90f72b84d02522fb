//! The usual mistakes, made as a new user makes them, and what the library says about each.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod program;

mod addresses;
mod intents;
mod messages;
mod network;
mod playground;
mod setup;
mod token;

/// A message as a newcomer reads it: everything that has to be in it.
#[track_caller]
fn assert_says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in: {message}");
    }
}
