//! The cache without a bot: events go in, and what is known is read.

#![allow(clippy::unwrap_used)]

mod events;
mod eviction;
mod guilds;
mod members;
mod messages;
mod random;
mod scene;
