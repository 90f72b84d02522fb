use serde::Serialize;

use crate::json::object;
use crate::model::{Channel, List, ThreadMember};

/// The [active threads](https://docs.discord.com/developers/resources/guild#list-active-guild-threads) of a guild, public and private ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ActiveThreads {
    /// The threads, newest first.
    pub threads: List<Channel>,
    /// The bot's thread member for each thread that the bot has joined.
    pub members: List<ThreadMember>,
}

object! { ActiveThreads {
    threads, members,
} }
