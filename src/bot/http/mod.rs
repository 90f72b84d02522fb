//! A bot that receives interactions and webhook events over HTTP.
//!
//! The requests take the way of everything that other threads give the bot's thread: a message in its queue. Where an
//! interaction goes, and when it is deferred, is decided as on a shard's thread.

mod config;
mod receiver;
mod request;
mod server;
mod setup;
mod state;
mod timed;

pub use receiver::HttpReceiver;

pub(crate) use config::{HttpConfig, WEBHOOK_EVENT};
pub(crate) use server::{reachable, start};
pub(crate) use state::{HttpEvent, HttpState};
