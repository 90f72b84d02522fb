//! Interactions and webhook events that Discord sends over HTTP: feature `http-interactions`.
//!
//! An application that has an
//! [Interactions Endpoint URL](https://docs.discord.com/developers/interactions/overview#configuring-an-interactions-endpoint-url)
//! receives its interactions as HTTP requests, and none over the gateway. So it needs no gateway connection for its commands, but a
//! web server that is reachable from the internet. [Webhook events](crate::model::WebhookEventPayload) come in the same way.
//!
//! A [`Bot`](crate::Bot) does all of this: [`Bot::interactions_over_http`](crate::Bot::interactions_over_http) with a
//! server of its own, and [`Bot::http_receiver`](crate::Bot::http_receiver) behind yours. This module is for a program
//! without a bot: [`Endpoint`] verifies a request and says how to respond. It does no I/O, so it works behind any web server.
//!
//! ```
//! use syncord::interaction::InteractionResponder;
//! use syncord::interaction::http::{Endpoint, HttpResponse, Payload};
//! use syncord::model::Interaction;
//! use syncord::rest::Client;
//!
//! /// Called by the web server for each POST request.
//! fn respond(endpoint: &Endpoint, client: &Client, headers: &[(&str, &str)], body: &[u8]) -> syncord::Result<HttpResponse> {
//!     let incoming = endpoint.receive(headers.iter().copied(), body);
//!     if let Some(Payload::Interaction(json)) = incoming.payload {
//!         let interaction: Interaction = serde_json::from_str(json)?;
//!         // Responds through Discord's API, within 3 seconds. Work that takes long belongs on another thread.
//!         InteractionResponder::new(client, &interaction).reply("pong")?;
//!     }
//!     // The web server sends this: status, content type and body.
//!     Ok(incoming.response)
//! }
//! # let key = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";
//! # let endpoint = Endpoint::new(key)?;
//! # let client = Client::new(syncord::Token::new("token")?);
//! # assert_eq!(respond(&endpoint, &client, &[], b"{}")?.status, 401);
//! # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
//! ```

mod endpoint;
mod payload;

pub use endpoint::{Endpoint, HttpResponse, Incoming};
pub use payload::Payload;

#[cfg(test)]
mod tests;
