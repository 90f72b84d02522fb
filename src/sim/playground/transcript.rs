//! What the user sees of the events of the world. Pure.

use std::collections::BTreeMap;

use serde_json::Value;

use super::display;

/// [Message flags](https://docs.discord.com/developers/resources/message#message-object-message-flags).
const EPHEMERAL: u64 = 1 << 6;
const LOADING: u64 = 1 << 7;

/// Maximum number of messages that are remembered, so that their edits and deletions can be shown.
const MAX_MESSAGES: usize = 1000;
/// Maximum number of characters of a message that is quoted.
const MAX_QUOTE: usize = 40;

/// Something to show.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) channel: u64,
    pub(super) author: String,
    /// What is special about it, such as "edited".
    pub(super) note: Option<String>,
    pub(super) text: String,
}

/// Turns events into entries. Messages that people type are not shown again.
pub(super) struct Transcript {
    bot: String,
    messages: BTreeMap<u64, Shown>,
}

struct Shown {
    author: String,
    by_bot: bool,
    is_loading: bool,
    text: String,
}

impl Transcript {
    /// Creates a transcript. `bot` is the ID of the bot's user.
    pub(super) fn new(bot: u64) -> Transcript {
        Transcript { bot: bot.to_string(), messages: BTreeMap::new() }
    }

    /// The entries for an event.
    pub(super) fn entries(&mut self, name: &str, data: &Value) -> Vec<Entry> {
        match name {
            "MESSAGE_CREATE" => self.created(data).into_iter().collect(),
            "MESSAGE_UPDATE" => self.updated(data).into_iter().collect(),
            "MESSAGE_DELETE" => self.deleted(data, &data["id"]).into_iter().collect(),
            "MESSAGE_DELETE_BULK" => {
                let ids = data["ids"].as_array().into_iter().flatten();
                ids.filter_map(|id| self.deleted(data, id)).collect()
            }
            "MESSAGE_REACTION_ADD" => self.reaction(data, "reacts with").into_iter().collect(),
            "MESSAGE_REACTION_REMOVE" => self.reaction(data, "removes the reaction").into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn created(&mut self, data: &Value) -> Option<Entry> {
        let shown = Shown {
            author: name(&data["author"]),
            by_bot: data["author"]["bot"] == true || data.get("webhook_id").is_some(),
            is_loading: flags(data) & LOADING != 0,
            text: display::message_text(data),
        };
        let is_visible = shown.by_bot && !shown.is_loading;
        let entry = is_visible.then(|| entry(data, &shown, ephemeral_note(data)));
        self.messages.insert(id(&data["id"])?, shown);
        if self.messages.len() > MAX_MESSAGES {
            self.messages.pop_first();
        }
        entry
    }

    fn updated(&mut self, data: &Value) -> Option<Entry> {
        let shown = self.messages.get_mut(&id(&data["id"])?)?;
        let text = display::message_text(data);
        let was_loading = std::mem::take(&mut shown.is_loading);
        if !shown.by_bot || shown.text == text && !was_loading {
            shown.text = text;
            return None;
        }
        shown.text = text;
        let note = if was_loading { ephemeral_note(data) } else { Some("edited".to_owned()) };
        Some(entry(data, shown, note))
    }

    fn deleted(&mut self, data: &Value, message: &Value) -> Option<Entry> {
        let shown = self.messages.remove(&id(message)?)?;
        Some(entry(data, &shown, Some("deleted".to_owned())))
    }

    fn reaction(&self, data: &Value, action: &str) -> Option<Entry> {
        if data["user_id"].as_str() != Some(&self.bot) {
            return None;
        }
        let emoji = data["emoji"]["name"].as_str().unwrap_or("an emoji");
        let emoji = if data["emoji"]["id"].is_string() { format!(":{emoji}:") } else { emoji.to_owned() };
        let quote =
            id(&data["message_id"]).and_then(|id| self.messages.get(&id)).map(|shown| quote(&shown.text));
        let text = format!("{action} {emoji} ({})", quote.unwrap_or_else(|| "an older message".to_owned()));
        let author = "bot".to_owned();
        Some(Entry { channel: id(&data["channel_id"])?, author, note: None, text })
    }
}

fn entry(data: &Value, shown: &Shown, note: Option<String>) -> Entry {
    let channel = id(&data["channel_id"]).unwrap_or(0);
    Entry { channel, author: shown.author.clone(), note, text: shown.text.clone() }
}

/// Says who sees an ephemeral message.
fn ephemeral_note(message: &Value) -> Option<String> {
    let user = message["interaction_metadata"]["user"]["username"].as_str().unwrap_or("you");
    let sees = if user == "you" { "see" } else { "sees" };
    (flags(message) & EPHEMERAL != 0).then(|| format!("only {user} {sees} this"))
}

fn quote(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut quote: String = line.chars().take(MAX_QUOTE).collect();
    if quote.len() < text.len() {
        quote.push('…');
    }
    quote
}

fn name(user: &Value) -> String {
    user["username"].as_str().unwrap_or("bot").to_owned()
}

fn flags(message: &Value) -> u64 {
    message["flags"].as_u64().unwrap_or(0)
}

fn id(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Entry, Transcript};

    fn shown(entries: Vec<Entry>) -> Vec<String> {
        let line = |entry: Entry| {
            let note = entry.note.map(|note| format!(" ({note})")).unwrap_or_default();
            format!("{} {}{note}: {}", entry.channel, entry.author, entry.text)
        };
        entries.into_iter().map(line).collect()
    }

    fn message(id: &str, author: &str, content: &str, flags: u64) -> Value {
        json!({"id": id, "channel_id": "5", "content": content, "flags": flags,
            "author": {"username": author, "bot": author == "bot"},
            "interaction_metadata": {"user": {"username": "ann"}}})
    }

    #[test]
    fn messages_of_the_bot_their_edits_and_deletions_are_shown() {
        let mut transcript = Transcript::new(9);
        let mut read = |name, data| shown(transcript.entries(name, &data));
        assert_eq!(read("MESSAGE_CREATE", message("1", "ann", "hi", 0)), [""; 0]);
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
        assert_eq!(read("MESSAGE_UPDATE", message("1", "ann", "hi!", 0)), [""; 0]);
        let deleted = json!({"ids": ["1", "4", "77"], "channel_id": "5"});
        assert_eq!(read("MESSAGE_DELETE_BULK", deleted), ["5 ann (deleted): hi!", "5 bot (deleted): redone"]);
        assert_eq!(read("MESSAGE_DELETE", json!({"id": "2", "channel_id": "5"})), ["5 bot (deleted): hello"]);
    }

    #[test]
    fn reactions_of_the_bot_are_shown() {
        let mut transcript = Transcript::new(9);
        let long = "a long message about the tides of next week";
        transcript.entries("MESSAGE_CREATE", &message("1", "ann", long, 0));
        let mut read = |name, user: &str, message: &str, emoji| {
            let data = json!({"user_id": user, "message_id": message, "channel_id": "5", "emoji": emoji});
            shown(transcript.entries(name, &data))
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
        assert_eq!(read("MESSAGE_REACTION_ADD", "8", "1", anchor), [""; 0]);
    }
}
