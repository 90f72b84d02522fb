//! The registered handlers of a program.

mod event;
mod filter;
mod handlers;
mod listener;

pub use event::{Connected, ListenEvent};
pub(crate) use event::{ConnectionEvent, EventSource};
pub(crate) use filter::EventFilter;
pub(crate) use handlers::Handlers;
pub(crate) use listener::{ErasedHandler, ErrorClosure, Inbox, Listener, slot, slot_in};
