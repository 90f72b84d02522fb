//! Guilds, as a test holds them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::channel::Channel;
use super::member::Member;
use crate::id::GuildId;
use crate::sim::hub::Hub;

/// A guild, of which there may be several: see [`Builder::guild`](crate::sim::Builder::guild).
#[derive(Clone)]
pub struct Guild {
    hub: Arc<Hub>,
    id: GuildId,
    name: String,
    timeout: Duration,
}

impl Guild {
    pub(in crate::sim) fn new(hub: Arc<Hub>, id: GuildId, name: &str, timeout: Duration) -> Guild {
        Guild { hub, id, name: name.to_owned(), timeout }
    }

    /// The ID of the guild.
    pub fn id(&self) -> GuildId {
        self.id
    }

    /// The name of the guild.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The channel of this name. It is created as a text channel if there is none.
    pub fn channel(&self, name: &str) -> Channel {
        let id = self.hub.change(|state, now| {
            let (id, events) = state.world.channel_in(state.clock.time(), self.id, name);
            state.dispatch(now, events);
            id
        });
        Channel::new(self.hub.clone(), id, name, self.timeout)
    }

    /// The person of this name. A person who is not a member joins the guild, unless they are banned.
    pub fn member(&self, name: &str) -> Member {
        let id = self.hub.change(|state, now| {
            let (id, events) = state.world.member_of(state.clock.time(), self.id, name);
            state.dispatch(now, events);
            id
        });
        Member::new(self.hub.clone(), id, name, self.timeout)
    }

    /// Makes a member the owner, with all permissions.
    pub fn set_owner(&self, member: &Member) {
        self.hub.change(|state, now| {
            let events = state.world.set_owner(self.id, member.id());
            state.dispatch(now, events);
        });
    }
}

impl fmt::Debug for Guild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guild").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}
