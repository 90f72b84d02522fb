//! The checker on small made-up crates: that it finds what it should, and only that.

use super::*;

fn files(texts: &[(&str, &str)]) -> Vec<File> {
    texts.iter().map(|(name, text)| File::new(name, text)).collect()
}

/// What is wrong with a crate of these files and a few that the rules know.
fn broken(texts: &[(&str, &str)]) -> Vec<String> {
    let around = [
        ("src/lib.rs", "pub mod id; pub use error::{Error, Outcome}; pub use model::Message as Said;"),
        ("src/error.rs", ""),
        ("src/id.rs", ""),
        ("src/gateway/mod.rs", "pub mod intents; pub use self::intents::Intents;"),
        ("src/gateway/intents.rs", ""),
        ("src/gateway/shard.rs", ""),
        ("src/model/mod.rs", "mod message; pub use message::Message;"),
        ("src/model/message.rs", "use crate::id::Id;"),
        ("src/rest/mod.rs", ""),
        ("src/sim/mod.rs", "use crate::model::Message;"),
    ];
    imports(&files(&[&around, texts].concat()))
}

#[test]
fn an_import_that_its_layer_forbids_is_named_with_file_line_and_rule() {
    assert_eq!(
        broken(&[("src/gateway/opcode.rs", "//! Doc.\n\nuse crate::model::Message;\n")]),
        [
            "src/gateway/opcode.rs:3: `gateway::opcode` imports `model::message`; `gateway::opcode` may import only: \
             id, gateway::opcode, gateway::close_code, gateway::intents"
        ]
    );
}

#[test]
fn every_spelling_of_an_import_is_found() {
    for text in [
        "use crate::rest::Client;",
        "use crate::{error::Error, rest::Client};",
        "use {crate::rest::Client, std::fmt};",
        "use super::super::rest;",
        "fn f() { crate::rest::run::<u8>() }",
        "mod inner { use super::super::super::rest::Client; }",
        "fn f(x: &'static crate::rest::Client) {}",
        "pub use crate::rest as other;",
        "use crate::rest::*;",
        "#[cfg(not(test))] use crate::rest::Client;",
        "#[cfg(test)] use crate::sim::X; use crate::rest::Client;",
        "#[cfg(test)] mod tests { fn f() { { } } } use crate::rest::Client;",
    ] {
        let found = broken(&[("src/gateway/socket.rs", text)]);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains("`gateway::socket` imports `rest`"), "{text}: {found:?}");
    }
}

#[test]
fn what_is_no_import_is_not_flagged() {
    for text in [
        "//! See [`crate::rest::Client`].",
        "/* crate::rest */ const S: &str = \"crate::rest\";",
        "#[cfg(test)] mod tests { use crate::rest::Client; }",
        "#[cfg(all(test, feature = \"sim\"))] use crate::{rest::Client, sim::Discord};",
        "#[cfg(test)] #[allow(unused)] fn f(x: [u8; 2]) { crate::rest::run() }",
        "#![cfg(test)] use crate::rest::Client;",
        "pub(in crate::rest) fn f() {}",
        "use crate::{Error, Said, error::Cause, gateway::Intents, model}; use std::rest; use self::x::y;",
        "use super::{Intents, intents}; mod deep { use super::super::intents::EVENTS; }",
    ] {
        assert_eq!(broken(&[("src/gateway/socket.rs", text)]), [""; 0], "{text}");
    }
}

#[test]
fn a_name_that_another_module_hands_on_counts_where_it_stands() {
    let at = |text| broken(&[("src/gateway/frame.rs", text)]);
    assert_eq!(at("use crate::gateway::Intents; use crate::Error;"), [""; 0]);
    assert!(at("use crate::Said;")[0].contains("imports `model::message`"));
    assert!(at("use super::*;")[0].contains("imports `gateway`"));
    let smuggled = broken(&[("src/sim/world.rs", "use super::Message;")]);
    assert!(smuggled[0].contains("`sim::world` imports `model::message`"), "{smuggled:?}");
}

#[test]
fn a_file_of_tests_is_not_judged() {
    let parent = ("src/id/deep.rs", "#[cfg(test)]\nmod tests;");
    let tests = ("src/id/deep/tests.rs", "use crate::rest::Client;");
    assert_eq!(broken(&[parent, tests]), [""; 0]);
    assert_eq!(broken(&[("src/id/deep.rs", "mod tests;"), tests]).len(), 1);
}

#[test]
fn only_the_playground_of_the_bot_imports_the_simulator() {
    let text = "use crate::sim::Discord; use super::Bot; use crate::rest::Client;";
    assert_eq!(broken(&[("src/bot/mod.rs", ""), ("src/bot/playground.rs", text)]), [""; 0]);
    assert!(broken(&[("src/bot/mod.rs", text)])[0].contains("`bot` imports `sim`"));
}

#[test]
fn the_simulator_shares_no_code_with_the_client() {
    for target in ["gateway::frame", "gateway::session", "gateway::shard", "rest", "rest::limiter", "bot"] {
        let text = format!("use crate::{target}::Thing;");
        let name = format!("src/{}.rs", target.replace("::", "/"));
        for module in ["src/sim/world.rs", "src/sim/server.rs"] {
            assert_eq!(broken(&[(module, &text), (&name, "")]).len(), 1, "{module} {target}");
        }
    }
    assert_eq!(broken(&[("src/sim/server.rs", "use crate::model::Message;")]), [""; 0]);
    assert_eq!(broken(&[("src/sim/peer/mod.rs", "use crate::model::Message;")]).len(), 1);
}

#[test]
fn a_module_without_a_rule_is_named() {
    assert_eq!(
        broken(&[("src/voice/mod.rs", "")]),
        ["src/voice/mod.rs: no rule in tests/layers/rules.rs says what `voice` may import"]
    );
}

#[test]
fn a_clock_a_thread_or_global_randomness_in_a_pure_module_is_named() {
    for text in [
        "fn f() { std::thread::sleep(D) }",
        "use std::{fmt, net::TcpStream};",
        "fn f() -> Instant { Instant::now() }",
        "fn f() -> u8 { fastrand::u8(..) }",
        "use tungstenite::Message;",
    ] {
        let found = purity(&files(&[("src/gateway/session/mod.rs", text)]));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(
            found[0].starts_with("src/gateway/session/mod.rs:1: `gateway::session` is pure"),
            "{found:?}"
        );
        assert_eq!(purity(&files(&[("src/gateway/shard.rs", text)])), [""; 0], "{text}");
    }
    let pure = "use std::time::{Duration, Instant}; fn f(now: Instant) { fastrand::Rng::with_seed(1); }";
    assert_eq!(purity(&files(&[("src/gateway/session/mod.rs", pure)])), [""; 0]);
}

#[test]
fn a_file_over_the_limit_is_named() {
    let texts = ["\n".repeat(MAX_LINES), "\n".repeat(MAX_LINES + 1)];
    let found = lengths(&files(&[("src/a.rs", &texts[0]), ("src/b.rs", &texts[1])]));
    assert_eq!(found, ["src/b.rs: 601 lines, at most 600"]);
}
