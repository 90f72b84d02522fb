//! Connects to the gateway without logging in, to see whether that works.

use std::time::{Duration, Instant};

use super::shard::{CLOSE_TIMEOUT, QUERY, with_query};
use crate::deadline::deadline;
use crate::gateway::frame::Envelope;
use crate::gateway::opcode::Opcode;
use crate::gateway::session::CLOSE_AND_END;
use crate::gateway::socket::{OpenError, Received, Socket, SocketConfig};

/// The first message of a gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HelloReceived {
    /// How long it took to open the connection.
    pub(crate) opened_in: Duration,
    /// How long Hello took after that.
    pub(crate) hello_in: Duration,
}

/// Why there was no Hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoHello {
    /// The connection could not be opened.
    NotOpen(OpenError),
    /// Something else came, or nothing.
    Other(String),
}

/// How long to wait for Hello.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Opens a connection, waits for [Hello](https://docs.discord.com/developers/events/gateway#hello-event), and closes the
/// connection with 1000. Nothing is sent, so no identify is used up.
pub(crate) fn wait_for_hello(url: &str, config: &SocketConfig) -> Result<HelloReceived, NoHello> {
    let begun = Instant::now();
    let mut socket = Socket::open(&with_query(url, config.compression), config).map_err(NoHello::NotOpen)?;
    let opened_in = begun.elapsed();
    let until = deadline(Instant::now(), TIMEOUT);
    let result = match socket.read(until) {
        Received::Text(text) if is_hello(&text) => {
            Ok(HelloReceived { opened_in, hello_in: begun.elapsed().saturating_sub(opened_in) })
        }
        Received::Text(_) | Received::InvalidFrame(_) => {
            Err("its first message is not Hello: is a gateway of Discord there?".to_owned())
        }
        Received::NoFrame => Err(format!("no Hello came in {} s", TIMEOUT.as_secs())),
        Received::Closed { code, reason } => {
            let code = code.map_or_else(|| "no code".to_owned(), |code| format!("code {code}"));
            Err(format!("it closed the connection before Hello, with {code} {reason:?}"))
        }
        Received::Lost(problem) => Err(format!("the connection was lost before Hello: {problem}")),
    };
    socket.close(CLOSE_AND_END, CLOSE_TIMEOUT);
    result.map_err(NoHello::Other)
}

fn is_hello(text: &str) -> bool {
    Envelope::read(text).is_ok_and(|frame| frame.op == Opcode::Hello as u64)
}

/// The version of the gateway that the crate uses, as the address names it.
pub(crate) fn gateway_version() -> &'static str {
    QUERY.split(['?', '&']).find(|part| part.starts_with("v=")).unwrap_or_default().trim_start_matches("v=")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_is_read_from_the_address() {
        assert_eq!(super::gateway_version(), "10");
    }
}
