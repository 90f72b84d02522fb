//! The health of a bot, for the people and programs that operate it.

mod collect;
mod health;
mod line;
pub(in crate::bot) mod log;
pub(crate) mod meter;
mod prometheus;
pub(crate) mod registry;
mod report;
pub(crate) mod shared;

pub use health::{
    BotState, EventHealth, HandlerHealth, Health, HttpHealth, LanesHealth, QueueHealth, RunningHandler,
    TaskHealth,
};

pub use report::StopReport;

pub use crate::counters::Histogram;
pub use crate::gateway::shard::{Latency, ShardHealth};
pub use crate::interaction::{InteractionHealth, InteractionOutcome};
pub use crate::rest::{RateLimitHits, RestFailure, RestHealth, RouteHealth};
