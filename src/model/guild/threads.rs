use serde::{Deserialize, Serialize};

use crate::model::{Channel, List, ThreadMember};

/// The threads of a guild [that are not archived](https://docs.discord.com/developers/resources/guild#list-active-guild-threads), public and private ones.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActiveThreads {
    /// The threads, latest first.
    #[serde(default)]
    pub threads: List<Channel>,
    /// The bot as a member of those that it has joined.
    #[serde(default)]
    pub members: List<ThreadMember>,
}
