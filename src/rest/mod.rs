//! The REST client: `Clone`, `Send` and `Sync`, and of use without any gateway.
//!
//! ```no_run
//! use syncord::id::ChannelId;
//! use syncord::rest::Client;
//!
//! let client = Client::new(syncord::Token::new("…")?);
//! client.create_message(ChannelId::new(555088666872119298), "The tide is in.")?;
//! # Ok::<(), syncord::Error>(())
//! ```
//!
//! Every call blocks until Discord answered. Rate limits are waited for, and what can safely be
//! repeated is, up to the [deadline](Builder::deadline).

mod answer;
mod application;
mod builder;
mod channel;
mod gateway;
mod http;
mod limiter;
mod message;
mod route;
mod transport;
mod user;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::model::lenient;
use crate::token::Token;
use answer::Answer;
use http::{Http, Request};
use route::Route;

pub use builder::{Builder, Timeouts};
pub use message::{AllowedMentions, CreateMessage};

/// Discord's REST API, for one token. Clones share their connections and what is known of rate limits.
///
/// # Errors
///
/// What any call may return:
///
/// * [`Error::Input`]: a value is outside Discord's limits; nothing was sent.
/// * [`Error::Http`]: Discord answered with an error.
/// * [`Error::RateLimited`]: it could not be sent before the deadline, so it was not.
/// * [`Error::Network`]: no answer came.
/// * [`Error::Decode`]: an answer came that this version cannot read.
/// * [`Error::Token`]: Discord refused the token; from then on nothing more is sent.
#[derive(Clone)]
pub struct Client {
    http: Arc<Http>,
    deadline: Duration,
}

impl Client {
    /// A client for Discord itself, with the default timeouts.
    pub fn new(token: Token) -> Client {
        Builder::new(token).for_discord()
    }

    /// A client that is set up otherwise.
    pub fn builder(token: Token) -> Builder {
        Builder::new(token)
    }

    /// The same client with another [deadline](Builder::deadline).
    pub fn with_deadline(&self, deadline: Duration) -> Client {
        Client { http: self.http.clone(), deadline }
    }

    /// Asks for something.
    fn fetch<T: DeserializeOwned>(&self, route: Route) -> Result<T, Error> {
        self.read(&Request::new(route))
    }

    /// Has something done that is answered with nothing.
    fn perform(&self, route: Route) -> Result<(), Error> {
        self.send(&Request::new(route)).map(drop)
    }

    fn send(&self, request: &Request) -> Result<Answer, Error> {
        self.http.send(request, self.deadline)
    }

    fn read<T: DeserializeOwned>(&self, request: &Request) -> Result<T, Error> {
        let answer = self.send(request)?;
        let endpoint = request.route.endpoint;
        if let Some(error) = answer::not_json(endpoint, &answer) {
            return Err(error.into());
        }
        let what = || format!("an answer to {endpoint}");
        let text = std::str::from_utf8(answer.body()).map_err(|e| Error::decode(what(), e))?;
        lenient::decode(text).map_err(|e| Error::decode(what(), e))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api_url", &self.http.base).finish_non_exhaustive()
    }
}

/// The body of a request.
fn json(body: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(body).map_err(|e| Error::input("(the whole)", e.to_string()))
}
