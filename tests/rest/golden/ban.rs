use std::time::Duration;

use syncord::id::{GuildId, UserId};
use syncord::rest::{BulkGuildBan, CreateGuildBan, GetGuildBans};

use super::book::Book;
use crate::server::{Server, ok};

const GUILD: GuildId = GuildId::new(197038439483310086);
const MASON: UserId = UserId::new(53908099506183680);

const BAN: &str = r#"{"reason":"mentioning b1nzy","user":{"id":"53908099506183680","username":"Mason","discriminator":"0","avatar":"a_bab14f271d565501444b2ca3be944b25"}}"#;

/// Bans of users with these ids.
fn bans(ids: &[u64]) -> String {
    let bans: Vec<_> =
        ids.iter().map(|id| format!(r#"{{"reason":null,"user":{{"id":"{id}","username":"u"}}}}"#)).collect();
    format!("[{}]", bans.join(","))
}

/// Whose bans these options find, and what was asked for them.
fn walk(which: &GetGuildBans, pages: &[&[u64]]) -> (Vec<u64>, Vec<String>) {
    let answers: Vec<_> = pages.iter().map(|ids| ok(&bans(ids))).collect();
    let server = Server::that(&answers);
    let found = server.client().guild_bans_iter(GUILD, which).map(|ban| ban.unwrap().user.id.get()).collect();
    let queries = server.lines().iter().filter_map(|line| Some(line.split_once('?')?.1.to_owned())).collect();
    (found, queries)
}

#[test]
fn bans_of_guilds() {
    let mut book = Book::open("ban");
    let list = format!("[{BAN}]");
    let before = GetGuildBans::new().limit(10).before(MASON);
    let page = book.call("guild_bans", &list, |rest| rest.guild_bans(GUILD, &before));
    assert_eq!(page[0].reason.as_deref(), Some("mentioning b1nzy"));
    book.call("guild_bans: after a user", &list, |rest| {
        rest.guild_bans(GUILD, &GetGuildBans::new().after(MASON))
    });
    let ban = book.call("guild_ban", BAN, |rest| rest.guild_ban(GUILD, MASON));
    assert_eq!(ban.user.id, MASON);

    let a_day = CreateGuildBan::new().delete_message_seconds(Duration::from_secs(86_400));
    book.perform("create_guild_ban", |rest| {
        rest.reason("sells rafts").create_guild_ban(GUILD, MASON, &a_day)
    });
    book.perform("create_guild_ban: nothing deleted", |rest| {
        rest.create_guild_ban(GUILD, MASON, &CreateGuildBan::new())
    });
    #[expect(deprecated, reason = "each field once")]
    let days = CreateGuildBan::new().delete_message_days(7);
    book.perform("create_guild_ban: by the day", |rest| rest.create_guild_ban(GUILD, MASON, &days));
    book.perform("remove_guild_ban", |rest| rest.reason("served").remove_guild_ban(GUILD, MASON));

    let many = BulkGuildBan::new([MASON, UserId::new(7)]).delete_message_seconds(Duration::from_secs(3600));
    let answer = r#"{"banned_users":["53908099506183680"],"failed_users":["7"]}"#;
    let banned = book.call("bulk_guild_ban", answer, |rest| rest.reason("raid").bulk_guild_ban(GUILD, &many));
    assert_eq!((&*banned.banned_users, &*banned.failed_users), (&[MASON][..], &[UserId::new(7)][..]));
    book.close();
}

#[test]
fn bans_are_listed_ascending_or_descending_from_a_user() {
    let (found, queries) = walk(&GetGuildBans::new().limit(2), &[&[1, 2], &[3, 4], &[5]]);
    assert_eq!(found, [1, 2, 3, 4, 5]);
    assert_eq!(queries, ["limit=2", "after=2&limit=2", "after=4&limit=2"]);
    let (found, queries) = walk(&GetGuildBans::new().limit(2).before(6.into()), &[&[4, 5], &[2, 3], &[1]]);
    assert_eq!(found, [5, 4, 3, 2, 1]);
    assert_eq!(queries, ["before=6&limit=2", "before=4&limit=2", "before=2&limit=2"]);
}

#[test]
fn without_a_limit_bans_come_by_the_thousand() {
    let (found, queries) = walk(&GetGuildBans::new(), &[&[1]]);
    assert_eq!((found, queries), (vec![1], vec!["limit=1000".to_owned()]));
}
