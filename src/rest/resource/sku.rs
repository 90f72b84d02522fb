//! [SKUs](https://docs.discord.com/developers/resources/sku).

use crate::error::Error;
use crate::id::ApplicationId;
use crate::model::{List, Sku};
use crate::rest::{Client, route};

impl Client {
    /// What the application sells: [List SKUs](https://docs.discord.com/developers/resources/sku#list-skus).
    ///
    /// There are two for a subscription; the one of type `SUBSCRIPTION` is what entitlements are for.
    pub fn skus(&self, application: ApplicationId) -> Result<List<Sku>, Error> {
        self.fetch(route::SKUS.at(&[&application]))
    }
}
