//! [SKUs](https://docs.discord.com/developers/resources/sku): what an application sells.

use serde::Serialize;

use super::open_enum::{flags, int_enum};
use crate::id::{ApplicationId, SkuId};
use crate::json::object;

/// An [SKU](https://docs.discord.com/developers/resources/sku#sku-object).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sku {
    /// Its id.
    pub id: SkuId,
    /// What kind of thing it is; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: SkuType,
    /// The application that sells it.
    pub application_id: ApplicationId,
    /// Its name.
    pub name: String,
    /// The name in its address, made of the name.
    pub slug: String,
    /// Flags.
    pub flags: SkuFlags,
}

object! { Sku {
    id: required, kind = "type", application_id: required, name, slug, flags,
} }

int_enum! {
    /// What [kind of thing](https://docs.discord.com/developers/resources/sku#sku-object-sku-types) is sold.
    SkuType {
    DURABLE = 2,
    CONSUMABLE = 3,
    SUBSCRIPTION = 5,
    SUBSCRIPTION_GROUP = 6,
    }
}

flags! {
    /// [SKU flags](https://docs.discord.com/developers/resources/sku#sku-object-sku-flags).
    SkuFlags {
    AVAILABLE = 2,
    GUILD_SUBSCRIPTION = 7,
    USER_SUBSCRIPTION = 8,
    }
}
