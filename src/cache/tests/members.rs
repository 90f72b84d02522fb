use serde_json::json;

use super::scene::{ME, apply, guild_id, member, message, user, user_id, with_guild};
use crate::cache::HasBefore;
use crate::gateway::event::{GuildMemberRemove, GuildMemberUpdate};
use crate::id::RoleId;

#[test]
fn an_update_of_a_member_keeps_what_it_leaves_out() {
    let cache = with_guild();
    let mut whole = member(21, "bob", &["100"]);
    (whole["guild_id"], whole["nick"], whole["avatar"], whole["mute"]) =
        (json!("1"), json!("Bobby"), json!("a1"), json!(true));
    apply(&cache, "GUILD_MEMBER_UPDATE", &whole);
    let partial = json!({"guild_id": "1", "user": user(21, "bob"), "roles": ["101"], "avatar": null});
    let before = apply(&cache, "GUILD_MEMBER_UPDATE", &partial).unwrap();
    let bob = cache.member(guild_id(1), user_id(21)).unwrap();
    assert_eq!((bob.nick.as_deref(), bob.avatar.as_deref(), bob.mute), (Some("Bobby"), None, true));
    assert_eq!(*bob.roles, [RoleId::new(101)]);
    let event: GuildMemberUpdate = serde_json::from_value(partial).unwrap();
    let before = event.before(&before).unwrap();
    assert_eq!((before.avatar.as_deref(), &*before.roles), (Some("a1"), &[RoleId::new(100)][..]));
}

#[test]
fn an_update_that_says_too_little_does_not_make_an_unknown_member_known() {
    let cache = with_guild();
    apply(&cache, "GUILD_MEMBER_UPDATE", &json!({"guild_id": "1", "user": user(22, "cai"), "roles": []}));
    assert!(cache.member(guild_id(1), user_id(22)).is_none());
    let mut whole = member(22, "cai", &[]);
    whole["guild_id"] = json!("1");
    apply(&cache, "GUILD_MEMBER_UPDATE", &whole);
    assert!(cache.member(guild_id(1), user_id(22)).is_some());
}

#[test]
fn a_member_who_leaves_is_unknown_and_was_known_before() {
    let cache = with_guild();
    let gone = json!({"guild_id": "1", "user": user(20, "ann")});
    let before = apply(&cache, "GUILD_MEMBER_REMOVE", &gone).unwrap();
    assert!(cache.member(guild_id(1), user_id(20)).is_none() && cache.user(user_id(20)).is_none());
    assert!(cache.voice_state(guild_id(1), user_id(20)).is_none());
    assert!(cache.presence(guild_id(1), user_id(20)).is_none());
    let event: GuildMemberRemove = serde_json::from_value(gone).unwrap();
    assert_eq!(event.before(&before).unwrap().user.username, "ann");
}

#[test]
fn an_author_is_seen_and_does_not_change_a_known_member() {
    let cache = with_guild();
    let mut of_cai = message(10, 1000, "hello");
    (of_cai["author"], of_cai["member"]["nick"]) = (user(22, "cai"), json!("Captain"));
    apply(&cache, "MESSAGE_CREATE", &of_cai);
    assert_eq!(cache.member(guild_id(1), user_id(22)).unwrap().display_name(), "Captain");
    let mut later = message(10, 1001, "hello");
    (later["author"], later["member"]["nick"]) = (user(22, "cai"), json!(null));
    apply(&cache, "MESSAGE_CREATE", &later);
    assert_eq!(cache.member(guild_id(1), user_id(22)).unwrap().display_name(), "Captain");
}

#[test]
fn a_user_is_the_same_in_all_guilds_and_known_as_long_as_a_member() {
    let cache = with_guild();
    apply(&cache, "GUILD_CREATE", &super::scene::guild(2));
    let mut renamed = member(20, "anna", &[]);
    renamed["guild_id"] = json!("1");
    apply(&cache, "GUILD_MEMBER_UPDATE", &renamed);
    assert_eq!(cache.member(guild_id(2), user_id(20)).unwrap().user.username, "anna");
    apply(&cache, "GUILD_MEMBER_REMOVE", &json!({"guild_id": "1", "user": user(20, "anna")}));
    assert_eq!(cache.user(user_id(20)).unwrap().username, "anna");
    apply(&cache, "GUILD_MEMBER_REMOVE", &json!({"guild_id": "2", "user": user(20, "anna")}));
    assert!(cache.user(user_id(20)).is_none());
}

#[test]
fn an_author_who_is_no_member_is_no_known_user() {
    let cache = with_guild();
    let mut of_webhook = message(10, 1000, "hello");
    (of_webhook["author"], of_webhook["webhook_id"]) = (user(70, "hook"), json!("70"));
    apply(&cache, "MESSAGE_CREATE", &of_webhook);
    assert!(cache.user(user_id(70)).is_none() && cache.member(guild_id(1), user_id(70)).is_none());
    assert_eq!(
        cache.message(super::scene::channel_id(10), super::scene::message_id(1000)).unwrap().author.username,
        "hook"
    );
}

#[test]
fn a_chunk_adds_members_and_their_presences() {
    let cache = with_guild();
    apply(
        &cache,
        "GUILD_MEMBERS_CHUNK",
        &json!({"guild_id": "1", "chunk_index": 0, "chunk_count": 1,
        "members": [member(22, "cai", &[]), member(21, "bob", &[])],
        "presences": [{"user": {"id": "22"}, "status": "idle", "activities": [], "client_status": {}}]}),
    );
    assert_eq!(cache.members_of(guild_id(1)).len(), 4);
    assert!(cache.member(guild_id(1), user_id(21)).unwrap().roles.is_empty());
    assert!(cache.presence(guild_id(1), user_id(22)).is_some());
}

#[test]
fn usernames_are_found_and_those_of_bots_are_not_taken_for_unique() {
    let cache = with_guild();
    assert_eq!(cache.member_by_username(guild_id(1), "ANN").unwrap().user.id, user_id(20));
    assert!(cache.member_by_username(guild_id(1), "an").is_none());
    let mut bot = member(23, "tide", &[]);
    (bot["guild_id"], bot["user"]["discriminator"]) = (json!("1"), json!("0042"));
    apply(&cache, "GUILD_MEMBER_ADD", &bot);
    assert!(cache.member_by_username(guild_id(1), "tide").is_none());
    assert_eq!(cache.user(user_id(ME)).unwrap().username, "bot");
}
