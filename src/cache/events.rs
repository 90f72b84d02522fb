//! The events that change the cache.

use super::before::Replaced;
use super::store::Store;
use crate::gateway::event::*;

/// Where an event comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'e> {
    pub(crate) shard: u32,
    /// The text of the event, and perhaps more after it.
    pub(crate) data: &'e str,
}

/// An event that changes the cache.
pub(crate) trait CachedEvent: Event {
    /// Changes what is known. Returns what the event has replaced or removed.
    #[doc(hidden)]
    fn apply(&self, store: &mut Store, source: Source<'_>) -> Applied;
}

/// What an event has replaced or removed.
pub(crate) struct Applied(pub(super) Option<Replaced>);

/// What is done with an event whose type is not known before.
pub(crate) trait Visit {
    type Output;

    fn visit<E: CachedEvent>(self) -> Self::Output;
}

/// Calls the visitor with the type of the event. Returns the visitor if no event with this name changes the cache.
pub(crate) fn visit<V: Visit>(name: &str, visitor: V) -> Result<V::Output, V> {
    Ok(match name {
        // Those that come most often are compared first.
        "MESSAGE_CREATE" => visitor.visit::<MessageCreate>(),
        "PRESENCE_UPDATE" => visitor.visit::<PresenceUpdate>(),
        "MESSAGE_UPDATE" => visitor.visit::<MessageUpdate>(),
        "MESSAGE_DELETE" => visitor.visit::<MessageDelete>(),
        "VOICE_STATE_UPDATE" => visitor.visit::<VoiceStateUpdate>(),
        "GUILD_MEMBER_UPDATE" => visitor.visit::<GuildMemberUpdate>(),
        "GUILD_MEMBER_ADD" => visitor.visit::<GuildMemberAdd>(),
        "GUILD_MEMBER_REMOVE" => visitor.visit::<GuildMemberRemove>(),
        "GUILD_MEMBERS_CHUNK" => visitor.visit::<GuildMembersChunk>(),
        "MESSAGE_DELETE_BULK" => visitor.visit::<MessageDeleteBulk>(),
        "GUILD_CREATE" => visitor.visit::<GuildCreate>(),
        "GUILD_UPDATE" => visitor.visit::<GuildUpdate>(),
        "GUILD_DELETE" => visitor.visit::<GuildDelete>(),
        "GUILD_ROLE_CREATE" => visitor.visit::<GuildRoleCreate>(),
        "GUILD_ROLE_UPDATE" => visitor.visit::<GuildRoleUpdate>(),
        "GUILD_ROLE_DELETE" => visitor.visit::<GuildRoleDelete>(),
        "GUILD_EMOJIS_UPDATE" => visitor.visit::<GuildEmojisUpdate>(),
        "GUILD_STICKERS_UPDATE" => visitor.visit::<GuildStickersUpdate>(),
        "CHANNEL_CREATE" => visitor.visit::<ChannelCreate>(),
        "CHANNEL_UPDATE" => visitor.visit::<ChannelUpdate>(),
        "CHANNEL_DELETE" => visitor.visit::<ChannelDelete>(),
        "THREAD_CREATE" => visitor.visit::<ThreadCreate>(),
        "THREAD_UPDATE" => visitor.visit::<ThreadUpdate>(),
        "THREAD_DELETE" => visitor.visit::<ThreadDelete>(),
        "THREAD_LIST_SYNC" => visitor.visit::<ThreadListSync>(),
        "THREAD_MEMBER_UPDATE" => visitor.visit::<ThreadMemberUpdate>(),
        "THREAD_MEMBERS_UPDATE" => visitor.visit::<ThreadMembersUpdate>(),
        "USER_UPDATE" => visitor.visit::<UserUpdate>(),
        "READY" => visitor.visit::<Ready>(),
        _ => return Err(visitor),
    })
}

/// Implements [`CachedEvent`] with a function that returns what was replaced.
macro_rules! cached {
    ($($event:ident: |$own:ident, $store:ident, $source:ident| $apply:expr;)+) => {$(
        impl CachedEvent for $event {
            fn apply(&self, $store: &mut Store, $source: Source<'_>) -> Applied {
                let $own = self;
                Applied($apply)
            }
        }
    )+};
}

cached! {
    Ready: |event, store, source| { store.ready(source.shard, event); None };
    GuildCreate: |event, store, source| { store.guild_create(source.shard, event); None };
    GuildUpdate: |event, store, _source| store.guild_update(event).map(Replaced::Guild);
    GuildDelete: |event, store, source| store.guild_delete(source.shard, event).map(Replaced::Guild);
    GuildRoleCreate: |event, store, _source| { store.role_create(event); None };
    GuildRoleUpdate: |event, store, _source| {
        store.role_update(event).map(|role| Replaced::Role(event.guild_id, role))
    };
    GuildRoleDelete: |event, store, _source| {
        store.role_delete(event).map(|role| Replaced::Role(event.guild_id, role))
    };
    GuildEmojisUpdate: |event, store, _source| { store.emojis_update(event); None };
    GuildStickersUpdate: |event, store, _source| { store.stickers_update(event); None };
    ChannelCreate: |event, store, _source| store.channel(event).map(Replaced::Channel);
    ChannelUpdate: |event, store, _source| store.channel(event).map(Replaced::Channel);
    ChannelDelete: |event, store, _source| store.channel_delete(event).map(Replaced::Channel);
    ThreadCreate: |event, store, _source| store.channel(event).map(Replaced::Channel);
    ThreadUpdate: |event, store, _source| store.channel(event).map(Replaced::Channel);
    ThreadDelete: |event, store, _source| store.thread_delete(event).map(Replaced::Channel);
    ThreadListSync: |event, store, _source| { store.thread_list_sync(event); None };
    ThreadMemberUpdate: |event, store, _source| { store.thread_member_update(event); None };
    ThreadMembersUpdate: |event, store, _source| { store.thread_members_update(event); None };
    GuildMemberAdd: |event, store, _source| { store.member_add(event); None };
    GuildMembersChunk: |event, store, _source| { store.members_chunk(event); None };
    GuildMemberRemove: |event, store, _source| {
        store.member_remove(event).map(|(member, user)| Replaced::Member(member, user))
    };
    GuildMemberUpdate: |event, store, source| {
        store.member_update(event, source.data).map(|(member, user)| Replaced::Member(member, user))
    };
    UserUpdate: |event, store, _source| { store.user_update(event); None };
    VoiceStateUpdate: |event, store, _source| {
        event.guild_id.and_then(|guild| store.put_voice_state(guild, event)).map(Replaced::VoiceState)
    };
    PresenceUpdate: |event, store, _source| {
        event.guild_id.and_then(|guild| store.put_presence(guild, event)).map(Replaced::Presence)
    };
    MessageCreate: |event, store, source| { store.message_create(source.shard, event); None };
    MessageUpdate: |event, store, source| {
        store.message_update(source.shard, event, source.data).map(Replaced::Message)
    };
    MessageDelete: |event, store, _source| store.message_delete(event).map(Replaced::Message);
    MessageDeleteBulk: |event, store, _source| Some(Replaced::Messages(store.message_delete_bulk(event)));
}
