use syncord::id::{AuditLogEntryId, GuildId, UserId};
use syncord::model::AuditLogEvent;
use syncord::rest::GetGuildAuditLog;

use super::book::Book;
use crate::server::{Server, ok};

const GUILD: GuildId = GuildId::new(197038439483310086);

const LOG: &str = r#"{"audit_log_entries":[{"id":"1012345678901234567","user_id":"7","target_id":"80351110224678912","action_type":22,"reason":"sells rafts","changes":[]}],"users":[{"id":"7","username":"nelly","discriminator":"0","avatar":null}],"application_commands":[],"auto_moderation_rules":[],"guild_scheduled_events":[],"integrations":[],"threads":[],"webhooks":[]}"#;

/// A log of entries with these ids.
fn entries(ids: &[u64]) -> String {
    let entries: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":"{id}","action_type":20}}"#)).collect();
    format!(r#"{{"audit_log_entries":[{}]}}"#, entries.join(","))
}

#[test]
fn audit_logs() {
    let mut book = Book::open("audit_log");
    let which = GetGuildAuditLog::new()
        .user_id(UserId::new(7))
        .target_id(UserId::new(80351110224678912))
        .action_type(AuditLogEvent::MEMBER_BAN_ADD)
        .before(AuditLogEntryId::new(1112345678901234567))
        .limit(25);
    let log = book.call("guild_audit_log", LOG, |rest| rest.guild_audit_log(GUILD, &which));
    assert_eq!(log.audit_log_entries[0].reason.as_deref(), Some("sells rafts"));
    assert_eq!(log.users[0].username, "nelly");
    let from_the_first = GetGuildAuditLog::new().after(AuditLogEntryId::new(0));
    book.call("guild_audit_log: from the first", LOG, |rest| rest.guild_audit_log(GUILD, &from_the_first));
    book.close();
}

#[test]
fn the_log_is_walked_back_or_from_after_an_entry_onwards() {
    let walk = |which: &GetGuildAuditLog, pages: [&[u64]; 2]| {
        let server = Server::that(&pages.map(|ids| ok(&entries(ids))));
        let found: Vec<_> =
            server.client().guild_audit_log_iter(GUILD, which).map(|entry| entry.unwrap().id.get()).collect();
        let queries: Vec<_> =
            server.lines().iter().filter_map(|line| Some(line.split_once('?')?.1.to_owned())).collect();
        (found, queries)
    };
    let back: Vec<u64> = (8..=107).rev().collect();
    let (found, queries) = walk(&GetGuildAuditLog::new(), [&back, &[7, 6]]);
    assert_eq!((found.len(), found.last()), (102, Some(&6)));
    assert_eq!(queries, ["limit=100", "before=8&limit=100"]);
    let onwards = GetGuildAuditLog::new().after(0.into()).limit(2);
    let (found, queries) = walk(&onwards, [&[1, 2], &[3]]);
    assert_eq!(found, [1, 2, 3]);
    assert_eq!(queries, ["after=0&limit=2", "after=2&limit=2"]);
}
