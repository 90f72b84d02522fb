//! The cache: Discord's objects in memory, as the events change them. A bot has one only if it [asks for it](crate::Bot::cache).
//!
//! * **It is never wrong.** What is not known is `None`. What Discord does not say with an event is not kept: the number of
//!   members, the reactions of a message. What is in a guild whose events may have been missed is unknown until Discord has
//!   sent it again; [`guild`](Cache::guild) says that the guild is unavailable.
//! * **It is bounded**, by [bytes](Cache::limit_bytes): the members and messages that were not used for the longest time go first.
//! * **It is what handlers see.** A handler of an event sees the state after that event, and
//!   [`cx.before(event)`](crate::Context::before) returns what was before. Handlers in lanes and tasks run later: for them the
//!   cache may be ahead, and `before` is still that of their event. A task that waits for an event can receive it before the cache
//!   does, if the bot's thread is busy.
//!
//! | part | intents | is needed for |
//! |---|---|---|
//! | [`guilds`](Cache::guilds) | `GUILDS` | names, settings, roles |
//! | [`roles`](Cache::roles) | `GUILDS` | permissions; the smallest part |
//! | [`channels`](Cache::channels) | `GUILDS` | channels and active threads, permissions in them |
//! | [`emojis`](Cache::emojis) | `GUILDS`, `GUILD_EXPRESSIONS` | custom emojis, stickers |
//! | [`members`](Cache::members) | `GUILDS`, `GUILD_MEMBERS` (privileged) | members and their users |
//! | [`messages`](Cache::messages) | `GUILDS`, `GUILD_MESSAGES`, `DIRECT_MESSAGES`, `MESSAGE_CONTENT` (privileged) | what was edited or deleted |
//! | [`voice_states`](Cache::voice_states) | `GUILDS`, `GUILD_VOICE_STATES` | who is in which voice channel |
//! | [`presences`](Cache::presences) | `GUILDS`, `GUILD_PRESENCES` (privileged) | who is online |
//!
//! The bot requests these intents. If [`without_intents`](crate::Bot::without_intents) or [`intents`](crate::Bot::intents) take
//! one away, the parts that cannot be right without it are not kept, and the log says so.
//!
//! # Reconnects
//!
//! A resumed session replays what was missed, so nothing changes. A new session means that events may have been missed. Then the
//! messages are dropped, guilds that the session does not list are removed, and what is in each listed guild is unknown until
//! its own event has come, which replaces it. An outage of a guild is the same for that guild.
//!
//! A session of an [earlier process](crate::Bot::remember) that is resumed brings no guilds: the cache stays empty until the next
//! new session, and lookups of [`Context`](crate::Context) ask Discord.
//!
//! # Sizes
//!
//! A message takes about 350 bytes, a member about 250 with the user, a channel about 900, a guild 1 KiB and 200 bytes for each
//! role. [`Cache::health`] and the bot's [health](crate::bot::Health) have the real numbers.

mod before;
mod cache;
mod events;
mod fields;
mod health;
mod id_map;
mod kept;
mod lru;
mod packed;
mod size;
mod store;
#[cfg(test)]
mod tests;
mod usage;
mod users;

pub use before::{Before, HasBefore};
pub use cache::Cache;
pub(crate) use events::{CachedEvent, Source, Visit, visit};
pub use health::CacheHealth;
pub use kept::Members;
