//! Conversations: threads on which waiting is ordinary code.

mod clicks;
mod task;

pub use task::Task;
pub(crate) use task::{Subject, Waits, spawn};
