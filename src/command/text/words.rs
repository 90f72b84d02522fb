//! Splits a text into words.

use std::ops::Range;

/// The quotes that hold words together, as keyboards of several languages type them.
const QUOTES: [(char, char); 5] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('「', '」')];

/// A word: a text up to the next white space, or a text in quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Without quotes.
    pub(super) text: String,
    /// Where it is in the input, with quotes.
    pub(super) at: Range<usize>,
    pub(super) is_quoted: bool,
    /// The name and the value, if it looks like `name:value`, `--name` or `--name=value`.
    pub(super) named: Option<Named>,
}

/// A word that may name an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// `None` for a flag: `--name`.
    pub(super) value: Option<String>,
}

/// Splits a text into words. A quote without its other half is an ordinary character.
pub(super) fn words(input: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(begin) = input[at..].find(|c: char| !c.is_whitespace()) {
        let word = word(input, at + begin);
        at = word.at.end;
        words.push(word);
    }
    words
}

/// The word that begins here.
fn word(input: &str, begin: usize) -> Word {
    if let Some((text, end)) = quoted(input, begin) {
        return Word { text, at: begin..end, is_quoted: true, named: None };
    }
    let length = input[begin..].find(char::is_whitespace).unwrap_or(input.len() - begin);
    let text = &input[begin..begin + length];
    let (name, separator) = match text.strip_prefix("--") {
        Some(name) => (name, '='),
        None => (text, ':'),
    };
    let is_flag = name.len() < text.len();
    match name.split_once(separator) {
        Some((name, _)) if !name.is_empty() => {
            let value_at =
                begin + text.len() - text.split_once(separator).map_or(0, |(_, value)| value.len());
            let (value, end) = quoted(input, value_at)
                .unwrap_or_else(|| (input[value_at..begin + length].to_owned(), begin + length));
            let named = Named { name: name.to_owned(), value: Some(value) };
            let text = input[begin..end].to_owned();
            Word { text, at: begin..end, is_quoted: false, named: Some(named) }
        }
        _ => {
            let named = (is_flag && !name.is_empty()).then(|| Named { name: name.to_owned(), value: None });
            Word { text: text.to_owned(), at: begin..begin + length, is_quoted: false, named }
        }
    }
}

/// The text in the quotes that begin here, and their end, if white space follows it. `\"` is a quote in the text.
fn quoted(input: &str, begin: usize) -> Option<(String, usize)> {
    let mut chars = input[begin..].char_indices();
    let (_, open) = chars.next()?;
    let &(_, close) = QUOTES.iter().find(|(first, _)| *first == open)?;
    let mut text = String::new();
    let mut is_escaped = false;
    while let Some((place, c)) = chars.next() {
        match c {
            '\\' if !is_escaped => {
                is_escaped = true;
                continue;
            }
            _ if c == close && !is_escaped => {
                let is_end = chars.clone().next().is_none_or(|(_, next)| next.is_whitespace());
                return is_end.then(|| (text, begin + place + c.len_utf8()));
            }
            // Other escapes belong to Discord's markdown.
            _ if is_escaped && c != close && c != '\\' => text.push('\\'),
            _ => {}
        }
        is_escaped = false;
        text.push(c);
    }
    None
}
