use std::time::Duration;

/// Timeouts of one attempt to send a request.
///
/// A call's [deadline](crate::rest::ClientBuilder::deadline) can end an attempt earlier.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Timeouts {
    /// Time to resolve the name, connect, and complete the TLS handshake. Default: 10 s.
    pub connect: Duration,
    /// Time from the last byte of the request to the headers of the response. Default: 15 s.
    pub response: Duration,
    /// Time of the whole attempt. Default: 30 s.
    pub request: Duration,
    /// The same as `connect`, for the first response to an interaction. Default: 2 s.
    pub callback_connect: Duration,
    /// Time for the first response to an interaction, with its retries. Default: 3 s, after which Discord
    /// [rejects it](https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction).
    pub callback: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts {
            connect: Duration::from_secs(10),
            response: Duration::from_secs(15),
            request: Duration::from_secs(30),
            callback_connect: Duration::from_secs(2),
            callback: Duration::from_secs(3),
        }
    }
}
