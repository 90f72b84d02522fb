//! The steps after which Discord has the declared commands.

mod changes;
mod display;
mod plan;

pub use plan::{Plan, PlanStep, Scope, SyncRules, WithheldCommand, WithheldReason, plan};
