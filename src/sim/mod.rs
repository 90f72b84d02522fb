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
//! # The world
//!
//! Without more, there is one guild without channels, which the bot owns: everything is allowed to it. Members have the
//! permissions of @everyone. [`Discord::set_owner`] gives the guild to one of them.
//!
//! [`Builder::guild`] describes guilds in which permissions are tested: a person owns them, and the bot has its managed role
//! with the permissions of [`bot_permissions`](fixture::GuildFixture::bot_permissions). [`Builder::bot`] adds bots with their own
//! tokens. A shard receives the guilds for which `(guild_id >> 22) % shards` is its number. [`Discord::snapshot`] saves the
//! world as JSON, [`Builder::world`] loads it.
//!
//! What a bot or a person does is checked as Discord does:
//!
//! * Permissions of roles and channel overwrites, also by the content of a request, the hierarchy of roles, timeouts, private
//!   threads and membership. A refusal has the status 403 and the code 50001 or 50013; 50007 is for direct messages that a
//!   person does not accept. Responses leave out what the bot may not see.
//! * Events go only to bots that can view the channel. Without the privileged intents, REST withholds the content of messages
//!   too, and lists no members.
//! * Texts, embeds, components and numbers, with Discord's tree of errors; the maximum numbers of objects; the size of files by
//!   the boost tier (`premium_tier`) of the guild.
//! * Auto-moderation rules with keywords, regular expressions, lists of words or a limit of mentions block, alert and mute.
//! * Slow mode (without `BYPASS_SLOWMODE`) and verification levels hold for people: a refusal has the status 429 and the code
//!   20016, or 403 and 50009.
//!
//! # What differs from Discord
//!
//! * Two-factor authentication of moderators and membership screening do not restrict anyone.
//! * Auto-moderation ignores spam and profiles. Discord's own lists of words are not public: here they have one word each,
//!   `profanity`, `nudity` and `slur`.
//! * Images, sounds and stickers are not looked at, only their names and sizes.
//! * Voice has states, but no audio.
//! * A mention in a thread does not add anyone to the thread. Add them, or give them the permission Manage Threads.
//!
//! # Interactions and webhook events over HTTP
//!
//! With the feature `http-interactions`, `Discord::set_interactions_endpoint` saves an Interactions Endpoint URL. Discord verifies it,
//! signs each interaction with the key of `Discord::public_key`, posts it there, and sends none over the gateway. An inline response
//! is handled as one over REST. `Interaction::delivery_error` says why an interaction failed. `Discord::set_webhook_events_endpoint`
//! and `Discord::webhook_event` do the same for webhook events. What differs from Discord:
//!
//! * URLs are `http` URLs of this machine. A snapshot does not contain them.
//! * A webhook event is sent when a test asks for it, whatever types the application has subscribed to, and four times within about
//!   a second at most.
//! * A URL in `PATCH /applications/@me` is verified too; the code in the error is not Discord's own, which is not documented.
//! * There are no routine checks of an endpoint after it was saved. [Faults](Fault) do not affect what is sent to endpoints.
//!
//! Two parts have no I/O: the [`peer`] is Discord's side of the gateway, the [`world`] is the state behind REST.

pub mod control;
pub mod fixture;
#[cfg_attr(all(doc, not(doctest)), doc = include_str!("../guide/links.md"))]
#[cfg_attr(all(doc, not(doctest)), doc = include_str!("../guide/links_with_sim.md"))]
#[doc = include_str!("../../docs/testing.md")]
pub mod testing {}

pub mod peer;
pub mod playground;
pub mod world;

mod builder;
mod channel_history;
mod clock;
mod compress;
mod connection;
mod discord;
mod error;
mod fault;
mod fault_effects;
mod find;
mod history;
mod history_text;
mod http;
#[cfg(feature = "http-interactions")]
mod http_delivery;
mod hub;
mod ids;
mod limits;
pub(crate) mod local_bots;
mod log;
mod multipart;
mod observed;
mod outgoing;
mod people;
mod pings;
mod readiness;
mod replay;
mod rest;
mod schedule;
mod server;
pub(crate) mod settle;
mod transcript;
mod types;
mod websocket;

pub use self::builder::Builder;
pub use self::discord::Discord;
pub use self::error::SimError;
pub use self::fault::{ErrorBody, Fault, RateLimitScope};
pub use self::http::Request;
pub use self::log::Log;
pub use self::people::{Channel, Choice, Guild, Interaction, Member, Message, Modal};
pub use self::replay::{DifferentCall, Replay, ReplayReport};
pub use self::transcript::{Change, ChangeKind};
pub use self::world::{Acknowledgement, RejectedResponse};
