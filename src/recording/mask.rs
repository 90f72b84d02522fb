//! Masks what people write. Pure.
//!
//! A masked text has the same words and lengths: letters become `x`, digits `0`. IDs, mentions and times stay, so that
//! relations stay. Every text is masked but those listed here, so that a field that Discord adds is masked too. Masking twice is
//! the same as masking once, which is how a replay compares what a bot sends with what was recorded.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::value::RawValue;

use super::json;
use super::line::Text;

/// Fields whose texts are values of Discord's, or of the bot's own, and decide what a bot does.
const KEPT: [&str; 24] = [
    "allow",
    "allow_new",
    "app_permissions",
    "content_type",
    "custom_id",
    "default_member_permissions",
    "deny",
    "deny_new",
    "desktop",
    "discriminator",
    "emoji_name",
    "features",
    "flags",
    "guild_locale",
    "locale",
    "mobile",
    "permissions",
    "permissions_new",
    "preferred_locale",
    "region",
    "scopes",
    "status",
    "type",
    "web",
];

/// The number of digits of an ID in a text. Phone numbers have fewer.
const ID_DIGITS: std::ops::RangeInclusive<usize> = 17..=20;

/// The start of a masked token.
const TOKEN: &str = "masked-";

/// What is masked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mask {
    /// Whether texts stay. Tokens are still masked.
    pub(crate) has_content: bool,
    /// Words that stay.
    pub(crate) words: HashSet<String>,
    /// The choices of the bot's own commands, which stay if they are the value of an option.
    pub(crate) choices: HashSet<String>,
}

impl Mask {
    /// The JSON value at the beginning of a text, masked. Something that is not JSON is masked as a text.
    pub(crate) fn json(&self, text: &str) -> Text {
        self.copy(text, &mut |keys, value| self.value(keys, value))
    }

    /// JSON of which only the tokens are masked.
    pub(crate) fn own_json(&self, text: &str) -> Text {
        self.copy(text, &mut masked_token)
    }

    fn copy(&self, text: &str, replace: &mut dyn FnMut(&[String], &str) -> Option<String>) -> Text {
        let copied: Option<Box<RawValue>> = json::copy(text, replace);
        copied.map_or_else(|| Text::Text(self.text(text)), Text::Json)
    }

    /// What to write instead of a string in JSON. `keys` lead to it. `None` if it stays.
    fn value(&self, keys: &[String], value: &str) -> Option<String> {
        if let Some(masked) = masked_token(keys, value) {
            return Some(masked);
        }
        let stays = self.has_content || is_kept(keys) || is_time(value) || {
            keys.last().is_some_and(|key| key == "value") && self.choices.contains(value)
        };
        (!stays).then(|| self.text(value))
    }

    /// A text as it is written.
    pub(crate) fn text(&self, text: &str) -> String {
        if self.has_content {
            return text.to_owned();
        }
        let words = text.split_inclusive(char::is_whitespace).map(|word| {
            let letters = word.trim_end();
            if self.words.contains(letters) || is_id(letters) || letters.starts_with(TOKEN) {
                word.to_owned()
            } else {
                masked_word(word)
            }
        });
        words.collect()
    }

    /// A path with its query. `route` is the path with placeholders.
    pub(crate) fn path(&self, route: &str, path: &str) -> String {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        for (segment, template) in segments.iter_mut().zip(route.split('/')) {
            if template.ends_with("token}") {
                *segment = token(segment);
            } else if template == "{code}" {
                *segment = self.text(segment);
            }
        }
        let mut masked = segments.join("/");
        if let Some(query) = query {
            let pairs = query.split('&').map(|pair| match pair.split_once('=') {
                Some((name, value)) => format!("{name}={}", self.parameter(value)),
                None => pair.to_owned(),
            });
            masked += "?";
            masked += &pairs.collect::<Vec<_>>().join("&");
        }
        masked
    }

    /// The value of a parameter: numbers and IDs, true and false stay.
    fn parameter(&self, value: &str) -> String {
        let stays = value.bytes().all(|b| b.is_ascii_digit()) || matches!(value, "true" | "false");
        if stays { value.to_owned() } else { self.text(value) }
    }
}

/// Masks a token: the same token is the same text, so that the responses to an interaction stay its own.
pub(crate) fn token(token: &str) -> String {
    if token.starts_with(TOKEN) {
        return token.to_owned();
    }
    // The hash has fewer bits than any real token, so the token cannot be found from it.
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    format!("{TOKEN}{:016x}", hasher.finish())
}

/// The text without the token that it is or contains. `None` if it contains none.
fn masked_token(keys: &[String], value: &str) -> Option<String> {
    if keys.last().is_some_and(|key| key == "token" || key.ends_with("_token")) {
        return Some(token(value));
    }
    // The URL of a webhook ends with its ID and its token.
    let (before, rest) = value.split_once("/webhooks/")?;
    let (id, rest) = rest.split_once('/')?;
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    is_id(id).then(|| format!("{before}/webhooks/{id}/{}{}", token(&rest[..end]), &rest[end..]))
}

fn is_kept(keys: &[String]) -> bool {
    let Some((key, before)) = keys.split_last() else { return false };
    let parent = before.last().map_or("", String::as_str);
    let is_of_command =
        || before.first().is_some_and(|key| key == "data") && before[1..].iter().all(|key| key == "options");
    KEPT.contains(&key.as_str())
        || match key.as_str() {
            "name" => matches!(parent, "emoji" | "interaction" | "interaction_metadata") || is_of_command(),
            // Of the bot's own menu, or IDs.
            "values" => true,
            _ => false,
        }
}

fn is_id(word: &str) -> bool {
    ID_DIGITS.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is a time as Discord writes it, such as `2026-01-01T00:00:00.000000+00:00`.
fn is_time(text: &str) -> bool {
    const PATTERN: &[u8] = b"0000-00-00T00:00:00";
    let bytes = text.as_bytes();
    let fits = |(byte, pattern): (&u8, &u8)| match pattern {
        b'0' => byte.is_ascii_digit(),
        other => byte == other,
    };
    bytes.len() >= PATTERN.len()
        && bytes.iter().zip(PATTERN).all(fits)
        && bytes[PATTERN.len()..].iter().all(|b| b.is_ascii_digit() || b".:+-Z".contains(b))
}

/// Masks a word. Mentions in it stay: `<@123>`, `<#123>`, `</roll:123>`, and emojis as `<:name:123>`.
fn masked_word(word: &str) -> String {
    let mut masked = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(at) = rest.find('<') {
        masked.extend(rest[..at].chars().map(masked_char));
        rest = &rest[at..];
        let mention = rest.find('>').map(|end| &rest[..=end]).filter(|mention| is_mention(mention));
        match mention {
            Some(mention) => masked += mention,
            None => masked.push('<'),
        }
        rest = &rest[mention.map_or(1, str::len)..];
    }
    masked.extend(rest.chars().map(masked_char));
    masked
}

/// Whether a text in angle brackets ends with an ID, after a sign or a name.
fn is_mention(text: &str) -> bool {
    let inner = &text[1..text.len() - 1];
    let id = inner.trim_start_matches(|c: char| !c.is_ascii_digit());
    let before = &inner[..inner.len() - id.len()];
    let is_sign = matches!(before, "@" | "@!" | "@&" | "#");
    let is_named =
        || inner.starts_with([':', '/', 'a']) && inner.rsplit_once(':').is_some_and(|(_, id)| is_id(id));
    (is_sign && is_id(id)) || is_named()
}

fn masked_char(c: char) -> char {
    match c {
        _ if c.is_whitespace() || c.is_ascii_punctuation() || c.is_ascii_control() => c,
        _ if c.is_ascii_digit() => '0',
        _ if c.is_uppercase() => 'X',
        _ => 'x',
    }
}

#[cfg(test)]
mod tests;
