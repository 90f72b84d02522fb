//! Source files against the rules.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{IMPURE, MAX_LINES, PURE, RULES, Rule};
use super::source::{self, Named, Source};

/// A file of the library.
pub(super) struct File {
    /// With its folders, as in `src/gateway/mod.rs`.
    pub(super) name: String,
    lines: usize,
    module: Vec<String>,
    source: Source,
}

impl File {
    pub(super) fn new(name: &str, text: &str) -> File {
        let path = name.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        let module: Vec<_> = path.split('/').filter(|part| *part != "lib").map(str::to_owned).collect();
        let source = source::read(&module, text);
        File { name: name.to_owned(), lines: text.lines().count(), module, source }
    }
}

/// Every import that no rule allows, as `file:line: what is wrong`.
pub(super) fn imports(files: &[File]) -> Vec<String> {
    let tree = Tree::new(files);
    let mut broken = Vec::new();
    for file in tree.judged(files) {
        let module = file.module.join("::");
        let Some((own, rule)) = rule_of(&module) else {
            broken.push(format!(
                "{}: no rule in tests/layers/rules.rs says what `{module}` may import",
                file.name
            ));
            continue;
        };
        for named in &file.source.named {
            let Some(target) = tree.module_of(file, named) else { continue };
            if !is_in(&target, own) && !rule.may_import.iter().any(|allowed| is_in(&target, allowed)) {
                broken.push(format!(
                    "{}:{}: `{module}` imports `{target}`; `{own}` may import only: {}",
                    file.name,
                    named.line,
                    if rule.may_import.is_empty() {
                        "nothing".to_owned()
                    } else {
                        rule.may_import.join(", ")
                    },
                ));
            }
        }
    }
    broken
}

/// Every mention of a socket, clock, thread or global randomness in a pure module.
pub(super) fn purity(files: &[File]) -> Vec<String> {
    let mut broken = Vec::new();
    for file in Tree::new(files).judged(files) {
        let module = file.module.join("::");
        if !PURE.iter().any(|pure| is_in(&module, pure)) {
            continue;
        }
        for named in file.source.named.iter().filter(|named| !named.inside) {
            let path = named.path.join("::");
            // The functions at fastrand's root draw from a generator that all share.
            let shared = path.starts_with("fastrand::") && !path.starts_with("fastrand::Rng");
            if shared || IMPURE.iter().any(|impure| is_in(&path, impure)) {
                broken.push(format!("{}:{}: `{module}` is pure, but names `{path}`", file.name, named.line));
            }
        }
    }
    broken
}

/// Every file with too many lines.
pub(super) fn lengths(files: &[File]) -> Vec<String> {
    let long = files.iter().filter(|file| file.lines > MAX_LINES);
    long.map(|file| format!("{}: {} lines, at most {MAX_LINES}", file.name, file.lines)).collect()
}

/// The rule that holds for a module, and the name under which the module stands in it.
fn rule_of(module: &str) -> Option<(&'static str, &'static Rule)> {
    RULES
        .iter()
        .flat_map(|rule| rule.modules.iter().map(move |name| (*name, rule)))
        .filter(|(name, _)| is_in(module, name))
        .max_by_key(|(name, _)| name.len())
}

fn is_in(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// All modules, and the names that they give to what stands elsewhere.
struct Tree<'a> {
    modules: BTreeSet<&'a [String]>,
    tests: BTreeSet<&'a [String]>,
    uses: BTreeMap<(&'a [String], &'a str), &'a Named>,
}

impl<'a> Tree<'a> {
    fn new(files: &'a [File]) -> Tree<'a> {
        let uses = files.iter().flat_map(|file| {
            let named = file.source.named.iter();
            named.filter_map(|named| Some(((file.module.as_slice(), named.alias.as_deref()?), named)))
        });
        Tree {
            modules: files.iter().map(|file| file.module.as_slice()).collect(),
            tests: files.iter().flat_map(|file| &file.source.test_modules).map(Vec::as_slice).collect(),
            uses: uses.collect(),
        }
    }

    /// The files that rules hold for: neither the front page, which shows everything, nor tests.
    fn judged(&self, files: &'a [File]) -> impl Iterator<Item = &'a File> {
        files.iter().filter(|file| {
            !file.module.is_empty() && !self.tests.iter().any(|test| file.module.starts_with(test))
        })
    }

    /// The module in which that stands what a file names, if it is one of the crate's.
    fn module_of(&self, file: &'a File, named: &Named) -> Option<String> {
        let mut path = self.absolute(&file.module, named)?;
        let mut module = self.deepest(&path);
        // A name may be handed on from module to module, a few times at most.
        for _ in 0..8 {
            let Some(name) = path.get(module.len()) else { break };
            let Some((&(home, _), used)) = self.uses.get_key_value(&(module.as_slice(), name.as_str()))
            else {
                break;
            };
            let mut onward = self.absolute(home, used)?;
            onward.extend_from_slice(&path[module.len() + 1..]);
            path = onward;
            module = self.deepest(&path);
        }
        // What stands on the front page itself belongs to no layer.
        Some(module.join("::")).filter(|module| !module.is_empty())
    }

    /// The module that the longest possible part of a path names.
    fn deepest(&self, path: &[String]) -> Vec<String> {
        let parts = (0..=path.len()).rev().map(|end| &path[..end]);
        parts.into_iter().find(|part| self.modules.contains(part)).unwrap_or_default().to_vec()
    }

    fn absolute(&self, module: &[String], named: &Named) -> Option<Vec<String>> {
        if named.inside {
            return Some(named.path.clone());
        }
        // `use child::Name` needs no `self::`.
        let mut child = module.to_vec();
        child.extend(named.path.first().cloned());
        let known = self.modules.contains(child.as_slice());
        known.then(|| module.iter().chain(&named.path).cloned().collect())
    }
}

#[cfg(test)]
mod tests;
