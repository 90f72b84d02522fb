//! The HTTP agent, and TLS for it with the same configuration as the gateway's.
//!
//! ureq's own chain of connectors is rebuilt here for four reasons: it logs what it sends, the token too (see
//! [`secrets`]); it knows either the system's roots or
//! given ones, not both (see [`tls`]); it resolves the host's name anew for each request, even over a
//! connection that is open (see [`connect`]); and it sends headers and body apart [`coalesce`]).

mod coalesce;
mod connect;
mod error;
mod secrets;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector};

use super::timeouts::Timeouts;
use crate::tls::Tls;
use coalesce::GatherLayer;
use connect::{ConnectLayer, LateResolver};
use error::Connecting;
pub(super) use error::Unsent;
pub(super) use secrets::{Secrets, TOKEN_GOES_HERE};
use tls::TlsLayer;

/// Discord's front closes idle connections without a word, and finding that out costs a round trip:
/// better to close them first.
const MAX_IDLE: Duration = Duration::from_secs(20);

/// Per connection, allotted when it is first used; ureq's 128 KiB would dwarf the rest of a bot.
const BUFFER: usize = 16 * 1024;

/// What Discord wants to be told; see [user agent](https://docs.discord.com/developers/reference#user-agent).
fn user_agent() -> String {
    let url = match env!("CARGO_PKG_REPOSITORY") {
        "" => "https://github.com/syncord/syncord",
        url => url,
    };
    format!("DiscordBot ({url}, {})", env!("CARGO_PKG_VERSION"))
}

/// An agent that follows no redirect (it would carry the token along) and takes every status as an answer.
pub(super) fn agent(
    api: Uri,
    secrets: Arc<Secrets>,
    tls: Tls,
    timeouts: &Timeouts,
    is_loopback: bool,
) -> Agent {
    let mut config = Config::builder()
        .user_agent(user_agent())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .accept_encoding("")
        .max_idle_age(MAX_IDLE)
        .max_idle_connections(32)
        .max_idle_connections_per_host(16)
        .input_buffer_size(BUFFER)
        .output_buffer_size(BUFFER)
        .timeout_send_request(Some(timeouts.answer))
        .timeout_send_body(Some(timeouts.request))
        .timeout_recv_response(Some(timeouts.answer))
        .timeout_recv_body(Some(timeouts.request));
    if is_loopback {
        // A proxy of the environment is not on this machine's loopback.
        config = config.proxy(None);
    }
    let connector =
        ().chain(ConnectProxyConnector::default())
            .chain(ConnectLayer::default())
            .chain(TlsLayer(tls))
            .chain(GatherLayer { api, secrets });
    Agent::with_parts(config.build(), Connecting(connector), LateResolver)
}
