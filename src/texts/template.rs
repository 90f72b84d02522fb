//! Texts with placeholders: `Not so fast: try again in {wait} s.`

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'t> {
    Text(&'t str),
    Placeholder(&'t str),
}

/// The parts of a template. `{{` and `}}` are braces. A brace without its partner is text.
fn parts(mut template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    while let Some(at) = template.find(['{', '}']) {
        let (before, brace) = template.split_at(at);
        parts.push(Part::Text(before));
        let is_doubled = brace.starts_with("{{") || brace.starts_with("}}");
        let name = brace.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        template = match name.filter(|(name, _)| is_name(name)) {
            _ if is_doubled => {
                parts.push(Part::Text(&brace[..1]));
                &brace[2..]
            }
            Some((name, rest)) => {
                parts.push(Part::Placeholder(name));
                rest
            }
            None => {
                parts.push(Part::Text(&brace[..1]));
                &brace[1..]
            }
        };
    }
    parts.push(Part::Text(template));
    parts
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Replaces the placeholders by their values. One without a value stays as it is.
pub(crate) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    parts(template).into_iter().fold(String::with_capacity(template.len()), |mut text, part| {
        match part {
            Part::Text(literal) => text.push_str(literal),
            Part::Placeholder(name) => match value(name) {
                Some(value) => text.push_str(&value),
                None => text.push_str(&format!("{{{name}}}")),
            },
        }
        text
    })
}

/// The names of the placeholders.
pub(crate) fn placeholders(template: &str) -> Vec<&str> {
    let names = parts(template).into_iter().filter_map(|part| match part {
        Part::Placeholder(name) => Some(name),
        Part::Text(_) => None,
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::{fill, placeholders};

    #[test]
    fn placeholders_are_replaced_and_other_braces_stay() {
        let value = |name: &str| (name == "who").then(|| "{ann}".to_owned());
        for (template, text) in [
            ("Hello {who}!", "Hello {ann}!"),
            ("{who}{who}", "{ann}{ann}"),
            ("{{who}} {when}", "{who} {when}"),
            ("a { b } c {", "a { b } c {"),
            ("é{who}é", "é{ann}é"),
            ("", ""),
        ] {
            assert_eq!(fill(template, value), text, "{template}");
        }
        assert_eq!(placeholders("{a} {{b}} {c d} {e}"), ["a", "e"]);
    }
}
