//! Discord's objects, one file per page of its documentation.
//!
//! They are plain data with Discord's field names (`type` is `kind`). They read leniently: fields
//! that this version does not know are ignored, unknown enum values and flag bits are kept, missing
//! fields are `None`, empty or `false`, and one unreadable element of a list does not cost the list.
//!
//! What has no type yet is either left out or kept as [`Raw`] JSON.

pub mod application;
pub mod channel;
pub mod emoji;
pub mod gateway;
pub mod guild;
pub(crate) mod lenient;
pub mod message;
mod number;
mod raw;
mod timestamp;
pub mod user;

pub use application::{Application, ApplicationFlags};
pub use channel::{Channel, ChannelType};
pub use emoji::{Emoji, ReactionType};
pub use gateway::{GatewayBot, SessionStartLimit};
pub use guild::{Guild, Member, MemberFlags, Role, UnavailableGuild};
pub use message::{Attachment, Message, MessageFlags, MessageReference, MessageReferenceType, MessageType};
pub use raw::Raw;
pub use timestamp::Timestamp;
pub use user::{User, UserFlags};
