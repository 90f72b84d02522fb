//! [SKUs](https://docs.discord.com/developers/resources/sku).

use crate::error::Error;
use crate::id::ApplicationId;
use crate::model::{List, Sku};
use crate::rest::{Client, route};

impl Client {
    /// Returns the application's SKUs: [List SKUs](https://docs.discord.com/developers/resources/sku#list-skus).
    ///
    /// A subscription has two SKUs. Its entitlements are for the SKU of type `SUBSCRIPTION`.
    pub fn skus(&self, application: ApplicationId) -> Result<List<Sku>, Error> {
        self.fetch(route::SKUS.at(&[&application]))
    }
}
