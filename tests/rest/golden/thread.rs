use std::time::Duration;

use syncord::id::{ChannelId, MessageId, TagId, UserId};
use syncord::model::{ChannelType, ThreadSearchTagSetting, ThreadSortingMode, ThreadSortingOrder, Timestamp};
use syncord::rest::{
    GetThreadMember, ListArchivedThreads, ListJoinedArchivedThreads, ListThreadMembers, SearchThreads,
    StartThreadFromMessage, StartThreadInForum, StartThreadWithoutMessage, ThreadMessage, Upload,
};
use syncord::{Error, JsonErrorCode};

use super::book::Book;
use crate::server::{Server, answer, ok};

const THREAD: &str = r#"{"id":"1492456675737731072","type":11,"guild_id":"555088666830176256","parent_id":"555088666872119298","owner_id":"481314156901957663","name":"keel paint advice","message_count":4,"member_count":3,"flags":0,"thread_metadata":{"archived":true,"auto_archive_duration":1440,"archive_timestamp":"2026-04-11T09:30:00+00:00","locked":false}}"#;
const MEMBER: &str = r#"{"id":"1492456675737731072","user_id":"80351110224678912","join_timestamp":"2026-04-11T09:30:00+00:00","flags":1}"#;

const HERE: ChannelId = ChannelId::new(555088666872119298);
const THERE: ChannelId = ChannelId::new(1492456675737731072);
const NELLY: UserId = UserId::new(80351110224678912);

#[test]
fn threads() {
    let mut book = Book::open("thread");
    starting(&mut book);
    posting(&mut book);
    members(&mut book);
    lists(&mut book);
    book.close();
}

fn starting(book: &mut Book) {
    let message = MessageId::new(1492456675737731072);
    let thread = StartThreadFromMessage::new("keel paint advice");
    let thread = book.call("start_thread_from_message", THREAD, |rest| {
        rest.start_thread_from_message(HERE, message, &thread)
    });
    assert_eq!(thread.id.get(), message.get());
    let slow = StartThreadFromMessage::new("keel paint advice")
        .auto_archive_duration(Duration::from_secs(3600))
        .rate_limit_per_user(Duration::from_secs(21_600));
    book.call("start_thread_from_message, slowly", THREAD, |rest| {
        rest.reason("too much talk").start_thread_from_message(HERE, message, &slow)
    });
    let private = StartThreadWithoutMessage::new("mutiny")
        .auto_archive_duration(Duration::from_secs(259_200))
        .kind(ChannelType::PRIVATE_THREAD)
        .invitable(false)
        .no_rate_limit_per_user();
    book.call("start_thread_without_message", THREAD, |rest| {
        rest.start_thread_without_message(HERE, &private)
    });
    let plain = StartThreadWithoutMessage::new("mutiny");
    book.call("start_thread_without_message, sparse", THREAD, |rest| {
        rest.start_thread_without_message(HERE, &plain)
    });
}

fn posting(book: &mut Book) {
    let answer = r#"{"id":"1500048037886689280","type":11,"parent_id":"1025348827349123072","name":"Outboard will not start","applied_tags":["1025349286625411072"],"message":{"id":"1500048037886689280","channel_id":"1500048037886689280","author":{"id":"481314156901957663","username":"tobias_k"},"content":"It turns over.","timestamp":"2026-05-02T08:15:21.777000+00:00","type":0}}"#;
    let forum = ChannelId::new(1025348827349123072);
    let post = StartThreadInForum::new("Outboard will not start", "It turns over.");
    let thread = book.call("start_thread_in_forum", answer, |rest| rest.start_thread_in_forum(forum, &post));
    assert_eq!(thread.message.unwrap().content, "It turns over.");
    let photo = Upload::bytes("motor.txt", "a motor").description("The motor");
    let message = ThreadMessage::from("It turns over.").file(photo);
    let post = StartThreadInForum::new("Outboard will not start", message)
        .auto_archive_duration(Duration::from_secs(86_400))
        .rate_limit_per_user(Duration::from_secs(5))
        .applied_tags([TagId::new(1025349286625411072)]);
    book.call("start_thread_in_forum with a file", answer, |rest| {
        rest.reason("it is broken").start_thread_in_forum(forum, &post)
    });
}

fn members(book: &mut Book) {
    book.perform("join_thread", |rest| rest.join_thread(THERE));
    book.perform("leave_thread", |rest| rest.leave_thread(THERE));
    book.perform("add_thread_member", |rest| rest.add_thread_member(THERE, NELLY));
    book.perform("remove_thread_member", |rest| rest.remove_thread_member(THERE, NELLY));
    let with = GetThreadMember::new().with_member(true);
    let member = book.call("thread_member", MEMBER, |rest| rest.thread_member(THERE, NELLY, &with));
    assert_eq!(member.user_id, Some(NELLY));
    let which = ListThreadMembers::new().with_member(true).after(UserId::new(7)).limit(50);
    let all = format!("[{MEMBER}]");
    let members = book.call("thread_members", &all, |rest| rest.thread_members(THERE, &which));
    assert_eq!(members.len(), 1);
    book.call("thread_members, sparse", &all, |rest| rest.thread_members(THERE, &ListThreadMembers::new()));
}

fn lists(book: &mut Book) {
    let list = format!(r#"{{"threads":[{THREAD}],"members":[{MEMBER}],"has_more":true}}"#);
    let which =
        ListArchivedThreads::new().before(Timestamp::new("2026-05-02T08:15:21.777000+00:00")).limit(2);
    let threads =
        book.call("public_archived_threads", &list, |rest| rest.public_archived_threads(HERE, &which));
    assert!(threads.has_more && threads.threads[0].id == THERE && threads.members.len() == 1);
    book.call("private_archived_threads", &list, |rest| {
        rest.private_archived_threads(HERE, &ListArchivedThreads::new())
    });
    let which = ListJoinedArchivedThreads::new().before(THERE).limit(100);
    book.call("joined_private_archived_threads", &list, |rest| {
        rest.joined_private_archived_threads(HERE, &which)
    });
    let which = SearchThreads::new()
        .name("keel paint")
        .slop(2)
        .min_id(ChannelId::new(7))
        .max_id(THERE)
        .tag([TagId::new(1025349286625411072), TagId::new(1025349286625411073)])
        .tag_setting(ThreadSearchTagSetting::MATCH_SOME)
        .archived(true)
        .sort_by(ThreadSortingMode::LAST_MESSAGE_TIME)
        .sort_order(ThreadSortingOrder::ASC)
        .limit(25)
        .offset(50);
    let found = format!(r#"{{"threads":[{THREAD}],"members":[],"has_more":false,"total_results":1}}"#);
    let found = book.call("search_threads", &found, |rest| rest.search_threads(HERE, &which));
    assert_eq!(found.total_results, Some(1));
}

fn page(ids: &[u64], has_more: bool) -> crate::server::Do {
    let threads: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(
                r#"{{"id":"{id}","type":11,"thread_metadata":{{"archive_timestamp":"2026-04-{id}T09:30:00+00:00"}}}}"#
            )
        })
        .collect();
    ok(&format!(r#"{{"threads":[{}],"members":[],"has_more":{has_more}}}"#, threads.join(",")))
}

#[test]
fn archived_threads_are_followed_from_page_to_page() {
    let server = Server::that(&[page(&[30, 29], true), page(&[28], false)]);
    let threads: Vec<u64> =
        server.client().public_archived_threads_iter(HERE).map(|thread| thread.unwrap().id.get()).collect();
    assert_eq!(threads, [30, 29, 28]);
    let path = "GET /api/v10/channels/555088666872119298/threads/archived/public?limit=100";
    let second = "GET /api/v10/channels/555088666872119298/threads/archived/public?before=2026-04-29T09%3A30%3A00%2B00%3A00&limit=100";
    assert_eq!(server.lines(), [path, second]);

    let server = Server::that(&[page(&[30, 29], true), page(&[28], false)]);
    assert_eq!(server.client().joined_private_archived_threads_iter(HERE).count(), 3);
    let path = "GET /api/v10/channels/555088666872119298/users/@me/threads/archived/private";
    assert_eq!(server.lines(), [format!("{path}?limit=100"), format!("{path}?before=29&limit=100")]);
}

#[test]
fn a_search_goes_on_by_its_offset() {
    let server = Server::that(&[page(&[30, 29], true), page(&[28], false)]);
    let which = SearchThreads::new().name("tide").offset(10);
    assert_eq!(server.client().search_threads_iter(HERE, &which).count(), 3);
    let path = "GET /api/v10/channels/555088666872119298/threads/search?limit=25&name=tide";
    assert_eq!(server.lines(), [format!("{path}&offset=10"), format!("{path}&offset=35")]);
}

#[test]
fn a_search_that_has_to_wait_is_no_empty_result() {
    let body = r#"{"message":"Index not yet available. Try again later","code":110000,"retry_after":2}"#;
    let server = Server::that(&[answer("202 Accepted\r\nContent-Type: application/json", body)]);
    let error = server.client().search_threads(HERE, &SearchThreads::new()).unwrap_err();
    assert!(
        matches!(&error, Error::Http(e) if (e.status, e.code) == (202, JsonErrorCode::INDEX_NOT_YET_AVAILABLE)),
        "{error}"
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
}

#[test]
fn the_members_of_a_thread_are_followed_by_their_ids() {
    let member = |id: u64| format!(r#"{{"user_id":"{id}","join_timestamp":"2026-04-11T09:30:00+00:00"}}"#);
    let full: Vec<String> = (1..=100).map(member).collect();
    let server = Server::that(&[ok(&format!("[{}]", full.join(","))), ok(&format!("[{}]", member(101)))]);
    assert_eq!(server.client().thread_members_iter(THERE).count(), 101);
    let path = "GET /api/v10/channels/1492456675737731072/thread-members";
    let query = "limit=100&with_member=true";
    assert_eq!(server.lines(), [format!("{path}?{query}"), format!("{path}?after=100&{query}")]);
}

#[test]
fn the_limits_of_threads_are_kept() {
    let second = Duration::from_secs;
    let table = [
        (StartThreadFromMessage::new("").check(), "name: 1 to 100 characters, and this has 0"),
        (
            StartThreadFromMessage::new("x").auto_archive_duration(second(3601)).check(),
            "auto_archive_duration: 60, 1440, 4320 or 10080 minutes, and this is 60.016666666666666",
        ),
        (
            StartThreadWithoutMessage::new("x").rate_limit_per_user(second(21_601)).check(),
            "rate_limit_per_user: from 0 to 21600 whole seconds, and this is 21601",
        ),
        (
            StartThreadWithoutMessage::new("x").kind(ChannelType::GUILD_TEXT).check(),
            "type: ANNOUNCEMENT_THREAD, PUBLIC_THREAD or PRIVATE_THREAD, and this is GUILD_TEXT",
        ),
        (
            StartThreadWithoutMessage::new("x").kind(ChannelType::PUBLIC_THREAD).invitable(true).check(),
            "invitable: only for a PRIVATE_THREAD, and this is a PUBLIC_THREAD",
        ),
        (
            StartThreadInForum::new("x", "").check(),
            "message.content: is empty: a message needs text that is not only white space, or something else to show",
        ),
        (
            StartThreadInForum::new("x", "y").applied_tags(vec![TagId::new(1); 6]).check(),
            "applied_tags: at most 5 elements, and this has 6",
        ),
        (ListThreadMembers::new().limit(101).check(), "limit: from 1 to 100, and this is 101"),
        (ListArchivedThreads::new().limit(1).check(), "limit: from 2 to 100, and this is 1"),
        (SearchThreads::new().limit(26).check(), "limit: from 1 to 25, and this is 26"),
        (SearchThreads::new().offset(9976).check(), "offset: from 0 to 9975, and this is 9976"),
        (SearchThreads::new().slop(101).check(), "slop: from 0 to 100, and this is 101"),
        (
            SearchThreads::new().tag(vec![TagId::new(1); 21]).check(),
            "tag: at most 20 elements, and this has 21",
        ),
    ];
    for (result, expected) in table {
        assert_eq!(result.unwrap_err().to_string(), format!("{expected} (nothing was sent)"));
    }
}
