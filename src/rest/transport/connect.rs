//! Resolves names when a connection is opened, not for each request.

use std::net::SocketAddr;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::{Duration, Instant};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout, TcpConnector, Transport};

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

/// The address, if the host is one. Resolving a name with a timeout needs a thread.
fn literal_address(uri: &Uri) -> Option<SocketAddr> {
    let port = match (uri.port_u16(), uri.scheme_str()?) {
        (Some(port), _) => port,
        (None, "http") => 80,
        (None, "https") => 443,
        _ => return None,
    };
    let host = uri.host()?.trim_matches(['[', ']']);
    Some(SocketAddr::new(host.parse().ok()?, port))
}

/// Resolves the name and connects.
#[derive(Debug, Default)]
pub(super) struct ConnectLayer {
    resolver: DefaultResolver,
    connector: TcpConnector,
}

impl<In: Transport> Connector<In> for ConnectLayer {
    type Out = <TcpConnector as Connector<In>>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        if chained.is_some() {
            return self.connector.connect(details, chained);
        }
        let addrs = match literal_address(details.uri) {
            Some(address) => {
                let mut addrs = self.resolver.empty();
                addrs.push(address);
                addrs
            }
            None => self.resolver.resolve(details.uri, details.config, details.timeout)?,
        };
        let timeout = remaining(details);
        let details = ConnectionDetails {
            uri: details.uri,
            addrs,
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: (details.current_time)(),
            timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        self.connector.connect(&details, chained)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::literal_address;

    #[test]
    fn only_names_need_to_be_resolved() {
        let found = |uri: &str| literal_address(&uri.parse().unwrap()).map(|address| address.to_string());
        assert_eq!(found("http://127.0.0.1:3001/api").as_deref(), Some("127.0.0.1:3001"));
        assert_eq!(found("https://[::1]/api").as_deref(), Some("[::1]:443"));
        assert_eq!(found("http://10.0.0.1").as_deref(), Some("10.0.0.1:80"));
        assert_eq!(found("https://discord.com/api"), None);
        assert_eq!(found("http://localhost:80"), None);
    }
}
