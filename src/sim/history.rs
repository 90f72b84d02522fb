//! What happened in channels since the start. Pure.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use super::transcript::{Change, Transcript};
use crate::id::ChannelId;

/// Maximum number of changes that are kept.
const MAX_CHANGES: usize = 10_000;

/// The changes in all channels, oldest first.
#[derive(Default)]
pub(super) struct History {
    transcript: Transcript,
    changes: VecDeque<Change>,
    /// The number of older changes that were dropped.
    dropped: usize,
    /// The number of the next change to return, by channel.
    next: HashMap<ChannelId, usize>,
}

impl History {
    /// Adds what an event means.
    pub(super) fn add(&mut self, name: &str, data: &Value) {
        self.changes.extend(self.transcript.changes(name, data));
        while self.changes.len() > MAX_CHANGES {
            self.changes.pop_front();
            self.dropped += 1;
        }
    }

    /// All changes, oldest first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter()
    }

    /// The name of a user who has done something.
    pub(super) fn name(&self, user: u64) -> Option<&str> {
        self.transcript.name(user)
    }

    /// The changes in a channel, oldest first.
    pub(super) fn in_channel(&self, channel: ChannelId) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.channel == channel)
    }

    /// The bot's first change in a channel that was not returned yet.
    pub(super) fn next(&mut self, channel: ChannelId) -> Option<Change> {
        let next = self.next.entry(channel).or_default();
        let skipped = next.saturating_sub(self.dropped);
        let is_next = |change: &&Change| change.channel == channel && change.by_bot;
        let mut later = self.changes.iter().enumerate().skip(skipped);
        let (index, change) = later.find(|(_, change)| is_next(change))?;
        *next = self.dropped + index + 1;
        Some(change.clone())
    }
}

/// Replaces the IDs in mentions, emojis and commands by names, and times by `(time)`, so that two runs read the same.
pub(super) fn readable(text: &str, name: impl Fn(&str, u64) -> Option<String>) -> String {
    let mut readable = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        readable += &rest[..start];
        rest = &rest[start..];
        let replaced = rest.find('>').and_then(|end| Some((end, replacement(&rest[1..end], &name)?)));
        match replaced {
            Some((end, replacement)) => {
                readable += &replacement;
                rest = &rest[end + 1..];
            }
            None => {
                readable.push('<');
                rest = &rest[1..];
            }
        }
    }
    readable + rest
}

/// What people see for the inside of `<...>`. `None` if it is other text.
fn replacement(inside: &str, name: impl Fn(&str, u64) -> Option<String>) -> Option<String> {
    if inside.starts_with("t:") {
        return Some("(time)".to_owned());
    }
    if let Some((before, id)) = inside.rsplit_once(':') {
        let is_named = before.starts_with([':', '/']) || before.starts_with("a:");
        let is_id = id.parse::<u64>().is_ok();
        let name = before.trim_start_matches('a').trim_start_matches(':');
        let text = if before.starts_with('/') { before.to_owned() } else { format!(":{name}:") };
        return (is_named && is_id).then_some(text);
    }
    let kind = ["@&", "@!", "@", "#"].into_iter().find(|kind| inside.starts_with(kind))?;
    let id = inside[kind.len()..].parse().ok()?;
    let unknown = if kind == "@&" { "@role" } else { "@unknown-user" };
    Some(name(kind, id).unwrap_or_else(|| unknown.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::{History, MAX_CHANGES, readable};
    use crate::id::ChannelId;

    #[test]
    fn ids_become_names_and_times_disappear() {
        let name = |kind: &str, id: u64| (id == 7).then(|| format!("{kind}seven"));
        for (text, expected) in [
            ("hi <@7>, <@!7>", "hi @seven, @!seven"),
            ("in <#7> <@&9>", "in #seven @role"),
            ("<@8>", "@unknown-user"),
            ("at <t:1700000000:R>!", "at (time)!"),
            ("<:tide:5> <a:wave:6> </roll:4>", ":tide: :wave: /roll"),
            ("1 < 2 > 0, <b>, <@ann>, <", "1 < 2 > 0, <b>, <@ann>, <"),
            ("<https://example.com:80>", "<https://example.com:80>"),
        ] {
            assert_eq!(readable(text, name), expected);
        }
    }

    #[test]
    fn old_changes_are_dropped_and_the_next_one_is_still_found() {
        let mut history = History::default();
        let post = |history: &mut History, id: usize| {
            let author = json!({"id": "9", "username": "bot", "bot": true});
            let data =
                json!({"id": id.to_string(), "channel_id": "5", "content": id.to_string(), "author": author});
            history.add("MESSAGE_CREATE", &data);
        };
        let channel = ChannelId::new(5);
        post(&mut history, 1);
        assert_eq!(history.next(channel).unwrap().text, "1");
        assert_eq!(history.next(channel), None);
        for id in 2..=MAX_CHANGES + 5 {
            post(&mut history, id);
        }
        assert_eq!(history.changes.len(), MAX_CHANGES);
        // 2 to 5 were dropped unread.
        assert_eq!(history.next(channel).unwrap().text, "6");
        assert_eq!(history.next(channel).unwrap().text, "7");
        assert_eq!(history.next(ChannelId::new(6)), None);
    }
}
