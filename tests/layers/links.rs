//! The links of the guide and of the other pages for readers, and the index of the examples.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every link of a page whose definition or whose file does not exist.
pub(crate) fn broken(root: &Path, pages: &BTreeMap<String, String>) -> Vec<String> {
    let mut broken = Vec::new();
    for (page, text) in pages {
        let text = without_code_blocks(text);
        let definitions = definitions(&text);
        let folder = root.join(page).parent().unwrap().to_path_buf();
        for target in definitions.values().copied().chain(inline_targets(&text)) {
            let file = target.split('#').next().unwrap();
            if !file.contains("://") && !file.is_empty() && !folder.join(file).exists() {
                broken.push(format!("{page}: there is no {target}"));
            }
        }
        for label in labels(&text) {
            if !definitions.contains_key(label.to_lowercase().as_str()) {
                broken.push(format!("{page}: [{label}] has no definition at the end of the page"));
            }
        }
    }
    broken
}

/// Every example that a list does not name.
pub(crate) fn unlisted<'t>(
    examples: impl Iterator<Item = &'t str>,
    list: &str,
    entry: impl Fn(&str) -> String,
) -> Vec<String> {
    examples.filter(|name| !list.contains(&entry(name))).map(|name| format!("{name} is not listed")).collect()
}

/// The text without code blocks.
fn without_code_blocks(text: &str) -> String {
    let mut fence = None;
    let mut outside = String::new();
    for line in text.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            Some(open) if ticks >= open => fence = None,
            None => outside.extend([line, "\n"]),
            Some(_) => {}
        }
    }
    outside
}

/// The definitions `[label]: target`, by label in lower case.
fn definitions(text: &str) -> BTreeMap<String, &str> {
    text.lines().filter_map(definition).map(|(label, target)| (label.to_lowercase(), target)).collect()
}

fn definition(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('[')?.split_once("]: ").filter(|(_, target)| !target.contains(' '))
}

/// The targets of `[text](target)`.
fn inline_targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// The labels of `[text][label]` and `[label]`.
fn labels(text: &str) -> BTreeSet<&str> {
    let mut labels = BTreeSet::new();
    for line in text.lines().filter(|line| definition(line).is_none()) {
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('[') {
            let Some((label, next)) = after.split_once(']') else { break };
            // In code, brackets are no link: an odd number of backticks opens it.
            let is_code = before.matches('`').count() % 2 == 1;
            let is_link = !is_code && !next.starts_with(['[', '(']);
            if is_link {
                labels.insert(label);
            }
            rest = match is_code {
                true => after.split_once('`').map_or("", |(_, rest)| rest),
                false => next,
            };
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{broken, labels};

    #[test]
    fn a_link_without_a_definition_or_a_file_is_found() {
        let text =
            "See [one], [two][second] and [three](none.md), not `[four]`.\n\n[one]: https://example.com\n";
        let pages = BTreeMap::from([("docs/page.md".to_owned(), text.to_owned())]);
        assert_eq!(
            broken(Path::new("/"), &pages),
            [
                "docs/page.md: there is no none.md",
                "docs/page.md: [second] has no definition at the end of the page"
            ]
        );
    }

    #[test]
    fn a_label_may_be_code() {
        assert_eq!(
            labels("[`a::b`], `x[0]` and [`c(..)`][d]").into_iter().collect::<Vec<_>>(),
            ["`a::b`", "d"]
        );
    }
}
