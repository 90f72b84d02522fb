//! Responding to interactions.

mod action;
mod auto_defer;
mod error;
mod fallback;
mod header;
mod offer;
mod pending;
mod policy;
mod responder;
mod state;

pub(crate) use action::Kind;
pub(crate) use fallback::{Hold, settle};
pub(crate) use header::Glance;
pub(crate) use offer::{Offered, Share};
pub(crate) use pending::{Answers, Settings, WORKS, Works};
pub(crate) use policy::{Claim, Defers};
pub(crate) use responder::Answer;
