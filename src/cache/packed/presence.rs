//! A presence.

use crate::cache::size;
use crate::id::{GuildId, UserId};
use crate::model::{Activity, ClientStatus, List, Presence, Status, User};

/// A presence. Of its user it has only the ID, which is all that Discord always sends.
#[derive(Debug)]
pub(in crate::cache) struct PackedPresence {
    pub(in crate::cache) user_id: UserId,
    guild_id: GuildId,
    status: Status,
    client_status: ClientStatus,
    activities: Box<[Activity]>,
}

impl PackedPresence {
    pub(in crate::cache) fn pack(guild_id: GuildId, presence: &Presence) -> PackedPresence {
        PackedPresence {
            user_id: presence.user.id,
            guild_id,
            status: presence.status.clone(),
            client_status: presence.client_status.clone(),
            activities: presence.activities.iter().cloned().collect(),
        }
    }

    pub(in crate::cache) fn unpack(&self) -> Presence {
        Presence {
            user: User { id: self.user_id, ..User::default() },
            guild_id: Some(self.guild_id),
            status: self.status.clone(),
            activities: List::from(self.activities.to_vec()),
            client_status: self.client_status.clone(),
        }
    }

    pub(in crate::cache) fn bytes(&self) -> usize {
        size::shared::<Self>() + size::objects(&self.activities)
    }
}
