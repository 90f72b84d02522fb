//! The bot's own thread: it takes events from the queue and calls the handlers.

pub(crate) mod dispatch;
mod running;
mod unhandled;

pub(crate) use running::RunGuard;
pub use running::Running;
