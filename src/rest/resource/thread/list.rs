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

/// Maximum number of archived threads in a page.
const MAX_THREADS: u16 = 100;

/// Maximum number of threads in a page of search results.
const MAX_RESULTS: u16 = 25;

/// Maximum offset of a page of search results.
const MAX_OFFSET: u16 = 9975;

options! {
    /// Options to get a page of archived threads: [List Public Archived Threads](https://docs.discord.com/developers/resources/channel#list-public-archived-threads).
    ListArchivedThreads {
        /// Only threads that were archived before this time.
        before: Timestamp [into],
        /// Maximum number to return, 2-100.
        limit: u16 => number(2..=MAX_THREADS),
    }
}

options! {
    /// Options to get a page of joined archived threads: [List Joined Private Archived Threads](https://docs.discord.com/developers/resources/channel#list-joined-private-archived-threads).
    ListJoinedArchivedThreads {
        /// Only threads before this ID.
        before: ChannelId,
        /// Maximum number to return, 2-100.
        limit: u16 => number(2..=MAX_THREADS),
    }
}

options! {
    /// A search for threads in a channel.
    ///
    /// The search is in [Discord's specification](https://github.com/discord/discord-api-spec), but not
    /// yet in its documentation.
    SearchThreads {
        /// Only threads with this name, maximum 100 characters.
        name: String [into] => chars(0..=MAX_CHANNEL_NAME),
        /// Maximum number of words between the words of the name, 0-100.
        slop: u8 => number(0..=100),
        /// Only threads after this ID.
        min_id: ChannelId,
        /// Only threads before this ID.
        max_id: ChannelId,
        /// Only threads with these tags, maximum 20.
        tag: Vec<TagId> [into] => count(0..=MAX_AVAILABLE_TAGS),
        /// Whether a thread must have all of the tags, or any of them.
        tag_setting: ThreadSearchTagSetting,
        /// Only archived threads, or only threads that are not archived.
        archived: bool,
        /// The sort criterion.
        sort_by: ThreadSortingMode,
        /// The sort order.
        sort_order: ThreadSortingOrder,
        /// Maximum number to return, 1-25.
        limit: u16 => number(1..=MAX_RESULTS),
        /// Number of results to skip, maximum 9,975.
        offset: u16 => number(0..=MAX_OFFSET),
    }
}

impl Client {
    /// Returns a page of a channel's public archived threads, most recently archived first: [List Public Archived Threads](https://docs.discord.com/developers/resources/channel#list-public-archived-threads).
    ///
    /// Needs `READ_MESSAGE_HISTORY`.
    pub fn public_archived_threads(
        &self,
        channel: ChannelId,
        options: &ListArchivedThreads,
    ) -> Result<ThreadList, Error> {
        self.fetch(route::PUBLIC_ARCHIVED_THREADS.at(&[&channel]).query(options)?)
    }

    /// Iterates over all public archived threads of a channel, page by page.
    /// See [`public_archived_threads`](Client::public_archived_threads).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # use syncord::rest::{ModifyThread, StartThreadFromMessage};
    /// # let general = discord.channel("general");
    /// # let (channel, message) = (general.id(), discord.member("ann").says(&general, "Low tide?"));
    /// # let thread = client.start_thread_from_message(channel, message, &StartThreadFromMessage::new("Tide"))?;
    /// # client.modify_thread(thread.id, &ModifyThread::new().archived(true))?;
    /// for thread in client.public_archived_threads_iter(channel) {
    ///     println!("{:?}", thread?.name);
    /// }
    /// # assert_eq!(client.public_archived_threads_iter(channel).count(), 1);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn public_archived_threads_iter(&self, channel: ChannelId) -> Pages<Channel> {
        self.archived_threads(route::PUBLIC_ARCHIVED_THREADS, channel)
    }

    /// Returns a page of a channel's private archived threads, most recently archived first: [List Private Archived Threads](https://docs.discord.com/developers/resources/channel#list-private-archived-threads).
    ///
    /// Needs `READ_MESSAGE_HISTORY` and `MANAGE_THREADS`.
    pub fn private_archived_threads(
        &self,
        channel: ChannelId,
        options: &ListArchivedThreads,
    ) -> Result<ThreadList, Error> {
        self.fetch(route::PRIVATE_ARCHIVED_THREADS.at(&[&channel]).query(options)?)
    }

    /// Iterates over all private archived threads of a channel, page by page.
    /// See [`private_archived_threads`](Client::private_archived_threads).
    pub fn private_archived_threads_iter(&self, channel: ChannelId) -> Pages<Channel> {
        self.archived_threads(route::PRIVATE_ARCHIVED_THREADS, channel)
    }

    /// Returns a page of a channel's private archived threads that the bot has joined, newest first: [List Joined Private Archived Threads](https://docs.discord.com/developers/resources/channel#list-joined-private-archived-threads).
    ///
    /// Needs `READ_MESSAGE_HISTORY`.
    pub fn joined_private_archived_threads(
        &self,
        channel: ChannelId,
        options: &ListJoinedArchivedThreads,
    ) -> Result<ThreadList, Error> {
        self.fetch(route::JOINED_PRIVATE_ARCHIVED_THREADS.at(&[&channel]).query(options)?)
    }

    /// Iterates over all private archived threads of a channel that the bot has joined, page by page.
    /// See [`joined_private_archived_threads`](Client::joined_private_archived_threads).
    pub fn joined_private_archived_threads_iter(&self, channel: ChannelId) -> Pages<Channel> {
        let (client, mut options) = (self.clone(), ListJoinedArchivedThreads::new().limit(MAX_THREADS));
        Pages::new(move || {
            let list = client.joined_private_archived_threads(channel, &options)?;
            let last = list.threads.last().map(|thread| thread.id);
            if let Some(last) = last {
                options = options.clone().before(last);
            }
            Ok(Page { has_more: list.has_more && last.is_some(), elements: list.threads.into_vec() })
        })
    }

    /// Searches a channel's threads and returns a page of results.
    ///
    /// The search is in [Discord's specification](https://github.com/discord/discord-api-spec), but not
    /// yet in its documentation.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 202 while Discord has not indexed the channel's threads yet. Its
    /// [`retry_after`](Error::retry_after) is the delay before a retry, if Discord sends one.
    pub fn search_threads(&self, channel: ChannelId, options: &SearchThreads) -> Result<ThreadList, Error> {
        let route = route::SEARCH_THREADS.at(&[&channel]).query(options)?;
        let endpoint = route.endpoint;
        let response = self.send(Request::new(route))?;
        if response.status() == StatusCode::ACCEPTED {
            return Err(response::error(endpoint, &response).into());
        }
        decode(endpoint, &response)
    }

    /// Iterates over all results of a search for threads in a channel, page by page. Maximum 10,000 results.
    pub fn search_threads_iter(&self, channel: ChannelId, options: &SearchThreads) -> Pages<Channel> {
        let client = self.clone();
        let mut offset = options.offset.value().copied().unwrap_or(0);
        let options = options.clone().limit(MAX_RESULTS);
        Pages::new(move || {
            let list = client.search_threads(channel, &options.clone().offset(offset))?;
            offset = offset.saturating_add(MAX_RESULTS);
            let has_more = list.has_more && !list.threads.is_empty() && offset <= MAX_OFFSET;
            Ok(Page { has_more, elements: list.threads.into_vec() })
        })
    }

    /// Iterates over the archived threads of an endpoint that pages by archive time.
    fn archived_threads(&self, endpoint: Endpoint, channel: ChannelId) -> Pages<Channel> {
        let (client, mut options) = (self.clone(), ListArchivedThreads::new().limit(MAX_THREADS));
        Pages::new(move || {
            let list: ThreadList = client.fetch(endpoint.at(&[&channel]).query(&options)?)?;
            let metadata = list.threads.last().and_then(|thread| thread.thread_metadata.as_ref());
            let last = metadata.and_then(|metadata| metadata.archive_timestamp.clone());
            let has_more = list.has_more && last.is_some();
            if let Some(last) = last {
                options = options.clone().before(last);
            }
            Ok(Page { has_more, elements: list.threads.into_vec() })
        })
    }
}
