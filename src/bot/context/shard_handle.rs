//! A shard, for the other threads of its bot.

use std::sync::Arc;

use crate::bot::health::meter::ShardEvents;
use crate::gateway::shard::{ShardMeter, ShardSender};
use crate::gateway::shard_id::ShardId;

/// A shard, as the bot sees it.
#[derive(Clone)]
pub(crate) struct ShardHandle {
    pub(crate) id: ShardId,
    pub(crate) sender: ShardSender,
    pub(crate) meter: Arc<ShardMeter>,
    pub(crate) events: Arc<ShardEvents>,
}
