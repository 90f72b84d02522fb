//! Tasks: conversations on their own threads, where waiting is ordinary code.

mod ask;
mod choose;
mod clicks;
mod confirm;
mod menu;
mod pages;
mod prompt;
mod safe;
mod sent_prompt;
mod spawn;
mod task;
mod task_context;

pub use clicks::MessageOrClick;
pub use prompt::Prompt;
pub use safe::TaskSafe;
pub use task::Task;
pub use task_context::TaskContext;
