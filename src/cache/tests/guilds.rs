use serde_json::json;

use super::scene::{
    ME, apply, apply_from, channel, channel_id, content, full, guild, guild_id, member, message, ready, role,
    user_id, with_guild,
};
use crate::cache::Cache;
use crate::cache::HasBefore;
use crate::gateway::event::{ChannelUpdate, GuildRoleDelete};
use crate::id::{EmojiId, RoleId};
use crate::model::Status;

#[test]
fn a_guild_and_all_in_it_is_known_after_its_event() {
    let cache = with_guild();
    let guild = cache.guild(guild_id(1)).unwrap();
    assert_eq!((guild.name.as_str(), guild.roles.len(), guild.emojis.len()), ("Harbour", 3, 1));
    assert_eq!((guild.member_count, guild.channels.len(), guild.members.len()), (None, 0, 0));
    let channel = cache.channel(channel_id(10)).unwrap();
    assert_eq!((channel.guild_id, channel.last_message_id), (Some(guild_id(1)), None));
    assert_eq!(cache.member(guild_id(1), user_id(21)).unwrap().user.username, "bob");
    assert_eq!(cache.member(guild_id(1), user_id(ME)).unwrap().roles[0], RoleId::new(101));
    assert_eq!(cache.role(guild_id(1), RoleId::new(100)).unwrap().name, "role 100");
    assert_eq!(cache.emoji(guild_id(1), EmojiId::new(50)).unwrap().name.unwrap(), "wave");
    assert_eq!(cache.voice_state(guild_id(1), user_id(20)).unwrap().channel_id, Some(channel_id(11)));
    assert_eq!(cache.presence(guild_id(1), user_id(20)).unwrap().status, Status::ONLINE);
    assert!(cache.presence(guild_id(1), user_id(21)).is_none());
    assert_eq!(cache.members_of(guild_id(1)).len(), 3);
}

#[test]
fn a_part_that_is_not_kept_is_unknown() {
    let cache = Cache::new().roles();
    apply(&cache, "READY", &ready(&[1]));
    apply(&cache, "GUILD_CREATE", &guild(1));
    assert!(cache.guild(guild_id(1)).is_none() && cache.channel(channel_id(10)).is_none());
    assert!(cache.member(guild_id(1), user_id(20)).is_none() && cache.emojis_of(guild_id(1)).is_none());
    assert!(cache.channels_of(guild_id(1)).is_none() && cache.voice_states_of(guild_id(1)).is_none());
    assert_eq!(cache.roles_of(guild_id(1)).unwrap().len(), 3);
    assert!(cache.member(guild_id(1), user_id(ME)).is_some(), "permissions depend on it");
}

#[test]
fn a_guild_that_is_unavailable_is_kept_and_what_is_in_it_is_unknown() {
    let cache = with_guild();
    apply(&cache, "MESSAGE_CREATE", &message(10, 1000, "before"));
    apply(&cache, "GUILD_DELETE", &json!({"id": "1", "unavailable": true}));
    let during = cache.guild(guild_id(1)).unwrap();
    assert!(during.is_unavailable() && during.name == "Harbour");
    assert_eq!(cache.guild_ids(), [guild_id(1)]);
    assert!(cache.channel(channel_id(10)).is_none() && cache.member(guild_id(1), user_id(20)).is_none());
    assert!(cache.roles_of(guild_id(1)).is_none() && cache.guild_with_roles(guild_id(1)).is_none());
    assert!(content(&cache, 10, 1000).is_none());

    apply(&cache, "GUILD_CREATE", &guild(1));
    assert!(!cache.guild(guild_id(1)).unwrap().is_unavailable());
    assert!(cache.channel(channel_id(10)).is_some() && cache.member(guild_id(1), user_id(20)).is_some());
    assert!(content(&cache, 10, 1000).is_none(), "it may have been deleted during the outage");
}

#[test]
fn a_guild_create_may_be_that_of_an_unavailable_guild() {
    let cache = with_guild();
    apply(&cache, "GUILD_CREATE", &json!({"id": "1", "unavailable": true}));
    assert!(cache.guild(guild_id(1)).unwrap().is_unavailable());
    assert!(cache.channel(channel_id(10)).is_none());
}

#[test]
fn a_new_session_replaces_what_it_sends_again_and_removes_what_it_does_not_list() {
    let cache = full();
    apply(&cache, "READY", &ready(&[1, 2]));
    apply(&cache, "GUILD_CREATE", &guild(1));
    apply(&cache, "GUILD_CREATE", &guild(2));
    apply_from(&cache, 1, "GUILD_CREATE", &guild(3));
    apply(&cache, "MESSAGE_CREATE", &message(10, 1000, "before"));

    apply(&cache, "READY", &ready(&[1]));
    assert!(cache.guild(guild_id(2)).is_none() && cache.channel(channel_id(20)).is_none());
    assert!(cache.guild(guild_id(1)).unwrap().is_unavailable() && cache.channel(channel_id(10)).is_none());
    assert!(cache.channel(channel_id(30)).is_some(), "the guild of another shard is not concerned");

    let mut changed = guild(1);
    changed["members"] = json!([member(ME, "bot", &["101"]), member(21, "bob", &[])]);
    changed["channels"] = json!([channel(12, &json!([]))]);
    apply(&cache, "GUILD_CREATE", &changed);
    assert!(cache.channel(channel_id(12)).is_some() && cache.channel(channel_id(10)).is_none());
    assert!(cache.member(guild_id(1), user_id(20)).is_none());
    assert!(cache.member(guild_id(1), user_id(21)).unwrap().roles.is_empty());
    assert!(content(&cache, 10, 1000).is_none());
}

#[test]
fn a_guild_that_the_bot_leaves_is_gone_with_all_that_is_in_it() {
    let cache = with_guild();
    apply(&cache, "MESSAGE_CREATE", &message(10, 1000, "before"));
    apply(&cache, "GUILD_DELETE", &json!({"id": "1"}));
    assert!(cache.guild(guild_id(1)).is_none() && cache.guild_ids().is_empty());
    let health = cache.health();
    assert_eq!((health.bytes, health.users, health.roles, health.emojis), (0, 0, 0, 0), "{health:?}");
}

#[test]
fn an_update_of_a_guild_keeps_what_only_its_first_event_has() {
    let cache = with_guild();
    let mut update = guild(1);
    let fields = update.as_object_mut().unwrap();
    for name in ["joined_at", "large", "channels", "members", "threads", "voice_states", "presences"] {
        fields.remove(name);
    }
    fields["name"] = json!("Port");
    apply(&cache, "GUILD_UPDATE", &update);
    let guild = cache.guild(guild_id(1)).unwrap();
    assert_eq!((guild.name.as_str(), guild.joined_at.is_some()), ("Port", true));
    assert!(cache.channel(channel_id(10)).is_some() && cache.member(guild_id(1), user_id(20)).is_some());
}

#[test]
fn a_deleted_role_leaves_members_and_overwrites() {
    let cache = with_guild();
    let overwrites = json!([{"id": "100", "type": 0, "allow": "8", "deny": "0"}]);
    let mut update = channel(10, &overwrites);
    update["guild_id"] = json!("1");
    apply(&cache, "CHANNEL_UPDATE", &update);
    let before = apply(&cache, "GUILD_ROLE_DELETE", &json!({"guild_id": "1", "role_id": "100"})).unwrap();
    let event: GuildRoleDelete = serde_json::from_value(json!({"guild_id": "1", "role_id": "100"})).unwrap();
    assert_eq!(event.before(&before).unwrap().name, "role 100");
    assert!(cache.role(guild_id(1), RoleId::new(100)).is_none());
    assert!(cache.member(guild_id(1), user_id(21)).unwrap().roles.is_empty());
    assert!(cache.channel(channel_id(10)).unwrap().permission_overwrites.is_empty());
}

#[test]
fn roles_are_added_and_replaced() {
    let cache = with_guild();
    apply(&cache, "GUILD_ROLE_CREATE", &json!({"guild_id": "1", "role": role(102, 8, 3)}));
    apply(&cache, "GUILD_ROLE_UPDATE", &json!({"guild_id": "1", "role": role(100, 16, 5)}));
    assert_eq!(cache.roles_of(guild_id(1)).unwrap().len(), 4);
    assert_eq!(cache.role(guild_id(1), RoleId::new(100)).unwrap().position, 5);
    assert_eq!(cache.health().roles, 4);
}

#[test]
fn the_channel_before_is_that_of_the_event_and_of_no_other() {
    let cache = with_guild();
    let mut update = channel(10, &json!([]));
    (update["guild_id"], update["name"]) = (json!("1"), json!("new"));
    let before = apply(&cache, "CHANNEL_UPDATE", &update).unwrap();
    let event: ChannelUpdate = serde_json::from_value(update).unwrap();
    assert_eq!(event.before(&before).unwrap().name.as_deref(), Some("channel 10"));
    assert_eq!(cache.channel(channel_id(10)).unwrap().name.as_deref(), Some("new"));
    let mut other = event.clone();
    other.0.id = channel_id(11);
    assert!(other.before(&before).is_none());
}

/// A thread of channel 10.
fn thread(id: u64, kind: u32, archived: bool) -> serde_json::Value {
    json!({"id": id.to_string(), "type": kind, "guild_id": "1", "parent_id": "10", "name": "thread",
        "thread_metadata": {"archived": archived, "locked": false, "auto_archive_duration": 60}})
}

#[test]
fn threads_are_kept_while_they_are_active() {
    let cache = with_guild();
    apply(&cache, "THREAD_CREATE", &thread(60, 11, false));
    apply(
        &cache,
        "THREAD_MEMBER_UPDATE",
        &json!({"id": "60", "user_id": "9", "guild_id": "1", "flags": 0,
        "join_timestamp": "2026-05-02T09:14:37.412000+00:00"}),
    );
    apply(&cache, "THREAD_UPDATE", &thread(60, 11, false));
    assert!(cache.channel(channel_id(60)).unwrap().member.is_some(), "the update has no membership");
    apply(&cache, "MESSAGE_CREATE", &message(60, 1000, "in the thread"));
    apply(&cache, "THREAD_UPDATE", &thread(60, 11, true));
    assert!(cache.channel(channel_id(60)).is_none() && content(&cache, 60, 1000).is_none());
}

#[test]
fn a_sync_of_threads_replaces_those_of_its_channels() {
    let cache = with_guild();
    for id in [60, 61, 62] {
        apply(&cache, "THREAD_CREATE", &thread(id, 11, false));
    }
    let mut elsewhere = thread(63, 11, false);
    elsewhere["parent_id"] = json!("13");
    apply(&cache, "THREAD_CREATE", &elsewhere);
    let sync = |threads: serde_json::Value| json!({"guild_id": "1", "channel_ids": ["10"], "threads": threads, "members": []});
    apply(&cache, "THREAD_LIST_SYNC", &sync(json!([thread(61, 11, false), thread(64, 11, false)])));
    let known = [60, 61, 62, 63, 64].map(|id| cache.channel(channel_id(id)).is_some());
    assert_eq!(known, [false, true, false, true, true]);
    apply(&cache, "THREAD_LIST_SYNC", &json!({"guild_id": "1", "threads": [], "members": []}));
    assert_eq!(
        cache.channels_of(guild_id(1)).unwrap().len(),
        1,
        "without channels it is for the whole guild"
    );
}

#[test]
fn a_deleted_channel_takes_its_threads_and_messages_with_it() {
    let cache = with_guild();
    apply(&cache, "THREAD_CREATE", &thread(60, 11, false));
    apply(&cache, "MESSAGE_CREATE", &message(10, 1000, "a"));
    apply(&cache, "MESSAGE_CREATE", &message(60, 1001, "b"));
    let mut deleted = channel(10, &json!([]));
    deleted["guild_id"] = json!("1");
    apply(&cache, "CHANNEL_DELETE", &deleted);
    assert_eq!(cache.channels_of(guild_id(1)).unwrap().len(), 0);
    assert_eq!((content(&cache, 10, 1000), content(&cache, 60, 1001)), (None, None));
    assert_eq!(cache.health().messages, 0);
}

#[test]
fn what_the_bot_cannot_see_any_more_is_removed() {
    let hidden = json!([{"id": "1", "type": 0, "allow": "0", "deny": (1 << 10).to_string()},
        {"id": "101", "type": 0, "allow": "0", "deny": (1 << 10).to_string()}]);
    let mut hide = channel(10, &hidden);
    hide["guild_id"] = json!("1");
    let lose_role = json!({"guild_id": "1", "role": role(101, 0, 2)});
    let lose_everyone = json!({"guild_id": "1", "role": role(1, 0, 0)});
    for (events, is_known) in [
        (vec![("CHANNEL_UPDATE", &hide)], false),
        (vec![("GUILD_ROLE_UPDATE", &lose_role)], true),
        (vec![("GUILD_ROLE_UPDATE", &lose_role), ("GUILD_ROLE_UPDATE", &lose_everyone)], false),
    ] {
        let cache = with_guild();
        apply(&cache, "THREAD_CREATE", &thread(60, 11, false));
        apply(&cache, "MESSAGE_CREATE", &message(10, 1000, "a"));
        apply(&cache, "MESSAGE_CREATE", &message(60, 1001, "b"));
        for (name, data) in &events {
            apply(&cache, name, data);
        }
        assert!(cache.channel(channel_id(10)).is_some(), "a channel is kept");
        let known = [content(&cache, 10, 1000).is_some(), content(&cache, 60, 1001).is_some()];
        assert_eq!(known, [is_known; 2], "{events:?}");
        assert_eq!(cache.channel(channel_id(60)).is_some(), is_known, "{events:?}");
    }
}

#[test]
fn a_private_thread_is_gone_when_the_bot_is_removed_from_it() {
    let cache = with_guild();
    let mut private = thread(60, 12, false);
    private["member"] = json!({"id": "60", "user_id": "9", "flags": 0, "join_timestamp": ""});
    apply(&cache, "THREAD_CREATE", &private);
    assert!(cache.channel(channel_id(60)).is_some());
    apply(
        &cache,
        "THREAD_MEMBERS_UPDATE",
        &json!({"id": "60", "guild_id": "1", "member_count": 1,
        "removed_member_ids": ["9"]}),
    );
    assert!(cache.channel(channel_id(60)).is_none());
}

#[test]
fn voice_states_and_presences_end() {
    let cache = with_guild();
    apply(
        &cache,
        "VOICE_STATE_UPDATE",
        &json!({"guild_id": "1", "user_id": "20", "channel_id": null, "session_id": "v"}),
    );
    assert!(cache.voice_state(guild_id(1), user_id(20)).is_none());
    apply(&cache, "PRESENCE_UPDATE", &json!({"guild_id": "1", "user": {"id": "20"}, "status": "offline"}));
    assert!(cache.presence(guild_id(1), user_id(20)).is_none());
    assert_eq!(
        cache.member(guild_id(1), user_id(20)).unwrap().user.username,
        "ann",
        "a presence changes no user"
    );
    let health = cache.health();
    assert_eq!((health.voice_states, health.presences), (0, 0));
}

#[test]
fn events_of_unknown_guilds_change_nothing() {
    let cache = full();
    apply(&cache, "READY", &ready(&[]));
    let mut update = channel(10, &json!([]));
    update["guild_id"] = json!("1");
    apply(&cache, "CHANNEL_CREATE", &update);
    apply(&cache, "GUILD_UPDATE", &guild(1));
    apply(&cache, "GUILD_ROLE_CREATE", &json!({"guild_id": "1", "role": role(1, 0, 0)}));
    apply(&cache, "MESSAGE_CREATE", &message(10, 1000, "a"));
    let mut joined = member(22, "cai", &[]);
    joined["guild_id"] = json!("1");
    apply(&cache, "GUILD_MEMBER_ADD", &joined);
    let health = cache.health();
    assert_eq!((health.bytes, health.guilds, health.messages), (0, 0, 0), "{health:?}");
}
