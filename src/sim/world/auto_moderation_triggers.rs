//! What auto-moderation rules look for
//! ([trigger types](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-types)).

use regex_lite::Regex;
use serde_json::Value;

use super::RestRequest;
use super::rejection::{FormErrors, Rejection};

pub(super) const KEYWORD: u64 = 1;
pub(super) const KEYWORD_PRESET: u64 = 4;
pub(super) const MENTION_SPAM: u64 = 5;
pub(super) const MEMBER_PROFILE: u64 = 6;

/// Maximum number of regular expressions of a rule, and of characters of each
/// ([limits](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-metadata-field-limits)).
const MAX_PATTERNS: usize = 10;
const MAX_PATTERN: usize = 260;

/// A word for each of Discord's own lists, which are not public.
const PRESETS: [(u64, &str); 3] = [(1, "profanity"), (2, "nudity"), (3, "slur")];

/// What a rule found in a text.
pub(super) struct Match {
    /// The keyword or the regular expression.
    pub(super) keyword: Option<String>,
    /// The part of the text.
    pub(super) content: String,
}

/// Checks the regular expressions of a rule that is created or modified.
pub(super) fn check_patterns(request: &RestRequest, path: &[&str]) -> Result<(), Rejection> {
    let is_rule = matches!(path, ["guilds", _, "auto-moderation", "rules", ..]);
    if !is_rule || !matches!(request.method.as_str(), "POST" | "PATCH") {
        return Ok(());
    }
    const FIELD: &str = "trigger_metadata.regex_patterns";
    let mut errors = FormErrors::default();
    let patterns = errors.list(FIELD, &request.body["trigger_metadata"]["regex_patterns"], MAX_PATTERNS);
    for (index, pattern) in patterns.iter().enumerate() {
        let field = format!("{FIELD}.{index}");
        errors.text(&field, pattern, 1, MAX_PATTERN);
        if pattern.as_str().is_some_and(|pattern| Regex::new(pattern).is_err()) {
            errors.add(&field, "AUTO_MODERATION_INVALID_REGEX", "Invalid regular expression");
        }
    }
    errors.finish()
}

/// What a rule finds in a text.
pub(super) fn find(rule: &Value, text: &str) -> Option<Match> {
    let metadata = &rule["trigger_metadata"];
    match rule["trigger_type"].as_u64() {
        Some(KEYWORD) => {
            let keywords = lower_case(&metadata["keyword_filter"]);
            find_keyword(metadata, text, &keywords).or_else(|| find_pattern(metadata, text))
        }
        Some(KEYWORD_PRESET) => {
            let presets = metadata["presets"].as_array().map_or(&[][..], Vec::as_slice);
            let chosen = PRESETS.iter().filter(|(number, _)| presets.iter().any(|preset| *preset == *number));
            let words: Vec<String> = chosen.map(|(_, word)| (*word).to_owned()).collect();
            find_keyword(metadata, text, &words)
        }
        Some(MENTION_SPAM) => {
            let limit = metadata["mention_total_limit"].as_u64().unwrap_or(u64::MAX);
            let mut mentions: Vec<&str> =
                text.split("<@").skip(1).filter_map(|rest| rest.split('>').next()).collect();
            mentions.sort_unstable();
            mentions.dedup();
            (mentions.len() as u64 > limit).then(|| Match { keyword: None, content: String::new() })
        }
        _ => None,
    }
}

fn find_keyword(metadata: &Value, text: &str, keywords: &[String]) -> Option<Match> {
    let mut text = text.to_lowercase();
    for allowed in lower_case(&metadata["allow_list"]) {
        text = text.replace(allowed.trim_matches('*'), "");
    }
    keywords.iter().find_map(|keyword| {
        let content = contained(&text, keyword)?.to_owned();
        Some(Match { keyword: Some(keyword.clone()), content })
    })
}

/// The first match of a regular expression. Only that is compared with the words that are allowed.
fn find_pattern(metadata: &Value, text: &str) -> Option<Match> {
    let allowed = lower_case(&metadata["allow_list"]);
    let patterns = metadata["regex_patterns"].as_array().into_iter().flatten().filter_map(Value::as_str);
    patterns.into_iter().find_map(|pattern| {
        let found = Regex::new(pattern).ok()?.find(text)?.as_str();
        let is_allowed = allowed.iter().any(|word| word.trim_matches('*') == found.to_lowercase());
        (!is_allowed).then(|| Match { keyword: Some(pattern.to_owned()), content: found.to_owned() })
    })
}

fn lower_case(list: &Value) -> Vec<String> {
    let words = list.as_array().into_iter().flatten();
    words.filter_map(|word| Some(word.as_str()?.to_lowercase())).collect()
}

/// The part of a text that a keyword matches: a whole word, or with a star at its start or end also a part of a word
/// ([strategies](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-keyword-matching-strategies)).
fn contained<'t>(text: &'t str, keyword: &str) -> Option<&'t str> {
    let word = keyword.trim_matches('*');
    if word.is_empty() {
        return None;
    }
    let (open_start, open_end) = (keyword.starts_with('*'), keyword.ends_with('*'));
    let is_boundary = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric());
    let mut matches = text.match_indices(word);
    matches.find_map(|(start, found)| {
        let starts = open_start || is_boundary(text[..start].chars().next_back());
        let ends = open_end || is_boundary(text[start + found.len()..].chars().next());
        (starts && ends).then_some(found)
    })
}
