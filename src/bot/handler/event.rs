//! The events that a handler can be registered for.

use crate::error::Result;
use crate::gateway::event::Event;
use crate::gateway::intents::Intents;
use crate::gateway::session::{Disconnected, Gap};

/// A shard is connected: its session is new, or was resumed.
///
/// ```
/// # use syncord::{Bot, bot::Connected};
/// # fn main() -> Result<(), syncord::Error> {
/// let mut bot = Bot::new("token")?;
/// bot.on(|cx, connected: &Connected| {
///     println!("shard {} is connected, resumed: {}", cx.shard(), connected.resumed);
///     Ok(())
/// });
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Connected {
    /// Whether the old session was resumed. Otherwise a new one began.
    pub resumed: bool,
}

/// An event that a handler of [`Bot::on`](crate::bot::Bot::on) can be registered for: each of Discord's events, and the changes of
/// the connection ([`Connected`], [`Disconnected`], [`Gap`]).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event that a handler can be registered for",
    note = "name an event of `syncord::events`, as in `bot.on(|cx, message: &MessageCreate| …)`"
)]
pub trait HandledEvent: Sized + 'static {
    #[doc(hidden)]
    const SOURCE: EventSource;
    #[doc(hidden)]
    fn read(data: &str) -> Result<Self, serde_json::Error>;
}

/// The source of a [`HandledEvent`].
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum EventSource {
    Dispatch { name: &'static str, intents: Intents },
    ConnectionEvent(ConnectionEvent),
}

/// An event of a shard's connection.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionEvent {
    Connected,
    Disconnected,
    Gap,
}

impl<E: Event> HandledEvent for E {
    const SOURCE: EventSource = EventSource::Dispatch { name: E::NAME, intents: E::INTENTS };

    fn read(data: &str) -> Result<Self, serde_json::Error> {
        E::decode(data)
    }
}

impl HandledEvent for Connected {
    const SOURCE: EventSource = EventSource::ConnectionEvent(ConnectionEvent::Connected);

    fn read(_: &str) -> Result<Self, serde_json::Error> {
        Err(not_json())
    }
}

impl HandledEvent for Disconnected {
    const SOURCE: EventSource = EventSource::ConnectionEvent(ConnectionEvent::Disconnected);

    fn read(_: &str) -> Result<Self, serde_json::Error> {
        Err(not_json())
    }
}

impl HandledEvent for Gap {
    const SOURCE: EventSource = EventSource::ConnectionEvent(ConnectionEvent::Gap);

    fn read(_: &str) -> Result<Self, serde_json::Error> {
        Err(not_json())
    }
}

/// The connection's own events never come as JSON.
fn not_json() -> serde_json::Error {
    serde::de::Error::custom("this event is not a dispatch")
}

impl ConnectionEvent {
    /// The name under which errors of its handlers are reported.
    pub(crate) fn name(self) -> &'static str {
        match self {
            ConnectionEvent::Connected => "Connected",
            ConnectionEvent::Disconnected => "Disconnected",
            ConnectionEvent::Gap => "Gap",
        }
    }
}
