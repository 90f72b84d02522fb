//! [Roles](https://docs.discord.com/developers/topics/permissions#role-object).

use std::cmp::Ordering;

use serde::Serialize;

use super::open_enum::flags;
use super::{Color, Map, Maybe, Permissions};
use crate::id::{IntegrationId, RoleId, SkuId, UserId};
use crate::json::{self, Read, Reader, object};

/// A [role](https://docs.discord.com/developers/topics/permissions#role-object).
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Role {
    /// Its id; that of `@everyone` is the guild's.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// Its colour; black means none. Discord prefers [`colors`](Role::colors).
    pub color: Color,
    /// Its colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colors: Option<RoleColors>,
    /// Whether its members are listed apart.
    pub hoist: bool,
    /// The hash of its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The emoji that is its icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unicode_emoji: Option<String>,
    /// Its place; higher stands above lower. Compare with [`Role::rank`].
    pub position: i64,
    /// Its permissions.
    pub permissions: Permissions,
    /// Whether an integration manages it.
    pub managed: bool,
    /// Whether everybody may mention it.
    pub mentionable: bool,
    /// What it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Box<RoleTags>>,
    /// Flags.
    pub flags: RoleFlags,
}

object! { Role {
    id: required, name, color, colors, hoist, icon, unicode_emoji, position, permissions, managed,
    mentionable, tags, flags,
} }

impl Role {
    /// Which of two roles of a guild stands higher; of equal places the older one.
    ///
    /// See the [hierarchy of permissions](https://docs.discord.com/developers/topics/permissions#permission-hierarchy).
    pub fn cmp_position(&self, other: &Role) -> Ordering {
        self.position.cmp(&other.position).then(other.id.cmp(&self.id))
    }

    /// The text that mentions it in a message.
    pub fn mention(&self) -> String {
        format!("<@&{}>", self.id)
    }
}

/// The [colours of a role](https://docs.discord.com/developers/topics/permissions#role-object-role-colors-object).
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct RoleColors {
    /// The first, and the only one of most.
    pub primary_color: Color,
    /// The end of a gradient.
    pub secondary_color: Option<Color>,
    /// The third, which makes the role holographic.
    pub tertiary_color: Option<Color>,
}

object! { RoleColors {
    primary_color, secondary_color, tertiary_color,
} }

impl RoleColors {
    /// The three colours that Discord shows as holographic; other threes it refuses.
    pub const HOLOGRAPHIC: Self = Self {
        primary_color: Color(11_127_295),
        secondary_color: Some(Color(16_759_788)),
        tertiary_color: Some(Color(16_761_760)),
    };

    /// One colour.
    pub const fn solid(color: Color) -> Self {
        Self { primary_color: color, secondary_color: None, tertiary_color: None }
    }

    /// One colour that becomes another.
    pub const fn gradient(from: Color, to: Color) -> Self {
        Self { primary_color: from, secondary_color: Some(to), tertiary_color: None }
    }
}

/// What a role [belongs to](https://docs.discord.com/developers/topics/permissions#role-object-role-tags-structure).
///
/// Of some fields Discord sends only `null`, which means yes; absent they mean no.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct RoleTags {
    /// The bot whose role it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_id: Option<UserId>,
    /// The integration that manages it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_id: Option<IntegrationId>,
    /// Present on the role of those who boost the guild.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub premium_subscriber: Maybe<()>,
    /// The subscription that gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription_listing_id: Option<SkuId>,
    /// Present where it can be bought.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub available_for_purchase: Maybe<()>,
    /// Present where a linked account gives it.
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub guild_connections: Maybe<()>,
}

object! { RoleTags {
    bot_id, integration_id, premium_subscriber, subscription_listing_id, available_for_purchase,
    guild_connections,
} }

impl RoleTags {
    /// Whether it is the role of those who boost the guild.
    pub const fn is_premium_subscriber(&self) -> bool {
        !self.premium_subscriber.is_absent()
    }

    /// Whether it can be bought.
    pub const fn is_available_for_purchase(&self) -> bool {
        !self.available_for_purchase.is_absent()
    }

    /// Whether a linked account gives it.
    pub const fn is_linked_role(&self) -> bool {
        !self.guild_connections.is_absent()
    }
}

/// [How many members](https://docs.discord.com/developers/resources/guild#get-guild-role-member-counts) the roles of a guild have.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct RoleMemberCounts {
    /// The count of each role, but for `@everyone`.
    pub counts: Map<RoleId, u64>,
}

impl Read for RoleMemberCounts {
    fn read(reader: &mut Reader<'_>) -> json::Result<Self> {
        Map::read(reader).map(|counts| RoleMemberCounts { counts })
    }
}

impl<'de> serde::Deserialize<'de> for RoleMemberCounts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::deserialize(deserializer)
    }
}

impl RoleMemberCounts {
    /// The count of a role; `None` when Discord did not tell.
    pub fn get(&self, role: RoleId) -> Option<u64> {
        self.counts.get(&role).copied()
    }
}

flags! {
    /// [Role flags](https://docs.discord.com/developers/topics/permissions#role-object-role-flags).
    RoleFlags {
    IN_PROMPT = 0,
    }
}
