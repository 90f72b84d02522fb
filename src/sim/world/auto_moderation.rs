//! Auto-moderation in effect ([page](https://docs.discord.com/developers/resources/auto-moderation)).
//!
//! Rules with keywords, regular expressions, lists of words and a limit of mentions are carried out. Spam and member profiles are
//! not.

use std::time::Duration;

use serde_json::{Value, json};

use super::access::{ADMINISTRATOR, MANAGE_GUILD};
use super::audit_log::AuditEntry;
use super::auto_moderation_triggers::{KEYWORD, KEYWORD_PRESET, MEMBER_PROFILE, MENTION_SPAM, Match, find};
use super::message::NewMessage;
use super::objects;
use super::rejection::{Rejection, rejection};
use super::timestamp::timestamp;
use super::{Event, RestRequest, World};
use crate::id::UserId;
use crate::sim::types::{audit_action, message_type};

const MESSAGE_SEND: u64 = 1;

/// Action types, and the actions of the audit log for them.
const BLOCK: u64 = 1;
const ALERT: u64 = 2;
const TIMEOUT: u64 = 3;
const AUDIT_ACTIONS: [(u64, u64); 3] = [
    (BLOCK, audit_action::AUTO_MODERATION_BLOCK_MESSAGE),
    (ALERT, audit_action::AUTO_MODERATION_FLAG_TO_CHANNEL),
    (TIMEOUT, audit_action::AUTO_MODERATION_USER_COMMUNICATION_DISABLED),
];

/// What the rules do about a message.
#[derive(Default)]
pub(super) struct Moderation {
    pub(super) events: Vec<Event>,
    is_blocked: bool,
}

impl Moderation {
    /// The error, if the message is blocked.
    pub(super) fn rejection(&self) -> Option<Rejection> {
        let message = "Message was blocked by automatic moderation";
        self.is_blocked.then(|| rejection(400, 200_000, message))
    }
}

impl World {
    /// Applies the rules of the guild to a message of a member, before it is posted or edited.
    pub(super) fn moderate(&mut self, now: Duration, author: u64, channel: u64, text: &str) -> Moderation {
        let mut done = Moderation::default();
        let Some(guild) = self.guild_of(channel) else { return done };
        let is_exempt = self.users.get(&author).is_none_or(|user| user.is_bot)
            || self.guild_permissions(guild, author) & (ADMINISTRATOR | MANAGE_GUILD) != 0;
        if is_exempt {
            return done;
        }
        let rules = self.list(guild, "auto moderation rules").iter();
        let applying = rules.filter(|rule| self.applies(rule, guild, author, channel));
        let found: Vec<(Value, Match)> =
            applying.filter_map(|rule| Some((rule.clone(), find(rule, text)?))).collect();
        for (rule, found) in &found {
            for action in rule["actions"].as_array().into_iter().flatten() {
                self.moderate_by(now, (guild, channel, author), rule, action, found, text, &mut done);
            }
        }
        done
    }

    fn applies(&self, rule: &Value, guild: u64, author: u64, channel: u64) -> bool {
        let roles = self.roles_of(guild, author);
        let is_listed = |list: &str, ids: &[u64]| {
            let mut listed = rule[list].as_array().into_iter().flatten().filter_map(objects::id);
            listed.any(|id| ids.contains(&id))
        };
        let parent = objects::id(&self.channels[&channel].body["parent_id"]).unwrap_or(0);
        rule["enabled"] == true
            && rule["event_type"] == MESSAGE_SEND
            && !is_listed("exempt_roles", &roles)
            && !is_listed("exempt_channels", &[channel, parent])
    }

    #[expect(clippy::too_many_arguments, reason = "one caller, and each is a part of the event")]
    fn moderate_by(
        &mut self,
        now: Duration,
        (guild, channel, author): (u64, u64, u64),
        rule: &Value,
        action: &Value,
        found: &Match,
        text: &str,
        done: &mut Moderation,
    ) {
        let kind = action["type"].as_u64().unwrap_or(0);
        let mut event = json!({
            "guild_id": guild.to_string(),
            "action": action,
            "rule_id": rule["id"],
            "rule_trigger_type": rule["trigger_type"],
            "user_id": author.to_string(),
            "channel_id": channel.to_string(),
            "content": text,
            "matched_keyword": found.keyword,
            "matched_content": found.content,
        });
        match kind {
            BLOCK => done.is_blocked = true,
            ALERT => {
                let target = objects::id(&action["metadata"]["channel_id"]).unwrap_or(0);
                if let Some((id, events)) = self.alert(now, author, target, rule, text) {
                    event["alert_system_message_id"] = json!(id.to_string());
                    done.events.extend(events);
                }
            }
            TIMEOUT => {
                let seconds = action["metadata"]["duration_seconds"].as_u64().unwrap_or(0);
                if let Some(member) = self.member_mut(guild, author) {
                    let end = timestamp(now + Duration::from_secs(seconds));
                    member.fields["communication_disabled_until"] = json!(end);
                }
                done.events.push(self.member_update(guild, author));
            }
            _ => {}
        }
        done.events.push(("AUTO_MODERATION_ACTION_EXECUTION", event));
        if let Some((_, number)) = AUDIT_ACTIONS.iter().find(|(action, _)| *action == kind) {
            let mut request = RestRequest::new(now, "POST", "", Value::Null);
            request.user = Some(UserId::new(author));
            let options = json!({
                "auto_moderation_rule_name": rule["name"],
                "auto_moderation_rule_trigger_type": rule["trigger_type"].to_string(),
                "channel_id": channel.to_string(),
            });
            let entry = AuditEntry::new(*number).target(author).options(options);
            done.events.push(self.audit(&request, guild, entry));
        }
    }

    /// Posts the system message of an alert.
    fn alert(
        &mut self,
        now: Duration,
        author: u64,
        channel: u64,
        rule: &Value,
        text: &str,
    ) -> Option<(u64, Vec<Event>)> {
        self.guild_of(channel)?;
        let field = |name: &str, value: &Value| json!({"name": name, "value": value, "inline": false});
        let embed = json!({
            "type": "auto_moderation_message",
            "description": text,
            "fields": [field("rule_name", &rule["name"]), field("channel_id", &json!(channel.to_string()))],
        });
        let new = NewMessage {
            id: None,
            author,
            channel,
            body: &json!({"content": "."}),
            files: &[],
            fixed: json!({"type": message_type::AUTO_MODERATION_ACTION, "content": "", "embeds": [embed]}),
            ephemeral_for: None,
            is_loading: false,
        };
        self.add_message(now, &new).ok()
    }
}

/// The fields of the trigger metadata that Discord fills in if they are not sent, by trigger type
/// ([trigger metadata](https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-rule-object-trigger-metadata)).
const METADATA_DEFAULTS: [(&[u64], &str); 3] = [
    (&[KEYWORD, MEMBER_PROFILE], r#"{"keyword_filter":[],"regex_patterns":[],"allow_list":[]}"#),
    (&[KEYWORD_PRESET], r#"{"presets":[],"allow_list":[]}"#),
    (&[MENTION_SPAM], r#"{"mention_total_limit":0,"mention_raid_protection_enabled":false}"#),
];

/// Adds the fields of a rule that were not sent, or sent as null.
pub(super) fn complete_rule(rule: &mut Value) {
    for list in ["exempt_roles", "exempt_channels"] {
        if rule[list].is_null() {
            rule[list] = json!([]);
        }
    }
    for metadata in
        rule["actions"].as_array_mut().into_iter().flatten().filter_map(|one| one.get_mut("metadata"))
    {
        if let Some(fields) = metadata.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
    }
    let trigger = rule["trigger_type"].as_u64().unwrap_or(0);
    for (_, fields) in METADATA_DEFAULTS.iter().filter(|(kinds, _)| kinds.contains(&trigger)) {
        objects::add_missing(&mut rule["trigger_metadata"], fields);
    }
    let actions = rule["actions"].as_array_mut();
    actions.into_iter().flatten().for_each(|action| objects::add_missing(action, r#"{"metadata":{}}"#));
}
