use serde::Serialize;

use crate::id::UserId;
use crate::json::object;
use crate::model::{List, User};

/// A [ban](https://docs.discord.com/developers/resources/guild#ban-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Ban {
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who.
    pub user: User,
}

object! { Ban {
    reason, user: required,
} }

/// What came of banning [many at once](https://docs.discord.com/developers/resources/guild#bulk-guild-ban).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct BulkBan {
    /// Those that were banned.
    pub banned_users: List<UserId>,
    /// Those that were not.
    pub failed_users: List<UserId>,
}

object! { BulkBan {
    banned_users, failed_users,
} }
