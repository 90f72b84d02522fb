//! [Stickers](https://docs.discord.com/developers/resources/sticker).

use serde::Serialize;

use super::open_enum::int_enum;
use super::{List, User};
use crate::id::{GuildId, SkuId, StickerBannerId, StickerId, StickerPackId};
use crate::json::object;

/// A [sticker](https://docs.discord.com/developers/resources/sticker#sticker-object), of Discord's or of a guild.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Sticker {
    /// Its id.
    pub id: StickerId,
    /// The pack it belongs to, of one of Discord's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack_id: Option<StickerPackId>,
    /// Its name.
    pub name: String,
    /// What it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Words to find it by; of a guild's sticker the name of an emoji.
    pub tags: String,
    /// Discord's or a guild's; `type` in Discord's words.
    #[serde(rename = "type")]
    pub kind: StickerType,
    /// How it is stored.
    pub format_type: StickerFormatType,
    /// Whether it can be used; it may not when the guild lost boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available: Option<bool>,
    /// The guild it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Who added it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// Its place in its pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_value: Option<i64>,
}

object! { Sticker {
    id: required, pack_id, name, description, tags, kind = "type", format_type, available, guild_id, user,
    sort_value,
} }

/// A sticker [in short](https://docs.discord.com/developers/resources/sticker#sticker-item-object), as messages have it.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct StickerItem {
    /// Its id.
    pub id: StickerId,
    /// Its name.
    pub name: String,
    /// How it is stored.
    pub format_type: StickerFormatType,
}

object! { StickerItem {
    id: required, name, format_type,
} }

/// A [pack](https://docs.discord.com/developers/resources/sticker#sticker-pack-object) of Discord's stickers.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct StickerPack {
    /// Its id.
    pub id: StickerPackId,
    /// Its stickers.
    pub stickers: List<Sticker>,
    /// Its name.
    pub name: String,
    /// What it is sold as.
    pub sku_id: SkuId,
    /// The one that stands for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_sticker_id: Option<StickerId>,
    /// What it says about itself.
    pub description: String,
    /// Its banner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner_asset_id: Option<StickerBannerId>,
}

object! { StickerPack {
    id: required, stickers, name, sku_id: required, cover_sticker_id, description, banner_asset_id,
} }

int_enum! {
    /// Whether a sticker is [Discord's or a guild's](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-types).
    StickerType {
    STANDARD = 1,
    GUILD = 2,
    }
}

int_enum! {
    /// How a sticker is [stored](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-format-types).
    StickerFormatType {
    PNG = 1,
    APNG = 2,
    LOTTIE = 3,
    GIF = 4,
    }
}
