use serde::Serialize;

use super::macros::wraps;
use crate::id::{ChannelId, GuildId, UserId};
use crate::json::object;
use crate::model::{Member, Presence, UnixSeconds, User};

wraps! {
    /// A user's status or activity was changed: [PRESENCE_UPDATE](https://docs.discord.com/developers/events/gateway-events#presence-update).
    PresenceUpdate(Presence);

    /// The bot's own user was changed: [USER_UPDATE](https://docs.discord.com/developers/events/gateway-events#user-update).
    UserUpdate(User);
}

/// A user started to type: [TYPING_START](https://docs.discord.com/developers/events/gateway-events#typing-start).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TypingStart {
    /// The channel.
    pub channel_id: ChannelId,
    /// The guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The user.
    pub user_id: UserId,
    /// When the user started to type.
    pub timestamp: UnixSeconds,
    /// The user as a member of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Box<Member>>,
}

object! { TypingStart {
    channel_id, guild_id, user_id: required, timestamp, member,
} }
