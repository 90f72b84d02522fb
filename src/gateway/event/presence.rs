use serde::Serialize;

use super::wraps;
use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;
use crate::model::{Member, Presence, UnixSeconds, User};

wraps! {
    /// Somebody came, went, or does something else: [PRESENCE_UPDATE](https://docs.discord.com/developers/events/gateway-events#presence-update).
    PresenceUpdate(Presence);

    /// The bot's own user was changed: [USER_UPDATE](https://docs.discord.com/developers/events/gateway-events#user-update).
    UserUpdate(User);
}

/// Somebody began to type: [TYPING_START](https://docs.discord.com/developers/events/gateway-events#typing-start).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct TypingStart {
    /// Where.
    pub channel_id: ChannelId,
    /// In which guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Who.
    pub user_id: UserId,
    /// When.
    pub timestamp: UnixSeconds,
    /// Who, as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
}

object! { TypingStart {
    channel_id: required, guild_id, user_id: required, timestamp, member,
} }
