use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::macros::deref;
use crate::id::{GuildId, RoleId, UserId};
use crate::json::{self, Read, Reader, object};
use crate::model::{
    AvatarDecorationData, Collectibles, List, Member, MemberFlags, Presence, Timestamp, User, extra_field,
};

/// A user joined a guild: [GUILD_MEMBER_ADD](https://docs.discord.com/developers/events/gateway-events#guild-member-add).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GuildMemberAdd {
    /// The guild.
    pub guild_id: GuildId,
    /// The new member.
    pub member: Member,
}

deref!(GuildMemberAdd => member: Member);

impl Read for GuildMemberAdd {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        let (member, guild_id) = extra_field::read(reader, "guild_id")?;
        Ok(GuildMemberAdd { guild_id, member })
    }
}

impl<'de> Deserialize<'de> for GuildMemberAdd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

impl Serialize for GuildMemberAdd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        extra_field::write(serializer, &self.member, "guild_id", Some(&self.guild_id))
    }
}

/// A user left a guild, or was kicked or banned: [GUILD_MEMBER_REMOVE](https://docs.discord.com/developers/events/gateway-events#guild-member-remove).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildMemberRemove {
    /// The guild.
    pub guild_id: GuildId,
    /// The former member.
    pub user: User,
}

object! { GuildMemberRemove {
    guild_id, user: required,
} }

/// A guild member was changed: [GUILD_MEMBER_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-member-update).
///
/// Without the `GUILD_MEMBERS` intent Discord sends it only for the bot itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildMemberUpdate {
    /// The guild.
    pub guild_id: GuildId,
    /// The member's user.
    pub user: User,
    /// The nickname in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nick: Option<String>,
    /// The hash of the avatar in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The hash of the banner in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// The member's roles.
    pub roles: List<RoleId>,
    /// When the member joined; `None` for guests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// Since when the member boosts the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_since: Option<Timestamp>,
    /// Whether the member is deafened in voice channels; `None` when Discord did not send it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deaf: Option<bool>,
    /// Whether the member is muted in voice channels; `None` when Discord did not send it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mute: Option<bool>,
    /// The member's flags; `None` when Discord did not send them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<MemberFlags>,
    /// Whether the member has not yet passed the guild's membership screening; `None` when Discord did not send it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<bool>,
    /// When the member's timeout ends; may be in the past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub communication_disabled_until: Option<Timestamp>,
    /// The decoration of the avatar in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_decoration_data: Option<Box<AvatarDecorationData>>,
    /// The collectibles that the member uses in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collectibles: Option<Box<Collectibles>>,
}

object! { GuildMemberUpdate {
    guild_id, user: required, nick, avatar, banner, roles, joined_at, premium_since, deaf, mute,
    flags, pending, communication_disabled_until, avatar_decoration_data, collectibles,
} }

/// A part of the requested members: [GUILD_MEMBERS_CHUNK](https://docs.discord.com/developers/events/gateway-events#guild-members-chunk).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildMembersChunk {
    /// The guild.
    pub guild_id: GuildId,
    /// The members in this chunk, at most 1,000.
    pub members: List<Member>,
    /// The index of this chunk, from 0.
    pub chunk_index: u32,
    /// The number of chunks.
    pub chunk_count: u32,
    /// The requested users who are not members.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub not_found: List<UserId>,
    /// The presences of the members, if they were requested.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub presences: List<Presence>,
    /// The nonce of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
}

object! { GuildMembersChunk {
    guild_id: required, members, chunk_index, chunk_count, not_found, presences, nonce,
} }
