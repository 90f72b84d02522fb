use std::time::Duration;

use syncord::id::{ApplicationId, ChannelId, EmojiId, RoleId, TagId, UserId};
use syncord::model::{
    ChannelFlags, ChannelType, ForumLayoutType, InviteTargetType, Overwrite, Permissions, SortOrderType,
    ThreadSearchTagSetting, VideoQualityMode,
};
use syncord::rest::{
    AddGroupDmRecipient, CreateChannelInvite, ForumTagOptions, ImageData, ModifyChannel, ModifyGroupDm,
    ModifyThread,
};

use super::book::Book;

const CHANNEL: &str = r#"{"id":"555088666872119298","type":0,"guild_id":"555088666830176256","name":"general","position":1,"parent_id":"555088666867924993","permission_overwrites":[{"id":"555088666830176256","type":0,"allow":"0","deny":"2048"}],"flags":0,"topic":"Talk about boats.","nsfw":false,"last_message_id":"1500062951300792337","rate_limit_per_user":5,"default_auto_archive_duration":1440}"#;
const FORUM: &str = r#"{"id":"1025348827349123072","type":15,"name":"help","available_tags":[{"id":"1025349286625411072","name":"engine","moderated":true,"emoji_id":null,"emoji_name":"⚙️"}]}"#;
const GROUP: &str =
    r#"{"id":"319674150115710528","type":3,"name":"crew","owner_id":"82198810841029460","recipients":[]}"#;
const INVITE: &str = r#"{"type":0,"code":"t1DeKe3p","guild_id":"555088666830176256","channel":{"id":"555088666872119298","type":0,"name":"general"},"uses":2,"max_uses":0,"max_age":86400,"temporary":false,"created_at":"2026-05-02T09:25:00.313000+00:00","expires_at":null}"#;

const HERE: ChannelId = ChannelId::new(555088666872119298);

#[test]
fn channels() {
    let mut book = Book::open("channel");
    let channel = book.call("channel", CHANNEL, |rest| rest.channel(HERE));
    assert_eq!(channel.permission_overwrites[0].deny, Permissions::SEND_MESSAGES);
    assert_eq!(channel.rate_limit_per_user, Some(Duration::from_secs(5)));
    modifying(&mut book);
    let gone =
        book.call("delete_channel", CHANNEL, |rest| rest.reason("the tide is out").delete_channel(HERE));
    assert_eq!(gone.kind, ChannelType::GUILD_TEXT);

    let (role, user) = (RoleId::new(41771983423143936), UserId::new(80351110224678912));
    let quiet = Overwrite::role(role, Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES);
    book.perform("edit_channel_permissions", |rest| rest.edit_channel_permissions(HERE, &quiet));
    book.perform("edit_channel_permissions of a member", |rest| {
        let free = Overwrite::member(user, Permissions::SEND_MESSAGES, Permissions::empty());
        rest.reason("welcome").edit_channel_permissions(HERE, &free)
    });
    book.perform("delete_channel_permission", |rest| rest.delete_channel_permission(HERE, user));
    let followed = r#"{"channel_id":"555088666872119298","webhook_id":"752831914402115456"}"#;
    let followed = book.call("follow_announcement_channel", followed, |rest| {
        rest.follow_announcement_channel(HERE, ChannelId::new(197038439483310086))
    });
    assert_eq!(followed.webhook_id.get(), 752831914402115456);
    book.perform("trigger_typing", |rest| rest.trigger_typing(HERE));
    book.perform("set_voice_channel_status", |rest| {
        rest.reason("low tide").set_voice_channel_status(HERE, Some("Singing"))
    });
    book.perform("set_voice_channel_status to none", |rest| rest.set_voice_channel_status(HERE, None));
    let recipient = AddGroupDmRecipient::new("a-user's-token").nick("Nelly");
    assert!(!format!("{recipient:?}").contains("a-user's-token"));
    book.perform("group_dm_add_recipient", |rest| rest.group_dm_add_recipient(HERE, user, &recipient));
    book.perform("group_dm_remove_recipient", |rest| rest.group_dm_remove_recipient(HERE, user));
    inviting(&mut book);
    book.close();
}

fn modifying(book: &mut Book) {
    let all = ModifyChannel::new()
        .name("low-tide")
        .kind(ChannelType::GUILD_ANNOUNCEMENT)
        .position(3)
        .topic("What the tide brings")
        .nsfw(false)
        .rate_limit_per_user(Duration::from_secs(30))
        .bitrate(64_000)
        .user_limit(12)
        .permission_overwrites([Overwrite::role(
            RoleId::new(41771983423143936),
            Permissions::empty(),
            Permissions::SEND_MESSAGES,
        )])
        .parent_id(ChannelId::new(555088666867924993))
        .rtc_region("rotterdam")
        .video_quality_mode(VideoQualityMode::FULL)
        .default_auto_archive_duration(Duration::from_secs(86_400))
        .flags(ChannelFlags::REQUIRE_TAG)
        .available_tags([
            ForumTagOptions::new("answered").emoji("✅").moderated(true),
            ForumTagOptions::new("engine").id(TagId::new(1025349286625411072)).emoji("<:engine:7>"),
        ])
        .default_reaction_emoji("👍")
        .default_thread_rate_limit_per_user(Duration::from_secs(10))
        .default_sort_order(SortOrderType::CREATION_DATE)
        .default_forum_layout(ForumLayoutType::GALLERY_VIEW)
        .default_tag_setting(ThreadSearchTagSetting::MATCH_ALL);
    book.call("modify_channel", CHANNEL, |rest| rest.modify_channel(HERE, &all));
    let none = ModifyChannel::new()
        .no_position()
        .no_topic()
        .no_nsfw()
        .no_rate_limit_per_user()
        .no_bitrate()
        .no_user_limit()
        .no_permission_overwrites()
        .no_parent_id()
        .no_rtc_region()
        .no_video_quality_mode()
        .no_default_auto_archive_duration()
        .no_default_reaction_emoji()
        .no_default_sort_order()
        .no_default_tag_setting();
    let forum = book.call("modify_channel with nulls", FORUM, |rest| {
        rest.reason("spring cleaning").modify_channel(HERE, &none)
    });
    let kept: Vec<ForumTagOptions> = forum.available_tags.iter().map(ForumTagOptions::from).collect();
    let tags = ModifyChannel::new().available_tags(kept);
    book.call("modify_channel, keeping its tags", FORUM, |rest| rest.modify_channel(HERE, &tags));

    let thread = ModifyThread::new()
        .name("keel paint advice")
        .archived(true)
        .auto_archive_duration(Duration::from_secs(604_800))
        .locked(true)
        .invitable(false)
        .rate_limit_per_user(Duration::from_secs(5))
        .flags(ChannelFlags::PINNED)
        .applied_tags([TagId::new(1025349286625411072)])
        .bitrate(8000)
        .user_limit(0)
        .rtc_region("rotterdam")
        .video_quality_mode(VideoQualityMode::AUTO);
    let answer = r#"{"id":"1492456675737731072","type":11,"name":"keel paint advice","thread_metadata":{"archived":true,"auto_archive_duration":10080,"archive_timestamp":"2026-04-11T09:30:00+00:00","locked":true}}"#;
    let thread = book.call("modify_thread", answer, |rest| rest.modify_thread(HERE, &thread));
    assert!(thread.thread_metadata.is_some_and(|metadata| metadata.locked));
    let nulls = ModifyThread::new()
        .no_rate_limit_per_user()
        .no_bitrate()
        .no_user_limit()
        .no_rtc_region()
        .no_video_quality_mode();
    book.call("modify_thread with nulls", answer, |rest| rest.modify_thread(HERE, &nulls));

    let group = ModifyGroupDm::new().name("crew").icon(ImageData::new("GIF89a").unwrap());
    book.call("modify_group_dm", GROUP, |rest| rest.modify_group_dm(HERE, &group));
    let group = ModifyGroupDm::new().no_name().no_icon();
    let group = book.call("modify_group_dm with nulls", GROUP, |rest| rest.modify_group_dm(HERE, &group));
    assert_eq!(group.kind, ChannelType::GROUP_DM);
}

fn inviting(book: &mut Book) {
    let invites = book.call("channel_invites", &format!("[{INVITE}]"), |rest| rest.channel_invites(HERE));
    assert_eq!((invites[0].code.as_str(), invites[0].uses), ("t1DeKe3p", Some(2)));
    let invite = CreateChannelInvite::new();
    let invite = book.call("create_channel_invite", INVITE, |rest| rest.create_channel_invite(HERE, &invite));
    assert_eq!(invite.max_age, Some(Duration::from_secs(86_400)));
    let stream = CreateChannelInvite::new()
        .max_age(Duration::ZERO)
        .max_uses(5)
        .temporary(true)
        .unique(true)
        .target_type(InviteTargetType::STREAM)
        .target_user_id(UserId::new(80351110224678912));
    book.call("create_channel_invite to a stream", INVITE, |rest| {
        rest.reason("come and see").create_channel_invite(HERE, &stream)
    });
    let activity = CreateChannelInvite::new()
        .target_type(InviteTargetType::EMBEDDED_APPLICATION)
        .target_application_id(ApplicationId::new(755827207812677713));
    book.call("create_channel_invite to an activity", INVITE, |rest| {
        rest.create_channel_invite(HERE, &activity)
    });
    let chosen = CreateChannelInvite::new()
        .role_ids([RoleId::new(41771983423143936)])
        .target_users(vec![UserId::new(80351110224678912), UserId::new(82198810841029460)]);
    book.call("create_channel_invite for some users", INVITE, |rest| {
        rest.create_channel_invite(HERE, &chosen)
    });
}

#[test]
fn the_limits_of_channels_are_kept() {
    let second = Duration::from_secs;
    let problem = |result: Result<(), syncord::Error>| match result {
        Ok(()) => "fine".to_owned(),
        Err(error) => error.to_string().trim_end_matches(" (nothing was sent)").to_owned(),
    };
    let channel = ModifyChannel::new;
    let tag = || ForumTagOptions::new("tag");
    let table = [
        (channel().name("").check(), "name: 1 to 100 characters, and this has 0"),
        (channel().name("é".repeat(100)).check(), "fine"),
        (channel().topic("x".repeat(4096)).check(), "fine"),
        (channel().topic("x".repeat(4097)).check(), "topic: at most 4096 characters, and this has 4097"),
        (
            channel().kind(ChannelType::GUILD_TEXT).topic("x".repeat(1025)).check(),
            "topic: at most 1024 characters, and this has 1025",
        ),
        (
            channel().rate_limit_per_user(second(21_601)).check(),
            "rate_limit_per_user: from 0 to 21600 whole seconds, and this is 21601",
        ),
        (channel().bitrate(7999).check(), "bitrate: from 8000 to 384000, and this is 7999"),
        (channel().user_limit(10_001).check(), "user_limit: from 0 to 10000, and this is 10001"),
        (
            channel().default_auto_archive_duration(second(60)).check(),
            "default_auto_archive_duration: 60, 1440, 4320 or 10080 minutes, and this is 1",
        ),
        (
            channel().available_tags(vec![tag(); 21]).check(),
            "available_tags: at most 20 elements, and this has 21",
        ),
        (
            channel().available_tags([tag(), ForumTagOptions::new("x".repeat(21))]).check(),
            "available_tags[1].name: at most 20 characters, and this has 21",
        ),
        (
            tag().emoji_id(EmojiId::new(7)).emoji_name("✅").check(),
            "emoji_name: cannot be combined with emoji_id",
        ),
        (
            channel().default_reaction_emoji(syncord::model::DefaultReaction::default()).check(),
            "default_reaction_emoji: exactly one of emoji_id and emoji_name is required",
        ),
        (
            ModifyThread::new().applied_tags(vec![TagId::new(1); 6]).check(),
            "applied_tags: at most 5 elements, and this has 6",
        ),
        (ModifyThread::new().user_limit(100).check(), "user_limit: from 0 to 99, and this is 100"),
        (ModifyGroupDm::new().name("x".repeat(101)).check(), "name: 1 to 100 characters, and this has 101"),
        (
            CreateChannelInvite::new().max_age(second(604_801)).check(),
            "max_age: from 0 to 604800 whole seconds, and this is 604801",
        ),
        (CreateChannelInvite::new().max_uses(101).check(), "max_uses: from 0 to 100, and this is 101"),
        (
            CreateChannelInvite::new().target_type(InviteTargetType::STREAM).check(),
            "target_user_id: is missing: an invite to a stream needs it",
        ),
        (
            CreateChannelInvite::new().target_type(InviteTargetType::EMBEDDED_APPLICATION).check(),
            "target_application_id: is missing: an invite to an activity needs it",
        ),
    ];
    for (result, expected) in table {
        assert_eq!(problem(result), expected);
    }
    let client = syncord::rest::Client::new(syncord::Token::new(crate::server::TOKEN).unwrap());
    let status = "x".repeat(501);
    assert_eq!(
        problem(client.set_voice_channel_status(HERE, Some(&status))),
        "status: at most 500 characters, and this has 501"
    );
}
