//! [Entitlements](https://docs.discord.com/developers/resources/entitlement): what somebody has paid for.

use serde::Serialize;

use super::Timestamp;
use super::open_enum::int_enum;
use crate::id::{ApplicationId, EntitlementId, GuildId, SkuId, UserId};
use crate::json::object;

/// An [entitlement](https://docs.discord.com/developers/resources/entitlement#entitlement-object) of a user or a guild to what an SKU offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entitlement {
    /// Its id.
    pub id: EntitlementId,
    /// What it is for.
    pub sku_id: SkuId,
    /// The application it belongs to.
    pub application_id: ApplicationId,
    /// The user who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// How it came about; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: EntitlementType,
    /// Whether it was taken back.
    pub deleted: bool,
    /// From when it holds; `None` for one that holds at any time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// Until when it holds; `None` for one without an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// The guild that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether it was used up, of consumables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consumed: Option<bool>,
}

object! { Entitlement {
    id: required, sku_id: required, application_id: required, user_id, kind = "type", deleted, starts_at,
    ends_at, guild_id, consumed,
} }

int_enum! {
    /// How an [entitlement came about](https://docs.discord.com/developers/resources/entitlement#entitlement-object-entitlement-types).
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
