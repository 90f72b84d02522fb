//! Responding to interactions.

pub(crate) mod action;
mod auto_defer;
pub(crate) mod error;
mod fallback;
mod guard;
mod header;
mod offer;
mod pending;
mod policy;
mod responder;
mod state;
mod step;

pub use action::{InitialResponse, InteractionKind, ResponseAction, ResponseSource, Visibility};
pub use error::{BlockedBy, ResponseError, Timing};
pub use responder::InteractionResponder;

pub(crate) use guard::ResponderGuard;
pub(crate) use header::InteractionHeader;
pub(crate) use offer::{OfferTicket, TaskOffer};
pub(crate) use pending::{InteractionConfig, PendingInteractions};
pub(crate) use policy::{DeferMode, DeferPolicy};
