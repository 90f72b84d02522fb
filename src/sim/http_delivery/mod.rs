//! Interactions and webhook events over HTTP, as Discord sends them
//! ([interactions](https://docs.discord.com/developers/interactions/overview#configuring-an-interactions-endpoint-url),
//! [webhook events](https://docs.discord.com/developers/events/webhook-events)).
//!
//! The URLs are part of the [`world`](super::world). What is sent is signed here, and not with the library's code, so that a
//! mistake there is not repeated here.

mod client;
mod delivery;
mod edit;
pub(super) mod endpoint;
mod portal;
pub(super) mod signing;
pub(super) mod url;

#[cfg(test)]
mod tests;

pub(super) use self::edit::refuse_edit;
