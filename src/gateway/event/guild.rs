use serde::Serialize;

use super::macros::wraps;
use crate::id::{GuildId, RoleId};
use crate::json::object;
use crate::model::{AuditLogEntry, Emoji, Guild, List, Role, Sticker, UnavailableGuild, User};

wraps! {
    /// A guild became available: [GUILD_CREATE](https://docs.discord.com/developers/events/gateway-events#guild-create).
    ///
    /// Discord sends it after [`Ready`](super::Ready) for each guild, when the bot joins a guild, and when an outage ends.
    GuildCreate(Guild);

    /// A guild was changed: [GUILD_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-update).
    ///
    /// It contains neither channels nor members.
    GuildUpdate(Guild);

    /// A guild became unavailable, or the bot was removed from it: [GUILD_DELETE](https://docs.discord.com/developers/events/gateway-events#guild-delete).
    ///
    /// When `unavailable` is true there is an outage. Otherwise the bot was removed from the guild.
    GuildDelete(UnavailableGuild);

    /// An audit log entry was created: [GUILD_AUDIT_LOG_ENTRY_CREATE](https://docs.discord.com/developers/events/gateway-events#guild-audit-log-entry-create).
    GuildAuditLogEntryCreate(AuditLogEntry);
}

/// A user was banned: [GUILD_BAN_ADD](https://docs.discord.com/developers/events/gateway-events#guild-ban-add).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildBanAdd {
    /// The guild.
    pub guild_id: GuildId,
    /// The banned user.
    pub user: User,
}

object! { GuildBanAdd {
    guild_id, user: required,
} }

/// A user was unbanned: [GUILD_BAN_REMOVE](https://docs.discord.com/developers/events/gateway-events#guild-ban-remove).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildBanRemove {
    /// The guild.
    pub guild_id: GuildId,
    /// The unbanned user.
    pub user: User,
}

object! { GuildBanRemove {
    guild_id, user: required,
} }

/// A guild's emoji were changed: [GUILD_EMOJIS_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-emojis-update).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildEmojisUpdate {
    /// The guild.
    pub guild_id: GuildId,
    /// All emoji of the guild after the change.
    pub emojis: List<Emoji>,
}

object! { GuildEmojisUpdate {
    guild_id: required, emojis,
} }

/// A guild's stickers were changed: [GUILD_STICKERS_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-stickers-update).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildStickersUpdate {
    /// The guild.
    pub guild_id: GuildId,
    /// All stickers of the guild after the change.
    pub stickers: List<Sticker>,
}

object! { GuildStickersUpdate {
    guild_id: required, stickers,
} }

/// A role was created: [GUILD_ROLE_CREATE](https://docs.discord.com/developers/events/gateway-events#guild-role-create).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildRoleCreate {
    /// The guild.
    pub guild_id: GuildId,
    /// The role.
    pub role: Role,
}

object! { GuildRoleCreate {
    guild_id, role: required,
} }

/// A role was changed: [GUILD_ROLE_UPDATE](https://docs.discord.com/developers/events/gateway-events#guild-role-update).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GuildRoleUpdate {
    /// The guild.
    pub guild_id: GuildId,
    /// The role after the change.
    pub role: Role,
}

object! { GuildRoleUpdate {
    guild_id, role: required,
} }

/// A role was deleted: [GUILD_ROLE_DELETE](https://docs.discord.com/developers/events/gateway-events#guild-role-delete).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GuildRoleDelete {
    /// The guild.
    pub guild_id: GuildId,
    /// The role.
    pub role_id: RoleId,
}

object! { GuildRoleDelete {
    guild_id, role_id: required,
} }
