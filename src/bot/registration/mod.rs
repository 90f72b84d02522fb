//! Registering commands at Discord.

mod registrar;

pub use registrar::CommandPlan;
pub(crate) use registrar::{Register, Registrar, register};
