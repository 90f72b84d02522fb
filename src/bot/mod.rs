//! What users hold: a [`Bot`] with its handlers, and what the handlers receive.
//!
//! Handlers run one at a time, in the order of the events, on the thread that called [`Bot::run`]. They may
//! borrow from the function around them: declare the state before the bot that borrows it.
//!
//! ```no_run
//! use syncord::Bot;
//!
//! fn main() -> syncord::Result {
//!     let mut echoed = 0; // declared before the bot that borrows it
//!     let mut bot = Bot::from_env()?; // DISCORD_TOKEN
//!     bot.on_message(|cx, message| {
//!         if message.content == "!stop" {
//!             cx.stop();
//!         } else if !message.author.bot {
//!             echoed += 1; // a plain local: no Arc, no Mutex, no 'static
//!             cx.reply(message, &message.content)?;
//!         }
//!         Ok(())
//!     });
//!     bot.run()?; // blocks until stopped
//!     println!("messages echoed: {echoed}");
//!     Ok(())
//! }
//! ```
//!
//! Two handlers that share a local use a `Cell` or a `RefCell`; they never run at the same time:
//!
//! ```no_run
//! # use syncord::Bot;
//! # fn main() -> syncord::Result {
//! use std::cell::Cell;
//! use syncord::gateway::event::{MessageDelete, MessageCreate};
//!
//! let balance = Cell::new(0);
//! let mut bot = Bot::from_env()?;
//! bot.on::<MessageCreate>(|_, _| Ok(balance.set(balance.get() + 1)));
//! bot.on::<MessageDelete>(|_, _| Ok(balance.set(balance.get() - 1)));
//! bot.run()?;
//! # Ok(())
//! # }
//! ```

mod application;
mod audit;
mod bot;
mod cached;
mod commands;
mod config;
mod context;
mod counted;
#[cfg(feature = "__counts")]
mod counts;
pub mod diagnose;
mod env;
mod error;
mod event_loop;
mod event_scope;
#[cfg(test)]
mod fixture;
mod guild_locales;
mod handler;
pub mod health;
mod help;
mod hooks;
#[cfg(feature = "http-interactions")]
mod http;
mod intents;
mod invite;
mod invite_url;
mod lanes;
mod members;
mod mount;
mod on;
#[cfg(feature = "sim")]
mod playground;
mod refusal;
mod registration;
mod remember;
#[cfg(feature = "sim")]
mod replay;
mod running_uses;
mod shards;
mod startup;
mod state;
mod task;
mod text;
mod text_prefix;
mod threads;
mod timers;
mod translation;
pub mod tree;
mod trouble;
mod waits;
mod wording;

pub use audit::AuditedEvent;
pub use bot::Bot;
pub use context::{
    CommandContext, ComponentContext, Context, Handle, InGuild, InteractionContext, ModalContext,
};
#[cfg(feature = "__counts")]
#[doc(hidden)]
pub use counts::Commands;
pub use error::{HandlerError, Problem};
pub use event_loop::Running;
pub use event_scope::EventScope;
pub use handler::{Connected, HandledEvent};
pub use health::Health;
pub use hooks::{CommandError, CommandFailure, CommandOutcome};
#[cfg(feature = "http-interactions")]
pub use http::HttpReceiver;
pub use lanes::{LaneSafe, Lanes};
pub use members::{CollectedMembers, MembersIter, MembersQuery};
pub use registration::CommandPlan;
pub use shards::Shards;
pub use startup::identify_queue::InMemoryQueue;
pub use state::Inbox;
pub use task::{MessageOrClick, Prompt, Task, TaskContext, TaskSafe};
pub use timers::Timer;
pub use translation::{TranslationProblem, TranslationProblemKind, TranslationProblems, TranslationSource};

pub use crate::gateway::session::{Disconnected, Gap};
pub use crate::recording::Recording;
