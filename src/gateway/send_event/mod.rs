//! The events that a program sends to the gateway, checked before they are queued.
//!
//! See [send events](https://docs.discord.com/developers/events/gateway-events#send-events).

mod channel_info;
mod event;
mod members;
mod payload;
mod presence;
mod soundboard;
mod voice;

pub use channel_info::ChannelInfoField;
pub use event::SendEvent;
pub(crate) use members::MAX_MEMBERS;
pub use members::RequestMembers;
pub use payload::MAX_PAYLOAD_BYTES;
pub(super) use payload::payload;
pub use presence::UpdatePresence;
pub(crate) use soundboard::MAX_SOUNDBOARD_GUILDS;
pub use voice::UpdateVoiceState;
