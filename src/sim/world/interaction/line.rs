//! A slash command as a person types it.

use serde_json::Value;

/// A typed command: the words of its name, and the options with what was written for them.
#[derive(Debug, PartialEq)]
pub(super) struct Line<'a> {
    /// The command, its group and subcommand.
    pub(super) words: Vec<&'a str>,
    /// The definitions of the options that can be given.
    pub(super) options: &'a [Value],
    /// What was written.
    pub(super) written: Vec<(&'a Value, &'a str)>,
}

/// The name of the command that a line begins with.
pub(super) fn name(line: &str) -> Result<&str, String> {
    let rest =
        line.strip_prefix('/').ok_or_else(|| format!("{line:?} is no command: it begins with no slash"))?;
    Ok(rest.split_whitespace().next().unwrap_or_default())
}

/// Reads a line by a command's definition.
///
/// An option is `name:value`; its value goes on to the next option's name, so it may hold spaces.
pub(super) fn read<'a>(line: &'a str, command: &'a Value) -> Result<Line<'a>, String> {
    let mut rest = line.trim_start_matches('/').trim();
    let mut words = vec![next_word(&mut rest)];
    let mut options = children(command);
    while options.iter().any(|option| matches!(option["type"].as_u64(), Some(1 | 2))) {
        let word = next_word(&mut rest);
        let Some(branch) = options.iter().find(|option| option["name"] == word) else {
            return Err(format!(
                "/{} has no subcommand {word:?}: it has {}",
                words.join(" "),
                names(options)
            ));
        };
        words.push(word);
        options = children(branch);
    }
    let mut marks: Vec<(usize, &Value, usize)> = Vec::new();
    for option in options {
        let key = format!("{}:", option["name"].as_str().unwrap_or_default());
        let found = rest.match_indices(&key).map(|(at, _)| at);
        let mut found = found.filter(|at| *at == 0 || rest[..*at].ends_with(char::is_whitespace));
        if let Some(at) = found.next() {
            marks.push((at, option, at + key.len()));
        }
    }
    marks.sort_by_key(|(at, ..)| *at);
    let first = marks.first().map_or(rest.len(), |(at, ..)| *at);
    let stray = rest[..first].trim();
    if !stray.is_empty() {
        return Err(format!("/{} has no option for {stray:?}: it has {}", words.join(" "), names(options)));
    }
    let ends: Vec<usize> = marks.iter().skip(1).map(|(at, ..)| *at).chain([rest.len()]).collect();
    let written = marks.iter().zip(ends).map(|((_, option, from), end)| (*option, rest[*from..end].trim()));
    let written: Vec<_> = written.collect();
    Ok(Line { words, options, written })
}

fn next_word<'a>(rest: &mut &'a str) -> &'a str {
    let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    *rest = after.trim_start();
    word
}

fn children(node: &Value) -> &[Value] {
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

    fn written(line: &str, options: &Value) -> Result<Vec<(String, String)>, String> {
        let command = json!({"name": "roll", "options": options});
        let line = super::read(line, &command)?;
        let pair = |(option, text): &(&Value, &str)| {
            (option["name"].as_str().unwrap().to_owned(), (*text).to_owned())
        };
        Ok(line.written.iter().map(pair).collect())
    }

    #[test]
    fn a_value_goes_on_to_the_next_option() {
        let options = json!([{"type": 3, "name": "text"}, {"type": 4, "name": "times"}]);
        for (line, expected) in [
            ("/roll", vec![]),
            ("/roll times:2", vec![("times", "2")]),
            ("/roll text:a b: c times:2", vec![("text", "a b: c"), ("times", "2")]),
            ("/roll times:2 text:bedtimes:3", vec![("times", "2"), ("text", "bedtimes:3")]),
            ("/roll text:", vec![("text", "")]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
            assert_eq!(written(line, &options).unwrap(), expected, "{line}");
        }
        let stray = written("/roll six times:2", &options).unwrap_err();
        assert!(stray.contains("no option for \"six\": it has text, times"), "{stray}");
    }

    #[test]
    fn subcommands_are_words() {
        let command = json!({"name": "crew", "options": [
            {"type": 2, "name": "rota", "options": [{"type": 1, "name": "add", "options": [{"type": 6, "name": "who"}]}]},
            {"type": 1, "name": "list"},
        ]});
        let line = super::read("/crew rota add who:ann", &command).unwrap();
        assert_eq!((line.words.join(" ").as_str(), line.written[0].1), ("crew rota add", "ann"));
        assert_eq!(super::read("/crew list", &command).unwrap().words, ["crew", "list"]);
        let error = super::read("/crew", &command).unwrap_err();
        assert!(error.contains("it has rota, list"), "{error}");
    }
}
