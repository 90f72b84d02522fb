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
    /// What a thread is like: [Start Thread from Message](https://docs.discord.com/developers/resources/channel#start-thread-from-message).
    StartThreadFromMessage(name: impl Into<String>) {
        /// Sets its name: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// Sets after how long of silence it is archived: 1 hour, or 1, 3 or 7 days.
        auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// Sets how long a user has to wait between two messages: at most 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
    }
}

options! {
    /// What a thread is like: [Start Thread without Message](https://docs.discord.com/developers/resources/channel#start-thread-without-message).
    StartThreadWithoutMessage(name: impl Into<String>) {
        /// Sets its name: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// Sets after how long of silence it is archived: 1 hour, or 1, 3 or 7 days.
        auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// Sets what kind of thread it is (`PRIVATE_THREAD`).
        kind "type": ChannelType => thread_type,
        /// Sets whether members who manage nothing may add others to it; only of a private thread.
        invitable: bool,
        /// Sets how long a user has to wait between two messages: at most 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
    } and Self::consistent
}

options! {
    /// What a post of a forum or media channel is like: [Start Thread in Forum or Media Channel](https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel).
    StartThreadInForum(name: impl Into<String>, message: impl Into<ThreadMessage>) {
        /// Sets its name: 1 to 100 characters.
        name: String [into] => chars(1..=MAX_CHANNEL_NAME),
        /// Sets after how long of silence it is archived: 1 hour, or 1, 3 or 7 days.
        auto_archive_duration: Duration [minutes] => duration::auto_archive,
        /// Sets how long a user has to wait between two messages: at most 6 hours.
        rate_limit_per_user / no_rate_limit_per_user: Duration [seconds] => duration::slow_mode,
        /// Sets the message that it begins with.
        message: ThreadMessage [into] => ThreadMessage::check,
        /// Sets its tags: at most 5.
        applied_tags: Vec<TagId> [into] => count(0..=MAX_APPLIED_TAGS),
    }
}

fn thread_type(kind: &ChannelType) -> Result<(), Error> {
    if kind.is_thread() {
        return Ok(());
    }
    invalid("", format!("ANNOUNCEMENT_THREAD, PUBLIC_THREAD or PRIVATE_THREAD, and this is {kind:?}"))
}

impl StartThreadWithoutMessage {
    fn consistent(&self) -> Result<(), Error> {
        match self.kind.value() {
            Some(kind) if *kind != ChannelType::PRIVATE_THREAD && !self.invitable.is_absent() => {
                invalid("invitable", format!("only of a PRIVATE_THREAD, and this is a {kind:?}"))
            }
            _ => Ok(()),
        }
    }
}

impl Client {
    /// Starts a thread that begins with a message: [Start Thread from Message](https://docs.discord.com/developers/resources/channel#start-thread-from-message).
    ///
    /// Its id is that of the message, which can begin no second one. Needs `CREATE_PUBLIC_THREADS`.
    ///
    /// ```no_run
    /// # use syncord::id::{ChannelId, MessageId};
    /// use syncord::rest::StartThreadFromMessage;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let (channel, message) = (ChannelId::new(555088666872119298), MessageId::new(1500062951300792337));
    /// client.start_thread_from_message(channel, message, &StartThreadFromMessage::new("Low tide"))?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn start_thread_from_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        thread: &StartThreadFromMessage,
    ) -> Result<Channel, Error> {
        self.change(route::START_THREAD_FROM_MESSAGE.at(&[&channel, &message]), thread)
    }

    /// Starts a thread that begins with nothing: [Start Thread without Message](https://docs.discord.com/developers/resources/channel#start-thread-without-message).
    ///
    /// Needs `CREATE_PUBLIC_THREADS` or `CREATE_PRIVATE_THREADS`.
    pub fn start_thread_without_message(
        &self,
        channel: ChannelId,
        thread: &StartThreadWithoutMessage,
    ) -> Result<Channel, Error> {
        self.change(route::START_THREAD_WITHOUT_MESSAGE.at(&[&channel]), thread)
    }

    /// Posts in a forum or media channel: [Start Thread in Forum or Media Channel](https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel).
    ///
    /// Needs `SEND_MESSAGES`. The answer's [`message`](Channel::message) is the first message.
    ///
    /// ```no_run
    /// # use syncord::id::ChannelId;
    /// use syncord::rest::StartThreadInForum;
    ///
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let post = StartThreadInForum::new("Outboard will not start", "It turns over but does not catch.");
    /// client.start_thread_in_forum(ChannelId::new(1025348827349123072), &post)?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
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
