//! [Audit logs](https://docs.discord.com/developers/resources/audit-log).

use crate::error::Error;
use crate::id::{AnyId, AuditLogEntryId, GuildId, UserId};
use crate::model::{AuditLog, AuditLogEntry, AuditLogEvent};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// Maximum number of entries of a page.
const MAX_ENTRIES: u8 = 100;

options! {
    /// Filters for audit log entries: [Get Guild Audit Log](https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log).
    GetGuildAuditLog {
        /// Returns only actions of this user.
        user_id: UserId,
        /// Returns only actions on this target: a user, a channel, a role or another object.
        target_id: AnyId [into],
        /// Returns only actions of this type.
        action_type: AuditLogEvent,
        /// Returns only entries with a lower ID, latest first.
        before: AuditLogEntryId,
        /// Returns only entries with a higher ID, earliest first. 0 starts at the earliest entry.
        after: AuditLogEntryId,
        /// Maximum number of entries to return, 1-100. Default: 50.
        limit: u8 => number(1..=MAX_ENTRIES),
    }
}

impl Client {
    /// Returns a page of the audit log, with the users and other objects that its entries mention: [Get Guild Audit Log](https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log).
    ///
    /// Entries are sorted latest first, or earliest first with [`after`](GetGuildAuditLog::after). Needs `VIEW_AUDIT_LOG`.
    pub fn guild_audit_log(&self, guild: GuildId, filter: &GetGuildAuditLog) -> Result<AuditLog, Error> {
        self.fetch(route::GUILD_AUDIT_LOG.at(&[&guild]).query(filter)?)
    }

    /// Iterates over all entries of the audit log, and fetches further pages when needed.
    ///
    /// Entries are sorted latest first, or earliest first with [`after`](GetGuildAuditLog::after). The limit is the
    /// size of a page. Default: 100.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let (guild, ann) = (discord.guild_id(), discord.member("ann").id());
    /// # client.reason("spam").create_guild_ban(guild, ann, &syncord::rest::CreateGuildBan::new())?;
    /// use syncord::model::AuditLogEvent;
    /// use syncord::rest::GetGuildAuditLog;
    ///
    /// let bans = GetGuildAuditLog::new().action_type(AuditLogEvent::MEMBER_BAN_ADD);
    /// for entry in client.guild_audit_log_iter(guild, &bans).take(250) {
    ///     let entry = entry?;
    ///     println!("{:?} banned {:?}: {:?}", entry.user_id, entry.target_id, entry.reason);
    ///     # assert_eq!(entry.reason.as_deref(), Some("spam"));
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn guild_audit_log_iter(&self, guild: GuildId, filter: &GetGuildAuditLog) -> Pages<AuditLogEntry> {
        let (client, mut filter) = (self.clone(), filter.clone());
        let limit = filter.limit.value().copied().unwrap_or(MAX_ENTRIES);
        let ascending = !filter.after.is_absent();
        filter = filter.limit(limit);
        Pages::new(move || {
            let entries = client.guild_audit_log(guild, &filter)?.audit_log_entries;
            if let Some(id) = entries.last().map(|entry| entry.id) {
                filter = if ascending { filter.clone().after(id) } else { filter.clone().before(id) };
            }
            Ok(Page::of(entries, limit.into()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::GetGuildAuditLog;

    #[test]
    fn a_page_has_1_to_100_entries() {
        for (limit, fits) in [(0, false), (1, true), (100, true), (101, false)] {
            assert_eq!(GetGuildAuditLog::new().limit(limit).check().is_ok(), fits, "{limit}");
        }
    }
}
