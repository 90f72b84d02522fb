use ureq::http::StatusCode;

use crate::error::Error;
use crate::id::{ChannelId, TagId};
use crate::model::limits::{MAX_AVAILABLE_TAGS, MAX_CHANNEL_NAME};
use crate::model::{
    Channel, ThreadList, ThreadSearchTagSetting, ThreadSortingMode, ThreadSortingOrder, Timestamp,
};
use crate::rest::check::{chars, count, number};
use crate::rest::client::decode;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::request::Request;
use crate::rest::route::Endpoint;
use crate::rest::{Client, Pages, response, route};

/// The largest page of archived threads.
const MAX_THREADS: u16 = 100;

/// The largest page of a search, and where its last one begins.
const MAX_FOUND: u16 = 25;
const MAX_OFFSET: u16 = 9975;

options! {
    /// Which archived threads are wanted: [List Public Archived Threads](https://docs.discord.com/developers/resources/channel#list-public-archived-threads).
    ListArchivedThreads {
        /// Only those that were archived before.
        before: Timestamp [into],
        /// At most so many: 2 to 100.
        limit: u16 => number(2..=MAX_THREADS),
    }
}

options! {
    /// Which archived threads are wanted: [List Joined Private Archived Threads](https://docs.discord.com/developers/resources/channel#list-joined-private-archived-threads).
    ListJoinedArchivedThreads {
        /// Only those with a smaller id.
        before: ChannelId,
        /// At most so many: 2 to 100.
        limit: u16 => number(2..=MAX_THREADS),
    }
}

options! {
    /// Which threads are looked for.
    ///
    /// The search is in [Discord's specification](https://github.com/discord/discord-api-spec), though not
    /// yet on its pages.
    SearchThreads {
        /// Those with such a name: at most 100 characters.
        name: String [into] => chars(0..=MAX_CHANNEL_NAME),
        /// How many other words may stand between those of the name: at most 100.
        slop: u8 => number(0..=100),
        /// Only those with a greater id.
        min_id: ChannelId,
        /// Only those with a smaller id.
        max_id: ChannelId,
        /// Only those with these tags: at most 20.
        tag: Vec<TagId> [into] => count(0..=MAX_AVAILABLE_TAGS),
        /// Whether all of the tags are asked for, or any.
        tag_setting: ThreadSearchTagSetting,
        /// Only those that are archived, or are not.
        archived: bool,
        /// By what they are sorted.
        sort_by: ThreadSortingMode,
        /// In which direction.
        sort_order: ThreadSortingOrder,
        /// At most so many: 1 to 25.
        limit: u16 => number(1..=MAX_FOUND),
        /// Without so many of the first: at most 9,975.
        offset: u16 => number(0..=MAX_OFFSET),
    }
}

impl Client {
    /// A page of a channel's public archived threads, those archived last before the others: [List Public Archived Threads](https://docs.discord.com/developers/resources/channel#list-public-archived-threads).
    ///
    /// Needs `READ_MESSAGE_HISTORY`.
    pub fn public_archived_threads(
        &self,
        channel: ChannelId,
        which: &ListArchivedThreads,
    ) -> Result<ThreadList, Error> {
        self.fetch(route::PUBLIC_ARCHIVED_THREADS.at(&[&channel]).query(which)?)
    }

    /// All of a channel's public archived threads, fetched by the page.
    /// See [`public_archived_threads`](Client::public_archived_threads).
    ///
    /// ```no_run
    /// # use syncord::id::ChannelId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// for thread in client.public_archived_threads_iter(ChannelId::new(555088666872119298)) {
    ///     println!("{:?}", thread?.name);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn public_archived_threads_iter(&self, channel: ChannelId) -> Pages<Channel> {
        self.archived_threads(route::PUBLIC_ARCHIVED_THREADS, channel)
    }

    /// A page of a channel's private archived threads, those archived last before the others: [List Private Archived Threads](https://docs.discord.com/developers/resources/channel#list-private-archived-threads).
    ///
    /// Needs `READ_MESSAGE_HISTORY` and `MANAGE_THREADS`.
    pub fn private_archived_threads(
        &self,
        channel: ChannelId,
        which: &ListArchivedThreads,
    ) -> Result<ThreadList, Error> {
        self.fetch(route::PRIVATE_ARCHIVED_THREADS.at(&[&channel]).query(which)?)
    }

    /// All of a channel's private archived threads, fetched by the page.
    /// See [`private_archived_threads`](Client::private_archived_threads).
    pub fn private_archived_threads_iter(&self, channel: ChannelId) -> Pages<Channel> {
        self.archived_threads(route::PRIVATE_ARCHIVED_THREADS, channel)
    }

    /// A page of a channel's private archived threads that the bot has joined, the latest first: [List Joined Private Archived Threads](https://docs.discord.com/developers/resources/channel#list-joined-private-archived-threads).
    ///
    /// Needs `READ_MESSAGE_HISTORY`.
    pub fn joined_private_archived_threads(
        &self,
        channel: ChannelId,
        which: &ListJoinedArchivedThreads,
    ) -> Result<ThreadList, Error> {
        self.fetch(route::JOINED_PRIVATE_ARCHIVED_THREADS.at(&[&channel]).query(which)?)
    }

    /// All of a channel's private archived threads that the bot has joined, fetched by the page.
    /// See [`joined_private_archived_threads`](Client::joined_private_archived_threads).
    pub fn joined_private_archived_threads_iter(&self, channel: ChannelId) -> Pages<Channel> {
        let (client, mut which) = (self.clone(), ListJoinedArchivedThreads::new().limit(MAX_THREADS));
        Pages::new(move || {
            let list = client.joined_private_archived_threads(channel, &which)?;
            let last = list.threads.last().map(|thread| thread.id);
            if let Some(last) = last {
                which = which.clone().before(last);
            }
            Ok(Page { has_more: list.has_more && last.is_some(), elements: list.threads.into_vec() })
        })
    }

    /// A page of the threads of a channel that a search finds.
    ///
    /// The search is in [Discord's specification](https://github.com/discord/discord-api-spec), though not
    /// yet on its pages.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 202 while Discord has not indexed the channel's threads yet. Its
    /// [`retry_after`](Error::retry_after) says when to try again, if Discord does.
    pub fn search_threads(&self, channel: ChannelId, which: &SearchThreads) -> Result<ThreadList, Error> {
        let route = route::SEARCH_THREADS.at(&[&channel]).query(which)?;
        let endpoint = route.endpoint;
        let answer = self.send(Request::new(route))?;
        if answer.status() == StatusCode::ACCEPTED {
            return Err(response::error(endpoint, &answer).into());
        }
        decode(endpoint, &answer)
    }

    /// All threads of a channel that a search finds, up to the 10,000 that Discord gives, fetched by the page.
    pub fn search_threads_iter(&self, channel: ChannelId, which: &SearchThreads) -> Pages<Channel> {
        let client = self.clone();
        let mut offset = which.offset.value().copied().unwrap_or(0);
        let which = which.clone().limit(MAX_FOUND);
        Pages::new(move || {
            let list = client.search_threads(channel, &which.clone().offset(offset))?;
            offset = offset.saturating_add(MAX_FOUND);
            let has_more = list.has_more && !list.threads.is_empty() && offset <= MAX_OFFSET;
            Ok(Page { has_more, elements: list.threads.into_vec() })
        })
    }

    /// The threads below a route whose pages go by when they were archived.
    fn archived_threads(&self, endpoint: Endpoint, channel: ChannelId) -> Pages<Channel> {
        let (client, mut which) = (self.clone(), ListArchivedThreads::new().limit(MAX_THREADS));
        Pages::new(move || {
            let list: ThreadList = client.fetch(endpoint.at(&[&channel]).query(&which)?)?;
            let metadata = list.threads.last().and_then(|thread| thread.thread_metadata.as_ref());
            let last = metadata.and_then(|metadata| metadata.archive_timestamp.clone());
            let has_more = list.has_more && last.is_some();
            if let Some(last) = last {
                which = which.clone().before(last);
            }
            Ok(Page { has_more, elements: list.threads.into_vec() })
        })
    }
}
