use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{ChannelId, GuildId};
use crate::json::{self, Read, Reader, object};
use crate::model::{ChannelType, Member, User, extra_field};

/// A user whom a message mentions.
///
/// It reads as the [`User`] that it is; in events the [member](https://docs.discord.com/developers/events/gateway-events#message-create) comes along.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UserMention {
    /// The user.
    pub user: User,
    /// The user as a member of the guild, without the user; only in events.
    pub member: Option<Box<Member>>,
}

impl UserMention {
    /// The name to call it by: of the guild, else the shown one, else the unique one.
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
    /// Its id.
    pub id: ChannelId,
    /// Its guild.
    pub guild_id: GuildId,
    /// What kind of channel it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: ChannelType,
    /// Its name.
    pub name: String,
}

object! { ChannelMention {
    id: required, guild_id: required, kind = "type": required, name,
} }
