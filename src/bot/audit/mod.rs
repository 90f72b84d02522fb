//! Who did it: the entry of the audit log that belongs to an event.
//!
//! Discord sends both, in any order, and says nothing about which belong together. So the recent ones are kept, and are
//! compared when a task asks.

mod entries;
mod event;
mod find;
mod rules;
mod timeline;

pub(crate) use entries::AuditEntries;
pub use event::AuditedEvent;
