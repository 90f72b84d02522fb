//! What a handler receives next to its event.

mod answer;
mod cache;
mod command;
mod component;
mod context;
mod handles;
mod identity;
mod interaction;
mod library_replies;
mod lookups;
mod modal;
mod provided;
mod reading;
mod send_events;
mod shard_handle;
mod typing;

pub use command::CommandContext;
pub use component::ComponentContext;
pub use context::Context;
pub(crate) use context::{InboxValue, Job, LoopMessage, NewTimer, Shared};
pub use handles::Handle;
pub(crate) use identity::Identity;
pub use interaction::{InGuild, InteractionContext};
pub(crate) use lookups::{found, is_named};
pub use modal::ModalContext;
pub(crate) use provided::{Provided, ProvidedValue};
pub(crate) use shard_handle::ShardHandle;
