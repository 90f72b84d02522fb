//! Paths of files, as the user types them: in double quotes if they contain spaces or commas. Pure.

/// Splits a text into the path at its start and what comes after it.
pub(super) fn first(text: &str) -> (&str, &str) {
    let quoted = text.strip_prefix('"').and_then(|text| text.split_once('"'));
    let (path, rest) = quoted.unwrap_or_else(|| text.split_once(char::is_whitespace).unwrap_or((text, "")));
    (path, rest.trim())
}

/// The paths in a list with commas between them.
pub(super) fn list(text: &str) -> Vec<String> {
    let mut is_quoted = false;
    let parts = text.split(|char| {
        is_quoted ^= char == '"';
        char == ',' && !is_quoted
    });
    parts.map(|part| part.trim().trim_matches('"').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{first, list};

    #[test]
    fn a_path_ends_at_a_space_or_its_quote() {
        for (text, expected) in [
            ("a.txt", ("a.txt", "")),
            ("a.txt  look here", ("a.txt", "look here")),
            (r#""a b.txt" look"#, ("a b.txt", "look")),
            (r#""a b.txt""#, ("a b.txt", "")),
            (r#""a b.txt"#, (r#""a"#, "b.txt")),
        ] {
            assert_eq!(first(text), expected, "{text}");
        }
    }

    #[test]
    fn paths_have_commas_between_them_and_may_be_quoted() {
        assert_eq!(list("a b.txt, c.txt"), ["a b.txt", "c.txt"]);
        assert_eq!(list(r#""a, b.txt" ,c.txt"#), ["a, b.txt", "c.txt"]);
    }
}
