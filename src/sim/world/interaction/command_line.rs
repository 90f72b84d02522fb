//! Parses a slash command as a user types it.

use serde_json::Value;

use super::localized::{find_named, shown_name};
use crate::sim::types::option_type;

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
/// An option is `name:value`. The value ends where the name of the next option begins, so it may contain spaces. Double
/// quotes around a value are not part of it; between them, the name of an option is text. Names may be those of the user's
/// language.
pub(super) fn parse<'a>(line: &'a str, command: &'a Value, locale: &str) -> Result<CommandLine<'a>, String> {
    let mut rest = line.trim_start_matches('/').trim();
    next_word(&mut rest);
    let mut path = vec![command["name"].as_str().unwrap_or_default()];
    let names = |options| names(options, locale);
    let mut options = suboptions(command);
    while options.iter().any(option_type::is_branch) {
        let word = next_word(&mut rest);
        let Some(branch) = find_named(options, word, locale) else {
            let (path, names) = (path.join(" "), names(options));
            return Err(match word {
                "" => format!("/{path} needs a subcommand: it has {names}"),
                _ => format!("/{path} has no subcommand {word:?}: it has {names}"),
            });
        };
        path.push(branch["name"].as_str().unwrap_or_default());
        options = suboptions(branch);
    }
    let unknown =
        |name: &str| format!("/{} has no option {name:?}: it has {}", path.join(" "), names(options));
    let keys = keys(rest);
    let known = |name: &str| find_named(options, name, locale);
    let mut given: Vec<(&Value, &str)> = Vec::new();
    let first = keys.first().map_or(rest.len(), |key| key.start);
    if !rest[..first].trim().is_empty() {
        return Err(unknown(rest[..first].trim()));
    }
    let mut keys = keys.into_iter().peekable();
    while let Some(key) = keys.next() {
        let Some(option) = known(key.name) else { return Err(unknown(key.name)) };
        // A text may contain words that look like options, and each option is given once.
        let is_text =
            option["type"] == option_type::STRING && option["choices"].as_array().is_none_or(Vec::is_empty);
        let is_next = |next: &Key<'_>| match known(next.name) {
            Some(next) => next != option && !given.iter().any(|(given, _)| *given == next),
            None => !is_text,
        };
        while keys.next_if(|next| !is_next(next)).is_some() {}
        let end = keys.peek().map_or(rest.len(), |next| next.start);
        given.push((option, unquoted(rest[key.value..end].trim())));
    }
    Ok(CommandLine { path, options, given })
}

/// Something that looks like the name of an option with a colon.
struct Key<'a> {
    start: usize,
    name: &'a str,
    /// Where the value begins.
    value: usize,
}

/// The words that look like options, outside of quoted values.
fn keys(text: &str) -> Vec<Key<'_>> {
    let mut keys = Vec::new();
    let mut position = 0;
    while position < text.len() {
        let word = text[position..].split(char::is_whitespace).next().unwrap_or_default();
        let mut next = position + word.len();
        let name = word.split(':').next().unwrap_or_default();
        let value = position + name.len() + 1;
        let is_link = text.get(value..).is_some_and(|value| value.starts_with("//"));
        if value <= position + word.len() && is_option_name(name) && !is_link {
            keys.push(Key { start: position, name, value });
            let quoted = text[value..].trim_start();
            if let Some(end) = quoted.strip_prefix('"').and_then(|text| text.find('"')) {
                next = text.len() - quoted.len() + 1 + end + 1;
            }
        }
        position = next + text[next..].chars().next().map_or(0, char::len_utf8);
    }
    keys
}

/// Whether this can be the
/// [name of an option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming).
fn is_option_name(name: &str) -> bool {
    let is_allowed = |char: char| char == '-' || char == '_' || char == '\'' || char.is_alphanumeric();
    !name.is_empty() && name.chars().count() <= 32 && name.chars().all(is_allowed)
}

fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

fn next_word<'a>(rest: &mut &'a str) -> &'a str {
    let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    *rest = after.trim_start();
    word
}

fn suboptions(node: &Value) -> &[Value] {
    node["options"].as_array().map_or(&[], Vec::as_slice)
}

fn names(options: &[Value], locale: &str) -> String {
    let names: Vec<&str> = options.iter().map(|option| shown_name(option, locale)).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    fn given(line: &str, options: &Value) -> Result<Vec<(String, String)>, String> {
        let command = json!({"name": "roll", "options": options});
        let line = super::parse(line, &command, "en-US")?;
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
            (
                "/roll text:see https://a.b/c: or d:e times:2",
                vec![("text", "see https://a.b/c: or d:e"), ("times", "2")],
            ),
            ("/roll text:\"six times:3\" times:2", vec![("text", "six times:3"), ("times", "2")]),
            ("/roll times:\"2\" text:a \"b\"", vec![("times", "2"), ("text", "a \"b\"")]),
            ("/roll text:ä: times:2", vec![("text", "ä:"), ("times", "2")]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
            assert_eq!(given(line, &options).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn a_missing_subcommand_is_distinguished_from_an_unknown_one() {
        let options = json!([{"type": 1, "name": "dice"}, {"type": 2, "name": "cards", "options": [
            {"type": 1, "name": "draw"}]}]);
        for (line, expected) in [
            ("/roll", "/roll needs a subcommand: it has dice, cards"),
            ("/roll  ", "/roll needs a subcommand: it has dice, cards"),
            ("/roll cards", "/roll cards needs a subcommand: it has draw"),
            ("/roll coin", "/roll has no subcommand \"coin\": it has dice, cards"),
        ] {
            assert_eq!(given(line, &options).unwrap_err(), expected);
        }
    }

    #[test]
    fn an_unknown_option_is_named() {
        let options = json!([{"type": 3, "name": "text"}, {"type": 4, "name": "times"},
            {"type": 3, "name": "colour", "choices": [{"name": "Red", "value": "red"}]}]);
        for (line, unknown) in [
            ("/roll six times:2", "six"),
            ("/roll times:1 zz:3", "zz"),
            ("/roll zz:3", "zz"),
            ("/roll colour:red zz:3", "zz"),
            ("/roll zz:3 times:1", "zz"),
        ] {
            let error = given(line, &options).unwrap_err();
            assert!(error.contains(&format!("no option {unknown:?}: it has text, times")), "{line}: {error}");
        }
    }

    #[test]
    fn subcommands_are_separated_by_spaces() {
        let command = json!({"name": "crew", "options": [
            {"type": 2, "name": "rota", "options": [{"type": 1, "name": "add", "options": [{"type": 6, "name": "who"}]}]},
            {"type": 1, "name": "list"},
        ]});
        let line = super::parse("/crew rota add who:ann", &command, "en-US").unwrap();
        assert_eq!((line.path.join(" ").as_str(), line.given[0].1), ("crew rota add", "ann"));
        assert_eq!(super::parse("/crew list", &command, "en-US").unwrap().path, ["crew", "list"]);
        let error = super::parse("/crew", &command, "en-US").unwrap_err();
        assert!(error.contains("it has rota, list"), "{error}");
    }

    #[test]
    fn names_in_the_language_of_the_user_are_read_as_those_of_the_command() {
        let command = json!({"name": "crew", "options": [
            {"type": 1, "name": "add", "name_localizations": {"de": "neu"}, "options": [
                {"type": 3, "name": "who", "name_localizations": {"de": "wen"}}, {"type": 3, "name": "why"}]},
        ]});
        for line in ["/mannschaft neu wen:ann why:x", "/crew add who:ann why:x"] {
            let line = super::parse(line, &command, "de").unwrap();
            assert_eq!(line.path, ["crew", "add"]);
            assert_eq!(
                line.given.iter().map(|(option, _)| &option["name"]).collect::<Vec<_>>(),
                ["who", "why"]
            );
        }
        let error = super::parse("/crew neu", &command, "fr").unwrap_err();
        assert!(error.contains("no subcommand \"neu\": it has add"), "{error}");
    }
}
