//! Which entry of the audit log can belong to which event: pure.
//!
//! See [audit log events](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events).

use std::time::Duration;

use serde_json::Value;

use crate::model::{AuditLogChange, AuditLogEntry, AuditLogEvent, Timestamp};

/// What is known of an event.
pub(super) struct Rule {
    pub(super) event: &'static str,
    /// Where the event has the ID of its guild.
    guild: &'static str,
    /// Where it has the ID by which its entry is found.
    target: &'static str,
    actions: &'static [AuditLogEvent],
    pub(super) kind: Kind,
}

/// What, besides the IDs, must fit.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Nothing.
    Once,
    /// The changes of the entry are in the object at this place, which was without them before.
    Changes(&'static str),
    /// The author of the message is the target, and the ID of the event is that of the channel.
    Message,
    /// The number of messages.
    Messages,
}

const RULES: [Rule; 16] = [
    rule("CHANNEL_CREATE", "/id", &[AuditLogEvent::CHANNEL_CREATE], Kind::Once),
    rule("CHANNEL_DELETE", "/id", &[AuditLogEvent::CHANNEL_DELETE], Kind::Once),
    rule(
        "CHANNEL_UPDATE",
        "/id",
        &[
            AuditLogEvent::CHANNEL_UPDATE,
            AuditLogEvent::CHANNEL_OVERWRITE_CREATE,
            AuditLogEvent::CHANNEL_OVERWRITE_UPDATE,
            AuditLogEvent::CHANNEL_OVERWRITE_DELETE,
        ],
        Kind::Changes(""),
    ),
    rule("GUILD_BAN_ADD", "/user/id", &[AuditLogEvent::MEMBER_BAN_ADD], Kind::Once),
    rule("GUILD_BAN_REMOVE", "/user/id", &[AuditLogEvent::MEMBER_BAN_REMOVE], Kind::Once),
    rule("GUILD_MEMBER_REMOVE", "/user/id", &[AuditLogEvent::MEMBER_KICK], Kind::Once),
    rule(
        "GUILD_MEMBER_UPDATE",
        "/user/id",
        &[AuditLogEvent::MEMBER_UPDATE, AuditLogEvent::MEMBER_ROLE_UPDATE],
        Kind::Changes(""),
    ),
    rule("GUILD_ROLE_CREATE", "/role/id", &[AuditLogEvent::ROLE_CREATE], Kind::Once),
    rule("GUILD_ROLE_DELETE", "/role_id", &[AuditLogEvent::ROLE_DELETE], Kind::Once),
    rule("GUILD_ROLE_UPDATE", "/role/id", &[AuditLogEvent::ROLE_UPDATE], Kind::Changes("/role")),
    Rule { guild: "/id", ..rule("GUILD_UPDATE", "/id", &[AuditLogEvent::GUILD_UPDATE], Kind::Changes("")) },
    rule("MESSAGE_DELETE", "/channel_id", &[AuditLogEvent::MESSAGE_DELETE], Kind::Message),
    rule("MESSAGE_DELETE_BULK", "/channel_id", &[AuditLogEvent::MESSAGE_BULK_DELETE], Kind::Messages),
    rule("THREAD_CREATE", "/id", &[AuditLogEvent::THREAD_CREATE], Kind::Once),
    rule("THREAD_DELETE", "/id", &[AuditLogEvent::THREAD_DELETE], Kind::Once),
    rule("THREAD_UPDATE", "/id", &[AuditLogEvent::THREAD_UPDATE], Kind::Changes("")),
];

const fn rule(
    event: &'static str,
    target: &'static str,
    actions: &'static [AuditLogEvent],
    kind: Kind,
) -> Rule {
    Rule { event, guild: "/guild_id", target, actions, kind }
}

/// The names of fields in changes, where they differ from those of the objects
/// ([exceptions](https://docs.discord.com/developers/resources/audit-log#audit-log-change-object-audit-log-change-exceptions)).
const RENAMED: [(&str, &str); 6] = [
    ("avatar_hash", "avatar"),
    ("banner_hash", "banner"),
    ("discovery_splash_hash", "discovery_splash"),
    ("icon_hash", "icon"),
    ("image_hash", "image"),
    ("splash_hash", "splash"),
];

pub(super) fn rule_of(event: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.event == event)
}

impl Rule {
    /// The ID by which entries and other events of the same object are found.
    pub(super) fn target<'v>(&self, event: &'v Value) -> Option<&'v str> {
        event.pointer(self.target)?.as_str()
    }

    /// Whether the entry is about the object of the event, by its IDs and its action.
    pub(super) fn is_about(&self, entry: &AuditLogEntry, event: &Value, author: Option<&str>) -> bool {
        let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
        let guild = entry.guild_id.map(|guild| guild.to_string());
        let options = entry.options.as_deref();
        let target = entry.target_id.as_deref();
        let is_target = match self.kind {
            Kind::Message => {
                let channel = options.and_then(|options| options.channel_id).map(|id| id.to_string());
                channel.as_deref() == text(self.target) && author.is_some() && target == author
            }
            Kind::Messages => {
                let count = options.and_then(|options| options.count.as_deref()?.parse().ok());
                let deleted = event["ids"].as_array().map(Vec::len);
                target == text(self.target) && count.is_some() && count == deleted
            }
            Kind::Once | Kind::Changes(_) => target == text(self.target),
        };
        is_target && self.actions.contains(&entry.action_type) && guild.as_deref() == text(self.guild)
    }

    /// Whether the event shows the changes of the entry, and the one before it did not.
    pub(super) fn shows(&self, entry: &AuditLogEntry, event: &Value, before: Option<&Value>) -> bool {
        let Kind::Changes(place) = self.kind else { return true };
        let shows = |event: &Value| event.pointer(place).is_some_and(|object| shows_changes(entry, object));
        shows(event) && !before.is_some_and(shows)
    }
}

/// Whether an object shows at least one of the changes, and contradicts none.
fn shows_changes(entry: &AuditLogEntry, object: &Value) -> bool {
    let overwrite = entry.options.as_deref().and_then(|options| options.id).map(|id| id.to_string());
    let shown = match overwrite {
        Some(id) => {
            let overwrites = object["permission_overwrites"].as_array();
            let overwrite = overwrites.and_then(|list| list.iter().find(|overwrite| overwrite["id"] == *id));
            match (entry.action_type, overwrite) {
                (AuditLogEvent::CHANNEL_OVERWRITE_DELETE, overwrite) => return overwrite.is_none(),
                (_, None) => return false,
                (_, Some(overwrite)) => shown_changes(entry, overwrite),
            }
        }
        None => shown_changes(entry, object),
    };
    let mut is_shown = false;
    for shows in shown {
        match shows {
            Some(false) => return false,
            Some(true) => is_shown = true,
            None => {}
        }
    }
    is_shown
}

/// For each change, whether the object shows it; `None` if it says nothing about it.
fn shown_changes(entry: &AuditLogEntry, object: &Value) -> Vec<Option<bool>> {
    entry.changes.iter().map(|change| shows_change(change, object)).collect()
}

fn shows_change(change: &AuditLogChange, object: &Value) -> Option<bool> {
    let new = change.new_value.as_ref().and_then(|raw| raw.parse::<Value>().ok()).unwrap_or_default();
    if let key @ ("$add" | "$remove") = &*change.key {
        let has = |role: &Value| object["roles"].as_array().is_some_and(|roles| roles.contains(&role["id"]));
        return Some(new.as_array()?.iter().all(|role| has(role) == (key == "$add")));
    }
    let key = RENAMED.iter().find(|(key, _)| *key == change.key).map_or(&*change.key, |(_, name)| name);
    let value = object.get(key).or_else(|| object["thread_metadata"].get(key)).unwrap_or(&Value::Null);
    match (&new, value) {
        _ if is_nothing(&new) => Some(is_nothing(value)),
        // A field that this version does not know.
        (_, Value::Null) => None,
        // The log has lists and objects in other forms than the objects.
        (Value::Array(_) | Value::Object(_), _) => (new == *value).then_some(true),
        _ => Some(new == *value || is_same_text(&new, value) || is_same_time(&new, value)),
    }
}

/// Whether a value is what an object has without it.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Whether one of them is a number, and the other the same as a text.
fn is_same_text(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(text), Value::Number(number)) | (Value::Number(number), Value::String(text)) => {
            *text == number.to_string()
        }
        _ => false,
    }
}

/// Whether both are the same time, which can have more or fewer digits.
fn is_same_time(a: &Value, b: &Value) -> bool {
    let time = |value: &Value| Timestamp::new(value.as_str()?).to_system_time();
    let (Some(a), Some(b)) = (time(a), time(b)) else { return false };
    a.duration_since(b).unwrap_or_else(|earlier| earlier.duration()) < Duration::from_secs(1)
}
