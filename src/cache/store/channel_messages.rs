//! The known messages of a channel.

use std::collections::VecDeque;

use crate::cache::lru::Place;
use crate::id::{GuildId, MessageId};

/// The known messages of a channel.
#[derive(Debug)]
pub(super) struct ChannelMessages {
    pub(super) guild: Option<GuildId>,
    pub(super) shard: u32,
    /// In the order of their IDs, which is that of their creation.
    pub(super) places: VecDeque<(MessageId, Place)>,
}

/// The memory of a message in the list of its channel.
pub(super) const ENTRY_BYTES: usize = size_of::<(MessageId, Place)>() * 3 / 2;

impl ChannelMessages {
    /// The index of a message, or where it would be.
    pub(super) fn find(&self, id: MessageId) -> Result<usize, usize> {
        match self.places.back() {
            Some((newest, _)) if *newest < id => Err(self.places.len()),
            _ => self.places.binary_search_by_key(&id, |(id, _)| *id),
        }
    }
}
