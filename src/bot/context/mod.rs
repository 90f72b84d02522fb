//! What a handler receives next to its event.

mod command;
mod component;
mod context;
mod interaction;
mod modal;

pub use command::CommandContext;
pub use component::ComponentContext;
pub(crate) use context::{Aside, Job, Login, ShardLink, Shared};
pub use context::{Context, Poster, Stopper};
pub use interaction::InteractionContext;
pub use modal::ModalContext;
