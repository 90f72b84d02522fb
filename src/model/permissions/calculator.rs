use std::time::SystemTime;

use super::Permissions;
use crate::id::{GuildId, RoleId, UserId};
use crate::model::{Channel, ChannelType, Guild, OverwriteType, PartialMember, Role};

/// Computes the permissions of a member in a guild, its channels and threads.
///
/// ```
/// use std::time::SystemTime;
/// use syncord::model::permissions::PermissionCalculator;
/// use syncord::model::{Guild, Permissions};
///
/// fn may_talk(guild: &Guild, now: SystemTime) -> Option<bool> {
///     let member = guild.members.first()?;
///     let permissions = PermissionCalculator::new(guild, member.user.id, member, now);
///     Some(permissions.in_channel(guild.channels.first()?).contains(Permissions::SEND_MESSAGES))
/// }
/// ```
///
/// It implements [Discord's rules](https://docs.discord.com/developers/topics/permissions#permission-overwrites),
/// including implicit permissions and timeouts.
#[derive(Clone, Copy, Debug)]
pub struct PermissionCalculator<'a> {
    /// The ID of the member.
    pub user_id: UserId,
    /// The ID of the guild. It is also the ID of the `@everyone` role.
    pub guild_id: GuildId,
    /// Whether the member owns the guild.
    pub is_owner: bool,
    /// Whether the member is timed out at this time.
    pub is_timed_out: bool,
    /// The IDs of the member's roles.
    pub roles: &'a [RoleId],
    /// All roles of the guild.
    pub guild_roles: &'a [Role],
}

impl<'a> PermissionCalculator<'a> {
    /// Creates a calculator for a member of a guild at a given time.
    pub fn new(guild: &'a Guild, user_id: UserId, member: &'a PartialMember, now: SystemTime) -> Self {
        PermissionCalculator {
            user_id,
            guild_id: guild.id,
            is_owner: guild.owner_id == Some(user_id),
            is_timed_out: member.is_timed_out(now),
            roles: &member.roles,
            guild_roles: &guild.roles,
        }
    }

    /// Returns the permissions in the guild, without channel overwrites.
    pub fn in_guild(&self) -> Permissions {
        self.apply_timeout(self.base())
    }

    /// Returns the permissions in a channel that is not a thread.
    pub fn in_channel(&self, channel: &Channel) -> Permissions {
        let explicit = self.with_overwrites(channel);
        self.apply_timeout(apply_implicit(explicit, channel.kind))
    }

    /// Returns the permissions in a thread. `parent` is the channel of the thread.
    ///
    /// A private thread is only visible to its members (`joined`) and to moderators with the `MANAGE_THREADS` permission.
    /// See [threads](https://docs.discord.com/developers/topics/permissions#inherited-permissions-threads).
    pub fn in_thread(&self, parent: &Channel, thread: &Channel, joined: bool) -> Permissions {
        let mut explicit = self.with_overwrites(parent);
        let is_open = thread.kind != ChannelType::PRIVATE_THREAD || joined;
        if !is_open && !explicit.contains(Permissions::MANAGE_THREADS) {
            return Permissions::empty();
        }
        explicit = if explicit.contains(Permissions::SEND_MESSAGES_IN_THREADS) {
            explicit | Permissions::SEND_MESSAGES
        } else {
            explicit - Permissions::SEND_MESSAGES
        };
        self.apply_timeout(apply_implicit(explicit, thread.kind))
    }

    /// The permissions of all roles together.
    fn base(&self) -> Permissions {
        if self.is_owner {
            return Permissions::all();
        }
        let roles = self.guild_roles.iter().filter(|role| self.has(role.id));
        let base = roles.fold(Permissions::empty(), |all, role| all | role.permissions);
        if base.is_administrator() { Permissions::all() | base } else { base }
    }

    /// The permissions after the channel's overwrites.
    fn with_overwrites(&self, channel: &Channel) -> Permissions {
        let base = self.base();
        if base.is_administrator() {
            return base;
        }
        let everyone_id = self.guild_id.get();
        let (mut everyone_overwrite, mut role_overwrites, mut member_overwrite) = Default::default();
        for overwrite in &channel.permission_overwrites {
            let (allow, deny) = match overwrite.kind {
                OverwriteType::ROLE if overwrite.id.get() == everyone_id => &mut everyone_overwrite,
                OverwriteType::ROLE if self.roles.contains(&overwrite.id.get().into()) => {
                    &mut role_overwrites
                }
                OverwriteType::MEMBER if overwrite.id.get() == self.user_id.get() => &mut member_overwrite,
                _ => continue,
            };
            *allow |= overwrite.allow;
            *deny |= overwrite.deny;
        }
        [everyone_overwrite, role_overwrites, member_overwrite]
            .into_iter()
            .fold(base, |permissions, (allow, deny): (Permissions, Permissions)| (permissions - deny) | allow)
    }

    /// Whether the member has a role. Every member has `@everyone`.
    fn has(&self, role: RoleId) -> bool {
        role.get() == self.guild_id.get() || self.roles.contains(&role)
    }

    /// Removes what a [timed out](https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members) member cannot do.
    fn apply_timeout(&self, permissions: Permissions) -> Permissions {
        const ALLOWED: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);
        if self.is_timed_out && !permissions.is_administrator() { permissions & ALLOWED } else { permissions }
    }
}

/// Removes permissions that have no effect without another permission: see
/// [implicit permissions](https://docs.discord.com/developers/topics/permissions#implicit-permissions).
fn apply_implicit(permissions: Permissions, kind: ChannelType) -> Permissions {
    const NEED_SEND_MESSAGES: Permissions = Permissions::MENTION_EVERYONE
        .union(Permissions::SEND_TTS_MESSAGES)
        .union(Permissions::ATTACH_FILES)
        .union(Permissions::EMBED_LINKS);
    if permissions.is_administrator() {
        return permissions;
    }
    if !permissions.contains(Permissions::VIEW_CHANNEL) {
        return Permissions::empty();
    }
    // The channel is still visible, but locked.
    if kind.is_voice() && !permissions.contains(Permissions::CONNECT) {
        return Permissions::VIEW_CHANNEL;
    }
    if permissions.contains(Permissions::SEND_MESSAGES) {
        permissions
    } else {
        permissions - NEED_SEND_MESSAGES
    }
}

#[cfg(test)]
#[path = "calculator_tests.rs"]
mod tests;
