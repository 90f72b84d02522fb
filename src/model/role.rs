//! [Roles](https://docs.discord.com/developers/topics/permissions#role-object).

use std::cmp::Ordering;

use serde::Serialize;

use super::open_enum::flags;
use super::{Color, Map, Maybe, Permissions};
use crate::id::{IntegrationId, RoleId, SkuId, UserId};
use crate::json::{self, Read, Reader, object};

/// A [role](https://docs.discord.com/developers/topics/permissions#role-object).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Role {
    /// The role ID. The ID of the `@everyone` role is the guild's ID.
    pub id: RoleId,
    /// The name.
    pub name: String,
    /// The color; 0 for no color. Discord recommends [`colors`](Role::colors) instead.
    pub color: Color,
    /// The colors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colors: Option<RoleColors>,
    /// Whether the role is shown separately in the member list.
    pub hoist: bool,
    /// The icon hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The Unicode emoji of the role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unicode_emoji: Option<String>,
    /// The position in the hierarchy. Roles with a higher position are above others. See [`Role::cmp_position`].
    pub position: i64,
    /// The permissions.
    pub permissions: Permissions,
    /// Whether an integration manages the role.
    pub managed: bool,
    /// Whether everyone can mention the role.
    pub mentionable: bool,
    /// The tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Box<RoleTags>>,
    /// The role flags.
    pub flags: RoleFlags,
}

object! { Role {
    id: required, name, color, colors, hoist, icon, unicode_emoji, position, permissions, managed,
    mentionable, tags, flags,
} }

impl Role {
    /// Compares the positions of two roles of a guild. Of roles with the same position, the older one is higher.
    ///
    /// See the [permission hierarchy](https://docs.discord.com/developers/topics/permissions#permission-hierarchy).
    pub fn cmp_position(&self, other: &Role) -> Ordering {
        self.position.cmp(&other.position).then(other.id.cmp(&self.id))
    }

    /// Returns the text that mentions the role in a message.
    pub fn mention(&self) -> String {
        format!("<@&{}>", self.id)
    }
}

/// The [colors of a role](https://docs.discord.com/developers/topics/permissions#role-object-role-colors-object).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RoleColors {
    /// The primary color.
    pub primary_color: Color,
    /// The secondary color, which makes the role a gradient.
    pub secondary_color: Option<Color>,
    /// The tertiary color, which makes the role holographic.
    pub tertiary_color: Option<Color>,
}

object! { RoleColors {
    primary_color, secondary_color, tertiary_color,
} }

impl RoleColors {
    /// The colors of a holographic role. Discord accepts no other combination of three colors.
    pub const HOLOGRAPHIC: Self = Self {
        primary_color: Color(11_127_295),
        secondary_color: Some(Color(16_759_788)),
        tertiary_color: Some(Color(16_761_760)),
    };

    /// Creates a single color.
    pub const fn solid(color: Color) -> Self {
        Self { primary_color: color, secondary_color: None, tertiary_color: None }
    }

    /// Creates a gradient of two colors.
    pub const fn gradient(from: Color, to: Color) -> Self {
        Self { primary_color: from, secondary_color: Some(to), tertiary_color: None }
    }
}

/// The [tags of a role](https://docs.discord.com/developers/topics/permissions#role-object-role-tags-structure): what the role belongs to.
///
/// Some fields are flags: Discord sends `null` for true and omits the field for false.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RoleTags {
    /// The ID of the bot that the role belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_id: Option<UserId>,
    /// The ID of the integration that the role belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_id: Option<IntegrationId>,
    /// Present if this is the guild's booster role. See [`is_premium_subscriber`](RoleTags::is_premium_subscriber).
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub premium_subscriber: Maybe<()>,
    /// The ID of the role subscription's SKU and listing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription_listing_id: Option<SkuId>,
    /// Present if the role can be purchased. See [`is_available_for_purchase`](RoleTags::is_available_for_purchase).
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub available_for_purchase: Maybe<()>,
    /// Present if this is a linked role. See [`is_linked_role`](RoleTags::is_linked_role).
    #[serde(skip_serializing_if = "Maybe::is_absent")]
    pub guild_connections: Maybe<()>,
}

object! { RoleTags {
    bot_id, integration_id, premium_subscriber, subscription_listing_id, available_for_purchase,
    guild_connections,
} }

impl RoleTags {
    /// Whether this is the guild's booster role.
    pub const fn is_premium_subscriber(&self) -> bool {
        !self.premium_subscriber.is_absent()
    }

    /// Whether the role can be purchased.
    pub const fn is_available_for_purchase(&self) -> bool {
        !self.available_for_purchase.is_absent()
    }

    /// Whether this is a linked role: a role for members with certain connected accounts.
    pub const fn is_linked_role(&self) -> bool {
        !self.guild_connections.is_absent()
    }
}

/// The [number of members](https://docs.discord.com/developers/resources/guild#get-guild-role-member-counts) of each role in a guild.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct RoleMemberCounts {
    /// The number of members by role, without `@everyone`.
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
    /// Returns the number of members of a role; `None` if Discord did not send it.
    pub fn get(&self, role: RoleId) -> Option<u64> {
        self.counts.get(&role).copied()
    }
}

flags! {
    /// The [role flags](https://docs.discord.com/developers/topics/permissions#role-object-role-flags).
    RoleFlags {
    IN_PROMPT = 0,
    }
}
