//! Collecting the members of a guild: requests over the gateway, whose answers come in chunks.
//!
//! A chunk goes from the shard's thread straight to the thread that collects, so it does not wait behind handlers.

mod arrivals;
mod collection;
mod query;

pub(crate) use arrivals::MemberRequests;
#[cfg(test)]
pub(crate) use arrivals::{Arrival, Waited};
pub use query::{CollectedMembers, MembersIter, MembersQuery};
