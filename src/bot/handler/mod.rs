//! The registered handlers of a program.

mod event;
mod event_handler;
mod filter;
mod handlers;

pub use event::{Connected, HandledEvent};
pub(crate) use event::{ConnectionEvent, EventSource};
pub(crate) use event_handler::{ErasedHandler, ErrorClosure, EventHandler, Inbox, slot, slot_in};
pub(crate) use filter::EventFilter;
pub(crate) use handlers::Handlers;
