//! The users of members and messages, each once.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::id_map::{IdMap, entry_bytes};
use super::packed::PackedUser;
use crate::id::UserId;
use crate::model::User;

/// Users, for as long as a member or a message refers to them.
#[derive(Debug, Default)]
pub(super) struct Users {
    users: IdMap<UserId, Known>,
    /// The memory that they take.
    pub(super) bytes: usize,
}

#[derive(Debug)]
struct Known {
    user: Arc<PackedUser>,
    /// The number of guilds whose member the user is.
    members: u32,
    /// The number of messages that the user has sent.
    messages: u32,
}

const ENTRY: usize = entry_bytes::<UserId, Known>();

impl Users {
    pub(super) fn len(&self) -> usize {
        self.users.len()
    }

    /// The user of a member. The users of others may have changed without an event.
    pub(super) fn of_member(&self, id: UserId) -> Option<&Arc<PackedUser>> {
        self.users.get(&id).filter(|known| known.members > 0).map(|known| &known.user)
    }

    /// The user in packed form: the known one, if it has the same fields.
    pub(super) fn share(&self, user: &User) -> Arc<PackedUser> {
        match self.users.get(&user.id) {
            Some(known) if known.user.is(user) => Arc::clone(&known.user),
            _ => Arc::new(PackedUser::pack(user)),
        }
    }

    /// Sets the user of a member who is known.
    pub(super) fn set(&mut self, user: &User) {
        let Some(known) = self.users.get_mut(&user.id) else { return };
        if !known.user.is(user) {
            self.bytes -= known.user.bytes();
            known.user = Arc::new(PackedUser::pack(user));
            self.bytes += known.user.bytes();
        }
    }

    /// Adds the user of a new member.
    pub(super) fn add_member(&mut self, user: &User) {
        match self.users.entry(user.id) {
            Entry::Occupied(mut known) => known.get_mut().members += 1,
            Entry::Vacant(place) => {
                let user = Arc::new(PackedUser::pack(user));
                self.bytes += user.bytes() + ENTRY;
                place.insert(Known { user, members: 1, messages: 0 });
                return;
            }
        }
        self.set(user);
    }

    pub(super) fn remove_member(&mut self, id: UserId) {
        self.change(id, |known| known.members -= 1);
    }

    /// Adds the author of a message.
    pub(super) fn add_author(&mut self, author: &Arc<PackedUser>) {
        match self.users.entry(author.id) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.messages += 1;
                // A user who is a member changes with the events of members.
                if known.members == 0 && !Arc::ptr_eq(&known.user, author) {
                    self.bytes = self.bytes + author.bytes() - known.user.bytes();
                    known.user = Arc::clone(author);
                }
            }
            Entry::Vacant(place) => {
                self.bytes += author.bytes() + ENTRY;
                place.insert(Known { user: Arc::clone(author), members: 0, messages: 1 });
            }
        }
    }

    pub(super) fn remove_author(&mut self, id: UserId) {
        self.change(id, |known| known.messages -= 1);
    }

    fn change(&mut self, id: UserId, change: impl FnOnce(&mut Known)) {
        let Entry::Occupied(mut entry) = self.users.entry(id) else { return };
        let known = entry.get_mut();
        change(known);
        if known.members == 0 && known.messages == 0 {
            self.bytes -= known.user.bytes() + ENTRY;
            entry.remove();
        }
    }
}
