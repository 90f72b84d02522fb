//! The payload of a message: its fields, their limits, and how it is sent.

mod allowed_mentions;
pub(in crate::rest) mod attachment;
pub(in crate::rest) mod body;
pub(in crate::rest) mod components;
mod create;
mod edit;
mod embed;
mod limits;
mod poll;
mod references;
pub(in crate::rest) mod setters;

pub use allowed_mentions::AllowedMentions;
pub use attachment::KeptAttachment;
pub use create::{CreateMessage, ThreadMessage};
pub use edit::{EditMessage, EditResponse};
pub use poll::CreatePoll;
