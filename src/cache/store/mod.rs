//! What the cache knows: pure. Events change it, one after the other.

mod channel_messages;
mod channels;
mod guild_object;
mod guilds;
mod members;
mod messages;
mod read;
mod visible;

use std::sync::Arc;

use super::id_map::{IdMap, entry_bytes};
use super::kept::{Kept, Members};
use super::lru::{Lru, Place};
use super::packed::{PackedMember, PackedMessage, PackedPresence, PackedUser};
use super::usage::{Kind, Usage};
use super::users::Users;
use crate::id::{ChannelId, GuildId, UserId};
use crate::model::{Channel, Guild, User, VoiceState};
use channel_messages::ChannelMessages;

/// The default of the maximum of memory.
const DEFAULT_LIMIT: usize = 64 << 20;

/// What the cache knows.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) kept: Kept,
    pub(crate) limit: usize,
    /// The bot's own user, once READY has come.
    me: Option<Arc<PackedUser>>,
    guilds: IdMap<GuildId, GuildEntry>,
    /// Channels and active threads.
    channels: IdMap<ChannelId, Arc<Channel>>,
    messages: IdMap<ChannelId, ChannelMessages>,
    users: Users,
    /// What may be evicted.
    recent: Lru<Recent>,
    usage: Usage,
    /// How often a value was asked for and known, and asked for and not known.
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) evicted_members: u64,
    pub(super) evicted_messages: u64,
    /// Whether everything that may be evicted is gone, and it is still too much.
    pub(super) is_over_limit: bool,
}

/// A guild of the bot.
#[derive(Debug, Default)]
struct GuildEntry {
    shard: u32,
    /// Whether what is known of it is right: its GUILD_CREATE came, and there is no outage.
    is_available: bool,
    /// `None` until its first GUILD_CREATE.
    guild: Option<Arc<Guild>>,
    /// The bot's own member. It is never evicted.
    own: Option<Arc<PackedMember>>,
    channels: Vec<ChannelId>,
    members: IdMap<UserId, Place>,
    voice_states: IdMap<UserId, Arc<VoiceState>>,
    presences: IdMap<UserId, Arc<PackedPresence>>,
}

/// A value that may be evicted.
#[derive(Debug)]
enum Recent {
    Member(Arc<PackedMember>),
    Message(Arc<PackedMessage>),
}

/// The place of a value in the list, and its entry in a map.
const MEMBER_ENTRY: usize = Lru::<Recent>::PLACE_BYTES + entry_bytes::<UserId, Place>();
const MESSAGE_ENTRY: usize = Lru::<Recent>::PLACE_BYTES + channel_messages::ENTRY_BYTES;
const VOICE_ENTRY: usize = entry_bytes::<UserId, Arc<VoiceState>>();
const PRESENCE_ENTRY: usize = entry_bytes::<UserId, Arc<PackedPresence>>();
const CHANNEL_ENTRY: usize = entry_bytes::<ChannelId, Arc<Channel>>() + size_of::<ChannelId>() * 2;
const GUILD_ENTRY: usize = entry_bytes::<GuildId, GuildEntry>();

impl Default for Store {
    fn default() -> Self {
        Store {
            kept: Kept::default(),
            limit: DEFAULT_LIMIT,
            me: None,
            guilds: IdMap::default(),
            channels: IdMap::default(),
            messages: IdMap::default(),
            users: Users::default(),
            recent: Lru::default(),
            usage: Usage::default(),
            hits: 0,
            misses: 0,
            evicted_members: 0,
            evicted_messages: 0,
            is_over_limit: false,
        }
    }
}

impl Store {
    /// The memory that everything takes.
    pub(crate) fn bytes(&self) -> usize {
        self.usage.bytes() + self.users.bytes
    }

    /// The bot's own user, which is known before the first event.
    pub(crate) fn set_me(&mut self, user: &User) {
        if !self.me.as_ref().is_some_and(|me| me.is(user)) {
            self.me = Some(Arc::new(PackedUser::pack(user)));
        }
    }

    fn is_me(&self, user: UserId) -> bool {
        self.me.as_ref().is_some_and(|me| me.id == user)
    }

    /// Evicts the least recently used values until the limit is kept.
    pub(crate) fn keep_limit(&mut self) {
        while self.bytes() > self.limit {
            let Some((place, oldest)) = self.recent.oldest() else {
                self.is_over_limit = true;
                return;
            };
            match oldest {
                Recent::Member(member) => {
                    let member = Arc::clone(member);
                    self.evicted_members += 1;
                    self.forget_member(place, &member);
                }
                Recent::Message(message) => {
                    let (channel, id) = (message.channel_id, message.id);
                    self.evicted_messages += 1;
                    self.remove_message(channel, id);
                }
            }
        }
        self.is_over_limit = false;
    }

    fn keeps_all_members(&self) -> bool {
        self.kept.members == Some(Members::All)
    }

    fn count_found<T>(&mut self, found: Option<T>) -> Option<T> {
        match found {
            Some(_) => self.hits += 1,
            None => self.misses += 1,
        }
        found
    }
}
