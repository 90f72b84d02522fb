//! Flattens Discord's tree of errors into pairs such as `embeds[0].title` and its problem.
//!
//! See [error messages](https://docs.discord.com/developers/reference#error-messages). A tree of any depth and size takes
//! time and memory in proportion to its text at most.

use crate::json::{self, Reader, object};

/// Maximum number of errors that are kept.
const MAX_ERRORS: usize = 100;

/// Maximum depth. The deepest field of a request is about ten levels deep.
const MAX_DEPTH: usize = 20;

/// Maximum length of a path, in bytes.
const MAX_PATH: usize = 500;

/// Maximum length of a problem, in characters. Lists of allowed values are long.
const MAX_PROBLEM: usize = 2_000;

/// An error of a field.
#[derive(Default)]
struct FieldError {
    message: Option<String>,
    code: Option<String>,
}

object! { FieldError {
    message, code,
} }

/// Returns the errors in the order of the text. A tree that is too large loses its end.
pub(super) fn flatten(tree: &str) -> Vec<(String, String)> {
    let mut flat = Flat { path: String::new(), errors: Vec::new() };
    // What was read before a syntax error is kept.
    let _ = json::read_with(tree, |reader| flat.node(reader, 0));
    flat.errors
}

/// The errors that were found, and the path of the current node.
struct Flat {
    path: String,
    errors: Vec<(String, String)>,
}

impl Flat {
    fn node(&mut self, reader: &mut Reader<'_>, depth: usize) -> json::Result<()> {
        if reader.peek()? != b'{' {
            // Some routes have their own shape: a field with its problem as text.
            let problem = reader.raw()?;
            self.add(&json::read(problem).unwrap_or_else(|_| excerpt(problem)));
            return Ok(());
        }
        if depth >= MAX_DEPTH || self.path.len() > MAX_PATH || self.errors.len() >= MAX_ERRORS {
            self.add("has further errors");
            reader.raw()?;
            return Ok(());
        }
        let mut rest = reader.object()?;
        while let Some(key) = reader.next_field(&mut rest)? {
            if key == "_errors" {
                self.problems(reader)?;
                continue;
            }
            let length = self.path.len();
            let key: String = key.chars().take(MAX_PATH).collect();
            if key.bytes().all(|byte| byte.is_ascii_digit()) {
                self.path.push_str(&format!("[{key}]"));
            } else {
                if !self.path.is_empty() {
                    self.path.push('.');
                }
                self.path.push_str(&key);
            }
            self.node(reader, depth + 1)?;
            self.path.truncate(length);
        }
        Ok(())
    }

    /// Reads the errors of one field.
    fn problems(&mut self, reader: &mut Reader<'_>) -> json::Result<()> {
        if reader.peek()? != b'[' {
            reader.raw()?;
            return Ok(());
        }
        let mut rest = reader.list()?;
        while reader.next_element(&mut rest)? {
            let problem = reader.raw()?;
            if self.errors.len() < MAX_ERRORS {
                let FieldError { message, code } = json::read(problem).unwrap_or_default();
                self.add(&message.or(code).unwrap_or_else(|| excerpt(problem)));
            }
        }
        Ok(())
    }

    fn add(&mut self, problem: &str) {
        if self.errors.len() < MAX_ERRORS {
            let path = if self.path.is_empty() { "(body)" } else { self.path.as_str() };
            self.errors.push((path.to_owned(), excerpt(problem)));
        }
    }
}

fn excerpt(text: &str) -> String {
    text.chars().take(MAX_PROBLEM).collect()
}

#[cfg(test)]
mod tests {
    use super::{MAX_ERRORS, MAX_PATH, flatten};

    fn nested(levels: usize) -> String {
        format!("{}{}", r#"{"a":"#.repeat(levels) + r#"{"_errors":[{"message":"no"}]}"#, "}".repeat(levels))
    }

    #[test]
    fn errors_have_paths_in_the_order_of_the_text() {
        let tree = r#"{"embeds":{"10":{"name":{"_errors":[{"code":"X","message":"one"},{"code":"Y"},5]}}},"content":"two"}"#;
        let expected = [
            ("embeds[10].name", "one"),
            ("embeds[10].name", "Y"),
            ("embeds[10].name", "5"),
            ("content", "two"),
        ];
        let errors = flatten(tree);
        let errors: Vec<_> = errors.iter().map(|(path, problem)| (path.as_str(), problem.as_str())).collect();
        assert_eq!(errors, expected);
    }

    #[test]
    fn a_deep_tree_is_cut_off() {
        assert_eq!(flatten(&nested(5)), [("a.a.a.a.a".to_owned(), "no".to_owned())]);
        // 350 kB, and 12 MB.
        for levels in [70_000, 2_000_000] {
            let errors = flatten(&nested(levels));
            assert_eq!(errors.len(), 1);
            assert!(errors[0].0.starts_with("a.a.a.") && errors[0].0.len() < 100, "{errors:?}");
            assert_eq!(errors[0].1, "has further errors");
        }
    }

    #[test]
    fn a_wide_tree_and_long_texts_are_cut_off() {
        let wide = format!(r#"{{"{}":{{{}"b":"x"}}}}"#, "k".repeat(100_000), r#""a":"no","#.repeat(100_000));
        let errors = flatten(&wide);
        assert_eq!(errors.len(), MAX_ERRORS);
        assert!(errors.iter().all(|(path, _)| path.len() <= MAX_PATH + 2));
        let many = format!(r#"{{"_errors":[{}5]}}"#, r#"{"message":"no"},"#.repeat(100_000));
        assert_eq!(flatten(&many).len(), MAX_ERRORS);
        let long = flatten(&format!(r#"{{"a":"{}"}}"#, "x".repeat(1_000_000)));
        assert!(long[0].1.len() <= 2_000);
    }

    #[test]
    fn another_shape_is_shown_as_it_is() {
        let body = |problem: &str| vec![("(body)".to_owned(), problem.to_owned())];
        assert_eq!(flatten(r#"["no"]"#), body(r#"["no"]"#));
        assert_eq!(flatten(r#""no""#), body("no"));
        assert_eq!(flatten(r#"{"_errors":5}"#), []);
        assert_eq!(flatten(r#"{"_errors":[5],"#), body("5"));
    }
}
