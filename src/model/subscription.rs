//! [Subscriptions](https://docs.discord.com/developers/resources/subscription) of users to SKUs.

use serde::Serialize;

use super::open_enum::int_enum;
use super::{List, Timestamp};
use crate::id::{EntitlementId, SkuId, SubscriptionId, UserId};
use crate::json::object;

/// A [subscription](https://docs.discord.com/developers/resources/subscription#subscription-object).
///
/// Use [entitlements](super::Entitlement) and not subscriptions to check whether a user has access to something.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Subscription {
    /// The subscription ID.
    pub id: SubscriptionId,
    /// The ID of the user.
    pub user_id: UserId,
    /// The IDs of the SKUs.
    pub sku_ids: List<SkuId>,
    /// The IDs of the granted entitlements.
    pub entitlement_ids: List<EntitlementId>,
    /// The IDs of the SKUs after the next renewal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renewal_sku_ids: Option<List<SkuId>>,
    /// When the current period started.
    pub current_period_start: Timestamp,
    /// When the current period ends.
    pub current_period_end: Timestamp,
    /// The status.
    pub status: SubscriptionStatus,
    /// When the subscription was canceled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canceled_at: Option<Timestamp>,
    /// The ISO 3166-1 alpha-2 code of the payment's country; only with the OAuth2 scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

object! { Subscription {
    id: required, user_id, sku_ids, entitlement_ids, renewal_sku_ids,
    current_period_start, current_period_end, status, canceled_at, country,
} }

int_enum! {
    /// The [status of a subscription](https://docs.discord.com/developers/resources/subscription#subscription-statuses).
    SubscriptionStatus {
    ACTIVE = 0,
    INACTIVE = 1,
    ENDING = 2,
    }
}
