//! Resolves names when a connection is opened, not for each request.
//!
//! ureq's own resolver panics if the system gives no thread for it.

use std::io;
use std::net::SocketAddr;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::{Duration, Instant};
use ureq::unversioned::transport::{ConnectionDetails, Connector, Either, NextTimeout, Transport};

use super::cut::CutTransport;
use super::tcp::{self, TcpTransport};
use crate::lookup::{Call, Lookup, on_thread};
use crate::rest::cut::in_steps;

/// Maximum number of addresses of a host to try.
const MAX_ADDRESSES: usize = 16;

/// How often a lookup is checked for a cut.
const LOOKUP_STEP: std::time::Duration = std::time::Duration::from_millis(100);

/// The longest attempt to connect before the next one: a call is cut between two of them. Longer than any usual round trip.
const CONNECT_STEP: std::time::Duration = std::time::Duration::from_secs(2);

/// Resolves nothing: ureq calls the resolver before it looks for an open connection.
#[derive(Debug)]
pub(super) struct LateResolver;

impl Resolver for LateResolver {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}

/// The remaining time to connect, which several steps share.
pub(super) fn remaining(details: &ConnectionDetails<'_>) -> NextTimeout {
    let mut timeout = details.timeout;
    let now = (details.current_time)();
    if let (Duration::Exact(after), Instant::Exact(begun), Instant::Exact(now)) =
        (timeout.after, details.now, now)
    {
        timeout.after = Duration::Exact(after.saturating_sub(now.saturating_duration_since(begun)));
    }
    timeout
}

/// Whether a connection leads to the API. The connectors also open connections to proxies.
pub(super) fn is_api(uri: &Uri, api: &Uri) -> bool {
    uri.scheme() == api.scheme() && uri.authority() == api.authority()
}

/// The host without brackets, and the port.
fn host_and_port(uri: &Uri) -> Option<(&str, u16)> {
    let port = match (uri.port_u16(), uri.scheme_str()?) {
        (Some(port), _) => port,
        (None, "http") => 80,
        (None, "https") => 443,
        _ => return None,
    };
    Some((uri.host()?.trim_matches(['[', ']']), port))
}

/// Returns the addresses of a host. Only a name needs a thread: the system's resolver has no timeout.
fn resolve(
    host: &str,
    port: u16,
    timeout: NextTimeout,
    spawn: impl FnOnce(Call) -> io::Result<()>,
) -> Result<Vec<SocketAddr>, ureq::Error> {
    if let Ok(address) = host.parse() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let failed = |error: io::Error| {
        io::Error::new(error.kind(), format!("the name {host} could not be resolved: {error}"))
    };
    let lookup = Lookup::start(host, port, spawn).map_err(failed)?;
    match in_steps(*timeout.after, LOOKUP_STEP, |step| lookup.wait(step)) {
        Some(Ok(addresses)) if addresses.is_empty() => Err(ureq::Error::HostNotFound),
        Some(result) => Ok(result.map_err(failed)?),
        None => Err(ureq::Error::Timeout(timeout.reason)),
    }
}

/// Resolves the name and connects.
#[derive(Debug)]
pub(super) struct ConnectLayer {
    /// Why nothing can be connected to.
    pub(super) refusal: Option<String>,
}

impl<In: Transport> Connector<In> for ConnectLayer {
    type Out = Either<In, CutTransport<TcpTransport>>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        if let Some(through_proxy) = chained {
            return Ok(Some(Either::A(through_proxy)));
        }
        if let Some(refusal) = &self.refusal {
            return Err(io::Error::other(refusal.clone()).into());
        }
        let (host, port) =
            host_and_port(details.uri).ok_or_else(|| ureq::Error::BadUri(details.uri.to_string()))?;
        let mut addresses = resolve(host, port, details.timeout, on_thread)?;
        addresses.truncate(MAX_ADDRESSES);
        let timeout = remaining(details);
        let connected = in_steps(*timeout.after, CONNECT_STEP, |step| match tcp::connect(&addresses, step) {
            Err(error) if error.kind() == io::ErrorKind::TimedOut => None,
            result => Some(result),
        });
        let stream = connected.ok_or(ureq::Error::Timeout(timeout.reason))??;
        let tcp = TcpTransport::new(stream, details.config);
        Ok(Some(Either::B(CutTransport { connection: tcp.connection(), inner: tcp })))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io;
    use std::sync::mpsc;
    use std::time::Duration;

    use ureq::unversioned::transport::NextTimeout;

    use super::{host_and_port, on_thread, resolve};

    fn timeout(after: Duration) -> NextTimeout {
        NextTimeout { after: after.into(), ..NextTimeout::default() }
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn only_names_need_a_thread() {
        let found = |uri: &str| {
            let uri = uri.parse().unwrap();
            let (host, port) = host_and_port(&uri).unwrap();
            let no_thread = |_| Err(io::Error::other("no thread"));
            resolve(host, port, timeout(LONG), no_thread).ok().map(|addresses| addresses[0].to_string())
        };
        assert_eq!(found("http://127.0.0.1:3001/api").as_deref(), Some("127.0.0.1:3001"));
        assert_eq!(found("https://[::1]/api").as_deref(), Some("[::1]:443"));
        assert_eq!(found("http://10.0.0.1").as_deref(), Some("10.0.0.1:80"));
        assert_eq!(found("https://discord.com/api"), None);
        assert_eq!(found("http://localhost:80"), None);
        let addresses = resolve("localhost", 80, timeout(LONG), on_thread).unwrap();
        assert!(!addresses.is_empty() && addresses.iter().all(|address| address.ip().is_loopback()));
    }

    #[test]
    fn a_thread_that_the_system_refuses_is_an_error_with_the_name() {
        let refused = |_| Err(io::Error::from(io::ErrorKind::WouldBlock));
        let error = resolve("discord.com", 443, timeout(LONG), refused).unwrap_err().to_string();
        assert!(error.contains("discord.com") && error.contains("no thread"), "{error}");
    }

    #[test]
    fn a_lookup_ends_at_its_timeout_although_the_system_has_none() {
        let (kept, lookups) = mpsc::channel();
        let never = |lookup| {
            let _ = kept.send(lookup);
            Ok(())
        };
        let error = resolve("discord.com", 443, timeout(Duration::from_millis(10)), never).unwrap_err();
        assert!(matches!(error, ureq::Error::Timeout(_)), "{error}");
        drop(lookups);
    }

    #[test]
    fn a_lookup_that_panics_is_an_error() {
        let error = resolve("discord.com", 443, timeout(LONG), |lookup| {
            drop(lookup);
            Ok(())
        });
        assert!(error.unwrap_err().to_string().contains("discord.com"));
    }
}
