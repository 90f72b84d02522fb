//! The members of the simulated Discord, and the channels that they talk in.

mod actions;
mod channel;
mod guild;
mod interaction;
mod member;
mod message;
mod requests;

pub use self::channel::Channel;
pub use self::guild::Guild;
pub use self::interaction::{Choice, Interaction, Modal};
pub use self::member::Member;
pub use self::message::Message;
