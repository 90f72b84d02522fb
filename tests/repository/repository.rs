//! Checks of the repository as a whole: links of its texts, licenses of its dependencies, and what is published.

#![allow(clippy::unwrap_used)]

mod licenses;
mod links;
mod package;

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The output of a program that runs in the root of the repository.
fn output(program: &str, arguments: &[&str]) -> String {
    let run = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    assert!(run.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn cargo(arguments: &[&str]) -> String {
    output(&std::env::var("CARGO").unwrap_or("cargo".to_owned()), arguments)
}

/// The files of the repository, and those that are not added yet.
fn files() -> Vec<String> {
    let list = output("git", &["ls-files", "--cached", "--others", "--exclude-standard"]);
    list.lines().filter(|file| root().join(file).is_file()).map(str::to_owned).collect()
}

#[track_caller]
fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}
