//! The health of a bot, for the people and programs that operate it.

mod collect;
mod health;
pub(crate) mod meter;
pub(crate) mod registry;

pub use health::{
    BotState, EventHealth, HandlerHealth, Health, LanesHealth, QueueHealth, RunningHandler, TaskHealth,
};
