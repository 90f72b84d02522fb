//! [Teams](https://docs.discord.com/developers/topics/teams), which own applications together.

use serde::Serialize;

use super::open_enum::{int_enum, string_enum};
use super::{List, User};
use crate::id::{TeamId, UserId};
use crate::json::object;

/// A [team](https://docs.discord.com/developers/topics/teams#data-models-team-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Its name.
    pub name: String,
    /// Who owns it.
    pub owner_user_id: UserId,
    /// Who is in it.
    pub members: List<TeamMember>,
}

object! { Team {
    id: required, icon, name, owner_user_id: required, members,
} }

/// A [member of a team](https://docs.discord.com/developers/topics/teams#data-models-team-member-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct TeamMember {
    /// Whether the invitation was accepted.
    pub membership_state: TeamMembershipState,
    /// The team.
    pub team_id: TeamId,
    /// Who it is.
    pub user: User,
    /// What the member may do; empty for the owner.
    pub role: TeamMemberRole,
    /// Always `*`; no longer documented.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub permissions: List<String>,
}

object! { TeamMember {
    membership_state, team_id: required, user: required, role, permissions,
} }

int_enum! {
    /// Whether an [invitation to a team](https://docs.discord.com/developers/topics/teams#data-models-membership-state-enum) was accepted.
    TeamMembershipState {
    INVITED = 1,
    ACCEPTED = 2,
    }
}

string_enum! {
    /// What a [member of a team](https://docs.discord.com/developers/topics/teams#team-member-roles-team-member-role-types) may do.
    TeamMemberRole {
    ADMIN = "admin",
    DEVELOPER = "developer",
    READ_ONLY = "read_only",
    }
}
