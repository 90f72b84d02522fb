//! The search for messages of a guild.

use ureq::http::StatusCode;

use crate::error::Error;
use crate::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::model::{
    MessageSearch, SearchAuthorType, SearchEmbedType, SearchHas, SearchSortMode, SearchSortOrder,
};
use crate::rest::check::{both, chars, count, each, number};
use crate::rest::client::decode;
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, response, route};

/// How many names of one kind can be listed, and how long each can be.
const MAX_LISTED: usize = 100;
const MAX_NAME: usize = 256;
const MAX_FILE_NAME: usize = 1024;

options! {
    /// Which messages of a guild are wanted: [Search Guild Messages](https://docs.discord.com/developers/resources/message#search-guild-messages).
    SearchGuildMessages {
        /// At most so many: 1 to 25 (25).
        limit: u8 => number(1..=25),
        /// Leaves out so many first: at most 9,975.
        offset: u16 => number(0..=9975),
        /// Only those before this one.
        max_id: MessageId,
        /// Only those after this one.
        min_id: MessageId,
        /// How many words may stand between those of the content: at most 100 (2).
        slop: u8 => number(0..=100),
        /// Only those with these words: at most 1,024 characters.
        content: String [into] => chars(0..=1024),
        /// Only those in these channels: at most 500.
        channel_id: Vec<ChannelId> => count(0..=500),
        /// Only those by such authors.
        author_type: Vec<SearchAuthorType>,
        /// Only those by these users: at most 100.
        author_id: Vec<UserId> => count(0..=MAX_LISTED),
        /// Only those that mention these users: at most 100.
        mentions: Vec<UserId> => count(0..=MAX_LISTED),
        /// Only those that mention these roles: at most 100.
        mentions_role_id: Vec<RoleId> => count(0..=MAX_LISTED),
        /// Only those that mention everyone, or do not.
        mention_everyone: bool,
        /// Only those that reply to these users: at most 100.
        replied_to_user_id: Vec<UserId> => count(0..=MAX_LISTED),
        /// Only those that reply to these messages: at most 100.
        replied_to_message_id: Vec<MessageId> => count(0..=MAX_LISTED),
        /// Only those that are pinned, or are not.
        pinned: bool,
        /// Only those that have these things.
        has: Vec<SearchHas>,
        /// Only those with such embeds.
        embed_type: Vec<SearchEmbedType>,
        /// Only those with embeds from these sites, such as `Tenor`: at most 100, of 256 characters.
        embed_provider: Vec<String> => both(count(0..=MAX_LISTED), each(chars(0..=MAX_NAME))),
        /// Only those with links to these hosts: at most 100, of 256 characters.
        link_hostname: Vec<String> => both(count(0..=MAX_LISTED), each(chars(0..=MAX_NAME))),
        /// Only those with files of these names: at most 100, of 1,024 characters.
        attachment_filename: Vec<String> => both(count(0..=MAX_LISTED), each(chars(0..=MAX_FILE_NAME))),
        /// Only those with files with these endings, such as `txt`: at most 100, of 256 characters.
        attachment_extension: Vec<String> => both(count(0..=MAX_LISTED), each(chars(0..=MAX_NAME))),
        /// What they are sorted by (the time).
        sort_by: SearchSortMode,
        /// In which direction they are sorted (the latest first); not by relevance.
        sort_order: SearchSortOrder,
        /// Whether age-restricted channels are searched too (no).
        include_nsfw: bool,
    }
}

impl Client {
    /// Searches a guild's messages: [Search Guild Messages](https://docs.discord.com/developers/resources/message#search-guild-messages).
    ///
    /// Needs `READ_MESSAGE_HISTORY`, and the `MESSAGE_CONTENT` intent of the application.
    ///
    /// ```no_run
    /// # use syncord::id::GuildId;
    /// # use syncord::model::SearchHas;
    /// # use syncord::rest::SearchGuildMessages;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let which = SearchGuildMessages::new().content("tide table").has(vec![SearchHas::FILE]);
    /// for message in client.search_guild_messages(GuildId::new(7), &which)?.results() {
    ///     println!("{}", message.link());
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 202 while Discord has not indexed the guild's messages yet. Its
    /// [`retry_after`](Error::retry_after) says when to try again, if Discord does.
    pub fn search_guild_messages(
        &self,
        guild: GuildId,
        which: &SearchGuildMessages,
    ) -> Result<MessageSearch, Error> {
        let route = route::SEARCH_GUILD_MESSAGES.at(&[&guild]).query(which)?;
        let endpoint = route.endpoint;
        let answer = self.send(Request::new(route))?;
        if answer.status() == StatusCode::ACCEPTED {
            return Err(response::error(endpoint, &answer).into());
        }
        decode(endpoint, &answer)
    }
}
