use serde::Serialize;

use crate::id::{OverwriteId, RoleId, UserId};
use crate::json::object;
use crate::model::Permissions;
use crate::model::open_enum::int_enum;

/// A [permission overwrite](https://docs.discord.com/developers/resources/channel#overwrite-object): the permissions that a role or member gains or loses in one channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Overwrite {
    /// The ID of the role or user.
    pub id: OverwriteId,
    /// Whether it is for a role or a member; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: OverwriteType,
    /// The allowed permissions.
    pub allow: Permissions,
    /// The denied permissions.
    pub deny: Permissions,
}

object! { Overwrite {
    id: required, kind = "type", allow, deny,
} }

impl Overwrite {
    /// Creates an overwrite for a role. The ID of the `@everyone` role is the guild's ID.
    pub fn role(id: RoleId, allow: Permissions, deny: Permissions) -> Self {
        Overwrite { id: id.into(), kind: OverwriteType::ROLE, allow, deny }
    }

    /// Creates an overwrite for a member.
    pub fn member(id: UserId, allow: Permissions, deny: Permissions) -> Self {
        Overwrite { id: id.into(), kind: OverwriteType::MEMBER, allow, deny }
    }
}

impl From<RoleId> for OverwriteId {
    fn from(id: RoleId) -> Self {
        OverwriteId::new(id.get())
    }
}

impl From<UserId> for OverwriteId {
    fn from(id: UserId) -> Self {
        OverwriteId::new(id.get())
    }
}

int_enum! {
    /// Whether a [permission overwrite](https://docs.discord.com/developers/resources/channel#overwrite-object-overwrite-structure) is for a role or a member.
    OverwriteType {
    ROLE = 0,
    MEMBER = 1,
    }
}
