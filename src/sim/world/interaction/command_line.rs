//! Parses a slash command as a user types it.

use serde_json::Value;

/// A parsed command.
#[derive(Debug, PartialEq)]
pub(super) struct CommandLine<'a> {
    /// The names of the command, the group and the subcommand.
    pub(super) path: Vec<&'a str>,
    /// The definitions of all options.
    pub(super) options: &'a [Value],
    /// The options that were given, with their texts.
    pub(super) given: Vec<(&'a Value, &'a str)>,
}

/// The name of the command at the start of a line.
pub(super) fn name(line: &str) -> Result<&str, String> {
    let rest = line
        .strip_prefix('/')
        .ok_or_else(|| format!("{line:?} is not a command: it does not start with a slash"))?;
    Ok(rest.split_whitespace().next().unwrap_or_default())
}

/// Parses a line with the definition of its command.
///
/// An option is `name:value`. The value ends where the name of the next option begins, so it may contain spaces.
pub(super) fn parse<'a>(line: &'a str, command: &'a Value) -> Result<CommandLine<'a>, String> {
    let mut rest = line.trim_start_matches('/').trim();
    let mut path = vec![next_word(&mut rest)];
    let mut options = suboptions(command);
    while options.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
        let word = next_word(&mut rest);
        let Some(branch) = options.iter().find(|option| option["name"] == word) else {
            return Err(format!("/{} has no subcommand {word:?}: it has {}", path.join(" "), names(options)));
        };
        path.push(word);
        options = suboptions(branch);
    }
    // Where the key of each option begins, and where its value begins.
    let mut keys: Vec<(usize, &Value, usize)> = Vec::new();
    for option in options {
        let key = format!("{}:", option["name"].as_str().unwrap_or_default());
        let mut starts = rest.match_indices(&key).map(|(start, _)| start);
        let is_word = |start: &usize| *start == 0 || rest[..*start].ends_with(char::is_whitespace);
        if let Some(start) = starts.find(is_word) {
            keys.push((start, option, start + key.len()));
        }
    }
    keys.sort_by_key(|(start, ..)| *start);
    let first = keys.first().map_or(rest.len(), |(start, ..)| *start);
    let extra = rest[..first].trim();
    if !extra.is_empty() {
        return Err(format!("/{} has no option for {extra:?}: it has {}", path.join(" "), names(options)));
    }
    let ends = keys.iter().skip(1).map(|(start, ..)| *start).chain([rest.len()]);
    let text =
        |((_, option, start), end): (&(usize, &'a Value, usize), usize)| (*option, rest[*start..end].trim());
    let given = keys.iter().zip(ends).map(text).collect();
    Ok(CommandLine { path, options, given })
}

fn next_word<'a>(rest: &mut &'a str) -> &'a str {
    let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    *rest = after.trim_start();
    word
}

fn suboptions(node: &Value) -> &[Value] {
    node["options"].as_array().map_or(&[], Vec::as_slice)
}

fn names(options: &[Value]) -> String {
    let names: Vec<&str> = options.iter().filter_map(|option| option["name"].as_str()).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    fn given(line: &str, options: &Value) -> Result<Vec<(String, String)>, String> {
        let command = json!({"name": "roll", "options": options});
        let line = super::parse(line, &command)?;
        let pair = |(option, text): &(&Value, &str)| {
            (option["name"].as_str().unwrap().to_owned(), (*text).to_owned())
        };
        Ok(line.given.iter().map(pair).collect())
    }

    #[test]
    fn a_value_ends_at_the_next_option() {
        let options = json!([{"type": 3, "name": "text"}, {"type": 4, "name": "times"}]);
        for (line, expected) in [
            ("/roll", vec![]),
            ("/roll times:2", vec![("times", "2")]),
            ("/roll text:a b: c times:2", vec![("text", "a b: c"), ("times", "2")]),
            ("/roll times:2 text:bedtimes:3", vec![("times", "2"), ("text", "bedtimes:3")]),
            ("/roll text:", vec![("text", "")]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
            assert_eq!(given(line, &options).unwrap(), expected, "{line}");
        }
        let error = given("/roll six times:2", &options).unwrap_err();
        assert!(error.contains("no option for \"six\": it has text, times"), "{error}");
    }

    #[test]
    fn subcommands_are_separated_by_spaces() {
        let command = json!({"name": "crew", "options": [
            {"type": 2, "name": "rota", "options": [{"type": 1, "name": "add", "options": [{"type": 6, "name": "who"}]}]},
            {"type": 1, "name": "list"},
        ]});
        let line = super::parse("/crew rota add who:ann", &command).unwrap();
        assert_eq!((line.path.join(" ").as_str(), line.given[0].1), ("crew rota add", "ann"));
        assert_eq!(super::parse("/crew list", &command).unwrap().path, ["crew", "list"]);
        let error = super::parse("/crew", &command).unwrap_err();
        assert!(error.contains("it has rota, list"), "{error}");
    }
}
