//! Tasks: conversations on their own threads, where waiting is ordinary code.

mod clicks;
mod spawn;
mod task;

pub use clicks::MessageOrClick;
pub use task::Task;
