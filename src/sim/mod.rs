//! A Discord on your own machine, for tests and for trying things out.
//!
//! [`Discord::start`] listens on a loopback port and serves REST and the gateway. It enforces Discord's rules and
//! records [violations](Log::violations). [Members](Member) talk to a bot in [channels](Channel), and
//! [faults](Fault) make things go wrong.
//!
//! ```
//! use syncord::sim::Discord;
//!
//! let discord = Discord::start()?;
//! let general = discord.channel("general");
//! let ann = discord.member("ann");
//! let hello = ann.says(&general, "hello");
//!
//! // Any client works. This one only reads what ann said.
//! let url = format!("{}/channels/{}/messages/{hello}", discord.api_url(), general.id());
//! let authorization = format!("Bot {}", discord.token());
//! let body = ureq::get(&url).header("Authorization", &authorization).call()?.body_mut().read_to_string()?;
//! assert!(body.contains(r#""content":"hello""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Members also [use commands](Member::uses), [click buttons](Member::clicks), [choose in selects](Member::selects)
//! and [submit modals](Member::submits), and receive [ephemeral messages](Member::next_ephemeral_message).
//! Each [`Interaction`] records how the bot responded to it, and after how long.
//!
//! Two parts have no I/O: the [`peer`] is Discord's side of the gateway, the [`world`] is the state behind REST.

pub mod control;
pub mod peer;
pub mod playground;
pub mod world;

mod builder;
mod clock;
mod compress;
mod connection;
mod discord;
mod error;
mod fault;
mod http;
mod hub;
mod ids;
mod limits;
mod log;
mod multipart;
mod outgoing;
mod people;
mod rest;
mod server;
mod websocket;

pub use self::builder::Builder;
pub use self::discord::Discord;
pub use self::error::SimError;
pub use self::fault::{ErrorBody, Fault, RateLimitScope};
pub use self::http::Request;
pub use self::log::Log;
pub use self::people::{Channel, Choice, Interaction, Member, Message, Modal};
pub use self::world::{Acknowledgement, RejectedResponse};
