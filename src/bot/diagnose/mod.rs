//! The doctor: what is wrong with a bot, its settings and its way to Discord, and what to do about it.
//!
//! [`Bot::diagnose`](crate::Bot::diagnose) asks Discord and changes nothing there.

// `gather` collects the facts and decides nothing; `judge` makes findings of them and does no I/O.

mod diagnosis;
mod doctor;
mod facts;
mod finding;
mod gather;
mod judge;

pub use diagnosis::Diagnosis;
pub use finding::{Finding, FindingKind, Severity};
