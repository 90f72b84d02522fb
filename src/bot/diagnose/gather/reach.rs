//! Opens a connection to the API's host, or to the proxy, to distinguish a name that cannot be looked up from a host that does not
//! respond.

use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::bot::diagnose::facts::{Reach, Unreached};
use crate::bot::startup::config::Config;
use crate::lookup::{Lookup, on_thread};
use crate::rest::ApiAddress;

/// Maximum time of the lookup, and of one connection.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Maximum number of addresses to try.
const MAX_ADDRESSES: usize = 4;

/// Connects and closes the connection at once. `None` if it is not known where to.
pub(super) fn reach(config: &Config, api_url: &str) -> Option<Reach> {
    let api = ApiAddress::of(api_url)?;
    let proxy = config.proxy.for_host(&api.host, api.is_loopback).ok()?;
    let (host, port) = match &proxy {
        Some(proxy) => (proxy.host().to_owned(), proxy.port()),
        None => (api.host, api.port),
    };
    let result = connect(&host, port);
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    Some(Reach { peer: format!("{host}:{port}"), result })
}

/// Returns how long it took to connect, without the lookup.
fn connect(host: &str, port: u16) -> Result<Duration, Unreached> {
    let addresses = resolve(host, port).map_err(Unreached::NoAddress)?;
    let mut problem = String::new();
    for address in addresses.iter().take(MAX_ADDRESSES) {
        let begun = Instant::now();
        match TcpStream::connect_timeout(address, TIMEOUT) {
            Ok(_) => return Ok(begun.elapsed()),
            Err(error) => problem = error.to_string(),
        }
    }
    Err(Unreached::NoConnection(problem))
}

fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, String> {
    if let Ok(ip) = host.parse() {
        return Ok(vec![SocketAddr::new(ip, port)]);
    }
    let lookup = Lookup::start(host, port, on_thread).map_err(|error| error.to_string())?;
    match lookup.wait(TIMEOUT) {
        None => Err(format!("no response in {} s", TIMEOUT.as_secs())),
        Some(Err(error)) => Err(error.to_string()),
        Some(Ok(addresses)) if addresses.is_empty() => Err("it has no address".to_owned()),
        Some(Ok(addresses)) => Ok(addresses),
    }
}
