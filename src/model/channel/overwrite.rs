use serde::Serialize;

use crate::id::{OverwriteId, RoleId, UserId};
use crate::json::object;
use crate::model::Permissions;
use crate::model::open_enum::number;

/// What a role or a member [may do in one channel](https://docs.discord.com/developers/resources/channel#overwrite-object) and not elsewhere, or not here and elsewhere.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Overwrite {
    /// The role or the user.
    pub id: OverwriteId,
    /// Which of them it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: OverwriteType,
    /// What they may do here.
    pub allow: Permissions,
    /// What they may not.
    pub deny: Permissions,
}

object! { Overwrite {
    id: required, kind = "type": required, allow, deny,
} }

impl Overwrite {
    /// An overwrite for a role; that of `@everyone` has the guild's id.
    pub fn role(id: RoleId, allow: Permissions, deny: Permissions) -> Self {
        Overwrite { id: id.into(), kind: OverwriteType::ROLE, allow, deny }
    }

    /// An overwrite for a member.
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

number! {
    /// Whom an [overwrite](https://docs.discord.com/developers/resources/channel#overwrite-object-overwrite-structure) is about.
    OverwriteType {
    ROLE = 0,
    MEMBER = 1,
    }
}
