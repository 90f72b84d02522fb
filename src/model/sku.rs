//! [SKUs](https://docs.discord.com/developers/resources/sku): the items that an application sells.

use serde::Serialize;

use super::open_enum::{flags, int_enum};
use crate::id::{ApplicationId, SkuId};
use crate::json::object;

/// An [SKU](https://docs.discord.com/developers/resources/sku#sku-object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sku {
    /// The SKU ID.
    pub id: SkuId,
    /// The type of SKU; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: SkuType,
    /// The ID of the application.
    pub application_id: ApplicationId,
    /// The name.
    pub name: String,
    /// The URL slug, generated from the name.
    pub slug: String,
    /// The flags.
    pub flags: SkuFlags,
}

object! { Sku {
    id: required, kind = "type", application_id, name, slug, flags,
} }

int_enum! {
    /// The [type of an SKU](https://docs.discord.com/developers/resources/sku#sku-object-sku-types).
    SkuType {
    DURABLE = 2,
    CONSUMABLE = 3,
    SUBSCRIPTION = 5,
    SUBSCRIPTION_GROUP = 6,
    }
}

flags! {
    /// The [SKU flags](https://docs.discord.com/developers/resources/sku#sku-object-sku-flags).
    SkuFlags {
    AVAILABLE = 2,
    GUILD_SUBSCRIPTION = 7,
    USER_SUBSCRIPTION = 8,
    }
}
