//! Queues and mailboxes between the bot's thread, the shards' threads and the tasks.

pub(crate) mod batch;
pub(crate) mod mailbox;
pub(crate) mod queue;
pub(crate) mod task_pool;
