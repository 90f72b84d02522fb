use syncord::model::ChannelType;
use syncord::rest::{
    CreateGuildChannel, GetThreadMember, ListArchivedThreads, ListThreadMembers, ModifyThread, SearchThreads,
    StartThreadFromMessage, StartThreadInForum, StartThreadWithoutMessage,
};

use crate::scene::{Scene, code};

#[test]
fn threads_are_started_joined_left_and_archived() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let message = rest.create_message(scene.here(), "Keel?").unwrap();
    let start = StartThreadFromMessage::new("keel");
    let thread = rest.start_thread_from_message(scene.here(), message.id, &start).unwrap();
    assert_eq!((thread.id.get(), thread.kind), (message.id.get(), ChannelType::PUBLIC_THREAD));
    rest.add_thread_member(thread.id, scene.ann()).unwrap();
    let which = ListThreadMembers::new().with_member(true);
    assert_eq!(rest.thread_members(thread.id, &which).unwrap().len(), 2);
    assert_eq!(rest.thread_members_iter(thread.id).count(), 2);
    let member = rest.thread_member(thread.id, scene.ann(), &GetThreadMember::new()).unwrap();
    assert_eq!(member.user_id, Some(scene.ann()));
    rest.remove_thread_member(thread.id, scene.ann()).unwrap();
    assert_eq!(code(rest.thread_member(thread.id, scene.ann(), &GetThreadMember::new())), 10007);
    rest.leave_thread(thread.id).unwrap();
    rest.join_thread(thread.id).unwrap();
    assert_eq!(rest.active_guild_threads(scene.guild).unwrap().threads.len(), 1);
    let found = rest.search_threads(scene.here(), &SearchThreads::new().name("keel")).unwrap();
    assert_eq!(found.threads[0].id, thread.id);
    rest.modify_thread(thread.id, &ModifyThread::new().archived(true)).unwrap();
    let archived = rest.public_archived_threads(scene.here(), &ListArchivedThreads::new()).unwrap();
    assert_eq!(archived.threads[0].id, thread.id);
    assert_eq!(rest.public_archived_threads_iter(scene.here()).count(), 1);
    assert_eq!(rest.private_archived_threads_iter(scene.here()).count(), 0);
    rest.delete_channel(thread.id).unwrap();
    assert_eq!(code(rest.channel(thread.id)), 10003);
}

#[test]
fn forum_posts_and_private_threads_start_without_a_message() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let forum = CreateGuildChannel::new("advice").kind(ChannelType::GUILD_FORUM);
    let forum = rest.create_guild_channel(scene.guild, &forum).unwrap();
    let post = rest.start_thread_in_forum(forum.id, &StartThreadInForum::new("Rope", "Which?")).unwrap();
    assert_eq!(rest.messages_iter(post.id).next().unwrap().unwrap().content, "Which?");
    let mutiny = StartThreadWithoutMessage::new("mutiny").kind(ChannelType::PRIVATE_THREAD);
    let mutiny = rest.start_thread_without_message(scene.here(), &mutiny).unwrap();
    assert_eq!(mutiny.kind, ChannelType::PRIVATE_THREAD);
}
