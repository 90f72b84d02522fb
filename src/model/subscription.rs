//! [Subscriptions](https://docs.discord.com/developers/resources/subscription) to what an application sells.

use serde::Serialize;

use super::open_enum::int_enum;
use super::{List, Timestamp};
use crate::id::{EntitlementId, SkuId, SubscriptionId, UserId};
use crate::json::object;

/// A [subscription](https://docs.discord.com/developers/resources/subscription#subscription-object).
///
/// Whether somebody may use something is for their [entitlements](super::Entitlement) to say, not for
/// this.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Who subscribed.
    pub user_id: UserId,
    /// To what.
    pub sku_ids: List<SkuId>,
    /// What it entitles to.
    pub entitlement_ids: List<EntitlementId>,
    /// To what it changes when it is renewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_sku_ids: Option<List<SkuId>>,
    /// When the current period began.
    pub current_period_start: Timestamp,
    /// When the current period ends.
    pub current_period_end: Timestamp,
    /// Whether it goes on.
    pub status: SubscriptionStatus,
    /// When it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canceled_at: Option<Timestamp>,
    /// The country it is paid from, in two letters; only with OAuth2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

object! { Subscription {
    id: required, user_id: required, sku_ids, entitlement_ids, renewal_sku_ids,
    current_period_start: required, current_period_end: required, status, canceled_at, country,
} }

int_enum! {
    /// Whether a [subscription goes on](https://docs.discord.com/developers/resources/subscription#subscription-statuses).
    SubscriptionStatus {
    ACTIVE = 0,
    INACTIVE = 1,
    ENDING = 2,
    }
}
