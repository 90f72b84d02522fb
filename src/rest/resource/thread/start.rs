use std::time::Duration;

use crate::error::Error;
use crate::id::{ChannelId, MessageId, TagId};
use crate::model::limits::{MAX_APPLIED_TAGS, MAX_CHANNEL_NAME};
use crate::model::{Channel, ChannelType};
use crate::rest::check::{chars, count, invalid};
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, ThreadMessage, duration, route};

options! {
    /// Options to start a thread from a message: [Start Thread from Message](https://docs.discord.com/developers/resources/channel#start-thread-from-message).
    StartThreadFromMessage(name: impl Into<String>) {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// How long the thread is inactive before it is archived: 1 hour, or 1, 3 or 7 days.
        auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// Minimum time between two messages of a user, maximum 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
    }
}

options! {
    /// Options to start a thread without a message: [Start Thread without Message](https://docs.discord.com/developers/resources/channel#start-thread-without-message).
    StartThreadWithoutMessage(name: impl Into<String>) {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// How long the thread is inactive before it is archived: 1 hour, or 1, 3 or 7 days.
        auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// The type of thread. Default: `PRIVATE_THREAD`.
        kind "type": ChannelType => check_thread_type,
        /// Whether members without `MANAGE_THREADS` can add others. Only for a private thread.
        invitable: bool,
        /// Minimum time between two messages of a user, maximum 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
    } and Self::consistent
}

options! {
    /// Options to create a post in a forum or media channel: [Start Thread in Forum or Media Channel](https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel).
    StartThreadInForum(name: impl Into<String>, message: impl Into<ThreadMessage>) {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// How long the thread is inactive before it is archived: 1 hour, or 1, 3 or 7 days.
        auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// Minimum time between two messages of a user, maximum 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
        /// The first message.
        message: ThreadMessage [into] => ThreadMessage::check,
        /// The tags, maximum 5.
        applied_tags: Vec<TagId> [into] => count(0..=MAX_APPLIED_TAGS),
    }
}

fn check_thread_type(kind: &ChannelType) -> Result<(), Error> {
    if kind.is_thread() {
        return Ok(());
    }
    invalid("", format!("ANNOUNCEMENT_THREAD, PUBLIC_THREAD or PRIVATE_THREAD, and this is {kind:?}"))
}

impl StartThreadWithoutMessage {
    fn consistent(&self) -> Result<(), Error> {
        match self.kind.value() {
            Some(kind) if *kind != ChannelType::PRIVATE_THREAD && !self.invitable.is_absent() => {
                invalid("invitable", format!("only for a PRIVATE_THREAD, and this is a {kind:?}"))
            }
            _ => Ok(()),
        }
    }
}

impl Client {
    /// Starts a thread from a message: [Start Thread from Message](https://docs.discord.com/developers/resources/channel#start-thread-from-message).
    ///
    /// The thread has the ID of the message. A message can start only one thread. Needs `CREATE_PUBLIC_THREADS`.
    ///
    /// ```
    /// use syncord::rest::StartThreadFromMessage;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let general = discord.channel("general");
    /// # let (channel, message) = (general.id(), discord.member("ann").says(&general, "Low tide?"));
    /// let options = StartThreadFromMessage::new("Low tide");
    /// let thread = client.start_thread_from_message(channel, message, &options)?;
    /// assert_eq!(thread.name.as_deref(), Some("Low tide"));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "create thread")]
    pub fn start_thread_from_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        thread: &StartThreadFromMessage,
    ) -> Result<Channel, Error> {
        self.change(route::START_THREAD_FROM_MESSAGE.at(&[&channel, &message]), thread)
    }

    /// Starts a thread without a message: [Start Thread without Message](https://docs.discord.com/developers/resources/channel#start-thread-without-message).
    ///
    /// Needs `CREATE_PUBLIC_THREADS` or `CREATE_PRIVATE_THREADS`.
    pub fn start_thread_without_message(
        &self,
        channel: ChannelId,
        thread: &StartThreadWithoutMessage,
    ) -> Result<Channel, Error> {
        self.change(route::START_THREAD_WITHOUT_MESSAGE.at(&[&channel]), thread)
    }

    /// Creates a post in a forum or media channel: [Start Thread in Forum or Media Channel](https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel).
    ///
    /// Needs `SEND_MESSAGES`. The result's [`message`](Channel::message) is the first message.
    ///
    /// ```
    /// use syncord::rest::StartThreadInForum;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let forum = syncord::rest::CreateGuildChannel::new("advice").kind(syncord::model::ChannelType::GUILD_FORUM);
    /// # let forum = client.create_guild_channel(discord.guild_id(), &forum)?.id;
    /// let post = StartThreadInForum::new("Outboard will not start", "It turns over but does not catch.");
    /// let thread = client.start_thread_in_forum(forum, &post)?;
    /// assert_eq!(thread.name.as_deref(), Some("Outboard will not start"));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "forum post")]
    pub fn start_thread_in_forum(
        &self,
        channel: ChannelId,
        post: &StartThreadInForum,
    ) -> Result<Channel, Error> {
        let request = Request::new(route::START_THREAD_WITHOUT_MESSAGE.at(&[&channel]));
        self.read(match post.message.value() {
            Some(message) => request.message(post, &message.body)?,
            None => request.json(post)?,
        })
    }
}
