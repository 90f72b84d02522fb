//! What a shard logs.

use crate::gateway::close_code::After;
use crate::gateway::session::{Disconnected, Notice};
use crate::gateway::shard_id::ShardId;

/// Logs one line for each change of the connection. Repeated attempts are logged at the debug level.
pub(super) fn notice(id: ShardId, notice: &Notice) {
    match notice {
        Notice::Connected { resumed: true } => log::info!("shard {id}: resumed, nothing was lost"),
        Notice::Connected { resumed: false } => log::info!("shard {id}: logged in"),
        Notice::Disconnected(Disconnected { why, reason, after, .. }) => {
            let next = match after {
                After::Resume => "resuming",
                After::Identify => "logging in again",
                After::Stop => "stopping",
            };
            let colon = if reason.is_empty() { "" } else { ": " };
            log::info!("shard {id}: {why}{colon}{reason}; {next}");
        }
        Notice::Gap(gap) => log::warn!("shard {id}: events may have been lost: {}", gap.why),
        // The first attempt is made at once and mostly succeeds, so the warning comes with the second.
        Notice::Waiting { why, attempts: 2, .. } => {
            log::warn!("shard {id}: no connection to Discord ({why}); trying again until it works");
        }
        Notice::Waiting { why, attempts, .. } => log::debug!("shard {id}: attempt {attempts}: {why}"),
    }
}
