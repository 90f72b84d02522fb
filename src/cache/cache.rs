use std::fmt;
use std::sync::Arc;

use super::before::Before;
use super::events::{CachedEvent, Source};
use super::health::CacheHealth;
use super::kept::{Kept, Members};
use super::store::Store;
use crate::gateway::intents::Intents;
use crate::id::{ChannelId, EmojiId, GuildId, MessageId, RoleId, UserId};
use crate::model::{Channel, Emoji, Guild, Member, Message, Presence, Role, User, VoiceState};
use crate::sync::Mutex;

/// What a bot keeps in memory of Discord's objects, as the events change them. See the [module](super).
///
/// Clones share the same content. Any thread may read it. A lookup takes about a tenth of a microsecond, and a lock only for
/// that time: what it returns is the caller's own, or an `Arc`.
///
/// ```
/// use syncord::Cache;
/// use syncord::cache::Members;
///
/// # fn main() -> syncord::Result {
/// # let discord = syncord::sim::Discord::start()?;
/// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
/// # let mut bot = discord.bot();
/// bot.cache(Cache::new().guilds().channels().members(Members::Seen).limit_bytes(32 << 20));
/// bot.on_message(|cx, message| {
///     let channel = cx.cache().channel(message.channel_id);
///     if let Some(name) = channel.as_ref().and_then(|channel| channel.name.as_deref()) {
///         cx.reply(message, format!("This is {name}."))?;
///     }
///     Ok(())
/// });
/// # bot.during(|| {
/// #     ann.says(&general, "Where are we?");
/// #     assert_eq!(general.next_message()?.content, "This is general.");
/// #     Ok(())
/// # })
/// # }
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Cache {
    store: Arc<Mutex<Store>>,
}

/// # What it keeps
///
/// Set it before the bot runs. The settings belong to the cache, not to this clone.
impl Cache {
    /// A cache that keeps nothing yet.
    pub fn new() -> Cache {
        Cache::default()
    }

    /// Keeps guilds with their roles. Needs the intent `GUILDS`.
    pub fn guilds(self) -> Cache {
        self.keep(|kept| (kept.guilds, kept.roles) = (true, true))
    }

    /// Keeps the roles of guilds, their owners, and the bot's own member of each guild: what permissions depend on. Needs the
    /// intent `GUILDS`.
    pub fn roles(self) -> Cache {
        self.keep(|kept| kept.roles = true)
    }

    /// Keeps the channels and active threads of guilds. Needs the intent `GUILDS`.
    ///
    /// Archived threads are not kept, and neither are threads in channels that the bot cannot see.
    #[doc(alias = "threads")]
    pub fn channels(self) -> Cache {
        self.keep(|kept| (kept.channels, kept.roles) = (true, true))
    }

    /// Keeps the custom emojis and stickers of guilds. Needs the intents `GUILDS` and `GUILD_EXPRESSIONS`.
    #[doc(alias = "stickers")]
    pub fn emojis(self) -> Cache {
        self.keep(|kept| kept.emojis = true)
    }

    /// Keeps members of guilds, and their users. Needs the intent `GUILDS` and the privileged one `GUILD_MEMBERS`: without it,
    /// nothing would say that a member has left or has other roles.
    #[doc(alias = "users")]
    pub fn members(self, members: Members) -> Cache {
        self.keep(|kept| kept.members = Some(members))
    }

    /// Keeps this number of the newest messages of each channel, and the [channels](Cache::channels). Needs the intents `GUILDS`,
    /// `GUILD_MESSAGES`, `DIRECT_MESSAGES` and the privileged one `MESSAGE_CONTENT`.
    ///
    /// A message has no `reactions`, `thread`, `nonce` and results of a poll. Ephemeral messages are not kept.
    pub fn messages(self, per_channel: usize) -> Cache {
        self.keep(|kept| (kept.messages, kept.channels, kept.roles) = (Some(per_channel), true, true))
    }

    /// Keeps who is in which voice channel. Needs the intents `GUILDS` and `GUILD_VOICE_STATES`.
    pub fn voice_states(self) -> Cache {
        self.keep(|kept| kept.voice_states = true)
    }

    /// Keeps the presences of users who are not offline. Needs the intent `GUILDS` and the privileged one `GUILD_PRESENCES`.
    pub fn presences(self) -> Cache {
        self.keep(|kept| kept.presences = true)
    }

    /// Sets the maximum of memory, in bytes. Default: 64 MiB.
    ///
    /// At the limit, the members and messages that were not used for the longest time are removed: looked up, changed, or seen as
    /// the author of a message. Nothing else is removed, because it cannot be wrong by half: guilds, channels, presences and the
    /// rest may take more than the limit. Then no members and messages are kept, and the log says so.
    pub fn limit_bytes(self, bytes: usize) -> Cache {
        self.store.lock().limit = bytes;
        self
    }

    fn keep(self, change: impl FnOnce(&mut Kept)) -> Cache {
        change(&mut self.store.lock().kept);
        self
    }
}

/// # Lookups
///
/// `None` means that it is not known: the cache does not keep it, Discord has not sent it, it was removed to keep the limit, or
/// what is known of its guild may be out of date. [`Context`](crate::Context) has lookups that ask Discord then.
impl Cache {
    /// The guild, with its roles. Its lists of channels, members and the like are empty, as in responses to REST calls, and so are
    /// `emojis` and `stickers` unless they are [kept](Cache::emojis). It has no `member_count`.
    ///
    /// During an outage, or between the start of a new session and the guild's event, it is the guild as it was before, and
    /// [`is_unavailable`](Guild::is_unavailable). Only this lookup returns something of such a guild.
    pub fn guild(&self, guild: GuildId) -> Option<Arc<Guild>> {
        self.store.lock().guild(guild)
    }

    /// The guilds that the bot is in, in no order, with those that are unavailable.
    pub fn guild_ids(&self) -> Vec<GuildId> {
        self.store.lock().guild_ids()
    }

    /// A role of a guild.
    pub fn role(&self, guild: GuildId, role: RoleId) -> Option<Role> {
        self.store.lock().role(guild, role)
    }

    /// All roles of a guild, in no order.
    pub fn roles_of(&self, guild: GuildId) -> Option<Vec<Role>> {
        let guild = self.store.lock().guild_with_roles(guild)?;
        Some(guild.roles.to_vec())
    }

    /// A channel or active thread of a guild. It has its `guild_id`, and not `last_message_id`, `last_pin_timestamp` and the
    /// counters, which change without an event.
    pub fn channel(&self, channel: ChannelId) -> Option<Arc<Channel>> {
        self.store.lock().channel_by_id(channel)
    }

    /// All channels of a guild, and the active threads that the bot can see, in no order.
    pub fn channels_of(&self, guild: GuildId) -> Option<Vec<Arc<Channel>>> {
        self.store.lock().channels_of(guild)
    }

    /// A custom emoji of a guild.
    pub fn emoji(&self, guild: GuildId, emoji: EmojiId) -> Option<Emoji> {
        self.store.lock().emoji(guild, emoji)
    }

    /// All custom emojis of a guild.
    pub fn emojis_of(&self, guild: GuildId) -> Option<Vec<Emoji>> {
        let guild = self.store.lock().emojis(guild)?;
        Some(guild.emojis.to_vec())
    }

    /// A member of a guild. The bot's own member is known in every guild.
    pub fn member(&self, guild: GuildId, user: UserId) -> Option<Member> {
        let (member, user) = self.store.lock().member(guild, user)?;
        Some(member.unpack_with(&user))
    }

    /// The members of a guild that are known, in no order. They may be all or some: compare with the member count that
    /// [`rest::Client`](crate::rest) returns.
    pub fn members_of(&self, guild: GuildId) -> Vec<Member> {
        let known = self.store.lock().members_of(guild);
        known.iter().map(|(member, user)| member.unpack_with(user)).collect()
    }

    /// A user who is a member of a guild and known as such, or the bot's own. Of others nothing says how they change.
    pub fn user(&self, user: UserId) -> Option<User> {
        let user = self.store.lock().user(user)?;
        Some(user.unpack())
    }

    /// A message.
    pub fn message(&self, channel: ChannelId, message: MessageId) -> Option<Message> {
        let message = self.store.lock().message(channel, message)?;
        Some(message.unpack())
    }

    /// The messages of a channel that are known, the oldest first. There may be others that are older, or between these.
    pub fn messages_of(&self, channel: ChannelId) -> Vec<Message> {
        let known = self.store.lock().messages(channel);
        known.iter().map(|message| message.unpack()).collect()
    }

    /// The voice state of a user. `None` if the user is in no voice channel, or if it is not known.
    pub fn voice_state(&self, guild: GuildId, user: UserId) -> Option<Arc<VoiceState>> {
        self.store.lock().voice_state(guild, user)
    }

    /// The users in voice channels of a guild.
    pub fn voice_states_of(&self, guild: GuildId) -> Option<Vec<Arc<VoiceState>>> {
        self.store.lock().voice_states(guild)
    }

    /// The presence of a member. `None` if the member is offline, or if it is not known. Its user has only the ID.
    pub fn presence(&self, guild: GuildId, user: UserId) -> Option<Presence> {
        let presence = self.store.lock().presence(guild, user)?;
        Some(presence.unpack())
    }

    /// What it keeps, and how it is used.
    pub fn health(&self) -> CacheHealth {
        self.store.lock().health()
    }
}

/// For the bot.
impl Cache {
    /// What it keeps.
    pub(crate) fn kept(&self) -> Kept {
        self.store.lock().kept
    }

    /// Removes the parts that cannot be kept right with these intents. Returns why, for each.
    pub(crate) fn restrict(&self, intents: Intents) -> Vec<String> {
        self.store.lock().kept.restrict(intents)
    }

    /// The number of members and messages, each counted.
    #[cfg(test)]
    pub(super) fn counted(&self) -> (usize, usize) {
        self.store.lock().counted()
    }

    pub(crate) fn set_me(&self, user: &User) {
        self.store.lock().set_me(user);
    }

    /// The guild's object with its roles, if it is right and has them.
    pub(crate) fn guild_with_roles(&self, guild: GuildId) -> Option<Arc<Guild>> {
        self.store.lock().guild_with_roles(guild)
    }

    /// The member with this username, if it is known. Usernames are unique, except those of bots.
    pub(crate) fn member_by_username(&self, guild: GuildId, name: &str) -> Option<Member> {
        let (member, user) = self.store.lock().member_by_username(guild, name)?;
        Some(member.unpack_with(&user))
    }

    /// Whether the bot should request the members of a guild that it has received.
    pub(crate) fn lacks_members(&self, guild: &Guild) -> bool {
        self.store.lock().lacks_members(guild)
    }

    /// Changes the content. Returns what the event has replaced or removed.
    pub(crate) fn apply<E: CachedEvent>(&self, event: &E, source: Source<'_>) -> Option<Before> {
        let mut store = self.store.lock();
        let was_over = store.is_over_limit;
        let applied = event.apply(&mut store, source);
        store.keep_limit();
        let (is_over, bytes, limit) = (store.is_over_limit, store.bytes(), store.limit);
        drop(store);
        if is_over && !was_over {
            log::warn!(
                "the cache takes {bytes} bytes without members and messages, more than its limit of {limit}: raise it, \
                 or keep less"
            );
        }
        applied.0.map(Before)
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let store = self.store.lock();
        f.debug_struct("Cache")
            .field("kept", &store.kept)
            .field("bytes", &store.bytes())
            .finish_non_exhaustive()
    }
}
