//! What happens in channels, as people see it. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use super::playground::display;
use super::types::interaction_type::{APPLICATION_COMMAND, MESSAGE_COMPONENT, MODAL_SUBMIT};
use super::types::message_flag::{EPHEMERAL, LOADING};
use super::types::{command_type, option_type};
use crate::id::{ChannelId, MessageId};

/// Maximum number of messages that are remembered, so that their edits and deletions can be shown.
const MAX_MESSAGES: usize = 1000;
/// Maximum number of characters of a message that is quoted.
const MAX_QUOTE: usize = 40;

/// What kind of change it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// A message was posted. A deferred response counts when it has content.
    Posted,
    /// A message was edited.
    Edited,
    /// A message was deleted.
    Deleted,
    /// A reaction was added.
    ReactionAdded,
    /// A reaction was removed.
    ReactionRemoved,
    /// A command or a component was used, or a modal submitted.
    Used,
}

/// Something that happened in a channel: see [`Channel::history`](super::Channel::history).
///
/// `Display` prints it as a line: `bot (edited): High water at noon.`
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What kind of change it was.
    pub kind: ChangeKind,
    /// The channel.
    pub channel: ChannelId,
    /// The name of who acted. For an edit or a deletion, the author of the message.
    pub author: String,
    /// Whether that is a bot or a webhook.
    pub by_bot: bool,
    /// The name of the only user who sees it, if it is ephemeral.
    pub only_for: Option<String>,
    /// The message. `None` for a command.
    pub message: Option<MessageId>,
    /// The content of the message, or what was done: `reacts with ⚓ (hello)`, `uses /roll sides:6`.
    pub text: String,
}

impl Change {
    /// What is special about it, such as `edited`.
    pub(super) fn note(&self) -> Option<String> {
        match (self.kind, &self.only_for) {
            (ChangeKind::Edited, _) => Some("edited".to_owned()),
            (ChangeKind::Deleted, _) => Some("deleted".to_owned()),
            (_, Some(user)) => {
                let sees = if user == "you" { "see" } else { "sees" };
                Some(format!("only {user} {sees} this"))
            }
            (_, None) => None,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let note = self.note().map(|note| format!(" ({note})")).unwrap_or_default();
        write!(f, "{}{note}: {}", self.author, self.text.replace('\n', "\n    "))
    }
}

/// Turns events into changes.
#[derive(Default)]
pub(super) struct Transcript {
    messages: BTreeMap<u64, Shown>,
    /// The names of users.
    names: BTreeMap<u64, String>,
    bots: BTreeSet<u64>,
}

struct Shown {
    author: String,
    by_bot: bool,
    is_loading: bool,
    only_for: Option<String>,
    text: String,
}

impl Transcript {
    /// The changes that an event means.
    pub(super) fn changes(&mut self, name: &str, data: &Value) -> Vec<Change> {
        match name {
            "MESSAGE_CREATE" => self.created(data).into_iter().collect(),
            "MESSAGE_UPDATE" => self.updated(data).into_iter().collect(),
            "MESSAGE_DELETE" => self.deleted(data, &data["id"]).into_iter().collect(),
            "MESSAGE_DELETE_BULK" => {
                let ids = data["ids"].as_array().into_iter().flatten();
                ids.filter_map(|id| self.deleted(data, id)).collect()
            }
            "MESSAGE_REACTION_ADD" => {
                self.reaction(data, ChangeKind::ReactionAdded, "reacts with").into_iter().collect()
            }
            "MESSAGE_REACTION_REMOVE" => {
                self.reaction(data, ChangeKind::ReactionRemoved, "removes the reaction").into_iter().collect()
            }
            "INTERACTION_CREATE" => self.used(data).into_iter().collect(),
            "GUILD_MEMBER_ADD" => {
                self.learn(&data["user"]);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The name of a user who has done something.
    pub(super) fn name(&self, user: u64) -> Option<&str> {
        self.names.get(&user).map(String::as_str)
    }

    /// Remembers the name of a user. Returns it.
    fn learn(&mut self, user: &Value) -> String {
        let name = user["username"].as_str().unwrap_or("bot").to_owned();
        if let Some(id) = id(&user["id"]) {
            self.names.insert(id, name.clone());
            if user["bot"] == true {
                self.bots.insert(id);
            }
        }
        name
    }

    fn created(&mut self, data: &Value) -> Option<Change> {
        let shown = Shown {
            author: self.learn(&data["author"]),
            by_bot: data["author"]["bot"] == true || data.get("webhook_id").is_some(),
            is_loading: flags(data) & LOADING != 0,
            only_for: only_for(data),
            text: display::message_text(data),
        };
        let change = (!shown.is_loading).then(|| change(data, &data["id"], &shown, ChangeKind::Posted));
        self.messages.insert(id(&data["id"])?, shown);
        if self.messages.len() > MAX_MESSAGES {
            self.messages.pop_first();
        }
        change
    }

    fn updated(&mut self, data: &Value) -> Option<Change> {
        let shown = self.messages.get_mut(&id(&data["id"])?)?;
        let text = display::message_text(data);
        let was_loading = std::mem::take(&mut shown.is_loading);
        if shown.text == text && !was_loading {
            return None;
        }
        shown.text = text;
        let kind = if was_loading { ChangeKind::Posted } else { ChangeKind::Edited };
        Some(change(data, &data["id"], shown, kind))
    }

    fn deleted(&mut self, data: &Value, message: &Value) -> Option<Change> {
        let shown = self.messages.remove(&id(message)?)?;
        Some(change(data, message, &shown, ChangeKind::Deleted))
    }

    fn reaction(&mut self, data: &Value, kind: ChangeKind, action: &str) -> Option<Change> {
        if data["member"]["user"].is_object() {
            self.learn(&data["member"]["user"]);
        }
        let user = id(&data["user_id"])?;
        let emoji = data["emoji"]["name"].as_str().unwrap_or("an emoji");
        let emoji = if data["emoji"]["id"].is_string() { format!(":{emoji}:") } else { emoji.to_owned() };
        let quote =
            id(&data["message_id"]).and_then(|id| self.messages.get(&id)).map(|shown| quote(&shown.text));
        let text = format!("{action} {emoji} ({})", quote.unwrap_or_else(|| "an older message".to_owned()));
        Some(Change {
            kind,
            channel: channel(data),
            author: self.names.get(&user).cloned().unwrap_or_else(|| format!("<@{user}>")),
            by_bot: self.bots.contains(&user),
            only_for: None,
            message: id(&data["message_id"]).map(MessageId::new),
            text,
        })
    }

    /// A person used a command or a component, or submitted a modal.
    fn used(&mut self, interaction: &Value) -> Option<Change> {
        let user = if interaction["user"].is_object() {
            &interaction["user"]
        } else {
            &interaction["member"]["user"]
        };
        let author = self.learn(user);
        let data = &interaction["data"];
        let custom_id = data["custom_id"].as_str().unwrap_or_default();
        let text = match interaction["type"].as_u64()? {
            APPLICATION_COMMAND if is_slash_command(data) => format!("uses {}", command_line(data)),
            APPLICATION_COMMAND => {
                format!("uses {:?} of the menu", data["name"].as_str().unwrap_or_default())
            }
            MESSAGE_COMPONENT => match data["values"].as_array() {
                Some(values) => {
                    let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
                    format!("chooses {} in {custom_id:?}", values.join(", "))
                }
                None => format!("clicks {custom_id:?}"),
            },
            MODAL_SUBMIT => format!("submits {custom_id:?}"),
            _ => return None,
        };
        let message = id(&interaction["message"]["id"]).map(MessageId::new);
        let (kind, channel) = (ChangeKind::Used, channel(interaction));
        Some(Change { kind, channel, author, by_bot: false, only_for: None, message, text })
    }
}

fn is_slash_command(data: &Value) -> bool {
    data["type"].as_u64().is_none_or(|kind| kind == command_type::CHAT_INPUT)
}

/// A slash command as it was typed.
fn command_line(data: &Value) -> String {
    let mut line = format!("/{}", data["name"].as_str().unwrap_or_default());
    let mut options = &data["options"];
    while let Some(sub) = options.get(0).filter(|option| option_type::is_branch(option)) {
        line += &format!(" {}", sub["name"].as_str().unwrap_or_default());
        options = &sub["options"];
    }
    for option in options.as_array().into_iter().flatten() {
        let name = option["name"].as_str().unwrap_or_default();
        let value = option["value"].as_str().map_or_else(|| option["value"].to_string(), str::to_owned);
        line += &match option["type"].as_u64() {
            Some(option_type::USER) => format!(" {name}:<@{value}>"),
            Some(option_type::CHANNEL) => format!(" {name}:<#{value}>"),
            Some(option_type::ROLE) => format!(" {name}:<@&{value}>"),
            Some(option_type::ATTACHMENT) => {
                let file = &data["resolved"]["attachments"][&value]["filename"];
                format!(" {name}:{}", file.as_str().unwrap_or_default())
            }
            _ => format!(" {name}:{value}"),
        };
    }
    line
}

fn change(data: &Value, message: &Value, shown: &Shown, kind: ChangeKind) -> Change {
    Change {
        kind,
        channel: channel(data),
        author: shown.author.clone(),
        by_bot: shown.by_bot,
        only_for: shown.only_for.clone(),
        message: id(message).map(MessageId::new),
        text: shown.text.clone(),
    }
}

/// The name of the only user who sees a message.
fn only_for(message: &Value) -> Option<String> {
    let user = message["interaction_metadata"]["user"]["username"].as_str().unwrap_or("you");
    (flags(message) & EPHEMERAL != 0).then(|| user.to_owned())
}

fn quote(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut quote: String = line.chars().take(MAX_QUOTE).collect();
    if quote.len() < text.len() {
        quote.push('…');
    }
    quote
}

fn flags(message: &Value) -> u64 {
    message["flags"].as_u64().unwrap_or(0)
}

fn channel(data: &Value) -> ChannelId {
    ChannelId::new(id(&data["channel_id"]).unwrap_or(0))
}

fn id(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Change, Transcript};

    fn shown(changes: &[Change]) -> Vec<String> {
        changes.iter().map(|change| format!("{} {change}", change.channel)).collect()
    }

    fn message(id: &str, author: &str, content: &str, flags: u64) -> Value {
        json!({"id": id, "channel_id": "5", "content": content, "flags": flags,
            "author": {"id": if author == "bot" { "9" } else { "8" }, "username": author, "bot": author == "bot"},
            "interaction_metadata": {"user": {"username": "ann"}}})
    }

    #[test]
    fn messages_edits_and_deletions_are_shown() {
        let mut transcript = Transcript::default();
        let mut read = |name, data| shown(&transcript.changes(name, &data));
        assert_eq!(read("MESSAGE_CREATE", message("1", "ann", "hi", 0)), ["5 ann: hi"]);
        assert_eq!(read("MESSAGE_CREATE", message("2", "bot", "hello", 0)), ["5 bot: hello"]);
        assert_eq!(
            read("MESSAGE_CREATE", message("3", "bot", "psst", 64)),
            ["5 bot (only ann sees this): psst"]
        );
        // A deferred response has no content before its first edit.
        assert_eq!(read("MESSAGE_CREATE", message("4", "bot", "", 128)), [""; 0]);
        assert_eq!(read("MESSAGE_UPDATE", message("4", "bot", "done", 0)), ["5 bot: done"]);
        assert_eq!(read("MESSAGE_UPDATE", message("4", "bot", "redone", 0)), ["5 bot (edited): redone"]);
        assert_eq!(read("MESSAGE_UPDATE", message("4", "bot", "redone", 4)), [""; 0]);
        assert_eq!(read("MESSAGE_UPDATE", message("1", "ann", "hi!", 0)), ["5 ann (edited): hi!"]);
        let deleted = json!({"ids": ["1", "4", "77"], "channel_id": "5"});
        assert_eq!(read("MESSAGE_DELETE_BULK", deleted), ["5 ann (deleted): hi!", "5 bot (deleted): redone"]);
        assert_eq!(read("MESSAGE_DELETE", json!({"id": "2", "channel_id": "5"})), ["5 bot (deleted): hello"]);
    }

    #[test]
    fn reactions_are_shown_with_a_part_of_the_message() {
        let mut transcript = Transcript::default();
        let long = "a long message about the tides of next week";
        transcript.changes("MESSAGE_CREATE", &message("1", "ann", long, 0));
        transcript.changes("MESSAGE_CREATE", &message("2", "bot", "hello", 0));
        let mut read = |name, user: &str, message: &str, emoji| {
            let data = json!({"user_id": user, "message_id": message, "channel_id": "5", "emoji": emoji});
            shown(&transcript.changes(name, &data))
        };
        let anchor = json!({"id": null, "name": "⚓"});
        let quote = "a long message about the tides of next w…";
        assert_eq!(
            read("MESSAGE_REACTION_ADD", "9", "1", anchor.clone()),
            [format!("5 bot: reacts with ⚓ ({quote})")]
        );
        assert_eq!(
            read("MESSAGE_REACTION_REMOVE", "9", "7", json!({"id": "3", "name": "tide"})),
            ["5 bot: removes the reaction :tide: (an older message)"]
        );
        assert_eq!(read("MESSAGE_REACTION_ADD", "8", "2", anchor), ["5 ann: reacts with ⚓ (hello)"]);
    }
    #[test]
    fn uses_are_shown_as_they_were_typed() {
        let mut transcript = Transcript::default();
        let mut read = |interaction: Value| shown(&transcript.changes("INTERACTION_CREATE", &interaction));
        let user = json!({"id": "8", "username": "ann"});
        let options = json!([{"type": 2, "name": "rota", "options": [{"type": 1, "name": "add", "options": [
            {"type": 6, "name": "who", "value": "7"}, {"type": 4, "name": "days", "value": 2},
            {"type": 11, "name": "chart", "value": "3"}]}]}]);
        let resolved = json!({"attachments": {"3": {"filename": "a.png"}}});
        let data = json!({"type": 1, "name": "crew", "options": options, "resolved": resolved});
        let slash = json!({"type": 2, "channel_id": "5", "member": {"user": user}, "data": data});
        assert_eq!(read(slash), ["5 ann: uses /crew rota add who:<@7> days:2 chart:a.png"]);
        for (kind, data, expected) in [
            (2, json!({"type": 2, "name": "Show log"}), "5 ann: uses \"Show log\" of the menu"),
            (3, json!({"custom_id": "again"}), "5 ann: clicks \"again\""),
            (3, json!({"custom_id": "port", "values": ["k", "o"]}), "5 ann: chooses k, o in \"port\""),
            (5, json!({"custom_id": "form"}), "5 ann: submits \"form\""),
        ] {
            let interaction = json!({"type": kind, "channel_id": "5", "user": user, "data": data});
            assert_eq!(read(interaction), [expected]);
        }
        assert_eq!(read(json!({"type": 4, "channel_id": "5", "user": user, "data": {}})), [""; 0]);
    }
}
