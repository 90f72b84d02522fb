//! What the threads of a bot share for its requests.

use std::net::SocketAddr;
use std::sync::OnceLock;

use crate::bot::health::HttpHealth;
use crate::bot::threads::batch::Name;
use crate::counters::Counter;
use crate::error::Error;
use crate::interaction::InteractionHeader;
use crate::interaction::http::Endpoint;

/// What the threads of a bot share for its requests.
#[derive(Default)]
pub(crate) struct HttpState {
    /// Whether the bot receives requests.
    pub(crate) is_on: OnceLock<()>,
    /// Verifies the requests. Set when the commands are registered.
    pub(crate) endpoint: OnceLock<Endpoint>,
    /// The address of the bot's own server, if it has one.
    pub(crate) address: OnceLock<SocketAddr>,
    pub(super) accepted: Counter,
    pub(super) pings: Counter,
    pub(super) refused: Counter,
    pub(super) unavailable: Counter,
    /// Those of the unavailable that came while too much waited.
    pub(super) busy: Counter,
}

impl HttpState {
    /// From now on requests are verified with this public key of the application.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] without a key, or with one that is wrong.
    pub(crate) fn log_in(&self, public_key: Option<&str>) -> Result<(), Error> {
        let public_key = public_key.filter(|key| !key.is_empty()).ok_or_else(|| {
            Error::setup(
                "Discord does not show the public key of the application, without which interactions over HTTP cannot be \
                 verified: use a token of the application's bot",
            )
        })?;
        // Set once: a bot logs in once.
        let _ = self.endpoint.set(Endpoint::new(public_key)?);
        Ok(())
    }

    /// What was counted; `None` if the bot receives no requests.
    pub(crate) fn health(&self) -> Option<HttpHealth> {
        self.is_on.get().map(|()| HttpHealth {
            accepted: self.accepted.get(),
            pings: self.pings.get(),
            refused: self.refused.get(),
            unavailable: self.unavailable.get(),
        })
    }
}

/// An event that came over HTTP, on its way to the bot's thread.
pub(crate) struct HttpEvent {
    pub(crate) name: Name<'static>,
    pub(crate) data: String,
    /// Present for an interaction with a handler.
    pub(crate) header: Option<InteractionHeader>,
}
