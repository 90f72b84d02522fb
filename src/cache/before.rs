//! Values as they were before an event.

use std::sync::Arc;

use super::packed::{PackedMember, PackedMessage, PackedPresence, PackedUser};
use crate::gateway::event::{
    ChannelDelete, ChannelUpdate, Event, GuildDelete, GuildMemberRemove, GuildMemberUpdate, GuildRoleDelete,
    GuildRoleUpdate, GuildUpdate, MessageDelete, MessageDeleteBulk, MessageUpdate, PresenceUpdate,
    ThreadDelete, ThreadUpdate, VoiceStateUpdate,
};
use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::model::{Channel, Guild, Member, Message, Presence, Role, VoiceState};

/// What an event has replaced or removed in the cache.
#[derive(Debug)]
pub(super) enum Replaced {
    Guild(Arc<Guild>),
    Role(GuildId, Role),
    Channel(Arc<Channel>),
    Member(Arc<PackedMember>, Arc<PackedUser>),
    Message(Arc<PackedMessage>),
    Messages(Vec<Arc<PackedMessage>>),
    VoiceState(Arc<VoiceState>),
    Presence(Arc<PackedPresence>),
}

/// What an event has replaced or removed in the cache.
#[doc(hidden)]
#[derive(Debug)]
pub struct Before(pub(super) Replaced);

/// An event after which the cache can say what was before: see [`Context::before`](crate::Context::before).
///
/// No other type implements it.
pub trait HasBefore: Event + SealedBefore {
    /// What the event has changed or removed.
    type Before;

    #[doc(hidden)]
    fn before(&self, before: &Before) -> Option<Self::Before>;
}

/// Keeps [`HasBefore`] to the events below.
pub trait SealedBefore {}

/// Implements [`HasBefore`] with an expression.
macro_rules! has_before {
    ($($event:ident -> $value:ty: |$own:ident, $before:ident| $read:expr;)+) => {$(
        impl SealedBefore for $event {}

        impl HasBefore for $event {
            type Before = $value;

            fn before(&self, before: &Before) -> Option<$value> {
                // A handler may ask for another event than the one that it handles.
                let ($own, $before) = (self, &before.0);
                $read
            }
        }
    )+};
}

has_before! {
    GuildUpdate -> Arc<Guild>: |event, before| guild(event.id, before);
    GuildDelete -> Arc<Guild>: |event, before| guild(event.id, before);
    GuildRoleUpdate -> Role: |event, before| match before {
        Replaced::Role(guild, role) if *guild == event.guild_id && role.id == event.role.id => Some(role.clone()),
        _ => None,
    };
    GuildRoleDelete -> Role: |event, before| match before {
        Replaced::Role(guild, role) if *guild == event.guild_id && role.id == event.role_id => Some(role.clone()),
        _ => None,
    };
    ChannelUpdate -> Arc<Channel>: |event, before| channel(event.id, before);
    ChannelDelete -> Arc<Channel>: |event, before| channel(event.id, before);
    ThreadUpdate -> Arc<Channel>: |event, before| channel(event.id, before);
    ThreadDelete -> Arc<Channel>: |event, before| channel(event.id, before);
    GuildMemberUpdate -> Member: |event, before| member(event.guild_id, event.user.id, before);
    GuildMemberRemove -> Member: |event, before| member(event.guild_id, event.user.id, before);
    MessageUpdate -> Message: |event, before| message(event.channel_id, event.id, before);
    MessageDelete -> Message: |event, before| message(event.channel_id, event.id, before);
    MessageDeleteBulk -> Vec<Message>: |event, before| match before {
        Replaced::Messages(messages) => {
            let of_event = messages.iter().filter(|message| event.ids.contains(&message.id));
            Some(of_event.map(|message| message.unpack()).collect())
        }
        _ => None,
    };
    VoiceStateUpdate -> Arc<VoiceState>: |event, before| match before {
        Replaced::VoiceState(state) if state.user_id == event.user_id && state.guild_id == event.guild_id => {
            Some(Arc::clone(state))
        }
        _ => None,
    };
    PresenceUpdate -> Presence: |event, before| match before {
        Replaced::Presence(presence) if presence.user_id == event.user.id => Some(presence.unpack()),
        _ => None,
    };
}

fn guild(id: GuildId, before: &Replaced) -> Option<Arc<Guild>> {
    match before {
        Replaced::Guild(guild) if guild.id == id => Some(Arc::clone(guild)),
        _ => None,
    }
}

fn channel(id: ChannelId, before: &Replaced) -> Option<Arc<Channel>> {
    match before {
        Replaced::Channel(channel) if channel.id == id => Some(Arc::clone(channel)),
        _ => None,
    }
}

fn member(guild: GuildId, user: UserId, before: &Replaced) -> Option<Member> {
    match before {
        Replaced::Member(member, own) if (member.guild_id, member.user_id) == (guild, user) => {
            Some(member.unpack_with(own))
        }
        _ => None,
    }
}

fn message(channel: ChannelId, id: MessageId, before: &Replaced) -> Option<Message> {
    match before {
        Replaced::Message(message) if (message.channel_id, message.id) == (channel, id) => {
            Some(message.unpack())
        }
        _ => None,
    }
}
