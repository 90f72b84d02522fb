//! Opens a TCP connection: name lookup, and the addresses one after the other.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::error::Stage;
use crate::deadline::deadline;
use crate::lookup::{self, Lookup};

/// The time after this timeout, counted from now.
pub(super) fn after(timeout: Duration) -> Instant {
    deadline(Instant::now(), timeout)
}

/// Connects to a host. The lookup and all addresses together take at most twice the time of one address.
///
/// # Errors
///
/// The step that failed, and why.
pub(super) fn connect(
    host: &str,
    port: u16,
    loopback_only: bool,
    per_address: Duration,
) -> Result<TcpStream, (Stage, String)> {
    let deadline = after(per_address.saturating_mul(2));
    let addresses =
        resolve(host, port, loopback_only, deadline).map_err(|problem| (Stage::Resolve, problem))?;
    let left = || deadline.saturating_duration_since(Instant::now());
    let connected = try_each(&addresses, per_address, left, |address, time| {
        let tcp =
            TcpStream::connect_timeout(address, time).and_then(|tcp| tcp.set_nodelay(true).map(|()| tcp));
        tcp.inspect_err(|e| log::debug!("no connection to {host} at {address}: {e}"))
    });
    connected
        .map_err(|failure| (Stage::Connect, failure.map_or_else(|| TIMED_OUT.to_owned(), |e| e.to_string())))
}

/// The addresses of a host.
fn resolve(host: &str, port: u16, loopback_only: bool, deadline: Instant) -> Result<Vec<SocketAddr>, String> {
    let found = if let Ok(ip) = host.parse::<IpAddr>() {
        vec![SocketAddr::new(ip, port)]
    } else {
        let lookup = Lookup::start(host, port, lookup::on_thread).map_err(|e| e.to_string())?;
        let result = lookup.wait(deadline.saturating_duration_since(Instant::now()));
        result.ok_or(TIMED_OUT)?.map_err(|e| e.to_string())?
    };
    let usable: Vec<_> = found.into_iter().filter(|a| !loopback_only || a.ip().is_loopback()).collect();
    if usable.is_empty() { Err("the name has no usable address".into()) } else { Ok(usable) }
}

/// Connects to the first address that responds. Each address gets its share of the time that is left, so that some that
/// never respond do not use up the time of the others.
pub(super) fn try_each<T>(
    addresses: &[SocketAddr],
    maximum: Duration,
    left: impl Fn() -> Duration,
    mut connect: impl FnMut(&SocketAddr, Duration) -> io::Result<T>,
) -> Result<T, Option<io::Error>> {
    let mut failure = None;
    for (n, address) in addresses.iter().enumerate() {
        let left = left();
        let untried = u32::try_from(addresses.len() - n).unwrap_or(u32::MAX);
        let time = (left / untried).max(MIN_TRY).min(maximum).min(left);
        if time.is_zero() {
            break;
        }
        match connect(address, time) {
            Ok(connected) => return Ok(connected),
            Err(e) => failure = Some(e),
        }
    }
    Err(failure)
}

pub(super) const TIMED_OUT: &str = "no response in time";

/// The minimum time for one address: enough for a slow network, even when the first packet has to be sent twice.
const MIN_TRY: Duration = Duration::from_millis(1500);

#[cfg(test)]
mod tests;
