use serde::Serialize;

use crate::id::UserId;
use crate::json::object;
use crate::model::{List, User};

/// A [ban](https://docs.discord.com/developers/resources/guild#ban-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ban {
    /// The reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The banned user.
    pub user: User,
}

object! { Ban {
    reason, user: required,
} }

/// The result of a [bulk ban](https://docs.discord.com/developers/resources/guild#bulk-guild-ban).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BulkBan {
    /// The IDs of the users that were banned.
    pub banned_users: List<UserId>,
    /// The IDs of the users that were not banned.
    pub failed_users: List<UserId>,
}

object! { BulkBan {
    banned_users, failed_users,
} }
