//! Work on other threads than the bot's, in order where order matters.

mod lanes;
mod safe;
mod schedule;

pub use lanes::Lanes;
pub(crate) use lanes::{Taken, run_in};
pub use safe::LaneSafe;
