use serde::{Deserialize, Serialize};

use crate::id::UserId;
use crate::model::{List, User};

/// A [ban](https://docs.discord.com/developers/resources/guild#ban-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ban {
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who.
    pub user: User,
}

/// What came of banning [many at once](https://docs.discord.com/developers/resources/guild#bulk-guild-ban).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BulkBan {
    /// Those that were banned.
    #[serde(default)]
    pub banned_users: List<UserId>,
    /// Those that were not.
    #[serde(default)]
    pub failed_users: List<UserId>,
}
