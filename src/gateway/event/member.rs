use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::deref;
use crate::id::{GuildId, RoleId, UserId};
use crate::json::{self, Read, Reader, object};
use crate::model::{
    AvatarDecorationData, Collectibles, List, Member, MemberFlags, Presence, Timestamp, User, extra_field,
};

/// Somebody joined a guild: [GUILD_MEMBER_ADD](https://docs.discord.com/developers/events/gateway-events#guild-member-add).
#[derive(Clone, Debug)]
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
        let guild_id = guild_id.ok_or_else(|| json::Error::new("`guild_id` is missing"))?;
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

/// Somebody left a guild, or was made to: [GUILD_MEMBER_REMOVE](https://docs.discord.com/developers/events/gateway-events#guild-member-remove).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct GuildMemberRemove {
    /// The guild.
    pub guild_id: GuildId,
    /// Who.
    pub user: User,
}

object! { GuildMemberRemove {
    guild_id: required, user: required,
} }

/// A member of a guild was changed: [GUILD_MEMBER_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-member-update).
///
/// Without the `GUILD_MEMBERS` intent it comes only for the bot itself.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct GuildMemberUpdate {
    /// The guild.
    pub guild_id: GuildId,
    /// Who.
    pub user: User,
    /// The name it goes by in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nick: Option<String>,
    /// The hash of its avatar in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The hash of its banner in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    /// Its roles.
    pub roles: List<RoleId>,
    /// When it joined; `None` for guests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
    /// Since when it boosts the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub premium_since: Option<Timestamp>,
    /// Whether it is deafened in voice channels; `None` where Discord did not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deaf: Option<bool>,
    /// Whether it is muted in voice channels; `None` where Discord did not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mute: Option<bool>,
    /// Flags; `None` where Discord did not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<MemberFlags>,
    /// Whether it has not passed the guild's screening yet; `None` where Discord did not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<bool>,
    /// Until when it is timed out; may lie in the past.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub communication_disabled_until: Option<Timestamp>,
    /// What stands around its avatar in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_decoration_data: Option<Box<AvatarDecorationData>>,
    /// What else it collected and wears in this guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collectibles: Option<Box<Collectibles>>,
}

object! { GuildMemberUpdate {
    guild_id: required, user: required, nick, avatar, banner, roles, joined_at, premium_since, deaf, mute,
    flags, pending, communication_disabled_until, avatar_decoration_data, collectibles,
} }

/// A part of the members that were asked for: [GUILD_MEMBERS_CHUNK](https://docs.discord.com/developers/events/gateway-events#guild-members-chunk).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct GuildMembersChunk {
    /// The guild.
    pub guild_id: GuildId,
    /// Some of the members, 1,000 at most.
    pub members: List<Member>,
    /// Which part this is, from 0.
    pub chunk_index: u32,
    /// How many parts there are.
    pub chunk_count: u32,
    /// Those asked for who are no members.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub not_found: List<UserId>,
    /// What they are doing, where that was asked for.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub presences: List<Presence>,
    /// What the request was given to know its answers by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
}

object! { GuildMembersChunk {
    guild_id: required, members, chunk_index, chunk_count, not_found, presences, nonce,
} }
