//! Queues and mailboxes between the bot's thread, the shards' threads and the tasks.

pub(crate) mod batch;
pub(crate) mod mailbox;
pub(crate) mod queue;
pub(crate) mod task_pool;

/// The stack of a thread that receives events, in bytes. It runs no code of the program, and reads JSON of limited depth.
pub(crate) const RECEIVER_STACK: usize = 512 * 1024;
