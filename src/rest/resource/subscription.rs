//! [Subscriptions](https://docs.discord.com/developers/resources/subscription).

use crate::error::Error;
use crate::id::{SkuId, SubscriptionId, UserId};
use crate::model::{List, Subscription};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::{Client, Pages, route};

/// The largest page of subscriptions.
const MAX_SUBSCRIPTIONS: u16 = 100;

options! {
    /// Which subscriptions are wanted: [List SKU Subscriptions](https://docs.discord.com/developers/resources/subscription#list-sku-subscriptions).
    ListSkuSubscriptions(user_id: UserId) {
        /// Only those of this user.
        user_id: UserId,
        /// Only those with a smaller id.
        before: SubscriptionId,
        /// Only those with a greater id.
        after: SubscriptionId,
        /// At most so many: 1 to 100 (50).
        limit: u16 => number(1..=MAX_SUBSCRIPTIONS),
    }
}

impl Client {
    /// A page of a user's subscriptions with this SKU: [List SKU Subscriptions](https://docs.discord.com/developers/resources/subscription#list-sku-subscriptions).
    pub fn sku_subscriptions(
        &self,
        sku: SkuId,
        which: &ListSkuSubscriptions,
    ) -> Result<List<Subscription>, Error> {
        self.fetch(route::SKU_SUBSCRIPTIONS.at(&[&sku]).query(which)?)
    }

    /// All of a user's subscriptions with this SKU, the oldest first, fetched by the page.
    /// See [`sku_subscriptions`](Client::sku_subscriptions).
    pub fn sku_subscriptions_iter(&self, sku: SkuId, user: UserId) -> Pages<Subscription> {
        let (client, which) = (self.clone(), ListSkuSubscriptions::new(user).limit(MAX_SUBSCRIPTIONS));
        let everything = (SubscriptionId::new(0), None);
        Pages::upward(
            everything,
            MAX_SUBSCRIPTIONS.into(),
            |subscription| subscription.id,
            move |after| client.sku_subscriptions(sku, &which.clone().after(after)),
        )
    }

    /// A subscription: [Get SKU Subscription](https://docs.discord.com/developers/resources/subscription#get-sku-subscription).
    pub fn sku_subscription(&self, sku: SkuId, subscription: SubscriptionId) -> Result<Subscription, Error> {
        self.fetch(route::SKU_SUBSCRIPTION.at(&[&sku, &subscription]))
    }
}
