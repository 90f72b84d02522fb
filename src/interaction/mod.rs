//! Responding to interactions: what a bot's handlers use, and what works without a bot and without a gateway.
//!
//! Discord accepts one first response to an interaction, within 3 seconds, and further messages and edits for 15 minutes.
//! [`InteractionResponder`] keeps track of that for one interaction. It sends the right request for each action, or
//! returns a [`ResponseError`] that says why the action is not possible. It needs a
//! [`Client`](crate::rest::Client) and the [`Interaction`](crate::model::Interaction), received over the gateway or over HTTP.
//!
//! A bot's handlers do not need this module: their [contexts](crate::bot::InteractionContext) have the same methods. A bot
//! also defers interactions automatically when a handler takes long.
//!
//! ```
//! use syncord::interaction::{InteractionResponder, ResponseError};
//! use syncord::model::Interaction;
//! use syncord::rest::Client;
//! use syncord::{Error, Token};
//! # use syncord::rest::CreateApplicationCommand;
//! # use syncord::sim::Discord;
//!
//! fn respond(client: &Client, json: &str) -> syncord::Result {
//!     let interaction: Interaction = serde_json::from_str(json)?;
//!     let responder = InteractionResponder::new(client, &interaction);
//!     responder.defer()?;
//!     // … something that takes longer than 3 seconds …
//!     responder.reply("pong")?;
//!     responder.edit("pong!")?;
//!     match responder.reply("pong again") {
//!         Err(Error::Response(ResponseError::AlreadyResponded { .. })) => {
//!             responder.follow_up("pong again")?;
//!         }
//!         other => other?,
//!     }
//!     Ok(())
//! }
//! #
//! # fn main() -> syncord::Result {
//! # let discord = Discord::start()?;
//! # let client = Client::builder(Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
//! # let ping = CreateApplicationCommand::new("ping").description("Responds");
//! # client.create_global_application_command(discord.application_id(), &ping)?;
//! # let used = discord.member("ann").uses(&discord.channel("general"), "/ping")?;
//! # respond(&client, &used.raw().to_string())?;
//! # assert_eq!(used.reply()?.content, "pong!");
//! # assert_eq!(used.followups()[0].content, "pong again");
//! # Ok(())
//! # }
//! ```

pub(crate) mod action;
mod after_response;
mod auto_defer;
mod content;
mod deferral;
pub(crate) mod error;
mod fallback;
mod guard;
mod header;
mod holders;
#[cfg(feature = "http-interactions")]
pub mod http;
mod message_responder;
mod meter;
mod offer;
mod own_texts;
mod pending;
mod policy;
mod responder;
mod state;
mod step;
mod unhandled;

pub use action::{InitialResponse, InteractionKind, ResponseAction, ResponseSource, Visibility};
pub use error::{BlockedBy, ResponseError, Timing, TooLate};
pub use meter::{InteractionHealth, InteractionOutcome};
pub use responder::InteractionResponder;

pub(crate) use guard::ResponderGuard;
pub(crate) use header::{InteractionHeader, kind as interaction_kind};
pub(crate) use message_responder::{EarlierResponse, MessageResponder};
pub(crate) use offer::TaskOffer;
pub(crate) use pending::{DEFAULT_AUTO_DEFER_AFTER, InteractionConfig, PendingInteractions, Received};
pub(crate) use policy::{DeferMode, DeferPolicy};
pub(crate) use step::without_answer;
#[cfg(test)]
pub(crate) use unhandled::HELP_ID;
pub(crate) use unhandled::{PROMPT_ID, ReportUnhandled};
