//! The cache of a bot: which events it needs, and the permissions in a channel, from the cache or by REST.

mod bot_cache;
mod config;
mod place;

pub(crate) use bot_cache::BotCache;
pub(crate) use place::Place;
