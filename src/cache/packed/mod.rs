//! The objects of which a bot knows many, in a form that takes little memory: texts without spare capacity, times as
//! numbers, users shared, and rarely used fields in a separate box.
//!
//! Nothing is lost: [`PackedUser::unpack`] and the others return what was packed. The exceptions are said where they are.

mod member;
mod message;
mod presence;
mod time;
mod user;

pub(super) use member::PackedMember;
pub(super) use message::{PackedMessage, Shared};
pub(super) use presence::PackedPresence;
pub(super) use user::PackedUser;
