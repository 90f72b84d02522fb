//! Copies JSON text, and replaces texts in it. Keys, their order and numbers stay as they were written.

use serde_json::value::RawValue;

/// An object or a list that is open.
enum Open {
    /// `needs_key`: the next string is a key.
    Object {
        needs_key: bool,
    },
    List,
}

/// Copies the JSON value at the beginning of a text, without white space between its tokens. `replace` gets the keys that lead to a
/// string, from the outermost to the innermost, and returns what to write instead. Elements of a list have the keys of the list.
///
/// `None` if there is no valid value.
pub(super) fn copy(
    text: &str,
    replace: &mut dyn FnMut(&[String], &str) -> Option<String>,
) -> Option<Box<RawValue>> {
    let mut output = String::with_capacity(text.len());
    let mut open: Vec<Open> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let first = *rest.as_bytes().first()?;
        let length = match first {
            b'"' => string_length(rest)?,
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            _ => rest.find(|c: char| "{}[],:\"".contains(c) || c.is_whitespace()).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length);
        let mut replaced = None;
        match (first, open.last_mut()) {
            (b'{', _) => open.push(Open::Object { needs_key: true }),
            (b'[', _) => open.push(Open::List),
            (b'}', Some(Open::Object { needs_key })) => {
                // An object that has just been opened has no key.
                if !*needs_key {
                    keys.pop();
                }
                open.pop();
            }
            (b']', Some(Open::List)) => drop(open.pop()),
            (b'}' | b']', _) => return None,
            (b',', Some(Open::Object { needs_key })) => {
                *needs_key = true;
                keys.pop();
            }
            (b'"', Some(Open::Object { needs_key: needs_key @ true })) => {
                *needs_key = false;
                keys.push(serde_json::from_str(token).ok()?);
            }
            (b'"', _) => {
                let value: String = serde_json::from_str(token).ok()?;
                replaced = replace(&keys, &value).filter(|new| *new != value);
            }
            _ => {}
        }
        match replaced {
            Some(new) => output.push_str(&serde_json::to_string(&new).ok()?),
            None => output.push_str(token),
        }
        if open.is_empty() {
            return RawValue::from_string(output).ok();
        }
        rest = after.trim_start();
    }
}

/// The length of the string that a text begins with, with its quotes.
fn string_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::copy;

    fn copied(text: &str) -> Option<String> {
        let shout = |keys: &[String], value: &str| {
            (keys.last().is_some_and(|key| key == "b")).then(|| value.to_uppercase())
        };
        copy(text, &mut { shout }).map(|raw| raw.get().to_owned())
    }

    #[test]
    fn only_the_replaced_strings_differ() {
        for (text, expected) in [
            (r#"{"a":"x","b":"x"}"#, r#"{"a":"x","b":"X"}"#),
            (
                r#"{"b":{"a":"x"},"a":{"b":["x",{"a":"x"},"x"]}}"#,
                r#"{"b":{"a":"x"},"a":{"b":["X",{"a":"x"},"X"]}}"#,
            ),
            (r#"{"b":[],"c":{},"b":"x"}"#, r#"{"b":[],"c":{},"b":"X"}"#),
            (r#"{"a":"\u0041\"}{","b":"\\"}"#, r#"{"a":"\u0041\"}{","b":"\\"}"#),
            (
                "{ \"a\" :\n 1e5 , \"b\" : 12345678901234567890.10 }",
                r#"{"a":1e5,"b":12345678901234567890.10}"#,
            ),
            ("[true,null]", "[true,null]"),
            // The rest of a frame follows.
            (r#"{"b":"x"}}"#, r#"{"b":"X"}"#),
            ("null}", "null"),
            (r#""text""#, r#""text""#),
        ] {
            assert_eq!(copied(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_text_that_is_not_json_is_not_copied() {
        for text in
            ["", "{", "{\"a\"", "{\"a\":}", "[1,]", "]", "{]", "{\"a\":\"x", "{\"a\" \"b\"}", "nul", "{1:2}"]
        {
            assert_eq!(copied(text), None, "{text}");
        }
    }
}
