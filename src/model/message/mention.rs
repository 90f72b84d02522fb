use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{ChannelId, GuildId};
use crate::json::{self, Read, Reader, object};
use crate::model::{ChannelType, PartialMember, User, extra_field};

/// A user that a message mentions. It dereferences to [`User`].
///
/// In events, Discord includes the [member](https://docs.discord.com/developers/events/gateway-events#message-create).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UserMention {
    /// The user.
    pub user: User,
    /// The user as a member of the guild; only in events.
    pub member: Option<Box<PartialMember>>,
}

impl UserMention {
    /// Returns the nickname in the guild, the display name or the username, in this order.
    pub fn display_name(&self) -> &str {
        let nick = self.member.as_ref().and_then(|member| member.nick.as_deref());
        nick.unwrap_or_else(|| self.user.display_name())
    }
}

impl Deref for UserMention {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

impl Read for UserMention {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        let (user, member) = extra_field::read(reader, "member")?;
        Ok(UserMention { user, member })
    }
}

impl<'de> Deserialize<'de> for UserMention {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

impl Serialize for UserMention {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        extra_field::write(serializer, &self.user, "member", self.member.as_ref())
    }
}

/// A [channel of another guild](https://docs.discord.com/developers/resources/message#channel-mention-object) that a message mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChannelMention {
    /// The channel ID.
    pub id: ChannelId,
    /// The ID of the channel's guild.
    pub guild_id: GuildId,
    /// The type of channel; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: ChannelType,
    /// The channel name.
    pub name: String,
}

object! { ChannelMention {
    id: required, guild_id, kind = "type", name,
} }
