//! [Audit logs](https://docs.discord.com/developers/resources/audit-log).

use crate::error::Error;
use crate::id::{AnyId, AuditLogEntryId, GuildId, UserId};
use crate::model::{AuditLog, AuditLogEntry, AuditLogEvent};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// The largest page of entries.
const MAX_ENTRIES: u8 = 100;

options! {
    /// Which entries are wanted: [Get Guild Audit Log](https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log).
    GetGuildAuditLog {
        /// Only what this user did.
        user_id: UserId,
        /// Only what was done to this: a user, a channel, a role, whatever it is.
        target_id: AnyId [into],
        /// Only this deed.
        action_type: AuditLogEvent,
        /// Only entries with a smaller id, latest first.
        before: AuditLogEntryId,
        /// Only entries with a greater id, earliest first; 0 begins with the first of all.
        after: AuditLogEntryId,
        /// At most so many: 1 to 100 (50).
        limit: u8 => number(1..=MAX_ENTRIES),
    }
}

impl Client {
    /// A page of the audit log, with the users and whatever else its entries speak of: [Get Guild Audit Log](https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log).
    ///
    /// The latest come first, unless they are wanted [after](GetGuildAuditLog::after) one. Needs `VIEW_AUDIT_LOG`.
    pub fn guild_audit_log(&self, guild: GuildId, which: &GetGuildAuditLog) -> Result<AuditLog, Error> {
        self.fetch(route::GUILD_AUDIT_LOG.at(&[&guild]).query(which)?)
    }

    /// All entries of the audit log, fetched by the page: the latest first, unless they are wanted
    /// [after](GetGuildAuditLog::after) one. The limit is that of a page (100).
    ///
    /// ```no_run
    /// use syncord::model::AuditLogEvent;
    /// use syncord::rest::GetGuildAuditLog;
    /// # use syncord::id::GuildId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let guild = GuildId::new(197038439483310086);
    ///
    /// let bans = GetGuildAuditLog::new().action_type(AuditLogEvent::MEMBER_BAN_ADD);
    /// for entry in client.guild_audit_log_iter(guild, &bans).take(250) {
    ///     let entry = entry?;
    ///     println!("{:?} banned {:?}: {:?}", entry.user_id, entry.target_id, entry.reason);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn guild_audit_log_iter(&self, guild: GuildId, which: &GetGuildAuditLog) -> Pages<AuditLogEntry> {
        let (client, mut which) = (self.clone(), which.clone());
        let limit = which.limit.value().copied().unwrap_or(MAX_ENTRIES);
        let ascending = !which.after.is_absent();
        which = which.limit(limit);
        Pages::new(move || {
            let entries = client.guild_audit_log(guild, &which)?.audit_log_entries;
            if let Some(id) = entries.last().map(|entry| entry.id) {
                which = if ascending { which.clone().after(id) } else { which.clone().before(id) };
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
