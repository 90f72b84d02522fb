//! What outlives the process: the sessions of the shards, and their identifies.
//!
//! A bot that [remembers](crate::Bot::remember) resumes its sessions when it starts again, and Discord replays what the bot
//! has missed. [`FileStore`] keeps the records in a file. [`MemoryStore`] keeps them in memory, for tests. A program
//! implements [`SessionStore`] to keep them elsewhere, such as in Redis: a record is small, can be serialized with serde, and
//! belongs to one shard, so two processes with different shards never write the same record.

mod file;
mod lock;
mod memory;
mod record;
mod records;
mod session_store;

pub use file::FileStore;
pub use memory::MemoryStore;
pub use record::{IdentifyRecord, RECORD_FORMAT, SessionRecord};
pub use session_store::SessionStore;
