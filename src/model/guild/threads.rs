use serde::Serialize;

use crate::json::object;
use crate::model::{Channel, List, ThreadMember};

/// The threads of a guild [that are not archived](https://docs.discord.com/developers/resources/guild#list-active-guild-threads), public and private ones.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct ActiveThreads {
    /// The threads, latest first.
    pub threads: List<Channel>,
    /// The bot as a member of those that it has joined.
    pub members: List<ThreadMember>,
}

object! { ActiveThreads {
    threads, members,
} }
