use super::scene::{
    ME, apply, channel_id, content, guild, guild_id, message, message_id, ready, user_id, with_guild,
};
use crate::cache::Cache;

/// Sends messages until something is evicted. Returns the number of messages.
fn fill(cache: &Cache) -> u64 {
    (0..1000)
        .find(|n| {
            apply(
                cache,
                "MESSAGE_CREATE",
                &message(10, 1000 + n, "a text of some length, so that it counts"),
            );
            let health = cache.health();
            health.evicted_members + health.evicted_messages > 0
        })
        .unwrap()
}

#[test]
fn the_least_recently_used_go_first_and_the_bytes_stay_below_the_limit() {
    let cache = with_guild();
    let cache = cache.clone().limit_bytes(cache.health().bytes + 6000).messages(1000);
    let count = fill(&cache);
    assert!(count > 5, "{count}");
    assert!(cache.member(guild_id(1), user_id(21)).is_none(), "bob was used by nothing");
    assert!(cache.message(channel_id(10), message_id(1000)).is_some());
    for n in 0..count {
        apply(&cache, "MESSAGE_CREATE", &message(10, 5000 + n, "a text of some length, so that it counts"));
        assert!(cache.health().bytes <= cache.health().limit_bytes);
        // Used again and again, it stays.
        assert!(cache.message(channel_id(10), message_id(1000)).is_some(), "{n}");
    }
    assert_eq!(content(&cache, 10, 1001), None);
    assert!(cache.member(guild_id(1), user_id(20)).is_some(), "the author of all messages");
}

#[test]
fn guilds_channels_roles_and_the_own_member_are_never_evicted() {
    let cache = with_guild().limit_bytes(0);
    apply(&cache, "MESSAGE_CREATE", &message(10, 1000, "first"));
    assert!(cache.guild(guild_id(1)).is_some() && cache.channel(channel_id(10)).is_some());
    assert!(cache.member(guild_id(1), user_id(ME)).is_some());
    let health = cache.health();
    assert_eq!((health.members, health.messages, health.users), (1, 0, 0));
    assert_eq!((health.evicted_members, health.evicted_messages), (2, 1));
    assert!(health.bytes > 0);
}

#[test]
fn hits_and_misses_are_counted() {
    let cache = with_guild();
    cache.guild(guild_id(1));
    cache.guild(guild_id(2));
    cache.member(guild_id(1), user_id(20));
    cache.message(channel_id(10), message_id(1));
    let health = cache.health();
    assert_eq!((health.hits, health.misses), (2, 2));
}

#[test]
fn the_counts_are_those_of_the_values() {
    let cache = with_guild();
    apply(&cache, "GUILD_CREATE", &guild(2));
    apply(&cache, "MESSAGE_CREATE", &message(10, 1000, "first"));
    let health = cache.health();
    assert_eq!((health.guilds, health.channels, health.roles, health.emojis), (2, 2, 6, 2));
    assert_eq!((health.members, health.users, health.messages), (6, 2, 1));
    assert_eq!((health.voice_states, health.presences), (2, 2));
    apply(&cache, "READY", &ready(&[]));
    assert_eq!(cache.health().bytes, 0);
}
