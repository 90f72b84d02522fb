//! The audit log ([page](https://docs.discord.com/developers/resources/audit-log)).

use serde_json::{Value, json};

use super::objects;
use super::{Event, RestRequest, RestResponse, World};

impl World {
    /// Adds an entry for an action of the bot. Returns its event.
    pub(super) fn audit(&mut self, request: &RestRequest, action: u64, target: Option<&str>) -> Event {
        let mut entry = json!({
            "id": self.next_id(request.now).to_string(),
            "user_id": self.bot.to_string(),
            "target_id": target,
            "action_type": action,
        });
        if let Some(reason) = &request.reason {
            entry["reason"] = json!(reason);
        }
        self.list_mut("audit log").push(entry.clone());
        entry["guild_id"] = json!(self.guild.to_string());
        ("GUILD_AUDIT_LOG_ENTRY_CREATE", entry)
    }

    pub(super) fn audit_log(&self, request: &RestRequest) -> RestResponse {
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
            Some(_) => self.list("audit log").iter().filter(matches).take(limit).collect(),
            None => self.list("audit log").iter().rev().filter(matches).take(limit).collect(),
        };
        RestResponse::ok(json!({
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
