use std::time::{Duration, SystemTime};

use syncord::id::{ChannelId, GuildId, RoleId, UserId};
use syncord::model::{MemberFlags, Timestamp};
use syncord::rest::{
    AddGuildMember, ImageData, ListGuildMembers, ModifyCurrentMember, ModifyGuildMember, SearchGuildMembers,
};

use super::book::Book;
use crate::server::{Server, ok};

const GUILD: GuildId = GuildId::new(197038439483310086);
const NELLY: UserId = UserId::new(80351110224678912);
const ROLE: RoleId = RoleId::new(41771983423143936);

const MEMBER: &str = r#"{"user":{"id":"80351110224678912","username":"nelly","discriminator":"0","global_name":"Nelly","avatar":null},"nick":"NOT API SUPPORT","avatar":null,"banner":null,"roles":["41771983423143936"],"joined_at":"2015-04-26T06:26:56.936000+00:00","deaf":false,"mute":false,"flags":4,"pending":false,"communication_disabled_until":null}"#;

/// Members with these ids.
fn members(ids: impl Iterator<Item = u64>) -> String {
    let members: Vec<_> =
        ids.map(|id| format!(r#"{{"user":{{"id":"{id}","username":"u"}},"roles":[]}}"#)).collect();
    format!("[{}]", members.join(","))
}

#[test]
fn members_of_guilds() {
    let mut book = Book::open("member");
    let list = format!("[{MEMBER}]");
    let member = book.call("guild_member", MEMBER, |rest| rest.guild_member(GUILD, NELLY));
    assert_eq!(member.flags, MemberFlags::BYPASSES_VERIFICATION);
    let page = book.call("guild_members", &list, |rest| {
        rest.guild_members(GUILD, &ListGuildMembers::new().limit(1000).after(NELLY))
    });
    assert_eq!(*page[0].roles, [ROLE]);
    let all: Result<Vec<_>, _> =
        book.call("guild_members_iter", &list, |rest| Ok(rest.guild_members_iter(GUILD).collect()));
    assert_eq!(all.unwrap().len(), 1);
    let found = book.call("search_guild_members", &list, |rest| {
        rest.search_guild_members(GUILD, &SearchGuildMembers::new("nel & co").limit(5))
    });
    assert_eq!(found[0].nick.as_deref(), Some("NOT API SUPPORT"));

    let how = AddGuildMember::new("6qrZcUqja7812RVdnEKjpzOL4CvHBFG")
        .nick("Nelly")
        .roles([ROLE])
        .mute(false)
        .deaf(true)
        .flags(MemberFlags::BYPASSES_VERIFICATION);
    let added = book.call("add_guild_member", MEMBER, |rest| rest.add_guild_member(GUILD, NELLY, &how));
    assert!(added.is_some());
    let known = book.perform("add_guild_member: is one already", |rest| {
        rest.add_guild_member(GUILD, NELLY, &AddGuildMember::new("6qrZcUqja7812RVdnEKjpzOL4CvHBFG"))
    });
    assert!(known.is_none());

    let changes = ModifyGuildMember::new()
        .nick("Nelly")
        .roles([ROLE])
        .mute(true)
        .deaf(true)
        .channel_id(ChannelId::new(7))
        .communication_disabled_until(Timestamp::new("2020-08-14T17:53:00.000000+00:00"))
        .flags(MemberFlags::BYPASSES_VERIFICATION);
    book.call("modify_guild_member", MEMBER, |rest| {
        rest.reason("shouts at gulls").modify_guild_member(GUILD, NELLY, &changes)
    });
    let nothing =
        ModifyGuildMember::new().no_nick().roles([]).no_channel_id().no_communication_disabled_until();
    book.call("modify_guild_member: nothing left", MEMBER, |rest| {
        rest.modify_guild_member(GUILD, NELLY, &nothing)
    });

    let image = || ImageData::new("GIF89a").unwrap();
    let me = ModifyCurrentMember::new().nick("Bot").banner(image()).avatar(image()).bio("Counts gulls.");
    book.call("modify_current_member", MEMBER, |rest| {
        rest.reason("dressed up").modify_current_member(GUILD, &me)
    });
    let plain = ModifyCurrentMember::new().no_nick().no_banner().no_avatar().no_bio();
    book.call("modify_current_member: nothing left", MEMBER, |rest| {
        rest.modify_current_member(GUILD, &plain)
    });

    book.perform("add_guild_member_role", |rest| {
        rest.reason("passed").add_guild_member_role(GUILD, NELLY, ROLE)
    });
    book.perform("remove_guild_member_role", |rest| {
        rest.reason("failed").remove_guild_member_role(GUILD, NELLY, ROLE)
    });
    book.perform("remove_guild_member", |rest| {
        rest.reason("shouts at gulls").remove_guild_member(GUILD, NELLY)
    });
    book.close();
}

#[test]
fn members_are_fetched_by_the_thousand_until_a_page_is_not_full() {
    let server = Server::that(&[ok(&members(1..=1000)), ok(&members(1001..=1003))]);
    let ids: Vec<_> =
        server.client().guild_members_iter(GUILD).map(|member| member.unwrap().user.id.get()).collect();
    assert_eq!((ids.len(), ids.last()), (1003, Some(&1003)));
    assert_eq!(
        server.lines(),
        [
            "GET /api/v10/guilds/197038439483310086/members?limit=1000",
            "GET /api/v10/guilds/197038439483310086/members?after=1000&limit=1000",
        ]
    );
}

#[test]
fn a_page_without_a_readable_member_is_the_last() {
    let nameless = format!("[{}]", vec![r#"{"roles":[]}"#; 1000].join(","));
    let server = Server::that(&[ok(&nameless)]);
    assert_eq!(server.client().guild_members_iter(GUILD).count(), 0);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_timeout_that_is_too_long_is_not_asked_for() {
    let server = Server::that(&[ok(MEMBER)]);
    let in_a_month = SystemTime::now() + Duration::from_secs(30 * 86_400);
    let timeout = ModifyGuildMember::new().communication_disabled_until(in_a_month);
    let error = server.client().modify_guild_member(GUILD, NELLY, &timeout).unwrap_err().to_string();
    assert!(error.starts_with("communication_disabled_until: at most 28 days ahead"), "{error}");
    assert!(server.asked().is_empty());
}
