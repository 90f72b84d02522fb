//! What a program has registered.

mod handlers;

pub(crate) use handlers::{Ask, ErrorClosure, Gate, Handlers, Link, Listener, Slot, Source, slot, slot_in};
pub use handlers::{Connected, Heard};
