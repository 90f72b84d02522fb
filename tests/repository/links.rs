//! Links: those inside the repository lead somewhere, and those to other sites look as they should. No network is used.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{assert_none, files, root};

#[test]
fn every_relative_link_of_a_text_leads_to_a_file_and_a_heading() {
    let mut broken = Vec::new();
    for file in files().iter().filter(|file| file.ends_with(".md")) {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let is_rustdoc = file.starts_with("src/");
        for target in targets(&text).into_iter().filter(|target| !is_external(target) && !is_name(target)) {
            let (path, heading) = target.split_once('#').unwrap_or((&target, ""));
            let to = match path {
                "" => PathBuf::from(file),
                path => normal(&Path::new(file).parent().unwrap().join(path)),
            };
            match fs::read_to_string(root().join(&to)) {
                _ if is_rustdoc && !path.contains('/') => {}
                Ok(linked) if !heading.is_empty() && !headings(&linked).contains(heading) => {
                    broken.push(format!("{file}: {target} names no heading of {}", to.display()));
                }
                Ok(_) => {}
                // A picture is no text.
                Err(_) if heading.is_empty() && root().join(&to).exists() => {}
                Err(_) => broken.push(format!("{file}: there is no {}", to.display())),
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn every_address_of_another_site_is_one_of_https_without_mistakes() {
    let mut broken = Vec::new();
    let mut count = 0;
    for file in files().iter().filter(|file| file.ends_with(".md") || file.ends_with(".rs")) {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let text = if file.ends_with(".rs") { comments(&text) } else { text };
        for target in targets(&text).into_iter().filter(|target| is_external(target)) {
            count += 1;
            broken.extend(problem(&target).map(|problem| format!("{file}: {target} {problem}")));
        }
    }
    assert!(count > 500, "only {count} links were found");
    assert_none(&broken);
}

/// The lines of a Rust file that are comments.
fn comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("//")).collect();
    lines.join("\n")
}

/// Whether it is a name of Rust in a text that the documentation includes. `cargo doc` checks it.
fn is_name(target: &str) -> bool {
    target.contains("::")
}

fn is_external(target: &str) -> bool {
    target.contains("://")
}

/// What is wrong with an address.
fn problem(address: &str) -> Option<&'static str> {
    let Some(rest) = address.strip_prefix("https://") else { return Some("does not begin with https://") };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.split(['#', '?']).next().unwrap_or_default();
    let is_host =
        |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '.' | '-');
    let is_path =
        |char: char| char.is_ascii_graphic() && !matches!(char, '"' | '<' | '>' | '\\' | '^' | '`' | '|');
    let has_moved = ["discord.com/developers/docs", "discordapp.com"];
    if !host.contains('.') || !host.chars().all(is_host) || host.split('.').any(str::is_empty) {
        Some("has no valid host")
    } else if !path.chars().all(is_path)
        || path.starts_with('/')
        || path.contains("//")
        || path.matches('#').count() > 1
    {
        Some("has characters that no path has")
    } else if path.ends_with(['.', ',', ';', ':']) {
        Some("ends with a punctuation mark")
    } else if has_moved.iter().any(|old| rest.starts_with(old)) {
        Some("has moved: Discord's documentation is at https://docs.discord.com/developers")
    } else {
        None
    }
}

/// What the links of a text in Markdown lead to. Code is left out.
fn targets(text: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        let line = line.trim_start().trim_start_matches("//!").trim_start_matches("///").trim_start();
        if line.starts_with("```") {
            is_code = !is_code;
        }
        if is_code {
            continue;
        }
        // Inline code: every second part between back quotes.
        let plain: Vec<&str> = line.split('`').step_by(2).collect();
        let line = plain.join("_");
        for part in line.split("](").skip(1) {
            targets.extend(part.split([')', ' ']).next().map(str::to_owned));
        }
        // The definition of a reference: `[name]: target`.
        let defined = line.strip_prefix('[').and_then(|rest| rest.split_once(']')?.1.strip_prefix(": "));
        targets.extend(defined.and_then(|target| target.split(' ').next()).map(str::to_owned));
        for part in line.split('<').skip(1).filter(|part| part.starts_with("http")) {
            targets.extend(part.split('>').next().map(str::to_owned));
        }
    }
    targets.retain(|target| !target.is_empty());
    targets
}

/// The anchors of the headings of a text.
fn headings(text: &str) -> BTreeSet<String> {
    let mut is_code = false;
    let mut anchors = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        }
        if is_code || !line.starts_with('#') {
            continue;
        }
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_'));
        anchors.insert(kept.collect::<String>().replace(' ', "-"));
    }
    anchors
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}

#[test]
fn links_are_found_outside_of_code() {
    let text = "See [one](a.md) and ![two](b.png), <https://c.example>.\n```\n[no](d.md)\n```\n`[no](e.md)`\n/// [three](f.md#g)\n[four]: h.md";
    assert_eq!(targets(text), ["a.md", "b.png", "https://c.example", "f.md#g", "h.md"]);
}

#[test]
fn headings_have_the_anchors_of_github() {
    let text = "# The *first* one\n```\n# no\n```\n## What's `new`?";
    assert_eq!(headings(text), ["the-first-one", "whats-new"].map(str::to_owned).into());
}

#[test]
fn wrong_addresses_are_found() {
    assert_eq!(problem("https://docs.discord.com/developers/topics/gateway#hello"), None);
    for wrong in [
        "http://example.com/",
        "https://localhost/x",
        "https://exa mple.com",
        "https://example..com/",
        "https://example.com//x",
        "https://example.com/a#b#c",
        "https://example.com/x.",
        "https://discord.com/developers/docs/intro",
    ] {
        assert!(problem(wrong).is_some(), "{wrong}");
    }
}
