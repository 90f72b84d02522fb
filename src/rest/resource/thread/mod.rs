//! [Threads](https://docs.discord.com/developers/topics/threads), which Discord documents with the
//! [channels](https://docs.discord.com/developers/resources/channel).

mod list;
mod member;
mod start;

pub use list::{ListArchivedThreads, ListJoinedArchivedThreads, SearchThreads};
pub use member::{GetThreadMember, ListThreadMembers};
pub use start::{StartThreadFromMessage, StartThreadInForum, StartThreadWithoutMessage};
