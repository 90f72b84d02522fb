use std::time::SystemTime;

use super::Permissions;
use crate::id::{GuildId, RoleId, UserId};
use crate::model::{Channel, ChannelType, Guild, Member, OverwriteType, Role};

/// How somebody stands in a guild, from which follows what they may do there.
///
/// ```
/// use std::time::SystemTime;
/// use syncord::model::permissions::PermissionCalculator;
/// use syncord::model::{Guild, Permissions};
///
/// fn may_talk(guild: &Guild, now: SystemTime) -> Option<bool> {
///     let member = guild.members.first()?;
///     let standing = PermissionCalculator::new(guild, member.user.as_ref()?.id, member, now);
///     Some(standing.in_channel(guild.channels.first()?).contains(Permissions::SEND_MESSAGES))
/// }
/// ```
///
/// It follows [Discord's rules](https://docs.discord.com/developers/topics/permissions#permission-overwrites),
/// the implicit ones and those on time-outs included.
#[derive(Clone, Copy, Debug)]
pub struct PermissionCalculator<'a> {
    /// Who.
    pub user_id: UserId,
    /// The guild; its id is also that of the role `@everyone`.
    pub guild_id: GuildId,
    /// Whether the guild is theirs.
    pub is_owner: bool,
    /// Whether they are timed out just now.
    pub is_timed_out: bool,
    /// The ids of their roles.
    pub roles: &'a [RoleId],
    /// All roles of the guild.
    pub guild_roles: &'a [Role],
}

impl<'a> PermissionCalculator<'a> {
    /// How a member of a guild stands in it at a moment.
    pub fn new(guild: &'a Guild, user_id: UserId, member: &'a Member, now: SystemTime) -> Self {
        PermissionCalculator {
            user_id,
            guild_id: guild.id,
            is_owner: guild.owner_id == Some(user_id),
            is_timed_out: member.is_timed_out(now),
            roles: &member.roles,
            guild_roles: &guild.roles,
        }
    }

    /// What they may do in the guild, where no channel says otherwise.
    pub fn in_guild(&self) -> Permissions {
        self.timed_out(self.base())
    }

    /// What they may do in a channel of the guild that is no thread.
    pub fn in_channel(&self, channel: &Channel) -> Permissions {
        let explicit = self.overwritten(channel);
        self.timed_out(implied(explicit, channel.kind))
    }

    /// What they may do in a thread of a channel.
    ///
    /// A private thread is open to its members, here those who `joined`, and to those who manage
    /// threads. See [threads](https://docs.discord.com/developers/topics/permissions#inherited-permissions-threads).
    pub fn in_thread(&self, parent: &Channel, thread: &Channel, joined: bool) -> Permissions {
        let mut explicit = self.overwritten(parent);
        let is_open = thread.kind != ChannelType::PRIVATE_THREAD || joined;
        if !is_open && !explicit.contains(Permissions::MANAGE_THREADS) {
            return Permissions::empty();
        }
        explicit = if explicit.contains(Permissions::SEND_MESSAGES_IN_THREADS) {
            explicit | Permissions::SEND_MESSAGES
        } else {
            explicit - Permissions::SEND_MESSAGES
        };
        self.timed_out(implied(explicit, thread.kind))
    }

    /// What the roles give together.
    fn base(&self) -> Permissions {
        if self.is_owner {
            return Permissions::all();
        }
        let given = self.guild_roles.iter().filter(|role| self.has(role.id));
        let base = given.fold(Permissions::empty(), |all, role| all | role.permissions);
        if base.is_administrator() { Permissions::all() | base } else { base }
    }

    /// What is left of it, and what comes to it, in a channel.
    fn overwritten(&self, channel: &Channel) -> Permissions {
        let base = self.base();
        if base.is_administrator() {
            return base;
        }
        let everyone = self.guild_id.get();
        let (mut of_everyone, mut of_roles, mut of_member) = Default::default();
        for overwrite in &channel.permission_overwrites {
            let (allow, deny) = match overwrite.kind {
                OverwriteType::ROLE if overwrite.id.get() == everyone => &mut of_everyone,
                OverwriteType::ROLE if self.roles.contains(&overwrite.id.get().into()) => &mut of_roles,
                OverwriteType::MEMBER if overwrite.id.get() == self.user_id.get() => &mut of_member,
                _ => continue,
            };
            *allow |= overwrite.allow;
            *deny |= overwrite.deny;
        }
        [of_everyone, of_roles, of_member]
            .into_iter()
            .fold(base, |left, (allow, deny): (Permissions, Permissions)| (left - deny) | allow)
    }

    /// Whether they have a role; everybody has `@everyone`.
    fn has(&self, role: RoleId) -> bool {
        role.get() == self.guild_id.get() || self.roles.contains(&role)
    }

    /// What a [time-out](https://docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members) leaves.
    fn timed_out(&self, permissions: Permissions) -> Permissions {
        const LEFT: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);
        if self.is_timed_out && !permissions.is_administrator() { permissions & LEFT } else { permissions }
    }
}

/// Takes away what cannot be done without something else that is missing: see
/// [implicit permissions](https://docs.discord.com/developers/topics/permissions#implicit-permissions).
fn implied(permissions: Permissions, kind: ChannelType) -> Permissions {
    const SPOKEN: Permissions = Permissions::MENTION_EVERYONE
        .union(Permissions::SEND_TTS_MESSAGES)
        .union(Permissions::ATTACH_FILES)
        .union(Permissions::EMBED_LINKS);
    if permissions.is_administrator() {
        return permissions;
    }
    if !permissions.contains(Permissions::VIEW_CHANNEL) {
        return Permissions::empty();
    }
    // Such a channel is still shown, with a lock.
    if kind.is_voice() && !permissions.contains(Permissions::CONNECT) {
        return Permissions::VIEW_CHANNEL;
    }
    if permissions.contains(Permissions::SEND_MESSAGES) { permissions } else { permissions - SPOKEN }
}

#[cfg(test)]
#[path = "calculator_tests.rs"]
mod tests;
