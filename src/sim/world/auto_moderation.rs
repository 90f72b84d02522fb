//! Auto-moderation in effect ([page](https://docs.discord.com/developers/resources/auto-moderation)).
//!
//! Rules with keywords and with a limit of mentions are carried out. Regular expressions, Discord's own lists of words, spam
//! and member profiles are not.

use std::time::Duration;

use serde_json::{Value, json};

use super::access::{ADMINISTRATOR, MANAGE_GUILD};
use super::audit_log::AuditEntry;
use super::message::NewMessage;
use super::objects;
use super::rejection::{Rejection, rejection};
use super::timestamp::timestamp;
use super::{Event, RestRequest, World};
use crate::id::UserId;

const MESSAGE_SEND: u64 = 1;

/// Trigger types.
const KEYWORD: u64 = 1;
const KEYWORD_PRESET: u64 = 4;
const MENTION_SPAM: u64 = 5;
const MEMBER_PROFILE: u64 = 6;

/// Action types, and the actions of the audit log for them.
const BLOCK: u64 = 1;
const ALERT: u64 = 2;
const TIMEOUT: u64 = 3;
const AUDIT_ACTIONS: [(u64, u64); 3] = [(BLOCK, 143), (ALERT, 144), (TIMEOUT, 145)];

/// The type of the system message of an alert.
const ALERT_MESSAGE: u64 = 24;

/// What a rule found in a text.
struct Match {
    keyword: Option<String>,
    content: String,
}

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
    /// Applies the rules of the guild to a message of a member, before it is posted.
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
            fixed: json!({"type": ALERT_MESSAGE, "content": "", "embeds": [embed]}),
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

/// What a rule finds in a text.
fn find(rule: &Value, text: &str) -> Option<Match> {
    let metadata = &rule["trigger_metadata"];
    match rule["trigger_type"].as_u64() {
        Some(KEYWORD) => {
            let words = |list: &str| -> Vec<String> {
                let words = metadata[list].as_array().into_iter().flatten();
                words.filter_map(|word| Some(word.as_str()?.to_lowercase())).collect()
            };
            let mut text = text.to_lowercase();
            for allowed in words("allow_list") {
                text = text.replace(allowed.trim_matches('*'), "");
            }
            words("keyword_filter").into_iter().find_map(|keyword| {
                let content = contained(&text, &keyword)?.to_owned();
                Some(Match { keyword: Some(keyword), content })
            })
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
