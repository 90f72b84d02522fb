//! [Channels](https://docs.discord.com/developers/resources/channel) and threads.

mod channel;
mod forum;
mod kind;
mod overwrite;
mod thread;
mod thread_list;

pub use channel::{Channel, FollowedChannel};
pub use forum::{DefaultReaction, ForumLayoutType, ForumTag, SortOrderType, ThreadSearchTagSetting};
pub use kind::{ChannelFlags, ChannelType, VideoQualityMode};
pub use overwrite::{Overwrite, OverwriteType};
pub use thread::{ThreadMember, ThreadMemberFlags, ThreadMetadata};
pub use thread_list::{ThreadList, ThreadSortingMode, ThreadSortingOrder};
