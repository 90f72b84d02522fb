//! What members do in a guild besides talking, and how Discord takes it.

use std::time::Duration;

use serde_json::{Value, json};

use super::channel::Channel;
use super::member::{Member, uploads};
use crate::id::{ChannelId, GuildId, MessageId};
use crate::sim::error::SimError;
use crate::sim::types::channel_type::PUBLIC_THREAD;
use crate::sim::types::reference_type::FORWARD;
use crate::sim::world::RestRequest;

impl Member {
    /// Posts a message, if Discord takes it.
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when the member may not speak there, or the text is empty or too long.
    pub fn try_says(&self, channel: &Channel, text: &str) -> Result<MessageId, SimError> {
        self.try_posts_with_files(channel, &json!({"content": text}), &[])
    }

    /// Posts a message with files, if Discord takes it.
    pub(in crate::sim) fn try_posts_with_files(
        &self,
        channel: &Channel,
        body: &Value,
        files: &[(&str, &[u8])],
    ) -> Result<MessageId, SimError> {
        let files = uploads(files);
        let posted =
            self.try_act(|state, now| state.world.post_files(now, self.id(), channel.id(), body, &files))?;
        Ok(posted["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(MessageId::new(0)))
    }

    /// Edits the text of a message, if Discord takes it.
    ///
    /// ```
    /// use syncord::sim::{Discord, SimError};
    ///
    /// # fn main() -> syncord::Result {
    /// let discord = Discord::start()?;
    /// let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    /// let hello = ann.says(&general, "hello");
    /// let refused = bob.try_edits(hello, "good bye").unwrap_err();
    /// assert!(matches!(refused, SimError::Rejected { status: 403, code: 50005, .. }));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when it is the message of someone else or does not exist, or the text is empty or too long.
    pub fn try_edits(&self, message: impl Into<MessageId>, text: &str) -> Result<(), SimError> {
        let (message, body) = (message.into(), json!({"content": text}));
        self.try_act(|state, now| state.world.edit(now, self.id(), message, &body)).map(drop)
    }

    /// Deletes a message, if Discord allows it.
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when the member may not delete it, or it does not exist.
    pub fn try_deletes(&self, message: impl Into<MessageId>) -> Result<(), SimError> {
        let message = message.into();
        self.try_act(|state, now| state.world.delete(now, self.id(), message)).map(drop)
    }

    /// Reacts with a Unicode emoji, or with `name:id`, if Discord allows it.
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when the member may not react there, or the message or the emoji does not exist.
    pub fn try_reacts(
        &self,
        channel: &Channel,
        message: impl Into<MessageId>,
        emoji: &str,
    ) -> Result<(), SimError> {
        let (channel, message) = (channel.id(), message.into());
        self.try_act(|state, now| state.world.react(now, self.id(), channel, message, emoji)).map(drop)
    }

    /// Removes the member's own reaction, if Discord allows it.
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when the member does not see the channel, or the message or the emoji does not exist.
    pub fn try_removes_reaction(
        &self,
        channel: &Channel,
        message: impl Into<MessageId>,
        emoji: &str,
    ) -> Result<(), SimError> {
        let (channel, message) = (channel.id(), message.into());
        self.try_act(|state, now| state.world.remove_reaction(now, self.id(), channel, message, emoji))
            .map(drop)
    }

    /// Joins a voice channel, if Discord allows it.
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when the member may not connect, or it is no voice channel.
    pub fn try_joins_voice(&self, channel: ChannelId) -> Result<(), SimError> {
        self.try_act(|state, _| state.world.join_voice(self.id(), channel)).map(drop)
    }

    /// Sets whether this person has a verified phone number, which the highest verification level of a guild asks for. From the
    /// start, they have none.
    pub fn verifies_phone(&self, has_phone: bool) {
        self.hub.change(|state, _| state.world.set_phone(self.id(), has_phone));
    }

    /// Sends any request of REST, as the member's own client does. Permissions are checked. Returns the response.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (zoe, general) = (discord.member("zoe"), discord.channel("general"));
    /// discord.set_owner(&zoe);
    /// zoe.requests("PATCH", &format!("channels/{}", general.id()), serde_json::json!({"topic": "Tides"}))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when Discord does not take it.
    pub fn requests(&self, method: &str, path: &str, body: Value) -> Result<Value, SimError> {
        let path: Vec<&str> = path.trim_matches('/').split('/').collect();
        self.try_act(|state, now| state.world.handle(&RestRequest::by(now, self.id(), method, &path, body)))
    }

    /// Forwards a message into a channel.
    ///
    /// # Errors
    ///
    /// As [`requests`](Member::requests).
    pub fn forwards(
        &self,
        from: &Channel,
        message: impl Into<MessageId>,
        to: &Channel,
    ) -> Result<MessageId, SimError> {
        let reference = json!({"type": FORWARD, "message_id": message.into(), "channel_id": from.id()});
        let body = json!({"message_reference": reference});
        let posted = self.requests("POST", &format!("channels/{}/messages", to.id()), body)?;
        Ok(posted["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(MessageId::new(0)))
    }

    /// Votes in a poll: the numbers of the answers, which begin with 1. They replace the member's earlier votes.
    ///
    /// # Errors
    ///
    /// [`SimError::NotPossible`] when the message has no poll that is open, an answer does not exist, or there are several
    /// and the poll allows one.
    pub fn votes(&self, message: impl Into<MessageId>, answers: &[u64]) -> Result<(), SimError> {
        let message = message.into();
        let voted = self.hub.change(|state, now| {
            let events = state.world.vote(self.id(), message, answers)?;
            state.dispatch(now, events);
            Ok(())
        });
        voted.map_err(|why| SimError::not_possible(self.name(), why))
    }

    /// Pins a message.
    ///
    /// # Errors
    ///
    /// As [`requests`](Member::requests).
    pub fn pins(&self, channel: &Channel, message: impl Into<MessageId>) -> Result<(), SimError> {
        let path = format!("channels/{}/messages/pins/{}", channel.id(), message.into());
        self.requests("PUT", &path, Value::Null).map(drop)
    }

    /// Starts a public thread without a message.
    ///
    /// # Errors
    ///
    /// As [`requests`](Member::requests).
    pub fn starts_thread(&self, channel: &Channel, name: &str) -> Result<Channel, SimError> {
        let body = json!({"name": name, "type": PUBLIC_THREAD});
        let thread = self.requests("POST", &format!("channels/{}/threads", channel.id()), body)?;
        let id = thread["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(ChannelId::new(0));
        Ok(Channel::new(self.hub.clone(), id, name, self.timeout))
    }

    /// Changes the member's own nickname. `None` removes it.
    ///
    /// # Errors
    ///
    /// As [`requests`](Member::requests).
    pub fn changes_nick(&self, guild: GuildId, nick: Option<&str>) -> Result<(), SimError> {
        self.requests("PATCH", &format!("guilds/{guild}/members/@me"), json!({"nick": nick})).map(drop)
    }

    /// Removes another member from a guild.
    ///
    /// # Errors
    ///
    /// As [`requests`](Member::requests).
    pub fn kicks(&self, guild: GuildId, other: &Member) -> Result<(), SimError> {
        self.requests("DELETE", &format!("guilds/{guild}/members/{}", other.id()), Value::Null).map(drop)
    }

    /// Bans another member from a guild.
    ///
    /// # Errors
    ///
    /// As [`requests`](Member::requests).
    pub fn bans(&self, guild: GuildId, other: &Member) -> Result<(), SimError> {
        self.requests("PUT", &format!("guilds/{guild}/bans/{}", other.id()), json!({})).map(drop)
    }

    /// Gives another member a timeout. It ends when [the clock](crate::sim::Discord::advance) has passed it.
    ///
    /// # Errors
    ///
    /// As [`requests`](Member::requests).
    pub fn times_out(&self, guild: GuildId, other: &Member, duration: Duration) -> Result<(), SimError> {
        let until = self.hub.read(|state| crate::sim::world::World::timestamp(state.clock.time() + duration));
        let body = json!({"communication_disabled_until": until});
        self.requests("PATCH", &format!("guilds/{guild}/members/{}", other.id()), body).map(drop)
    }

    /// Leaves a guild.
    pub fn leaves(&self, guild: GuildId) {
        self.hub.change(|state, now| {
            let events = state.world.leave(self.id(), guild);
            state.dispatch(now, events);
        });
    }

    /// Sets whether direct messages of bots to this person fail. From the start, they do not.
    pub fn refuses_direct_messages(&self, refuses: bool) {
        self.hub.change(|state, _| state.world.refuse_direct_messages(self.id(), refuses));
    }

    /// Changes the status: `online`, `idle`, `dnd` or `offline`. From the start, people are offline.
    pub fn changes_status(&self, status: &str) {
        self.hub.change(|state, now| {
            let events = state.world.change_status(self.id(), status);
            state.dispatch(now, events);
        });
    }

    /// Chooses the language of the member's client, which interactions have. From the start, it is `en-US`.
    pub fn chooses_locale(&self, locale: &str) {
        self.hub.change(|state, _| state.world.choose_locale(self.id(), locale));
    }
}
