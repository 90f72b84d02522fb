//! The checker on small made-up crates.

use std::collections::BTreeMap;

use super::check::{imports, lengths, purity};
use super::crate_tree::CrateTree;
use super::cycles::{KnownCycle, broken};
use super::rules::MAX_LINES;

/// A crate of these files. A file that no other one declares is declared in its parent.
fn crate_of(texts: &[(&str, &str)]) -> CrateTree {
    let mut files = BTreeMap::from([("src/lib.rs".to_owned(), String::new())]);
    files.extend(texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let names: Vec<_> = files.keys().cloned().collect();
    for name in names {
        let mut module = name.trim_end_matches(".rs").trim_end_matches("/mod");
        while let Some((folder, child)) = module.rsplit_once('/') {
            let candidates = match folder {
                "src" => vec!["src/lib.rs".to_owned()],
                _ => vec![format!("{folder}.rs"), format!("{folder}/mod.rs")],
            };
            let known = candidates.iter().find(|name| files.contains_key(*name));
            let parent = known.unwrap_or(&candidates[candidates.len() - 1]).clone();
            let text = files.entry(parent).or_default();
            if module != "src/lib" && !text.contains(&format!("mod {child}")) {
                text.push_str(&format!("\nmod {child};"));
            }
            module = folder;
        }
    }
    CrateTree::new(&files).unwrap()
}

/// What is wrong with the imports of a crate of these files and a few that the rules know.
fn broken_imports(texts: &[(&str, &str)]) -> Vec<String> {
    let others = [
        ("src/lib.rs", "pub mod id; pub use error::{Error, Result}; pub use model::Message as Renamed;"),
        ("src/error.rs", "pub struct Error;"),
        ("src/id.rs", ""),
        ("src/gateway/mod.rs", "pub mod intents; pub use self::intents::Intents;"),
        ("src/gateway/intents.rs", ""),
        ("src/gateway/shard.rs", ""),
        ("src/model/mod.rs", "mod message; pub use message::Message;"),
        ("src/model/message.rs", "use crate::id::Id;"),
        ("src/rest/mod.rs", ""),
        ("src/sim/mod.rs", "use crate::model::Message;"),
    ];
    imports(&crate_of(&[&others, texts].concat()))
}

#[test]
fn a_forbidden_import_is_reported_with_file_line_and_rule() {
    assert_eq!(
        broken_imports(&[("src/gateway/opcode.rs", "//! Doc.\n\nuse crate::model::Message;\n")]),
        [
            "src/gateway/opcode.rs:3: `gateway::opcode` imports `model::message`; `gateway::opcode` may import only: \
             gateway::opcode, gateway::close_code, gateway::intents, gateway::shard_id"
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
        "#[cfg(any(test, feature = \"sim\"))] use crate::rest::Client;",
        "#[cfg(test)] use crate::sim::X; use crate::rest::Client;",
        "#[cfg(test)] mod tests { fn f() { { } } } use crate::rest::Client;",
        "fn f() { vec![crate::rest::run(1)]; }",
        "macro_rules! m { () => { $crate::rest::run() }; }",
        "items! { use crate::{rest::Client}; }",
        "struct S { #[serde(deserialize_with = \"crate::rest::read\")] x: u8 }",
    ] {
        let found = broken_imports(&[("src/gateway/socket.rs", text)]);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains("imports `rest`"), "{text}: {found:?}");
    }
}

#[test]
fn other_text_is_no_import() {
    for text in [
        "//! See [`crate::rest::Client`].",
        "/* crate::rest */ const S: &str = \"crate::rest\";",
        "#[cfg(test)] mod tests { use crate::rest::Client; }",
        "#[cfg(all(test, feature = \"sim\"))] use crate::{rest::Client, sim::Discord};",
        "#[cfg(test)] #[allow(unused)] fn f(x: [u8; 2]) { crate::rest::run() }",
        "#![cfg(test)] use crate::rest::Client;",
        "pub(in crate::rest) fn f() {}",
        "items! { pub(in crate::rest) fn f() {} }",
        "use crate::{Error, Renamed, error::BoxError, gateway::Intents, model}; use std::rest;",
        "use super::{Intents, intents}; mod deep { use super::super::intents::EVENTS; }",
    ] {
        assert_eq!(broken_imports(&[("src/gateway/socket.rs", text)]), [""; 0], "{text}");
    }
}

#[test]
fn a_re_exported_name_counts_where_it_is_defined() {
    let at = |text| broken_imports(&[("src/gateway/frame.rs", text)]);
    assert_eq!(at("use crate::gateway::Intents; use crate::Error;"), [""; 0]);
    assert!(at("use crate::Renamed;")[0].contains("imports `model::message`"));
    assert!(at("use super::*;")[0].contains("imports `gateway`"));
    let indirect = broken_imports(&[("src/sim/world.rs", "use super::Message;")]);
    assert!(indirect[0].contains("`sim::world` imports `model::message`"), "{indirect:?}");
}

#[test]
fn a_file_of_tests_is_not_checked() {
    let parent = ("src/id/deep.rs", "#[cfg(test)]\nmod tests;");
    let tests = ("src/id/deep/tests.rs", "use crate::rest::Client;");
    assert_eq!(broken_imports(&[parent, tests]), [""; 0]);
    assert_eq!(broken_imports(&[("src/id/deep.rs", "mod tests;"), tests]).len(), 1);
    let parent = ("src/id/deep.rs", "#[cfg(test)]\n#[path = \"deep_tests.rs\"]\nmod tests;");
    let tests = ("src/id/deep_tests.rs", "use crate::rest::Client;");
    let files = [("src/lib.rs", "mod id; mod rest;"), ("src/id/mod.rs", "mod deep; // mod deep_tests")];
    let rest = ("src/rest.rs", "");
    assert_eq!(imports(&crate_of(&[files[0], files[1], parent, tests, rest])), [""; 0]);
}

#[test]
fn only_the_playground_of_the_bot_imports_the_simulator() {
    let text = "use crate::sim::Discord; use super::Bot; use crate::rest::Client;";
    assert_eq!(broken_imports(&[("src/bot/mod.rs", ""), ("src/bot/playground.rs", text)]), [""; 0]);
    assert!(broken_imports(&[("src/bot/mod.rs", text)])[0].contains("`bot` imports `sim`"));
}

#[test]
fn answering_an_interaction_needs_neither_gateway_nor_bot() {
    for target in ["gateway", "bot"] {
        let text = format!("use crate::{target}::Thing; use crate::rest::Client; use crate::model::Message;");
        let target = format!("src/{target}/mod.rs");
        let found = broken_imports(&[("src/interaction/mod.rs", &text), (&target, "")]);
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[test]
fn the_simulator_shares_no_code_with_the_client() {
    for target in ["gateway::frame", "gateway::session", "gateway::shard", "rest", "rest::limiter", "bot"] {
        let text = format!("use crate::{target}::Thing;");
        let name = format!("src/{}.rs", target.replace("::", "/"));
        for module in ["src/sim/world.rs", "src/sim/server.rs"] {
            let mut texts = vec![(module, text.as_str())];
            if target != "rest" {
                texts.push((&name, ""));
            }
            assert_eq!(broken_imports(&texts).len(), 1, "{module} {target}");
        }
    }
    assert_eq!(broken_imports(&[("src/sim/server.rs", "use crate::model::Message;")]), [""; 0]);
    assert_eq!(broken_imports(&[("src/sim/peer/mod.rs", "use crate::model::Message;")]).len(), 1);
}

#[test]
fn a_module_without_a_rule_is_reported() {
    assert_eq!(
        broken_imports(&[("src/voice/mod.rs", "")]),
        ["src/voice/mod.rs: no rule in tests/layers/rules.rs says what `voice` may import"]
    );
}

#[test]
fn a_clock_a_thread_or_global_randomness_in_a_pure_module_is_reported() {
    for text in [
        "fn f() { std::thread::sleep(D) }",
        "use std::{fmt, net::TcpStream};",
        "fn f() -> Instant { Instant::now() }",
        "use std::time; fn f() { time::Instant::now(); }",
        "use std::time::Instant as Clock; fn f() { Clock::now(); }",
        "fn f() -> u8 { fastrand::u8(..) }",
        "use tungstenite::Message;",
    ] {
        let found = purity(&crate_of(&[("src/gateway/session/mod.rs", text)]));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(
            found[0].starts_with("src/gateway/session/mod.rs:1: `gateway::session` is pure"),
            "{found:?}"
        );
        assert_eq!(purity(&crate_of(&[("src/gateway/shard.rs", text)])), [""; 0], "{text}");
    }
    let pure = "use std::time::{Duration, Instant}; fn f(now: Instant) { fastrand::Rng::with_seed(1); }";
    assert_eq!(purity(&crate_of(&[("src/gateway/session/mod.rs", pure)])), [""; 0]);
}

#[test]
fn a_file_over_the_limit_is_reported() {
    let files = BTreeMap::from([
        ("src/a.rs".to_owned(), "\n".repeat(MAX_LINES)),
        ("src/b.rs".to_owned(), "\n".repeat(MAX_LINES + 1)),
    ]);
    assert_eq!(lengths(&files), ["src/b.rs: 501 lines, at most 500"]);
}

/// The cycles of a crate of these files.
fn cycles(texts: &[(&str, &str)]) -> Vec<String> {
    broken(&crate_of(texts), &[])
}

#[test]
fn a_cycle_is_reported_as_a_path_with_the_line_of_each_import() {
    let found = cycles(&[
        ("src/a.rs", "use crate::b::B;\npub struct A;"),
        ("src/b.rs", "\npub struct B;\nuse super::c::C;"),
        ("src/c.rs", "pub struct C;\n\n\nfn f() { crate::a::A; }"),
        ("src/d.rs", "use crate::a::A;"),
    ]);
    let way = "import cycle of 3 files; the shortest way around:\n  \
               src/a.rs:1 imports src/b.rs (B)\n  \
               src/b.rs:3 imports src/c.rs (C)\n  \
               src/c.rs:4 imports src/a.rs (A)\n";
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(way), "{}", found[0]);
}

#[test]
fn cycles_that_share_a_file_are_one_and_separate_ones_are_two() {
    let found = cycles(&[
        ("src/a.rs", "use crate::b::B; use crate::c::C; pub struct A;"),
        ("src/b.rs", "use crate::a::A; pub struct B;"),
        ("src/c.rs", "use crate::a::A; pub struct C;"),
        ("src/d.rs", "use crate::e::E; pub struct D;"),
        ("src/e.rs", "use crate::d::D; use crate::a::A; pub struct E;"),
    ]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("import cycle of 3 files") && found[1].starts_with("import cycle of 2 files")
    );
}

#[test]
fn a_re_export_is_followed_to_the_file_that_defines_the_item() {
    // Both imports go through the same parent, which only hands the names on.
    let files = |parent| [("src/m/mod.rs", parent), ("src/m/a.rs", "use super::B; pub struct A;")];
    for parent in ["mod a; mod b; pub use a::A; pub use b::B;", "mod a; mod b; pub use a::*; pub use b::*;"] {
        let [parent, a] = files(parent);
        assert_eq!(cycles(&[parent, a, ("src/m/b.rs", "pub struct B;")]), [""; 0]);
        let found = cycles(&[parent, a, ("src/m/b.rs", "use crate::m::A; pub struct B;")]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("src/m/a.rs:1 imports src/m/b.rs (B)"), "{}", found[0]);
        assert!(!found[0].contains("mod.rs"), "{}", found[0]);
    }
}

#[test]
fn an_item_that_the_parent_defines_makes_the_parent_part_of_the_cycle() {
    let child = ("src/m/child.rs", "use super::Parent; pub struct Child;");
    assert_eq!(
        cycles(&[("src/m/mod.rs", "mod child; pub use child::Child; pub struct Parent;"), child]),
        [""; 0]
    );
    for parent in [
        "mod child; use child::Child; pub struct Parent(Child);",
        "mod child; pub use child::Child; pub struct Parent(Child);",
        "mod child; pub struct Parent(child::Child);",
        "mod child; pub struct Parent; fn f() { vec![child::Child] }",
    ] {
        assert_eq!(cycles(&[("src/m/mod.rs", parent), child]).len(), 1, "{parent}");
    }
}

#[test]
fn a_module_that_is_imported_counts_by_the_items_that_are_used_through_it() {
    let b = ("src/b.rs", "use crate::a::A; pub struct B;");
    assert_eq!(cycles(&[("src/a.rs", "use crate::b; pub struct A;"), b]), [""; 0]);
    assert_eq!(cycles(&[("src/a.rs", "use crate::b; pub struct A(b::B);"), b]).len(), 1);
}

#[test]
fn an_item_that_a_macro_defines_is_found_through_a_glob() {
    let table = ("src/m/table.rs", "table! { ROUTE = Get; } use super::Method;");
    let parent = ("src/m/mod.rs", "mod table; pub use table::*; pub struct Method;");
    assert_eq!(cycles(&[parent, table, ("src/a.rs", "use crate::m::ROUTE;")]), [""; 0]);
    let found = cycles(&[parent, table, ("src/m/a.rs", "use super::ROUTE; pub struct A;")]);
    assert_eq!(found, [""; 0]);
    let table = ("src/m/table.rs", "table! { ROUTE = Get; } use super::a::A;");
    assert_eq!(cycles(&[parent, table, ("src/m/a.rs", "use super::ROUTE; pub struct A;")]).len(), 1);
}

#[test]
fn a_test_module_is_not_part_of_a_cycle() {
    let b = ("src/b.rs", "use crate::a::A; pub struct B;");
    for a in [
        "pub struct A; #[cfg(test)] mod tests { use crate::b::B; }",
        "pub struct A; #[cfg(test)] mod tests;",
        "pub struct A; #[cfg(test)] use crate::b::B;",
    ] {
        assert_eq!(cycles(&[("src/a.rs", a), ("src/a/tests.rs", "use crate::b::B;"), b]), [""; 0], "{a}");
    }
}

#[test]
fn a_listed_cycle_is_allowed_while_it_exists() {
    let known = [KnownCycle { files: &["src/b.rs", "src/a.rs"], reason: "recursive data" }];
    let a = ("src/a.rs", "use crate::b::B; pub struct A;");
    let tree = crate_of(&[a, ("src/b.rs", "use crate::a::A; pub struct B;")]);
    assert_eq!(broken(&tree, &known), [""; 0]);
    let tree = crate_of(&[a, ("src/b.rs", "pub struct B;")]);
    assert_eq!(
        broken(&tree, &known),
        [
            "src/b.rs, src/a.rs: these files form no cycle of their own any more; remove or shorten the entry in \
          tests/layers/rules.rs (recursive data)"
        ]
    );
    let larger =
        [a, ("src/b.rs", "use crate::c::C; pub struct B;"), ("src/c.rs", "use crate::a::A; pub struct C;")];
    assert_eq!(broken(&crate_of(&larger), &known).len(), 2);
}
