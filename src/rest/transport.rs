//! The HTTP agent, with the same TLS configuration as the gateway.
//!
//! ureq's own chain of connectors is replaced for six reasons: it logs every byte that it sends and
//! receives, including tokens (see [`secrets`] and [`mask`]); it trusts either the system's certificates or given ones, not both (see [`tls`]); it resolves the
//! host name for each request, even if a connection is open (see [`connect`]); it sends headers and body in separate writes
//! (see [`coalesce`]); it makes several system calls where one is enough (see [`tcp`]); and it ends a slow request that makes progress (see [`idle`]).

mod coalesce;
mod connect;
mod cut;
mod error;
mod idle;
mod mask;
mod secrets;
mod tcp;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector};

use super::timeouts::Timeouts;
use crate::proxy::Proxy;
use crate::tls::Tls;
use crate::user_agent::user_agent;
use coalesce::CoalesceLayer;
use connect::{ConnectLayer, LateResolver};
use error::MarkNotSent;
pub(super) use error::{NotSent, is_certificate_error, is_proxy_error};
use idle::IdleLayer;
use mask::MaskLayer;
pub(super) use mask::{MASKED, invert};
pub(super) use secrets::{Secrets, TOKEN_PLACEHOLDER};
use tls::TlsLayer;

/// Discord closes idle connections, and a request that finds its connection closed costs a round trip. So idle
/// connections are closed here first.
const MAX_IDLE: Duration = Duration::from_secs(20);

/// Maximum number of idle connections, which is also the number of threads that can make calls at once without opening
/// new connections. Nearly all calls go to one host.
const MAX_IDLE_CONNECTIONS: usize = 64;

/// The size of a connection's buffer. ureq's default of 128 KiB would be most of a small bot's memory.
const BUFFER: usize = 16 * 1024;

/// Creates an agent that follows no redirect, which would send the token to another host, and returns responses of every
/// status.
pub(super) fn agent(
    api: Uri,
    secrets: Arc<Secrets>,
    tls: Tls,
    timeouts: &Timeouts,
    proxy: Result<Option<Proxy>, String>,
) -> Agent {
    let (proxy, refusal) = match proxy {
        Ok(proxy) => (proxy.map(Proxy::into_ureq), None),
        Err(problem) => (None, Some(problem)),
    };
    let config = Config::builder()
        .user_agent(user_agent())
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .accept_encoding("")
        .max_idle_age(MAX_IDLE)
        .max_idle_connections(MAX_IDLE_CONNECTIONS)
        .max_idle_connections_per_host(MAX_IDLE_CONNECTIONS)
        .input_buffer_size(BUFFER)
        .output_buffer_size(BUFFER)
        .proxy(proxy);
    let mask = MaskLayer { api: api.clone() };
    let connector =
        ().chain(ConnectProxyConnector::default())
            .chain(ConnectLayer { refusal })
            .chain(TlsLayer(tls))
            .chain(IdleLayer::new(timeouts))
            .chain(CoalesceLayer { api, secrets })
            .chain(mask);
    Agent::with_parts(config.build(), MarkNotSent(connector), LateResolver)
}
