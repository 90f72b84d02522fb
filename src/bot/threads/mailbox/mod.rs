//! Events for waiting tasks.
//!
//! An event costs the same whether one task waits or five hundred: its text is copied once, into a bounded store that all
//! tasks share, and the IDs in it are looked up in an index of all waits. Only a task that waits for such IDs is woken.

mod index;
mod kept;
mod mail;
mod mailboxes;
mod quick;
mod wait;
mod wanted;

pub(crate) use mail::{Candidate, Mailbox, Waited};
pub(crate) use mailboxes::Mailboxes;
pub(crate) use wanted::{EventIds, Wanted};
