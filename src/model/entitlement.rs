//! [Entitlements](https://docs.discord.com/developers/resources/entitlement): what somebody has paid for.

use serde::{Deserialize, Serialize};

use super::Timestamp;
use super::open_enum::number;
use crate::id::{ApplicationId, EntitlementId, GuildId, SkuId, UserId};

/// An [entitlement](https://docs.discord.com/developers/resources/entitlement#entitlement-object) of a user or a guild to what an SKU offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entitlement {
    /// Its id.
    pub id: EntitlementId,
    /// What it is for.
    pub sku_id: SkuId,
    /// The application it belongs to.
    pub application_id: ApplicationId,
    /// The user who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<UserId>,
    /// How it came about; `type` in Discord's words.
    #[serde(rename = "type", default)]
    pub kind: EntitlementType,
    /// Whether it was taken back.
    #[serde(default)]
    pub deleted: bool,
    /// From when it holds; `None` for one that holds at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// Until when it holds; `None` for one without an end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// The guild that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Whether it was used up, of consumables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumed: Option<bool>,
}

number! {
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
