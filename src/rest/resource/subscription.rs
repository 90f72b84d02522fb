//! [Subscriptions](https://docs.discord.com/developers/resources/subscription).

use crate::error::Error;
use crate::id::{SkuId, SubscriptionId, UserId};
use crate::model::{List, Subscription};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::{Client, Pages, route};

/// Maximum number of subscriptions in a page.
const MAX_SUBSCRIPTIONS: u16 = 100;

options! {
    /// Options to get a page of subscriptions: [List SKU Subscriptions](https://docs.discord.com/developers/resources/subscription#list-sku-subscriptions).
    ListSkuSubscriptions(user_id: UserId) {
        /// Only subscriptions of this user.
        user_id: UserId,
        /// Only subscriptions before this ID.
        before: SubscriptionId,
        /// Only subscriptions after this ID.
        after: SubscriptionId,
        /// Maximum number to return, 1-100. Default: 50.
        limit: u16 => number(1..=MAX_SUBSCRIPTIONS),
    }
}

impl Client {
    /// Returns a page of a user's subscriptions to a SKU: [List SKU Subscriptions](https://docs.discord.com/developers/resources/subscription#list-sku-subscriptions).
    pub fn sku_subscriptions(
        &self,
        sku: SkuId,
        options: &ListSkuSubscriptions,
    ) -> Result<List<Subscription>, Error> {
        self.fetch(route::SKU_SUBSCRIPTIONS.at(&[&sku]).query(options)?)
    }

    /// Iterates over all of a user's subscriptions to a SKU, oldest first, page by page.
    /// See [`sku_subscriptions`](Client::sku_subscriptions).
    pub fn sku_subscriptions_iter(&self, sku: SkuId, user: UserId) -> Pages<Subscription> {
        let (client, options) = (self.clone(), ListSkuSubscriptions::new(user).limit(MAX_SUBSCRIPTIONS));
        let all = (SubscriptionId::new(0), None);
        Pages::upward(
            all,
            MAX_SUBSCRIPTIONS.into(),
            |subscription| subscription.id,
            move |after| client.sku_subscriptions(sku, &options.clone().after(after)),
        )
    }

    /// Returns a subscription: [Get SKU Subscription](https://docs.discord.com/developers/resources/subscription#get-sku-subscription).
    pub fn sku_subscription(&self, sku: SkuId, subscription: SubscriptionId) -> Result<Subscription, Error> {
        self.fetch(route::SKU_SUBSCRIPTION.at(&[&sku, &subscription]))
    }
}
