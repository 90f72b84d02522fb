//! What one person sees: guilds, messages by pages, and events.

use serde_json::Value;

use super::World;
use super::objects;
use super::world::{Message, Place};
use crate::id::{ChannelId, UserId};

/// Where a page of messages begins.
#[derive(Clone, Copy, Debug)]
pub enum PageStart {
    /// The last messages before an ID.
    Before(u64),
    /// The first messages after an ID.
    After(u64),
    /// The messages around an ID, half of the page before it.
    Around(u64),
}

impl World {
    /// The guilds of a user, with the channels and threads that the user can view.
    pub fn guilds_seen_by(&self, user: UserId) -> Vec<Value> {
        let can_view =
            |channel: &Value| objects::id(&channel["id"]).is_some_and(|id| self.can_view(id, user.get()));
        let guild = |id: u64| {
            let mut guild = self.guild_body(id);
            for list in ["channels", "threads"] {
                if let Some(channels) = guild[list].as_array_mut() {
                    channels.retain(can_view);
                }
            }
            guild
        };
        self.guilds_of(user.get()).into_iter().map(guild).collect()
    }

    /// All messages that a user sees in a channel, oldest first. For `None`, those that are not ephemeral.
    pub fn visible_messages(&self, user: Option<UserId>, channel: ChannelId) -> Vec<Value> {
        self.visible_page(user, channel, PageStart::After(0), usize::MAX).0
    }

    /// A page of what a user sees in a channel, oldest first, ephemeral messages included. Also whether there are more
    /// messages in the direction of the page. `None` sees what all see.
    pub fn visible_page(
        &self,
        user: Option<UserId>,
        channel: ChannelId,
        start: PageStart,
        limit: usize,
    ) -> (Vec<Value>, bool) {
        let (user, channel) = (user.map(UserId::get), channel.get());
        if user.is_some_and(|user| !self.can_view(channel, user)) {
            return (Vec::new(), false);
        }
        let is_visible = |message: &Message| {
            message.channel == channel && message.ephemeral_for.is_none_or(|only| Some(only) == user)
        };
        let before = |end: u64, limit: usize| {
            let found = self.messages.range(..end).rev().filter(|(_, message)| is_visible(message));
            let (mut messages, has_more) = first(found.map(|(_, message)| message), limit);
            messages.reverse();
            (messages, has_more)
        };
        let from = |start: u64, limit: usize| {
            let found = self.messages.range(start..).filter(|(_, message)| is_visible(message));
            first(found.map(|(_, message)| message), limit)
        };
        let (messages, has_more) = match start {
            PageStart::Before(id) => before(id, limit),
            PageStart::After(id) => from(id.saturating_add(1), limit),
            PageStart::Around(id) => {
                let (mut messages, has_older) = before(id, limit / 2);
                let (newer, has_newer) = from(id, limit - limit / 2);
                messages.extend(newer);
                (messages, has_older || has_newer)
            }
        };
        let viewer = user.unwrap_or(0);
        (messages.into_iter().map(|message| self.message_body(message, viewer)).collect(), has_more)
    }

    /// Whether a user sees an event. Not seen are events of channels that are hidden from the user, of guilds that the user
    /// is not in, and of messages for other users.
    pub fn is_seen_by(&self, user: UserId, name: &str, data: &Value) -> bool {
        let user = user.get();
        let id = |key: &str| objects::id(&data[key]);
        if name.starts_with("MESSAGE_") {
            let message = id("id").and_then(|id| self.messages.get(&id));
            if message.and_then(|message| message.ephemeral_for).is_some_and(|only| only != user) {
                return false;
            }
        }
        let is_channel = name.starts_with("CHANNEL_") || name.starts_with("THREAD_");
        let channel = id(if is_channel { "id" } else { "channel_id" });
        match channel.and_then(|id| Some((id, self.channels.get(&id)?.place))) {
            Some((_, Place::Direct { user: recipient, .. })) => recipient == user,
            Some((id, Place::Guild(_))) => self.can_view(id, user),
            None => {
                let guild = id(if name == "GUILD_UPDATE" { "id" } else { "guild_id" });
                guild.is_none_or(|guild| self.is_member(guild, user))
            }
        }
    }
}

/// The first messages, up to a limit, and whether there are more.
fn first<'m>(messages: impl Iterator<Item = &'m Message>, limit: usize) -> (Vec<&'m Message>, bool) {
    let mut first: Vec<&Message> = messages.take(limit.saturating_add(1)).collect();
    let has_more = first.len() > limit;
    first.truncate(limit);
    (first, has_more)
}
