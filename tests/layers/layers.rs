//! Which module may import which, import cycles, the length of files, public names, links, and syntax that is too new.

#![allow(clippy::unwrap_used)]

mod cfg;
mod check;
mod crate_tree;
mod cycles;
mod links;
mod msrv;
mod names;
mod rules;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use self::crate_tree::CrateTree;

#[test]
fn every_module_imports_only_what_its_layer_allows() {
    assert_none(&check::imports(&crate_tree()));
}

#[test]
fn no_files_import_each_other() {
    assert_none(&cycles::broken(&crate_tree(), rules::NATURAL_CYCLES));
}

#[test]
fn pure_modules_use_no_socket_no_clock_and_no_thread() {
    assert_none(&check::purity(&crate_tree()));
}

#[test]
fn every_name_in_the_rules_is_a_module() {
    assert_none(&check::unknown_names(&crate_tree()));
}

#[test]
fn no_source_file_is_too_long() {
    assert_none(&check::lengths(&files("src")));
}

#[test]
fn the_documentation_is_found_by_the_words_of_other_libraries() {
    assert_none(&names::without_hit(&files("src")));
}

#[test]
fn no_two_public_types_share_a_name() {
    assert_none(&names::twins(&files("src")));
}

#[test]
fn the_links_of_the_pages_for_readers_hold_in_the_repository() {
    let mut pages = texts("docs", "md");
    pages.extend(
        ["README.md", "examples/README.md", "templates/README.md"]
            .map(|name| (name.to_owned(), fs::read_to_string(root().join(name)).unwrap())),
    );
    assert_none(&links::broken(&root(), &pages));
}

#[test]
fn every_example_is_in_the_index_and_runs_in_ci() {
    let examples = files("examples");
    let names = || examples.keys().map(|name| name.trim_start_matches("examples/").trim_end_matches(".rs"));
    let index = fs::read_to_string(root().join("examples/README.md")).unwrap();
    assert_none(&links::unlisted(names(), &index, |name| format!("[`{name}`]({name}.rs)")));
    let smoke = fs::read_to_string(root().join(".ci/smoke")).unwrap();
    assert_none(
        &links::unlisted(names(), &smoke, |name| format!(" {name}"))
            .into_iter()
            .filter(|line| {
                // Some run as separate programs.
                let name = line.split(' ').next().unwrap();
                !smoke.contains(&format!("examples/{name}\""))
            })
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_syntax_is_newer_than_the_minimum_rust_version() {
    let mut broken = Vec::new();
    for (name, text) in ["src", "examples", "tests", "benches"].into_iter().flat_map(files) {
        // These packages are only for the newest compiler.
        if name.starts_with("tests/layers/") || name.starts_with("tests/compile_fail/") {
            continue;
        }
        let lines = msrv::let_chains(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        broken.extend(lines.into_iter().map(|line| format!("{name}:{line}: a let chain needs Rust 1.88")));
    }
    assert_none(&broken);
}

#[track_caller]
fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

fn crate_tree() -> CrateTree {
    CrateTree::new(&files("src")).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Name and text of every Rust file in a folder of the repository.
fn files(folder: &str) -> BTreeMap<String, String> {
    texts(folder, "rs")
}

/// Name and text of every file with an extension in a folder of the repository.
fn texts(folder: &str, wanted: &str) -> BTreeMap<String, String> {
    let root = root();
    let mut files = BTreeMap::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(name);
            } else if name.extension().is_some_and(|extension| extension == wanted) {
                let name = name.to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    files
}
