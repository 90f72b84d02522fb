use serde::{Deserialize, Serialize};

use super::wraps;
use crate::id::{ChannelId, GuildId, UserId};
use crate::model::{Member, Presence, UnixSeconds, User, lenient};

wraps! {
    /// Somebody came, went, or does something else: [PRESENCE_UPDATE](https://docs.discord.com/developers/events/gateway-events#presence-update).
    PresenceUpdate(Presence);

    /// The bot's own user was changed: [USER_UPDATE](https://docs.discord.com/developers/events/gateway-events#user-update).
    UserUpdate(User);
}

/// Somebody began to type: [TYPING_START](https://docs.discord.com/developers/events/gateway-events#typing-start).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TypingStart {
    /// Where.
    pub channel_id: ChannelId,
    /// In which guild.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Who.
    pub user_id: UserId,
    /// When.
    #[serde(default)]
    pub timestamp: UnixSeconds,
    /// Who, as a member of the guild.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional")]
    pub member: Option<Box<Member>>,
}
