//! What a handler can send over the gateway.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::context::Context;
use crate::bot::intents::undeclared;
use crate::error::{Error, Result};
use crate::gateway::send_event::{
    ChannelInfoField, MAX_SOUNDBOARD_GUILDS, RequestMembers, SendEvent, UpdatePresence, UpdateVoiceState,
};
use crate::gateway::shard_id::ShardId;
use crate::id::GuildId;

impl Context {
    /// Changes the presence of the bot, on all its shards.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if it is [too big](UpdatePresence::check), [`Error::Busy`] if thousands of send events are waiting,
    /// [`Error::Stopped`] if the bot is stopping, [`Error::Setup`] if it has no gateway connection.
    #[doc(alias = "status")]
    #[doc(alias = "activity")]
    pub fn set_presence(&self, presence: &UpdatePresence) -> Result<(), Error> {
        let event = SendEvent::update_presence(presence)?;
        self.check_gateway()?;
        self.shared().shards().iter().try_for_each(|shard| shard.sender.send(event.clone()))
    }

    /// Requests members of a guild. Discord sends them as [`GuildMembersChunk`](crate::events::GuildMembersChunk) events.
    ///
    /// A request for [all](RequestMembers::all) members waits until Discord's limit for that guild allows it.
    ///
    /// # Errors
    ///
    /// [`Error::Intents`] when it needs an intent that the bot does not ask for, [`Error::Invalid`] when Discord would refuse
    /// it, [`Error::Busy`] if thousands of send events are waiting, [`Error::Stopped`] if the bot is stopping, [`Error::Setup`] if
    /// it has no gateway connection.
    pub fn request_members(&self, request: &RequestMembers) -> Result<(), Error> {
        self.send_event(SendEvent::request_members(request)?)
    }

    /// Joins, moves between or leaves the voice channels of a guild.
    ///
    /// Discord answers with [`VoiceStateUpdate`](crate::events::VoiceStateUpdate) and
    /// [`VoiceServerUpdate`](crate::events::VoiceServerUpdate) events.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] if thousands of send events are waiting, [`Error::Stopped`] if the bot is stopping, [`Error::Setup`] if it
    /// has no gateway connection.
    pub fn update_voice_state(&self, state: &UpdateVoiceState) -> Result<(), Error> {
        self.send_event(SendEvent::update_voice_state(state)?)
    }

    /// Requests the soundboard sounds of guilds. Discord sends them as one
    /// [`SoundboardSounds`](crate::events::SoundboardSounds) event per guild.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] if thousands of send events are waiting, [`Error::Stopped`] if the bot is stopping, [`Error::Setup`] if it
    /// has no gateway connection.
    pub fn request_soundboard_sounds(
        &self,
        guilds: impl IntoIterator<Item: Borrow<GuildId>>,
    ) -> Result<(), Error> {
        let mut by_shard: BTreeMap<u32, Vec<GuildId>> = BTreeMap::new();
        for guild in guilds {
            let guild = *guild.borrow();
            by_shard.entry(ShardId::of_guild(guild, self.login().total).index).or_default().push(guild);
        }
        let mut requests = by_shard.values().flat_map(|guilds| guilds.chunks(MAX_SOUNDBOARD_GUILDS));
        requests.try_for_each(|guilds| self.send_event(SendEvent::request_soundboard_sounds(guilds)?))
    }

    /// Requests the status of a guild's voice channels, and since when they are in use. Discord sends them as a
    /// [`ChannelInfo`](crate::events::ChannelInfo) event.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] if thousands of send events are waiting, [`Error::Stopped`] if the bot is stopping, [`Error::Setup`] if it
    /// has no gateway connection.
    pub fn request_channel_info(&self, guild: GuildId) -> Result<(), Error> {
        self.send_event(SendEvent::request_channel_info(guild, &ChannelInfoField::ALL)?)
    }

    /// Sends an event to the gateway as soon as Discord's limits allow, over the shard of [its
    /// guild](SendEvent::guild_id). One without a guild is sent over the shard of the event being handled.
    ///
    /// [`set_presence`](Context::set_presence), [`request_members`](Context::request_members) and the other methods for one
    /// kind of event are easier to use. This one sends any [`SendEvent`].
    ///
    /// # Errors
    ///
    /// [`Error::Intents`] when it needs [intents](SendEvent::intents) that the bot does not ask for, [`Error::Busy`] if
    /// thousands of send events are waiting, [`Error::Stopped`] if the bot is stopping, [`Error::Setup`] if it has no gateway
    /// connection, or if another process runs the shard.
    pub fn send_event(&self, event: SendEvent) -> Result<(), Error> {
        let missing = event.intents().difference(self.login().intents);
        if !missing.is_empty() {
            return Err(undeclared(missing));
        }
        let of_guild = |guild| ShardId::of_guild(guild, self.login().total).index;
        let index = event.guild_id().map_or(self.shard().index, of_guild);
        self.check_gateway()?;
        if !self.login().shards.contains(&index) {
            return Err(Error::setup(format!(
                "the event has to be sent over shard {index}, which another process runs: send it from there"
            )));
        }
        match self.shared().shard(index) {
            Some(shard) => shard.sender.send(event),
            None => Err(Error::Stopped),
        }
    }

    /// Refuses what would need a gateway connection if the bot has none.
    fn check_gateway(&self) -> Result<(), Error> {
        if !self.login().shards.is_empty() {
            return Ok(());
        }
        Err(Error::setup(
            "the bot has no gateway connection, because all its interactions come over HTTP: set bot.presence(..), which makes it \
             connect to the gateway as well",
        ))
    }
}
