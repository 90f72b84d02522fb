//! Every dependency of users' programs can be used under a license that asks for nothing but its notice.

use std::collections::BTreeMap;

use super::{assert_none, cargo};

/// Licenses that permit everything that the two of this project permit.
const ALLOWED: [&str; 8] =
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "Unicode-3.0", "Unlicense", "Zlib"];

#[test]
fn every_dependency_has_a_license_that_is_allowed() {
    // For all platforms and features.
    let tree = cargo(&[
        "tree",
        "--edges",
        "normal,build",
        "--target",
        "all",
        "--all-features",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ]);
    let licenses: BTreeMap<&str, &str> = tree.lines().filter_map(|line| line.split_once('|')).collect();
    assert!(licenses.len() > 30, "the tree is read wrongly:\n{tree}");
    let broken: Vec<String> = licenses
        .iter()
        .map(|(package, license)| (package, license.trim_end_matches(" (*)")))
        .filter(|(_, license)| !is_allowed(license))
        .map(|(package, license)| format!("{package} has the license {license:?}"))
        .collect();
    assert_none(&broken);
}

/// Whether one choice of an [SPDX expression](https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/) is allowed.
/// `AND` binds before `OR`, and older packages write `/` for `OR`.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest) && rest.is_empty()
}

fn any(words: &mut &[&str]) -> bool {
    let mut is_allowed = all(words);
    while let ["OR", rest @ ..] = words {
        *words = rest;
        is_allowed |= all(words);
    }
    is_allowed
}

fn all(words: &mut &[&str]) -> bool {
    let mut is_allowed = one(words);
    while let ["AND", rest @ ..] = words {
        *words = rest;
        is_allowed &= one(words);
    }
    is_allowed
}

fn one(words: &mut &[&str]) -> bool {
    let is_allowed = match words {
        ["(", rest @ ..] => {
            *words = rest;
            any(words)
        }
        [license, ..] => ALLOWED.contains(license),
        [] => return false,
    };
    *words = words.get(1..).unwrap_or_default();
    // An exception permits more than its license.
    if let ["WITH", _, rest @ ..] = words {
        *words = rest;
    }
    is_allowed
}

#[test]
fn expressions_are_read_as_spdx_says() {
    for (expression, expected) in [
        ("MIT", true),
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("MIT OR LGPL-2.1-or-later", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("MIT OR GPL-3.0 AND MPL-2.0", true),
        ("GPL-3.0 OR MIT AND MPL-2.0", false),
        ("(MIT OR GPL-3.0) AND LGPL-3.0", false),
        ("MIT Apache-2.0", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression), expected, "{expression}");
    }
}
