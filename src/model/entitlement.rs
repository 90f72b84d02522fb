//! [Entitlements](https://docs.discord.com/developers/resources/entitlement): the rights of users and guilds to SKUs.

use serde::Serialize;

use super::Timestamp;
use super::open_enum::int_enum;
use crate::id::{ApplicationId, EntitlementId, GuildId, SkuId, UserId};
use crate::json::object;

/// An [entitlement](https://docs.discord.com/developers/resources/entitlement#entitlement-object): the right of a user or guild to an SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entitlement {
    /// The entitlement ID.
    pub id: EntitlementId,
    /// The ID of the SKU.
    pub sku_id: SkuId,
    /// The ID of the application.
    pub application_id: ApplicationId,
    /// The ID of the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// The type of entitlement; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: EntitlementType,
    /// Whether the entitlement was deleted.
    pub deleted: bool,
    /// When the entitlement starts; `None` if it has no start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// When the entitlement ends; `None` if it has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// The ID of the guild.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether the entitlement was consumed; only for consumable items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumed: Option<bool>,
    /// The user who gave it as a gift.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gifter_user_id: Option<UserId>,
    /// The ID of the entitlement that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<EntitlementId>,
    /// When the item was delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fulfilled_at: Option<Timestamp>,
}

object! { Entitlement {
    id: required, sku_id, application_id, user_id, kind = "type", deleted, starts_at,
    ends_at, guild_id, consumed, gifter_user_id, parent_id, fulfilled_at,
} }

int_enum! {
    /// The [type of an entitlement](https://docs.discord.com/developers/resources/entitlement#entitlement-object-entitlement-types).
    EntitlementType {
    PURCHASE = 1,
    PREMIUM_SUBSCRIPTION = 2,
    DEVELOPER_GIFT = 3,
    TEST_MODE_PURCHASE = 4,
    FREE_PURCHASE = 5,
    USER_GIFT = 6,
    PREMIUM_PURCHASE = 7,
    APPLICATION_SUBSCRIPTION = 8,
    QUEST_REWARD = 10,
    }
}
