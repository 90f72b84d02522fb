//! [Stickers](https://docs.discord.com/developers/resources/sticker).

use serde::Serialize;

use super::open_enum::int_enum;
use super::{List, User};
use crate::id::{GuildId, SkuId, StickerBannerId, StickerId, StickerPackId};
use crate::json::object;

/// A [sticker](https://docs.discord.com/developers/resources/sticker#sticker-object): a standard sticker of Discord, or a sticker of a guild.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Sticker {
    /// The sticker ID.
    pub id: StickerId,
    /// The ID of the pack; only for standard stickers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack_id: Option<StickerPackId>,
    /// The name.
    pub name: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The autocomplete and suggestion tags. For a guild's sticker, the name of an emoji.
    pub tags: String,
    /// The type of sticker; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: StickerType,
    /// The file format.
    pub format_type: StickerFormatType,
    /// Whether the sticker can be used. It is false after the loss of Server Boosts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available: Option<bool>,
    /// The ID of the guild that the sticker belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// The user who uploaded the sticker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<User>>,
    /// The position within the pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort_value: Option<i64>,
}

object! { Sticker {
    id: required, pack_id, name, description, tags, kind = "type", format_type, available, guild_id, user,
    sort_value,
} }

/// The [basic fields of a sticker](https://docs.discord.com/developers/resources/sticker#sticker-item-object), as in messages.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StickerItem {
    /// The sticker ID.
    pub id: StickerId,
    /// The name.
    pub name: String,
    /// The file format.
    pub format_type: StickerFormatType,
}

object! { StickerItem {
    id: required, name, format_type,
} }

/// A [pack](https://docs.discord.com/developers/resources/sticker#sticker-pack-object) of standard stickers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StickerPack {
    /// The pack ID.
    pub id: StickerPackId,
    /// The stickers.
    pub stickers: List<Sticker>,
    /// The name.
    pub name: String,
    /// The ID of the pack's SKU.
    pub sku_id: SkuId,
    /// The ID of the sticker that is shown as the icon of the pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_sticker_id: Option<StickerId>,
    /// The description.
    pub description: String,
    /// The ID of the banner image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub banner_asset_id: Option<StickerBannerId>,
}

object! { StickerPack {
    id: required, stickers, name, sku_id, cover_sticker_id, description, banner_asset_id,
} }

int_enum! {
    /// The [type of a sticker](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-types): standard or guild.
    StickerType {
    STANDARD = 1,
    GUILD = 2,
    }
}

int_enum! {
    /// The [file format of a sticker](https://docs.discord.com/developers/resources/sticker#sticker-object-sticker-format-types).
    StickerFormatType {
    PNG = 1,
    APNG = 2,
    LOTTIE = 3,
    GIF = 4,
    }
}
