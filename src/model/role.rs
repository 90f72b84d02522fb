//! [Roles](https://docs.discord.com/developers/topics/permissions#role-object).

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::open_enum::flags;
use super::{Color, Map, Maybe, Permissions, lenient};
use crate::id::{IntegrationId, RoleId, SkuId, UserId};

/// A [role](https://docs.discord.com/developers/topics/permissions#role-object).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Role {
    /// Its id; that of `@everyone` is the guild's.
    pub id: RoleId,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its colour; black means none. Discord prefers [`colors`](Role::colors).
    #[serde(default)]
    pub color: Color,
    /// Its colours.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub colors: Option<RoleColors>,
    /// Whether its members are listed apart.
    #[serde(default)]
    pub hoist: bool,
    /// The hash of its icon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// The emoji that is its icon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unicode_emoji: Option<String>,
    /// Its place; higher stands above lower. Compare with [`Role::rank`].
    #[serde(default)]
    pub position: i64,
    /// Its permissions.
    #[serde(default)]
    pub permissions: Permissions,
    /// Whether an integration manages it.
    #[serde(default)]
    pub managed: bool,
    /// Whether everybody may mention it.
    #[serde(default)]
    pub mentionable: bool,
    /// What it belongs to.
    #[serde(default, deserialize_with = "lenient::optional", skip_serializing_if = "Option::is_none")]
    pub tags: Option<Box<RoleTags>>,
    /// Flags.
    #[serde(default, deserialize_with = "lenient::plain")]
    pub flags: RoleFlags,
}

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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RoleColors {
    /// The first, and the only one of most.
    #[serde(default)]
    pub primary_color: Color,
    /// The end of a gradient.
    #[serde(default)]
    pub secondary_color: Option<Color>,
    /// The third, which makes the role holographic.
    #[serde(default)]
    pub tertiary_color: Option<Color>,
}

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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RoleTags {
    /// The bot whose role it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bot_id: Option<UserId>,
    /// The integration that manages it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integration_id: Option<IntegrationId>,
    /// Present on the role of those who boost the guild.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub premium_subscriber: Maybe<()>,
    /// The subscription that gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription_listing_id: Option<SkuId>,
    /// Present where it can be bought.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub available_for_purchase: Maybe<()>,
    /// Present where a linked account gives it.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub guild_connections: Maybe<()>,
}

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
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct RoleMemberCounts {
    /// The count of each role, but for `@everyone`.
    pub counts: Map<RoleId, u64>,
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
