//! Message search in a guild.

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

/// Maximum number of values in one filter.
const MAX_VALUES: usize = 100;

/// Maximum length of a value, in characters.
const MAX_NAME: usize = 256;

/// Maximum length of a file name, in characters.
const MAX_FILE_NAME: usize = 1024;

options! {
    /// A search for messages in a guild: [Search Guild Messages](https://docs.discord.com/developers/resources/message#search-guild-messages).
    SearchGuildMessages {
        /// Maximum number to return, 1-25. Default: 25.
        limit: u8 => number(1..=25),
        /// Number of results to skip, maximum 9,975.
        offset: u16 => number(0..=9975),
        /// Only messages before this ID.
        max_id: MessageId,
        /// Only messages after this ID.
        min_id: MessageId,
        /// Maximum number of words between the words of the content, 0-100. Default: 2.
        slop: u8 => number(0..=100),
        /// Only messages with these words, maximum 1,024 characters.
        content: String [into] => chars(0..=1024),
        /// Only messages in these channels, maximum 500.
        channel_id: Vec<ChannelId> => count(0..=500),
        /// Only messages by these types of authors.
        author_type: Vec<SearchAuthorType>,
        /// Only messages by these users, maximum 100.
        author_id: Vec<UserId> => count(0..=MAX_VALUES),
        /// Only messages that mention these users, maximum 100.
        mentions: Vec<UserId> => count(0..=MAX_VALUES),
        /// Only messages that mention these roles, maximum 100.
        mentions_role_id: Vec<RoleId> => count(0..=MAX_VALUES),
        /// Only messages that mention everyone, or only messages that do not.
        mention_everyone: bool,
        /// Only replies to these users, maximum 100.
        replied_to_user_id: Vec<UserId> => count(0..=MAX_VALUES),
        /// Only replies to these messages, maximum 100.
        replied_to_message_id: Vec<MessageId> => count(0..=MAX_VALUES),
        /// Only pinned messages, or only messages that are not pinned.
        pinned: bool,
        /// Only messages that contain these things.
        has: Vec<SearchHas>,
        /// Only messages with embeds of these types.
        embed_type: Vec<SearchEmbedType>,
        /// Only messages with embeds from these providers, such as `Tenor`. Maximum 100, of up to 256 characters.
        embed_provider: Vec<String> => both(count(0..=MAX_VALUES), each(chars(0..=MAX_NAME))),
        /// Only messages with links to these hosts. Maximum 100, of up to 256 characters.
        link_hostname: Vec<String> => both(count(0..=MAX_VALUES), each(chars(0..=MAX_NAME))),
        /// Only messages with attachments of these file names. Maximum 100, of up to 1,024 characters.
        attachment_filename: Vec<String> => both(count(0..=MAX_VALUES), each(chars(0..=MAX_FILE_NAME))),
        /// Only messages with attachments of these file extensions, such as `txt`. Maximum 100, of up to 256 characters.
        attachment_extension: Vec<String> => both(count(0..=MAX_VALUES), each(chars(0..=MAX_NAME))),
        /// The sort criterion. Default: time.
        sort_by: SearchSortMode,
        /// The sort order. Default: newest first. Has no effect when sorting by relevance.
        sort_order: SearchSortOrder,
        /// Whether to include age-restricted channels. Default: no.
        include_nsfw: bool,
    }
}

impl Client {
    /// Searches a guild's messages: [Search Guild Messages](https://docs.discord.com/developers/resources/message#search-guild-messages).
    ///
    /// Needs `READ_MESSAGE_HISTORY`, and the `MESSAGE_CONTENT` intent enabled for the application.
    ///
    /// ```
    /// use syncord::rest::SearchGuildMessages;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// # discord.member("ann").says(&discord.channel("general"), "Where is the tide table?");
    /// let options = SearchGuildMessages::new().content("tide");
    /// let found = client.search_guild_messages(guild, &options)?;
    /// let contents: Vec<_> = found.results().map(|message| message.content.as_str()).collect();
    /// assert_eq!(contents, ["Where is the tide table?"]);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 202 if Discord has not indexed the guild's messages before the
    /// [deadline](Client::deadline): until then the search is repeated when Discord asks for it. The error
    /// [is temporary](Error::is_temporary), and has a [`retry_after`](Error::retry_after).
    pub fn search_guild_messages(
        &self,
        guild: GuildId,
        options: &SearchGuildMessages,
    ) -> Result<MessageSearch, Error> {
        let route = route::SEARCH_GUILD_MESSAGES.at(&[&guild]).query(options)?;
        let endpoint = route.endpoint;
        let response = self.send(Request::new(route))?;
        if response.status() == StatusCode::ACCEPTED {
            return Err(response::error(endpoint, &response).into());
        }
        decode(endpoint, &response)
    }
}
