//! A gateway connection that reconnects: the blocking loop that drives a [`Session`](crate::gateway::session::Session)
//! over a socket.
//!
//! The thread that calls [`Shard::run`] (or iterates over the shard) is the only owner of the socket. It reads, sends,
//! sends heartbeats and reconnects, and runs no code of the program but the [`Sink`]. This is the whole loop:
//!
#![doc = concat!("```ignore\n", include_str!("run.rs"), "```")]
//!
//! Without a bot, a program can iterate over the events:
//!
//! ```no_run
//! use std::sync::Arc;
//! use syncord::gateway::shard::{Shard, ShardConfig, ShardEvent};
//! use syncord::{InMemoryQueue, Intents, Token, rest::Client};
//!
//! let token = Token::new(&std::env::var("DISCORD_TOKEN")?)?;
//! let queue = InMemoryQueue::new(Client::new(token.clone()));
//! let shard = Shard::new(ShardConfig::new(token, Intents::GUILD_MESSAGES), Arc::new(queue));
//! for event in shard {
//!     if let ShardEvent::Dispatch { name, data, .. } = event? {
//!         println!("{name}: {data}");
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod health;
mod hello;
mod identify_queue;
mod iterator;
mod log;
mod resume_address;
mod run;
mod sender;
mod shard;
mod sink;

pub(crate) use health::ShardMeter;
pub use health::{Latency, ShardHealth, ShardMonitor};
pub(crate) use hello::{HelloReceived, NoHello, gateway_version, wait_for_hello};
pub use identify_queue::{Admission, IdentifyQueue};
pub use sender::ShardSender;
pub use shard::{Shard, ShardConfig};
pub use sink::{ShardEvent, Sink};

#[cfg(test)]
mod tests;
