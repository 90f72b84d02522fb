//! What is published.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{assert_none, cargo, files, root};

/// The files of the published package.
fn published() -> BTreeSet<String> {
    let list = cargo(&["package", "--list", "--allow-dirty", "--offline"]);
    list.lines().map(|file| file.replace('\\', "/")).collect()
}

#[test]
fn the_package_has_the_library_and_what_its_documentation_includes() {
    let published = published();
    let mut missing: Vec<String> = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"]
        .into_iter()
        .filter(|file| !published.contains(*file))
        .map(|file| format!("{file} is not published"))
        .collect();
    let mut count = 0;
    // A macro includes the pages of the guide.
    let folders = ["src/", "examples/", "docs/"];
    for file in files().iter().filter(|file| folders.iter().any(|folder| file.starts_with(folder))) {
        if !published.contains(file) {
            missing.push(format!("{file} is not published"));
        }
        if !file.ends_with(".rs") {
            continue;
        }
        let text = fs::read_to_string(root().join(file)).unwrap();
        for included in text.split("include_str!(\"").chain(text.split("include_bytes!(\"")).skip(1) {
            let Some((name, _)) = included.split_once("\")") else { continue };
            let Ok(path) = root().join(file).parent().unwrap().join(name).canonicalize() else { continue };
            let name = path.strip_prefix(root().canonicalize().unwrap()).unwrap().to_str().unwrap();
            count += 1;
            if !published.contains(&name.replace('\\', "/")) {
                missing.push(format!("{name} is not published, and {file} includes it"));
            }
        }
    }
    assert!(count > 30, "only {count} files are included");
    assert_none(&missing);
}

#[test]
fn the_package_has_nothing_that_only_serves_the_work_on_the_repository() {
    let packages: BTreeSet<String> = files()
        .iter()
        .filter(|file| Path::new(file).file_name().is_some_and(|name| name == "Cargo.toml"))
        .filter_map(|file| Path::new(file).parent()?.to_str().map(|folder| format!("{folder}/")))
        .filter(|folder| folder != "/")
        .collect();
    assert!(packages.contains("tests/layers/"), "{packages:?}");
    let folders = [".ci/", ".github/", "tests/browser/", "target/", "templates/"].map(str::to_owned);
    let is_tool = |file: &&String| folders.iter().chain(&packages).any(|folder| file.starts_with(folder));
    let published = published();
    let broken: Vec<String> =
        published.iter().filter(is_tool).map(|file| format!("{file} is published")).collect();
    assert_none(&broken);
}

/// A value at the beginning of the manifest.
fn manifest_value(key: &str) -> String {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let line = manifest.lines().find_map(|line| line.strip_prefix(&format!("{key} = "))).unwrap();
    line.trim_matches('"').to_owned()
}

#[test]
fn the_badges_and_the_readme_say_what_the_manifest_says() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    let rust = manifest_value("rust-version");
    let license = manifest_value("license").replace('-', "--").replace(' ', "_");
    for part in [
        format!("badge/rust-{rust}%2B-"),
        format!("badge/license-{license}-"),
        format!("**Rust**: {rust} or later"),
    ] {
        assert!(readme.contains(&part), "README.md has no {part}");
    }
    // Each feature but those that are not part of the interface.
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, features) = manifest.split_once("[features]").unwrap();
    let (features, _) = features.split_once("\n[").unwrap();
    let names = features.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    for name in names.filter(|name| !name.starts_with(['#', '_'])) {
        assert!(readme.contains(&format!("`{name}` (")), "README.md does not explain the feature {name}");
    }
}

#[test]
fn the_changelog_has_the_version_of_the_package_or_what_comes_next() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version =
        manifest.lines().find_map(|line| line.strip_prefix("version = ")).unwrap().trim_matches('"');
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let headings = [format!("## {version}"), "## Unreleased".to_owned()];
    let has = |heading: &String| changelog.lines().any(|line| line.starts_with(heading.as_str()));
    assert!(headings.iter().any(has), "CHANGELOG.md has none of {headings:?}");
}
