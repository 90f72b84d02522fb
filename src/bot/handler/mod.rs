//! What a program has registered.

mod event;
mod filter;
mod handlers;
mod listener;

pub use event::{Connected, Heard};
pub(crate) use event::{Link, Source};
pub(crate) use filter::Gate;
pub(crate) use handlers::Handlers;
pub(crate) use listener::{ErrorClosure, Listener, Slot, slot, slot_in};
