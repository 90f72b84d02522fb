//! Registering commands at Discord.

mod command_plan;
mod registrar;
pub(crate) mod retry;

pub use command_plan::CommandPlan;
pub(crate) use registrar::{Registrar, clear_guild};
