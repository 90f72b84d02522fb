//! The audit log ([page](https://docs.discord.com/developers/resources/audit-log)).

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::objects;
use super::world::time_of_id;
use super::{Event, RestRequest, RestResponse, World};
use crate::sim::types::audit_action;

/// How long the deletions of a moderator are counted in one entry. Discord does not say it.
const MERGED_WITHIN: Duration = Duration::from_secs(5 * 60);

/// Fields of objects that are not recorded as changes.
const NOT_RECORDED: [&str; 17] = [
    "application_id",
    "archive_timestamp",
    "available",
    "create_timestamp",
    "creator",
    "creator_id",
    "guild_id",
    "id",
    "inviter",
    "last_message_id",
    "last_pin_timestamp",
    "sound_id",
    "thread_metadata",
    "token",
    "url",
    "user",
    "user_count",
];

/// The names of fields in changes, where they differ
/// ([exceptions](https://docs.discord.com/developers/resources/audit-log#audit-log-change-object-audit-log-change-exceptions)).
const RENAMED: [(&str, &str); 6] = [
    ("avatar", "avatar_hash"),
    ("banner", "banner_hash"),
    ("discovery_splash", "discovery_splash_hash"),
    ("icon", "icon_hash"),
    ("image", "image_hash"),
    ("splash", "splash_hash"),
];

/// An entry of the audit log, without its ID, its user and its reason.
pub(super) struct AuditEntry {
    action: u64,
    target: Option<String>,
    options: Value,
    changes: Vec<Value>,
}

impl AuditEntry {
    /// Creates an entry for an [action](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-audit-log-events).
    pub(super) fn new(action: u64) -> AuditEntry {
        AuditEntry { action, target: None, options: Value::Null, changes: Vec::new() }
    }

    /// Sets the ID of what the action changed.
    pub(super) fn target(mut self, id: u64) -> AuditEntry {
        self.target = Some(id.to_string());
        self
    }

    /// Sets the [additional fields](https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-optional-audit-entry-info).
    /// Their values are texts.
    pub(super) fn options(mut self, options: Value) -> AuditEntry {
        self.options = options;
        self
    }

    /// Adds the fields in which an object differs. Null stands for an object that did not exist, or exists no more.
    pub(super) fn changes(mut self, before: &Value, after: &Value) -> AuditEntry {
        let (before, after) = (recorded(before), recorded(after));
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let (old, new) = (before.get(key), after.get(key));
            if old != new {
                let name =
                    RENAMED.iter().find(|(field, _)| field == key).map_or(key.as_str(), |(_, name)| name);
                self = self.change(name, old, new);
            }
        }
        self
    }

    /// Adds one change.
    pub(super) fn change(mut self, key: &str, old: Option<&Value>, new: Option<&Value>) -> AuditEntry {
        let mut change = json!({"key": key});
        for (name, value) in [("old_value", old), ("new_value", new)] {
            if let Some(value) = value {
                change[name] = value.clone();
            }
        }
        self.changes.push(change);
        self
    }
}

/// The fields of an object that are recorded. A field without a value is left out.
fn recorded(object: &Value) -> Map<String, Value> {
    let fields = object.as_object().into_iter().flatten();
    let fields = fields.chain(object["thread_metadata"].as_object().into_iter().flatten());
    fields
        .filter(|(key, value)| !value.is_null() && !NOT_RECORDED.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

impl World {
    /// Records that a message of another user was deleted. There is no entry for a deletion by a bot, and further deletions
    /// of a moderator only increase the count of the first one's entry, without an event
    /// ([bots](https://github.com/discord/discord-api-docs/issues/7856),
    /// [counts](https://github.com/discord/discord-api-docs/issues/5911)).
    pub(super) fn audit_deleted_message(
        &mut self,
        request: &RestRequest,
        guild: u64,
        channel: u64,
        author: u64,
    ) -> Option<Event> {
        let moderator = request.actor();
        if self.applications.contains_key(&moderator) {
            return None;
        }
        let is_recent =
            |id: &Value| objects::id(id).is_some_and(|id| time_of_id(id) + MERGED_WITHIN > request.now);
        let same = self.list_mut(guild, "audit log").iter_mut().rev().find(|entry| {
            entry["action_type"] == audit_action::MESSAGE_DELETE
                && objects::is_id(&entry["user_id"], moderator)
                && objects::is_id(&entry["target_id"], author)
                && objects::is_id(&entry["options"]["channel_id"], channel)
                && is_recent(&entry["id"])
        });
        if let Some(entry) = same {
            let count: u64 =
                entry["options"]["count"].as_str().and_then(|count| count.parse().ok()).unwrap_or(0);
            entry["options"]["count"] = json!((count + 1).to_string());
            return None;
        }
        let options = json!({"channel_id": channel.to_string(), "count": "1"});
        Some(self.audit(
            request,
            guild,
            AuditEntry::new(audit_action::MESSAGE_DELETE).target(author).options(options),
        ))
    }

    /// Adds an entry for an action of the user who sent a request. Returns its event.
    pub(super) fn audit(&mut self, request: &RestRequest, guild: u64, new: AuditEntry) -> Event {
        let mut entry = json!({
            "id": self.next_id(request.now).to_string(),
            "user_id": request.actor().to_string(),
            "target_id": new.target,
            "action_type": new.action,
        });
        if !new.options.is_null() {
            entry["options"] = new.options;
        }
        if !new.changes.is_empty() {
            entry["changes"] = json!(new.changes);
        }
        if let Some(reason) = &request.reason {
            entry["reason"] = json!(reason);
        }
        self.list_mut(guild, "audit log").push(entry.clone());
        entry["guild_id"] = json!(guild.to_string());
        ("GUILD_AUDIT_LOG_ENTRY_CREATE", entry)
    }

    pub(super) fn audit_log(&self, request: &RestRequest, guild: u64) -> RestResponse {
        let id_filter = |name: &str| request.query(name).and_then(|text| text.parse::<u64>().ok());
        let matches = |entry: &&Value| {
            let id = objects::id(&entry["id"]).unwrap_or(0);
            let field_matches =
                |name: &str| id_filter(name).is_none_or(|filter| objects::is_id(&entry[name], filter));
            field_matches("action_type")
                && field_matches("user_id")
                && field_matches("target_id")
                && id_filter("before").is_none_or(|before| id < before)
                && id_filter("after").is_none_or(|after| id > after)
        };
        let limit = request.number("limit", 50);
        let entries: Vec<&Value> = match id_filter("after") {
            Some(_) => self.list(guild, "audit log").iter().filter(matches).take(limit).collect(),
            None => self.list(guild, "audit log").iter().rev().filter(matches).take(limit).collect(),
        };
        // The objects that the entries refer to.
        let ids: BTreeSet<u64> = entries
            .iter()
            .flat_map(|entry| [&entry["user_id"], &entry["target_id"]])
            .filter_map(objects::id)
            .collect();
        let items =
            |list: &str| -> Vec<&Value> { ids.iter().filter_map(|id| self.item(guild, list, *id)).collect() };
        let users = ids.iter().filter(|id| self.users.contains_key(id)).map(|id| self.user_body(*id));
        let threads = ids.iter().filter(|id| self.is_thread(**id)).map(|id| self.channel_body(*id));
        let commands = self.commands.iter().filter(|command| ids.contains(&command.id));
        RestResponse::ok(json!({
            "audit_log_entries": entries,
            "users": users.collect::<Vec<_>>(),
            "application_commands": commands.map(|command| &command.body).collect::<Vec<_>>(),
            "auto_moderation_rules": items("auto moderation rules"),
            "guild_scheduled_events": items("scheduled events"),
            "integrations": [],
            "threads": threads.collect::<Vec<_>>(),
            "webhooks": items("webhooks"),
        }))
    }
}
