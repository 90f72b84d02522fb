//! What happened in channels, as text for tests and errors.

use super::history::readable;
use super::hub::{Hub, State};
use super::transcript::Change;
use crate::id::ChannelId;

impl State {
    /// What happened in all channels, as text.
    pub(super) fn transcript(&self) -> String {
        self.lines(self.history.all(), true)
    }

    /// Changes as lines, with names instead of IDs, and without times.
    pub(super) fn lines<'c>(&self, changes: impl Iterator<Item = &'c Change>, with_channel: bool) -> String {
        let mut lines = String::new();
        for change in changes {
            if with_channel {
                lines += &format!("{} ", self.channel_label(change.channel));
            }
            lines += &readable(&change.to_string(), |kind, id| match kind {
                "@" | "@!" => self.history.name(id).map(|name| format!("@{name}")),
                "#" => Some(self.channel_label(ChannelId::new(id))),
                _ => None,
            });
            lines.push('\n');
        }
        lines
    }

    /// The name of a channel, as people see it.
    pub(super) fn channel_label(&self, channel: ChannelId) -> String {
        let Some(body) = self.world.show_channel(channel).body_if_ok() else {
            return "#deleted-channel".to_owned();
        };
        match (body["name"].as_str(), body["recipients"][0]["username"].as_str()) {
            (Some(name), _) => format!("#{name}"),
            (None, Some(user)) => format!("(direct messages with {user})"),
            (None, None) => "(direct messages)".to_owned(),
        }
    }
}

/// The last changes in a channel, for an error.
pub(super) fn last_changes(hub: &Hub, channel: ChannelId) -> String {
    const SHOWN: usize = 10;
    hub.read(|state| {
        let all: Vec<&Change> = state.history.in_channel(channel).collect();
        let label = state.channel_label(channel);
        if all.is_empty() {
            return format!("in {label}: nothing");
        }
        let skipped = all.len().saturating_sub(SHOWN);
        let lines = state.lines(all.into_iter().skip(skipped), false);
        format!("in {label}:\n    {}", lines.trim_end().replace('\n', "\n    "))
    })
}
