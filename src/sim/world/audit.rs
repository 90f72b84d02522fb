//! The audit log ([page](https://docs.discord.com/developers/resources/audit-log)).

use serde_json::{Value, json};

use super::{Answer, Call, Event, World, shapes};

impl World {
    /// Notes what the bot did, and why.
    pub(super) fn audit(&mut self, call: &Call, action: u64, target: Option<&str>) -> Event {
        let mut entry = json!({
            "id": self.next_id(call.now).to_string(),
            "user_id": self.bot.to_string(),
            "target_id": target,
            "action_type": action,
        });
        if let Some(reason) = &call.reason {
            entry["reason"] = json!(reason);
        }
        self.list_mut("audit log").push(entry.clone());
        entry["guild_id"] = json!(self.guild.to_string());
        ("GUILD_AUDIT_LOG_ENTRY_CREATE", entry)
    }

    pub(super) fn audit_log(&self, call: &Call) -> Answer {
        let asked = |name: &str| call.query(name).and_then(|text| text.parse::<u64>().ok());
        let fits = |entry: &&Value| {
            let id = shapes::id(&entry["id"]).unwrap_or(0);
            let same = |name: &str, field: &str| {
                asked(name).is_none_or(|wanted| shapes::id(&entry[field]) == Some(wanted))
            };
            same("action_type", "action_type")
                && same("user_id", "user_id")
                && same("target_id", "target_id")
                && asked("before").is_none_or(|before| id < before)
                && asked("after").is_none_or(|after| id > after)
        };
        let limit = call.number("limit", 50);
        let entries: Vec<&Value> = match asked("after") {
            Some(_) => self.list("audit log").iter().filter(fits).take(limit).collect(),
            None => self.list("audit log").iter().rev().filter(fits).take(limit).collect(),
        };
        Answer::ok(json!({
            "audit_log_entries": entries,
            "users": [self.user_body(self.bot)],
            "application_commands": [],
            "auto_moderation_rules": [],
            "guild_scheduled_events": [],
            "integrations": [],
            "threads": [],
            "webhooks": [],
        }))
    }
}
