//! The events that a program sends to the gateway, checked before they are queued.
//!
//! See [send events](https://docs.discord.com/developers/events/gateway-events#send-events).

mod event;
mod members;
mod payload;
mod presence;
mod voice;

pub use event::SendEvent;
pub use members::RequestMembers;
pub use payload::MAX_PAYLOAD_BYTES;
pub(super) use payload::payload;
pub use presence::UpdatePresence;
pub use voice::UpdateVoiceState;
