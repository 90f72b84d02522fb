//! The cache of a bot: which events it needs, and the permissions in a channel, from the cache or by REST.

mod config;
mod link;
mod place;

pub(crate) use link::CacheLink;
pub(crate) use place::Place;
