//! The simple fields of bodies and queries: texts, numbers, choices and lists.

use serde_json::Value;

use crate::sim::world::RestRequest;
use crate::sim::world::rejection::{FormErrors, Rejection};
use crate::sim::world::rest_request::path_matches;
use crate::sim::world::timestamp::timestamp;

/// What a field may be.
enum Rule {
    /// A text of this many characters.
    Text(usize, usize),
    /// As `Text`, and the field must be there.
    RequiredText(usize, usize),
    /// A whole number in a range.
    Number(u64, u64),
    OneOf(&'static [u64]),
    /// A list of at most this many elements.
    List(usize),
    /// A name of letters, digits and underscores, of this many characters.
    Identifier(usize, usize),
}

/// The methods, separated by a bar; the path, where a star stands for any segment; the field; the rule.
type Row = (&'static str, &'static str, &'static str, Rule);

const HOUR_IN_MINUTES: u64 = 60;
const ARCHIVE_DURATIONS: &[u64] = &[HOUR_IN_MINUTES, 1440, 4320, 10080];
const MAX_SLOW_MODE: u64 = 21_600;
const WEEK: u64 = 604_800;

const FIELDS: &[Row] = &[
    ("PATCH", "guilds/*", "name", Rule::Text(2, 100)),
    ("PATCH", "guilds/*", "verification_level", Rule::OneOf(&[0, 1, 2, 3, 4])),
    ("PATCH", "guilds/*", "default_message_notifications", Rule::OneOf(&[0, 1])),
    ("PATCH", "guilds/*", "explicit_content_filter", Rule::OneOf(&[0, 1, 2])),
    ("PATCH", "guilds/*", "afk_timeout", Rule::OneOf(&[60, 300, 900, 1800, 3600])),
    ("PATCH", "guilds/*", "description", Rule::Text(0, 300)),
    ("POST", "guilds/*/channels", "name", Rule::RequiredText(1, 100)),
    ("POST", "guilds/*/channels", "topic", Rule::Text(0, 4096)),
    ("POST", "guilds/*/channels", "rate_limit_per_user", Rule::Number(0, MAX_SLOW_MODE)),
    ("POST", "guilds/*/channels", "bitrate", Rule::Number(8000, 384_000)),
    ("POST", "guilds/*/channels", "user_limit", Rule::Number(0, 10_000)),
    ("POST", "guilds/*/channels", "available_tags", Rule::List(20)),
    ("PATCH", "channels/*", "name", Rule::Text(1, 100)),
    ("PATCH", "channels/*", "topic", Rule::Text(0, 4096)),
    ("PATCH", "channels/*", "rate_limit_per_user", Rule::Number(0, MAX_SLOW_MODE)),
    ("PATCH", "channels/*", "bitrate", Rule::Number(8000, 384_000)),
    ("PATCH", "channels/*", "user_limit", Rule::Number(0, 10_000)),
    ("PATCH", "channels/*", "available_tags", Rule::List(20)),
    ("PATCH", "channels/*", "applied_tags", Rule::List(5)),
    ("PATCH", "channels/*", "auto_archive_duration", Rule::OneOf(ARCHIVE_DURATIONS)),
    ("POST", "channels/*/threads", "name", Rule::RequiredText(1, 100)),
    ("POST", "channels/*/threads", "auto_archive_duration", Rule::OneOf(ARCHIVE_DURATIONS)),
    ("POST", "channels/*/threads", "rate_limit_per_user", Rule::Number(0, MAX_SLOW_MODE)),
    ("POST", "channels/*/threads", "applied_tags", Rule::List(5)),
    ("POST", "channels/*/messages/*/threads", "name", Rule::RequiredText(1, 100)),
    ("POST", "channels/*/messages/*/threads", "auto_archive_duration", Rule::OneOf(ARCHIVE_DURATIONS)),
    ("POST", "channels/*/invites", "max_age", Rule::Number(0, WEEK)),
    ("POST", "channels/*/invites", "max_uses", Rule::Number(0, 100)),
    ("PUT", "channels/*/permissions/*", "type", Rule::OneOf(&[0, 1])),
    ("PUT", "channels/*/voice-status", "status", Rule::Text(0, 500)),
    ("PATCH", "guilds/*/members/*", "nick", Rule::Text(0, 32)),
    ("PATCH", "guilds/*/members/*", "roles", Rule::List(250)),
    ("PUT", "guilds/*/bans/*", "delete_message_seconds", Rule::Number(0, WEEK)),
    ("POST", "guilds/*/bulk-ban", "user_ids", Rule::List(200)),
    ("POST|PATCH", "guilds/*/roles", "name", Rule::Text(0, 100)),
    ("PATCH", "guilds/*/roles/*", "name", Rule::Text(0, 100)),
    ("POST", "guilds/*/roles", "color", Rule::Number(0, 0xff_ff_ff)),
    ("PATCH", "guilds/*/roles/*", "color", Rule::Number(0, 0xff_ff_ff)),
    ("POST", "guilds/*/emojis", "name", Rule::Identifier(2, 32)),
    ("PATCH", "guilds/*/emojis/*", "name", Rule::Identifier(2, 32)),
    ("POST", "applications/*/emojis", "name", Rule::Identifier(2, 32)),
    ("POST", "guilds/*/stickers", "name", Rule::RequiredText(2, 30)),
    ("PATCH", "guilds/*/stickers/*", "name", Rule::Text(2, 30)),
    ("POST", "guilds/*/stickers", "description", Rule::Text(2, 100)),
    ("POST", "guilds/*/stickers", "tags", Rule::Text(1, 200)),
    ("POST", "guilds/*/soundboard-sounds", "name", Rule::RequiredText(2, 32)),
    ("PATCH", "guilds/*/soundboard-sounds/*", "name", Rule::Text(2, 32)),
    ("POST", "guilds/*/scheduled-events", "name", Rule::RequiredText(1, 100)),
    ("POST", "guilds/*/scheduled-events", "description", Rule::Text(1, 1000)),
    ("POST", "guilds/*/scheduled-events", "entity_type", Rule::OneOf(&[1, 2, 3])),
    ("POST", "guilds/*/scheduled-events", "privacy_level", Rule::OneOf(&[2])),
    ("POST", "guilds/*/auto-moderation/rules", "name", Rule::RequiredText(1, 100)),
    ("POST", "guilds/*/auto-moderation/rules", "event_type", Rule::OneOf(&[1, 2])),
    ("POST", "guilds/*/auto-moderation/rules", "trigger_type", Rule::OneOf(&[1, 3, 4, 5, 6])),
    ("POST|PATCH", "guilds/*/auto-moderation/rules", "exempt_roles", Rule::List(20)),
    ("POST|PATCH", "guilds/*/auto-moderation/rules", "exempt_channels", Rule::List(50)),
    ("POST", "guilds/*/templates", "name", Rule::RequiredText(1, 100)),
    ("POST", "channels/*/webhooks", "name", Rule::RequiredText(1, 80)),
    ("PATCH", "webhooks/*", "name", Rule::Text(1, 80)),
    ("POST", "stage-instances", "topic", Rule::RequiredText(1, 120)),
    ("PATCH", "users/@me", "username", Rule::Text(2, 32)),
    ("POST", "channels/*/messages", "nonce", Rule::Text(0, 25)),
    ("POST", "channels/*/messages", "sticker_ids", Rule::List(3)),
];

/// The numbers in queries, in the same form.
const QUERIES: &[(&str, &str, u64, u64)] = &[
    ("channels/*/messages", "limit", 1, 100),
    ("channels/*/messages/pins", "limit", 1, 50),
    ("channels/*/messages/*/reactions/*", "limit", 1, 100),
    ("channels/*/thread-members", "limit", 1, 100),
    ("channels/*/threads/archived/public", "limit", 2, 100),
    ("channels/*/threads/archived/private", "limit", 2, 100),
    ("channels/*/threads/search", "limit", 1, 25),
    ("channels/*/polls/*/answers/*", "limit", 1, 100),
    ("guilds/*/members", "limit", 1, 1000),
    ("guilds/*/members/search", "limit", 1, 1000),
    ("guilds/*/bans", "limit", 1, 1000),
    ("guilds/*/audit-logs", "limit", 1, 100),
    ("guilds/*/messages/search", "limit", 1, 25),
    ("guilds/*/prune", "days", 1, 30),
    ("guilds/*/scheduled-events/*/users", "limit", 1, 100),
    ("users/@me/guilds", "limit", 1, 200),
];

/// Checks the simple fields of a request.
pub(in crate::sim::world) fn check_fields(request: &RestRequest, path: &[&str]) -> Result<(), Rejection> {
    let mut errors = FormErrors::default();
    let methods_match = |methods: &str| methods.split('|').any(|method| method == request.method);
    for (methods, pattern, field, rule) in FIELDS {
        if methods_match(methods) && path_matches(pattern, path) {
            check(&mut errors, field, &request.body[*field], rule);
        }
    }
    if request.method == "POST" && path_matches("guilds/*/scheduled-events", path) {
        // Both times have the same format up to the seconds.
        let start = request.body["scheduled_start_time"].as_str().and_then(|start| start.get(..19));
        if start.is_some_and(|start| Some(start) < timestamp(request.now).get(..19)) {
            let message = "Cannot schedule event in the past.";
            errors.add("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", message);
        }
    }
    if request.method == "GET" {
        let rows = QUERIES.iter().filter(|(pattern, ..)| path_matches(pattern, path));
        for (_, name, min, max) in rows {
            let Some(text) = request.query(name) else { continue };
            match text.parse::<u64>() {
                Ok(number) => errors.number(name, &number.into(), *min, *max),
                Err(_) => {
                    let message = format!("Value \"{text}\" is not int.");
                    errors.add(name, "NUMBER_TYPE_COERCE", &message);
                }
            }
        }
    }
    errors.finish()
}

fn check(errors: &mut FormErrors, field: &str, value: &Value, rule: &Rule) {
    match rule {
        Rule::RequiredText(min, max) => errors.text(field, value, *min, *max),
        _ if value.is_null() => {}
        Rule::Text(0, max) => errors.max_text(field, value, *max),
        Rule::Text(min, max) => errors.text(field, value, *min, *max),
        Rule::Number(min, max) => errors.number(field, value, *min, *max),
        Rule::OneOf(choices) => errors.one_of(field, value, choices),
        Rule::List(max) => {
            errors.list(field, value, *max);
        }
        Rule::Identifier(min, max) => {
            errors.text(field, value, *min, *max);
            let is_valid = |text: &str| text.chars().all(|char| char == '_' || char.is_ascii_alphanumeric());
            if !value.as_str().is_none_or(is_valid) {
                let message = "String value did not match validation regex.";
                errors.add(field, "STRING_TYPE_REGEX", message);
            }
        }
    }
}
