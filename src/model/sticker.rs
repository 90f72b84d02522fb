//! [Stickers](https://docs.discord.com/developers/resources/sticker).

use serde::{Deserialize, Serialize};

use super::open_enum::number;
use super::{List, User, lenient};
use crate::id::{GuildId, SkuId, StickerBannerId, StickerId, StickerPackId};

/// A [sticker](https://docs.discord.com/developers/resources/sticker#sticker-object), of Discord's or of a guild.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sticker {
    /// Its id.
    pub id: StickerId,
    /// The pack it belongs to, of one of Discord's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack_id: Option<StickerPackId>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// What it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Words to find it by; of a guild's sticker the name of an emoji.
    #[serde(default)]
    pub tags: String,
    /// Discord's or a guild's; `type` in Discord's words.
    #[serde(default, rename = "type")]
    pub kind: StickerType,
    /// How it is stored.
    #[serde(default)]
    pub format_type: StickerFormatType,
    /// Whether it can be used; it may not when the guild lost boosts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<bool>,
    /// The guild it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Who added it.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// Its place in its pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort_value: Option<i64>,
}

/// A sticker [in short](https://docs.discord.com/developers/resources/sticker#sticker-item-object), as messages have it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StickerItem {
    /// Its id.
    pub id: StickerId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// How it is stored.
    #[serde(default)]
    pub format_type: StickerFormatType,
}

/// A [pack](https://docs.discord.com/developers/resources/sticker#sticker-pack-object) of Discord's stickers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StickerPack {
    /// Its id.
    pub id: StickerPackId,
    /// Its stickers.
    #[serde(default)]
    pub stickers: List<Sticker>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// What it is sold as.
    pub sku_id: SkuId,
    /// The one that stands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_sticker_id: Option<StickerId>,
    /// What it says about itself.
    #[serde(default)]
    pub description: String,
    /// Its banner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banner_asset_id: Option<StickerBannerId>,
}

number! {
    /// Whether a sticker is [Discord's or a guild's](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-types).
    StickerType {
    STANDARD = 1,
    GUILD = 2,
    }
}

number! {
    /// How a sticker is [stored](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-format-types).
    StickerFormatType {
    PNG = 1,
    APNG = 2,
    LOTTIE = 3,
    GIF = 4,
    }
}
