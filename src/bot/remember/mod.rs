//! Sessions that outlive the process: which events of each shard were handled, and when that is saved.
//!
//! The shard's thread notes what it has received, the bot's thread and the lanes note what they have handled, and a separate
//! thread saves the difference: a slow disk delays neither events nor heartbeats.

mod alarm;
mod keeper;
mod previous;
mod progress;
mod remembered;

pub(crate) use previous::{Expected, Previous};
pub(crate) use progress::{Hold, Tracker};
pub(crate) use remembered::Remembered;
