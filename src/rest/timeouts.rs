use std::time::Duration;

/// How long the steps of one attempt may take.
///
/// A call's [deadline](crate::rest::Builder::deadline) cuts all of them short.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Timeouts {
    /// Resolving the name, connecting, and TLS, together (10 s).
    pub connect: Duration,
    /// From the request's last byte to the answer's headers (15 s).
    pub answer: Duration,
    /// The whole of it (30 s).
    pub request: Duration,
    /// The same as `connect`, for the first answer to an interaction (2 s).
    pub callback_connect: Duration,
    /// All that the first answer to an interaction may take, repetitions included (3 s): after that
    /// Discord [takes none](https://docs.discord.com/developers/interactions/receiving-and-responding#responding-to-an-interaction).
    pub callback: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(15),
            request: Duration::from_secs(30),
            callback_connect: Duration::from_secs(2),
            callback: Duration::from_secs(3),
        }
    }
}
