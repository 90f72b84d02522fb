use std::cmp::Ordering;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::SystemTime;

use super::{PermissionCalculator, Permissions};
use crate::id::GuildId;
use crate::model::{Channel, Guild, Member, Role};

/// A member of a guild with the roles of the guild: what the member may do there, and to which other members.
///
/// [`Context::member_in`](crate::Context::member_in) returns it. It dereferences to the [`Member`].
///
/// ```
/// use syncord::model::permissions::GuildMember;
///
/// fn refusal(moderator: &GuildMember, bot: &GuildMember, target: &GuildMember) -> Option<&'static str> {
///     if !moderator.can_ban(target) {
///         return Some("You cannot ban this member.");
///     }
///     (!bot.can_ban(target)).then_some("My role is too low to ban this member.")
/// }
/// ```
///
/// The rules are those of the [permission hierarchy](https://docs.discord.com/developers/topics/permissions#permission-hierarchy).
#[derive(Clone, PartialEq)]
pub struct GuildMember {
    guild: Arc<Guild>,
    member: Member,
    now: SystemTime,
}

impl GuildMember {
    /// Creates it from a guild with roles, a member of it, and the present time, on which timeouts depend.
    pub fn new(guild: Arc<Guild>, member: Member, now: SystemTime) -> GuildMember {
        GuildMember { guild, member, now }
    }

    /// Returns the guild.
    pub fn guild_id(&self) -> GuildId {
        self.guild.id
    }

    /// Whether the member owns the guild.
    pub fn is_owner(&self) -> bool {
        self.guild.owner_id == Some(self.member.user.id)
    }

    /// Returns the permissions in the guild, without the overwrites of channels.
    pub fn permissions(&self) -> Permissions {
        self.calculator().in_guild()
    }

    /// Returns the permissions in a channel that is not a thread. For threads there is
    /// [`Context::permissions_of`](crate::Context::permissions_of).
    pub fn permissions_in(&self, channel: &Channel) -> Permissions {
        self.calculator().in_channel(channel)
    }

    /// Returns the calculator of the member's permissions.
    pub fn calculator(&self) -> PermissionCalculator<'_> {
        PermissionCalculator::new(&self.guild, self.member.user.id, &self.member, self.now)
    }

    /// Returns the highest role; `None` if the member has no role but `@everyone`.
    #[doc(alias = "top role")]
    #[doc(alias = "hierarchy")]
    pub fn highest_role(&self) -> Option<&Role> {
        let own = self.guild.roles.iter().filter(|role| self.member.roles.contains(&role.id));
        own.max_by(|one, other| one.cmp_position(other))
    }

    /// Whether the member stands above another one of the same guild: owns the guild, or has a higher highest role. False for
    /// the member itself.
    ///
    /// Which permission an action needs is another question: see [`can_ban`](GuildMember::can_ban) and the others.
    #[doc(alias = "hierarchy")]
    pub fn can_act_on(&self, other: &GuildMember) -> bool {
        if self.guild.id != other.guild.id || self.member.user.id == other.member.user.id || other.is_owner()
        {
            return false;
        }
        self.is_owner() || cmp(self.highest_role(), other.highest_role()) == Ordering::Greater
    }

    /// Whether the member may ban another one: has the permission `BAN_MEMBERS` and stands above.
    pub fn can_ban(&self, other: &GuildMember) -> bool {
        self.permissions().contains(Permissions::BAN_MEMBERS) && self.can_act_on(other)
    }

    /// Whether the member may kick another one: has the permission `KICK_MEMBERS` and stands above.
    pub fn can_kick(&self, other: &GuildMember) -> bool {
        self.permissions().contains(Permissions::KICK_MEMBERS) && self.can_act_on(other)
    }

    /// Whether the member may time another one out: has the permission `MODERATE_MEMBERS` and stands above. No member can time
    /// out an administrator.
    #[doc(alias = "mute")]
    pub fn can_time_out(&self, other: &GuildMember) -> bool {
        self.permissions().contains(Permissions::MODERATE_MEMBERS)
            && !other.permissions().is_administrator()
            && self.can_act_on(other)
    }

    /// Whether the member may change the nickname of another one: has the permission `MANAGE_NICKNAMES` and stands above.
    pub fn can_change_nick(&self, other: &GuildMember) -> bool {
        self.permissions().contains(Permissions::MANAGE_NICKNAMES) && self.can_act_on(other)
    }

    /// Whether the member may give a role to others and take it away: has the permission `MANAGE_ROLES`, and the role is lower
    /// than the member's highest one. No member gives `@everyone`, or a role that belongs to a bot or an integration.
    pub fn can_assign(&self, role: &Role) -> bool {
        let is_free = !role.managed && role.id.get() != self.guild.id.get();
        is_free
            && self.permissions().contains(Permissions::MANAGE_ROLES)
            && (self.is_owner() || cmp(self.highest_role(), Some(role)) == Ordering::Greater)
    }

    /// Returns the member.
    pub fn into_member(self) -> Member {
        self.member
    }
}

/// Compares the positions of roles. None is the lowest.
fn cmp(one: Option<&Role>, other: Option<&Role>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.cmp_position(other),
        (one, other) => one.is_some().cmp(&other.is_some()),
    }
}

impl Deref for GuildMember {
    type Target = Member;

    fn deref(&self) -> &Member {
        &self.member
    }
}

impl fmt::Debug for GuildMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuildMember")
            .field("guild_id", &self.guild.id)
            .field("member", &self.member)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "guild_member_tests.rs"]
mod tests;
