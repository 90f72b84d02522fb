//! Guilds, as a test holds them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::channel::Channel;
use super::member::Member;
use crate::id::{GuildId, RoleId};
use crate::model::Permissions;
use crate::sim::error::SimError;
use crate::sim::hub::Hub;

/// A guild. There may be several: see [`Builder::guild`](crate::sim::Builder::guild).
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

/// # Roles
impl Guild {
    /// The ID of the role of this name, for a bot that is configured with it. `None` if there is none.
    ///
    /// ```
    /// # fn main() -> syncord::Result {
    /// let harbour = |guild: syncord::sim::fixture::GuildFixture| guild.role("staff", |role| role);
    /// let discord = syncord::sim::Discord::builder().guild("Harbour", harbour).start()?;
    /// let staff = discord.guild("Harbour").and_then(|harbour| harbour.role("staff"));
    /// assert!(staff.is_some());
    /// assert_eq!(staff, discord.role("staff")); // it is the first guild
    /// assert_eq!(discord.role("captain"), None);
    /// # Ok(())
    /// # }
    /// ```
    pub fn role(&self, name: &str) -> Option<RoleId> {
        self.hub.read(|state| state.world.role_by_name(self.id, name))
    }

    /// Gives a member a role with these permissions. A role of this name is created if there is none, and otherwise has these
    /// permissions from now on. The owner of the guild does it.
    ///
    /// ```
    /// use syncord::model::Permissions;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::builder().guild("Harbour", |guild| guild.owner("zoe")).start()?;
    /// let harbour = discord.guild("Harbour").expect("it was declared");
    /// let (mia, bob) = (harbour.member("mia"), harbour.member("bob"));
    /// assert!(mia.kicks(harbour.id(), &bob).is_err());
    /// harbour.give_role(&mia, "Moderator", Permissions::KICK_MEMBERS)?;
    /// mia.kicks(harbour.id(), &bob)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SimError::Rejected`] when Discord does not take it, such as a name that is too long.
    pub fn give_role(
        &self,
        member: &Member,
        name: &str,
        permissions: Permissions,
    ) -> Result<RoleId, SimError> {
        let (owner, role) =
            self.hub.read(|state| (state.world.owner_of(self.id), state.world.role_by_name(self.id, name)));
        let owner = Member::new(self.hub.clone(), owner, "the owner", self.timeout);
        let roles = format!("guilds/{}/roles", self.id);
        let fields = json!({"name": name, "permissions": permissions.bits().to_string()});
        let role = match role {
            Some(role) => owner.requests("PATCH", &format!("{roles}/{role}"), fields)?,
            None => owner.requests("POST", &roles, fields)?,
        };
        let Some(role): Option<RoleId> = role["id"].as_str().and_then(|id| id.parse().ok()) else {
            return Err(SimError::Unexpected { what: "a role".to_owned(), happened: role.to_string() });
        };
        let path = format!("guilds/{}/members/{}/roles/{role}", self.id, member.id());
        owner.requests("PUT", &path, Value::Null)?;
        Ok(role)
    }
}

impl fmt::Debug for Guild {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guild").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}
