//! A member of a guild.

use super::PackedUser;
use super::time::{Time, is_same};
use super::user::boxed;
use crate::cache::size;
use crate::id::{GuildId, RoleId, UserId};
use crate::model::guild::MemberFlags;
use crate::model::{AvatarDecorationData, Collectibles, Member, PartialMember};

/// A member of a guild, without the user. It has no `permissions`, which Discord sends only with interactions.
#[derive(Debug)]
pub(in crate::cache) struct PackedMember {
    pub(in crate::cache) guild_id: GuildId,
    pub(in crate::cache) user_id: UserId,
    pub(in crate::cache) nick: Option<Box<str>>,
    pub(in crate::cache) roles: Box<[RoleId]>,
    joined_at: Option<Time>,
    flags: MemberFlags,
    deaf: bool,
    mute: bool,
    pending: bool,
    rest: Option<Box<Rest>>,
}

/// What few members have.
#[derive(Debug)]
struct Rest {
    avatar: Option<Box<str>>,
    banner: Option<Box<str>>,
    premium_since: Option<Time>,
    communication_disabled_until: Option<Time>,
    avatar_decoration_data: Option<Box<AvatarDecorationData>>,
    collectibles: Option<Box<Collectibles>>,
}

impl PackedMember {
    pub(in crate::cache) fn pack(guild_id: GuildId, user_id: UserId, member: &PartialMember) -> PackedMember {
        PackedMember {
            guild_id,
            user_id,
            nick: boxed(member.nick.as_ref()),
            roles: (*member.roles).into(),
            joined_at: member.joined_at.as_ref().map(Time::pack),
            flags: member.flags,
            deaf: member.deaf,
            mute: member.mute,
            pending: member.pending,
            rest: has_rest(member).then(|| Box::new(Rest::pack(member))),
        }
    }

    pub(in crate::cache) fn unpack(&self) -> PartialMember {
        let rest = self.rest.as_deref();
        PartialMember {
            nick: self.nick.as_deref().map(str::to_owned),
            avatar: rest.and_then(|rest| rest.avatar.as_deref().map(str::to_owned)),
            banner: rest.and_then(|rest| rest.banner.as_deref().map(str::to_owned)),
            roles: self.roles.to_vec().into(),
            joined_at: self.joined_at.as_ref().map(Time::unpack),
            premium_since: rest.and_then(|rest| rest.premium_since.as_ref().map(Time::unpack)),
            deaf: self.deaf,
            mute: self.mute,
            flags: self.flags,
            pending: self.pending,
            permissions: None,
            communication_disabled_until: rest
                .and_then(|rest| rest.communication_disabled_until.as_ref().map(Time::unpack)),
            avatar_decoration_data: rest.and_then(|rest| rest.avatar_decoration_data.clone()),
            collectibles: rest.and_then(|rest| rest.collectibles.clone()),
        }
    }

    /// The member with the user.
    pub(in crate::cache) fn unpack_with(&self, user: &PackedUser) -> Member {
        Member { user: user.unpack(), partial: self.unpack() }
    }

    /// Whether it has the same fields.
    pub(in crate::cache) fn is(&self, member: &PartialMember) -> bool {
        self.nick.as_deref() == member.nick.as_deref()
            && *self.roles == *member.roles
            && is_same(self.joined_at.as_ref(), member.joined_at.as_ref())
            && self.flags == member.flags
            && (self.deaf, self.mute, self.pending) == (member.deaf, member.mute, member.pending)
            && match &self.rest {
                None => !has_rest(member),
                Some(rest) => rest.is(member),
            }
    }

    pub(in crate::cache) fn bytes(&self) -> usize {
        let rest = self.rest.as_deref();
        size::shared::<Self>()
            + size::text(self.nick.as_deref())
            + size::list(&self.roles)
            + size::boxed(rest)
            + rest.map_or(0, Rest::bytes)
    }
}

impl Rest {
    fn pack(member: &PartialMember) -> Rest {
        Rest {
            avatar: boxed(member.avatar.as_ref()),
            banner: boxed(member.banner.as_ref()),
            premium_since: member.premium_since.as_ref().map(Time::pack),
            communication_disabled_until: member.communication_disabled_until.as_ref().map(Time::pack),
            avatar_decoration_data: member.avatar_decoration_data.clone(),
            collectibles: member.collectibles.clone(),
        }
    }

    fn is(&self, member: &PartialMember) -> bool {
        let until = member.communication_disabled_until.as_ref();
        self.avatar.as_deref() == member.avatar.as_deref()
            && self.banner.as_deref() == member.banner.as_deref()
            && is_same(self.premium_since.as_ref(), member.premium_since.as_ref())
            && is_same(self.communication_disabled_until.as_ref(), until)
            && self.avatar_decoration_data == member.avatar_decoration_data
            && self.collectibles == member.collectibles
    }

    fn bytes(&self) -> usize {
        size::text(self.avatar.as_deref())
            + size::text(self.banner.as_deref())
            + size::boxed(self.avatar_decoration_data.as_deref())
            + size::boxed(self.collectibles.as_deref())
            + size::owned(&self.avatar_decoration_data)
            + size::owned(&self.collectibles)
    }
}

fn has_rest(member: &PartialMember) -> bool {
    member.avatar.is_some()
        || member.banner.is_some()
        || member.premium_since.is_some()
        || member.communication_disabled_until.is_some()
        || member.avatar_decoration_data.is_some()
        || member.collectibles.is_some()
}
