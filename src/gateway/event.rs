//! Dispatch events as types: what `bot.on(|cx, event: &MessageCreate| …)` goes by.
//!
//! A type is named as the event is on the wire, in CamelCase. See
//! [gateway events](https://docs.discord.com/developers/events/gateway-events#receive-events).

use std::ops::Deref;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::gateway::intents::{Intents, event_const};
use crate::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use crate::model::{Application, Emoji, Guild, Member, Message, Raw, UnavailableGuild, User, lenient};

/// A dispatch event that can be listened to.
///
/// An event that this version has no type for can be given one: a struct with `Deserialize`, and its name.
/// That compiles only for events that Discord documents, because their intents are looked up by name;
/// give `INTENTS` too for others.
pub trait Event: DeserializeOwned + 'static {
    /// Its name on the wire.
    const NAME: &'static str;

    /// What has to be asked for so that it comes, and is complete.
    const INTENTS: Intents = event_const(Self::NAME).needed();

    /// Reads the value at the beginning of `data`; what follows it is ignored.
    #[doc(hidden)]
    fn decode(data: &str) -> Result<Self, serde_json::Error> {
        lenient::decode(data)
    }
}

/// The session has begun: [READY](https://docs.discord.com/developers/events/gateway-events#ready).
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Ready {
    /// The version of the gateway.
    #[serde(default)]
    pub v: u32,
    /// The bot itself.
    pub user: User,
    /// The guilds the bot is in; each comes in a [`GuildCreate`] of its own.
    #[serde(default, deserialize_with = "lenient::list")]
    pub guilds: Vec<UnavailableGuild>,
    /// What Discord calls the session.
    pub session_id: String,
    /// Where to resume it.
    #[serde(default)]
    pub resume_gateway_url: String,
    /// The shard's number and how many there are.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub shard: Option<[u32; 2]>,
    /// The bot's application: id and flags.
    pub application: Application,
}

impl Event for Ready {
    const NAME: &'static str = "READY";
}

/// A session went on after a new connection: [RESUMED](https://docs.discord.com/developers/events/gateway-events#resumed).
#[derive(Clone, Debug, Default, Deserialize)]
#[non_exhaustive]
pub struct Resumed {}

impl Event for Resumed {
    const NAME: &'static str = "RESUMED";
}

/// A message was sent: [MESSAGE_CREATE](https://docs.discord.com/developers/events/gateway-events#message-create).
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MessageCreate(pub Message);

impl Event for MessageCreate {
    const NAME: &'static str = "MESSAGE_CREATE";
    const INTENTS: Intents = event_const(Self::NAME).needed().union(Intents::MESSAGE_CONTENT);
}

impl Deref for MessageCreate {
    type Target = Message;

    fn deref(&self) -> &Message {
        &self.0
    }
}

/// A message was changed: [MESSAGE_UPDATE](https://docs.discord.com/developers/events/gateway-events#message-update).
///
/// It holds the whole message as it is now; Discord also sends it when a link's preview is added.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MessageUpdate(pub Message);

impl Event for MessageUpdate {
    const NAME: &'static str = "MESSAGE_UPDATE";
    const INTENTS: Intents = event_const(Self::NAME).needed().union(Intents::MESSAGE_CONTENT);
}

impl Deref for MessageUpdate {
    type Target = Message;

    fn deref(&self) -> &Message {
        &self.0
    }
}

/// A message was deleted: [MESSAGE_DELETE](https://docs.discord.com/developers/events/gateway-events#message-delete).
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct MessageDelete {
    /// The message.
    pub id: MessageId,
    /// Its channel.
    pub channel_id: ChannelId,
    /// Its guild.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
}

impl Event for MessageDelete {
    const NAME: &'static str = "MESSAGE_DELETE";
}

/// Somebody reacted: [MESSAGE_REACTION_ADD](https://docs.discord.com/developers/events/gateway-events#message-reaction-add).
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct MessageReactionAdd {
    /// Who reacted.
    pub user_id: UserId,
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
    /// Who reacted, as a member of the guild.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub member: Option<Member>,
    /// With what.
    pub emoji: Emoji,
    /// Who wrote the message.
    #[serde(default)]
    pub message_author_id: Option<UserId>,
    /// Whether it is a super reaction.
    #[serde(default)]
    pub burst: bool,
}

impl Event for MessageReactionAdd {
    const NAME: &'static str = "MESSAGE_REACTION_ADD";
}

/// A reaction was taken back: [MESSAGE_REACTION_REMOVE](https://docs.discord.com/developers/events/gateway-events#message-reaction-remove).
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct MessageReactionRemove {
    /// Whose reaction it was.
    pub user_id: UserId,
    /// The message's channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
    /// The message's guild.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
    /// What it was.
    pub emoji: Emoji,
    /// Whether it was a super reaction.
    #[serde(default)]
    pub burst: bool,
}

impl Event for MessageReactionRemove {
    const NAME: &'static str = "MESSAGE_REACTION_REMOVE";
}

/// A guild became known: [GUILD_CREATE](https://docs.discord.com/developers/events/gateway-events#guild-create).
///
/// It comes after [`Ready`] for each guild, when the bot joins one, and when an outage ends.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct GuildCreate(pub Guild);

impl Event for GuildCreate {
    const NAME: &'static str = "GUILD_CREATE";
}

impl Deref for GuildCreate {
    type Target = Guild;

    fn deref(&self) -> &Guild {
        &self.0
    }
}

/// A guild is gone: [GUILD_DELETE](https://docs.discord.com/developers/events/gateway-events#guild-delete).
///
/// Where it is `unavailable` that is an outage; otherwise the bot was removed from it.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct GuildDelete(pub UnavailableGuild);

impl Event for GuildDelete {
    const NAME: &'static str = "GUILD_DELETE";
}

impl Deref for GuildDelete {
    type Target = UnavailableGuild;

    fn deref(&self) -> &UnavailableGuild {
        &self.0
    }
}

/// Somebody joined a guild: [GUILD_MEMBER_ADD](https://docs.discord.com/developers/events/gateway-events#guild-member-add).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GuildMemberAdd {
    /// The guild.
    pub guild_id: GuildId,
    /// The new member.
    pub member: Member,
}

impl<'de> Deserialize<'de> for GuildMemberAdd {
    /// On the wire the guild's id stands among the member's fields.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Where {
            guild_id: GuildId,
        }

        let whole = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        let Where { guild_id } = serde_json::from_str(whole.get()).map_err(serde::de::Error::custom)?;
        let member = serde_json::from_str(whole.get()).map_err(serde::de::Error::custom)?;
        Ok(GuildMemberAdd { guild_id, member })
    }
}

impl Event for GuildMemberAdd {
    const NAME: &'static str = "GUILD_MEMBER_ADD";
}

/// Somebody began to type: [TYPING_START](https://docs.discord.com/developers/events/gateway-events#typing-start).
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct TypingStart {
    /// Where.
    pub channel_id: ChannelId,
    /// In which guild.
    #[serde(default)]
    pub guild_id: Option<GuildId>,
    /// Who.
    pub user_id: UserId,
    /// When, in Unix seconds.
    #[serde(default)]
    pub timestamp: u64,
    /// Who, as a member of the guild.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub member: Option<Member>,
}

impl Event for TypingStart {
    const NAME: &'static str = "TYPING_START";
}

/// Somebody used a command, a component or a modal: [INTERACTION_CREATE](https://docs.discord.com/developers/events/gateway-events#interaction-create).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct InteractionCreate {
    /// Its id.
    pub id: InteractionId,
    /// The whole [interaction](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object).
    pub raw: Raw,
}

impl<'de> Deserialize<'de> for InteractionCreate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Id {
            id: InteractionId,
        }

        let raw = Raw::deserialize(deserializer)?;
        let Id { id } = raw.parse().map_err(serde::de::Error::custom)?;
        Ok(InteractionCreate { id, raw })
    }
}

impl Event for InteractionCreate {
    const NAME: &'static str = "INTERACTION_CREATE";
}
