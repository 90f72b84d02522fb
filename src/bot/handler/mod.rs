//! What a program has registered.

mod handlers;

pub(crate) use handlers::{
    Ask, ErrorClosure, Gate, Handlers, Label, Link, Listener, Slot, Source, slot, slot_in,
};
pub use handlers::{Connected, HandlerError, Heard, Problem};
