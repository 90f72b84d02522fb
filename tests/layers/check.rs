//! The crate against the tables of `rules.rs`.

use std::collections::{BTreeMap, BTreeSet};

use super::crate_tree::{CrateTree, Target};
use super::rules::{IMPURE, LEAVES, MAX_LINES, PURE, RULES, Rule};

/// Every import that no rule allows, as `file:line: what is wrong`.
pub(crate) fn imports(tree: &CrateTree) -> Vec<String> {
    let mut broken = Vec::new();
    // The front page shows everything.
    for module in tree.modules().filter(|module| module.file != "src/lib.rs") {
        let name = module.path.join("::");
        let Some((own, rule)) = rule_of(&name) else {
            broken.push(format!(
                "{}: no rule in tests/layers/rules.rs says what `{name}` may import",
                module.file
            ));
            continue;
        };
        for mention in &module.mentions {
            let (Target::Module(target) | Target::Item(target)) = tree.resolve(module, mention) else {
                continue;
            };
            let target = target.join("::");
            // What the front page itself defines belongs to no layer.
            if target.is_empty() || is_in(&target, own) || may_import(rule, &target) {
                continue;
            }
            broken.push(format!(
                "{}:{}: `{name}` imports `{target}`; `{own}` may import only: {}",
                module.file,
                mention.line,
                if rule.may_import.is_empty() {
                    "nothing".to_owned()
                } else {
                    rule.may_import.concat().join(", ")
                },
            ));
        }
    }
    broken.dedup();
    broken
}

/// Every socket, clock, thread or global randomness that a pure module mentions.
pub(crate) fn purity(tree: &CrateTree) -> Vec<String> {
    let mut broken = Vec::new();
    for module in tree.modules() {
        let name = module.path.join("::");
        if !PURE.iter().any(|pure| is_in(&name, pure)) {
            continue;
        }
        for mention in &module.mentions {
            let Target::External(path) = tree.resolve(module, mention) else { continue };
            let path = path.join("::");
            // The functions at fastrand's root draw from a generator that the whole program shares.
            let is_shared = path.starts_with("fastrand::") && !path.starts_with("fastrand::Rng");
            if is_shared || IMPURE.iter().any(|impure| is_in(&path, impure)) {
                broken.push(format!(
                    "{}:{}: `{name}` is pure, but mentions `{path}`",
                    module.file, mention.line
                ));
            }
        }
    }
    broken
}

/// Every name in the tables that is no module of the crate.
pub(crate) fn unknown_names(tree: &CrateTree) -> Vec<String> {
    let in_rules =
        RULES.iter().flat_map(|rule| rule.modules.iter().chain(rule.may_import.iter().copied().flatten()));
    let unknown: BTreeSet<_> = in_rules.chain(PURE).filter(|name| !tree.contains(name)).collect();
    let unknown = unknown.iter();
    unknown.map(|name| format!("tests/layers/rules.rs: there is no module `{name}`")).collect()
}

/// Every file with too many lines.
pub(crate) fn lengths(files: &BTreeMap<String, String>) -> Vec<String> {
    let lines = files.iter().map(|(name, text)| (name, text.lines().count()));
    lines
        .filter(|(_, lines)| *lines > MAX_LINES)
        .map(|(name, lines)| format!("{name}: {lines} lines, at most {MAX_LINES}"))
        .collect()
}

/// The rule for a module, and the name under which the module is listed in it.
fn rule_of(module: &str) -> Option<(&'static str, &'static Rule)> {
    RULES
        .iter()
        .flat_map(|rule| rule.modules.iter().map(move |name| (*name, rule)))
        .filter(|(name, _)| is_in(module, name))
        // Of two rows with the same name, the later one.
        .max_by_key(|(name, _)| name.len())
}

fn may_import(rule: &Rule, target: &str) -> bool {
    let leaves = if rule.modules.iter().any(|name| LEAVES.contains(name)) { &[] } else { LEAVES };
    leaves.iter().chain(rule.may_import.iter().copied().flatten()).any(|allowed| is_in(target, allowed))
}

/// Whether a path is another path, or inside of it.
fn is_in(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
