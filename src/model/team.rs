//! [Teams](https://docs.discord.com/developers/topics/teams), which own applications.

use serde::Serialize;

use super::open_enum::{int_enum, string_enum};
use super::{List, User};
use crate::id::{TeamId, UserId};
use crate::json::object;

/// A [team](https://docs.discord.com/developers/topics/teams#data-models-team-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Team {
    /// The team ID.
    pub id: TeamId,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The name.
    pub name: String,
    /// The ID of the owner.
    pub owner_user_id: UserId,
    /// The members.
    pub members: List<TeamMember>,
}

object! { Team {
    id: required, icon, name, owner_user_id, members,
} }

/// A [member of a team](https://docs.discord.com/developers/topics/teams#data-models-team-member-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TeamMember {
    /// The membership state.
    pub membership_state: TeamMembershipState,
    /// The ID of the team.
    pub team_id: TeamId,
    /// The user.
    pub user: User,
    /// The role; empty for the owner.
    pub role: TeamMemberRole,
    /// Always `*`; no longer documented.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub permissions: List<String>,
}

object! { TeamMember {
    membership_state, team_id, user: required, role, permissions,
} }

int_enum! {
    /// The [membership state](https://docs.discord.com/developers/topics/teams#data-models-membership-state-enum): invited or accepted.
    TeamMembershipState {
    INVITED = 1,
    ACCEPTED = 2,
    }
}

string_enum! {
    /// The [role of a team member](https://docs.discord.com/developers/topics/teams#team-member-roles-team-member-role-types).
    TeamMemberRole {
    ADMIN = "admin",
    DEVELOPER = "developer",
    READ_ONLY = "read_only",
    }
}
