/// What a [`Cache`](super::Cache) keeps, and how it is used.
///
/// Counters count from the start of the bot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CacheHealth {
    /// The number of guilds that the bot is in.
    pub guilds: usize,
    /// The number of roles.
    pub roles: usize,
    /// The number of channels and active threads.
    pub channels: usize,
    /// The number of emojis.
    pub emojis: usize,
    /// The number of members, with the bot's own.
    pub members: usize,
    /// The number of users: of members and authors of messages.
    pub users: usize,
    /// The number of messages.
    pub messages: usize,
    /// The number of voice states.
    pub voice_states: usize,
    /// The number of presences.
    pub presences: usize,
    /// How many bytes of memory all of it takes, as an estimate.
    pub bytes: usize,
    /// The [maximum](super::Cache::limit_bytes) of `bytes`.
    pub limit_bytes: usize,
    /// How often a value was asked for and known.
    pub hits: u64,
    /// How often a value was asked for and not known.
    pub misses: u64,
    /// How many members were removed to keep the limit.
    pub evicted_members: u64,
    /// How many messages were removed to keep the limit.
    pub evicted_messages: u64,
}
