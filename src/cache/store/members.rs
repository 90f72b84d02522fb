//! Members: what their events change.

use std::sync::Arc;

use super::{Kind, MEMBER_ENTRY, Place, Recent, Store};
use crate::cache::fields;
use crate::cache::packed::{PackedMember, PackedUser};
use crate::gateway::event::{GuildMemberAdd, GuildMemberRemove, GuildMemberUpdate, GuildMembersChunk};
use crate::id::{GuildId, RoleId, UserId};
use crate::model::{Message, PartialMember, User};

/// A member before a change.
pub(in crate::cache) type KnownMember = (Arc<PackedMember>, Arc<PackedUser>);

impl Store {
    pub(in crate::cache) fn member_add(&mut self, event: &GuildMemberAdd) {
        if self.available(event.guild_id).is_some() {
            self.put_member(event.guild_id, &event.member.user, &event.member);
        }
    }

    pub(in crate::cache) fn members_chunk(&mut self, event: &GuildMembersChunk) {
        if self.available(event.guild_id).is_none() {
            return;
        }
        for member in &event.members {
            self.put_member(event.guild_id, &member.user, member);
        }
        for presence in &event.presences {
            self.put_presence(event.guild_id, presence);
        }
    }

    /// Returns the member before.
    pub(in crate::cache) fn member_remove(&mut self, event: &GuildMemberRemove) -> Option<KnownMember> {
        let (guild, user) = (event.guild_id, event.user.id);
        let before = self.known_member(guild, user);
        self.remove_voice_state(guild, user);
        self.remove_presence(guild, user);
        if let Some(place) = self.guilds.get_mut(&guild).and_then(|entry| entry.members.remove(&user)) {
            self.remove_member_at(place);
        }
        before
    }

    /// Returns the member before. `data` is the text of the event: what it leaves out is as before.
    pub(in crate::cache) fn member_update(
        &mut self,
        event: &GuildMemberUpdate,
        data: &str,
    ) -> Option<KnownMember> {
        let (guild, user) = (event.guild_id, event.user.id);
        self.available(guild)?;
        let before = self.known_member(guild, user);
        let old = before.as_ref().map(|(member, _)| member.unpack());
        if let Some(member) = merged(event, data, old) {
            self.put_member(guild, &event.user, &member);
            if self.is_me(user) {
                self.set_me(&event.user);
                self.remove_hidden(guild);
            }
        }
        before
    }

    /// The bot's own user was changed.
    pub(in crate::cache) fn user_update(&mut self, user: &User) {
        self.set_me(user);
    }

    /// The author of a new message, as a member.
    pub(in crate::cache) fn author(&mut self, message: &Message) {
        if self.kept.members.is_none() || message.webhook_id.is_some() {
            return;
        }
        let (Some(guild), Some(member)) = (message.guild_id, message.member.as_deref()) else { return };
        let Some(entry) = self.available(guild) else { return };
        match entry.members.get(&message.author.id) {
            // A known member is right already: each change has its own event.
            Some(place) => self.recent.touch(*place),
            None => self.put_member(guild, &message.author, member),
        }
    }

    /// Adds or replaces a member of a guild, if it is one that is kept.
    pub(super) fn put_member(&mut self, guild: GuildId, user: &User, member: &PartialMember) {
        if self.is_me(user.id) {
            return self.put_own_member(guild, user, member);
        }
        if self.kept.members.is_none() {
            return;
        }
        let Some(entry) = self.guilds.get_mut(&guild) else { return };
        let packed = Arc::new(PackedMember::pack(guild, user.id, member));
        let bytes = packed.bytes() + MEMBER_ENTRY;
        match entry.members.get(&user.id) {
            Some(&place) => {
                if let Some(known) = self.recent.get_mut(place) {
                    let before = std::mem::replace(known, Recent::Member(packed));
                    if let Recent::Member(before) = before {
                        self.usage.remove(Kind::Member, before.bytes() + MEMBER_ENTRY);
                    }
                }
                self.recent.touch(place);
                self.users.set(user);
            }
            None => {
                entry.members.insert(user.id, self.recent.add(Recent::Member(packed)));
                self.users.add_member(user);
            }
        }
        self.usage.add(Kind::Member, bytes);
    }

    fn put_own_member(&mut self, guild: GuildId, user: &User, member: &PartialMember) {
        if !self.kept.roles && self.kept.members.is_none() {
            return;
        }
        self.remove_own_member(guild);
        let Some(entry) = self.guilds.get_mut(&guild) else { return };
        let packed = PackedMember::pack(guild, user.id, member);
        self.usage.add(Kind::Member, packed.bytes());
        entry.own = Some(Arc::new(packed));
    }

    pub(super) fn remove_own_member(&mut self, guild: GuildId) {
        if let Some(own) = self.guilds.get_mut(&guild).and_then(|entry| entry.own.take()) {
            self.usage.remove(Kind::Member, own.bytes());
        }
    }

    /// A member with the user, without counting it as used.
    pub(super) fn known_member(&self, guild: GuildId, user: UserId) -> Option<KnownMember> {
        let entry = self.available(guild)?;
        if let (Some(own), Some(me)) = (&entry.own, &self.me) {
            if me.id == user {
                return Some((Arc::clone(own), Arc::clone(me)));
            }
        }
        match self.recent.get(*entry.members.get(&user)?)? {
            Recent::Member(member) => Some((Arc::clone(member), Arc::clone(self.users.of_member(user)?))),
            Recent::Message(_) => None,
        }
    }

    /// Removes a deleted role from the members who had it.
    pub(super) fn remove_role_of_members(&mut self, guild: GuildId, role: RoleId) {
        let Some(entry) = self.guilds.get_mut(&guild) else { return };
        for place in entry.members.values() {
            let Some(Recent::Member(member)) = self.recent.get_mut(*place) else { continue };
            remove_role(member, role, &mut self.usage, MEMBER_ENTRY);
        }
        if let Some(own) = &mut entry.own {
            remove_role(own, role, &mut self.usage, 0);
        }
    }

    /// Removes a member whose guild does not list it any more.
    pub(super) fn remove_member_at(&mut self, place: Place) {
        if let Some(Recent::Member(member)) = self.recent.remove(place) {
            self.usage.remove(Kind::Member, member.bytes() + MEMBER_ENTRY);
            self.users.remove_member(member.user_id);
        }
    }

    /// Evicts a member.
    pub(super) fn forget_member(&mut self, place: Place, member: &PackedMember) {
        if let Some(entry) = self.guilds.get_mut(&member.guild_id) {
            entry.members.remove(&member.user_id);
        }
        self.remove_member_at(place);
    }
}

fn remove_role(
    member: &mut Arc<PackedMember>,
    role: RoleId,
    usage: &mut crate::cache::usage::Usage,
    entry: usize,
) {
    if !member.roles.contains(&role) {
        return;
    }
    let mut partial = member.unpack();
    partial.roles = partial.roles.iter().copied().filter(|own| *own != role).collect();
    usage.remove(Kind::Member, member.bytes() + entry);
    *member = Arc::new(PackedMember::pack(member.guild_id, member.user_id, &partial));
    usage.add(Kind::Member, member.bytes() + entry);
}

/// The fields of an event without which an unknown member is not known.
const NEEDED: [&str; 8] = ["user", "roles", "nick", "avatar", "joined_at", "deaf", "mute", "flags"];

/// The member after an event. `None` if the event says too little of an unknown member.
fn merged(event: &GuildMemberUpdate, data: &str, old: Option<PartialMember>) -> Option<PartialMember> {
    let mut member = match old {
        Some(old) => old,
        None if fields::has_all(data, &NEEDED) => PartialMember {
            nick: None,
            avatar: None,
            banner: None,
            roles: crate::model::List::new(),
            joined_at: None,
            premium_since: None,
            deaf: false,
            mute: false,
            flags: event.flags.unwrap_or_default(),
            pending: false,
            permissions: None,
            communication_disabled_until: None,
            avatar_decoration_data: None,
            collectibles: None,
        },
        None => return None,
    };
    fields::each(data, |name| match name {
        "nick" => member.nick.clone_from(&event.nick),
        "avatar" => member.avatar.clone_from(&event.avatar),
        "banner" => member.banner.clone_from(&event.banner),
        "roles" => member.roles.clone_from(&event.roles),
        "joined_at" => member.joined_at.clone_from(&event.joined_at),
        "premium_since" => member.premium_since.clone_from(&event.premium_since),
        "deaf" => member.deaf = event.deaf.unwrap_or(member.deaf),
        "mute" => member.mute = event.mute.unwrap_or(member.mute),
        "flags" => member.flags = event.flags.unwrap_or(member.flags),
        "pending" => member.pending = event.pending.unwrap_or(member.pending),
        "communication_disabled_until" => {
            member.communication_disabled_until.clone_from(&event.communication_disabled_until);
        }
        "avatar_decoration_data" => member.avatar_decoration_data.clone_from(&event.avatar_decoration_data),
        "collectibles" => member.collectibles.clone_from(&event.collectibles),
        _ => {}
    });
    Some(member)
}
