//! Work next to the bot's thread, in order where order matters.

mod lanes;
mod origin;
mod schedule;

pub use lanes::Lanes;
pub(crate) use lanes::{Taken, run_in};
pub use origin::EventScope;
