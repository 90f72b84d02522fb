//! Fuzz targets: functions that read any bytes as Discord would send them. None of them may panic, overflow a small
//! stack, or take long.
//!
//! `cargo run --release --manifest-path tests/fuzz/Cargo.toml -- 60` mutates fixtures for a minute, with any compiler.
//! With a nightly compiler and cargo-fuzz, `cargo +nightly fuzz run --fuzz-dir tests/fuzz --features libfuzzer event`
//! searches by coverage. A finding becomes a test of the crate.

pub mod corpus;
pub mod events;
pub mod mutation;
mod objects;
mod response;

use std::time::{Duration, Instant, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;
use syncord::gateway::event::{Event, InteractionCreate};
use syncord::gateway::frame::Envelope;
use syncord::gateway::session::{Input, Now, Session, SessionConfig};
use syncord::{Intents, Token};

pub use response::response;

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 4] =
    [("envelope", envelope), ("event", event), ("interaction", interaction), ("response", response)];

/// Reads frames, one in each line: the envelope, and what the session makes of it.
pub fn envelope(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let token = Token::new("MTE.fuzz.token-of-no-real-bot").expect("the token is well-formed");
    let start = Instant::now();
    let mut now = Now { mono: start, wall: SystemTime::UNIX_EPOCH };
    let mut session = Session::new(SessionConfig::new(token, Intents::GUILDS), now, 7);
    session.handle(now, Input::Timeout);
    session.handle(now, Input::Opened);
    for frame in text.lines() {
        if let Ok(envelope) = Envelope::read(frame) {
            assert!(envelope.data.len() <= frame.len());
        }
        now.mono += Duration::from_millis(50);
        let step = session.handle(now, Input::Text(frame));
        assert!(step.actions.len() < 16, "one frame causes {} actions", step.actions.len());
        if session.deadline().is_some_and(|deadline| deadline <= now.mono) {
            session.handle(now, Input::Timeout);
        }
    }
}

/// Reads a frame as the type of its event. If the frame has no known name, its data is read as every event.
pub fn event(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(envelope) = Envelope::read(text) else { return };
    let data = envelope.data;
    let is_known = envelope.name.as_deref().is_some_and(|name| events::read(name, data));
    if !is_known {
        events::read_as_all(data);
    }
}

/// Reads the data of an interaction, and looks at all of it.
pub fn interaction(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let data = Envelope::read(text).map_or(text, |envelope| envelope.data);
    let Ok(event) = InteractionCreate::decode(data) else { return };
    assert!(!format!("{event:?}").is_empty());
    check_written(&event);
}

/// Checks that what is written of a value that was read is read as the same value again.
fn check_written<T: DeserializeOwned + Serialize>(value: &T) {
    let written = serde_json::to_string(value).expect("what was read can be written");
    let again: T = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    let rewritten = serde_json::to_string(&again).expect("what was read can be written");
    assert_eq!(written, rewritten, "a value changes when it is written and read");
}
