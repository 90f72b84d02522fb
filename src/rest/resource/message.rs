//! [Messages](https://docs.discord.com/developers/resources/message): sending, reading, editing and deleting them.

mod pins;
mod purge;
mod reactions;
mod search;

use std::borrow::Borrow;
use std::collections::HashSet;
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::error::Error;
use crate::id::{ChannelId, MessageId};
use crate::model::{List, Message};
use crate::rest::check::{at_field, count, invalid, number};
use crate::rest::options::{Options, options};
use crate::rest::pages::Page;
use crate::rest::request::Request;
use crate::rest::{Client, CreateMessage, EditMessage, Pages, route};

pub use pins::GetChannelPins;
pub use purge::{Purge, PurgeCounts};
pub use reactions::GetReactions;
pub use search::SearchGuildMessages;

/// Maximum number of messages in a page.
const MAX_MESSAGES: u16 = 100;

/// Number of messages that one call can delete.
const BULK: RangeInclusive<usize> = 2..=100;

options! {
    /// Options to get a page of messages: [Get Channel Messages](https://docs.discord.com/developers/resources/message#get-channel-messages).
    ///
    /// Only one of `around`, `before` and `after` can be set. Default: the newest messages.
    GetChannelMessages {
        /// Messages around this message ID.
        around: MessageId,
        /// The newest messages before this message ID.
        before: MessageId,
        /// The oldest messages after this message ID.
        after: MessageId,
        /// Maximum number to return, 1-100. Default: 50.
        limit: u16 => number(1..=MAX_MESSAGES),
    } and Self::consistent
}

impl GetChannelMessages {
    fn consistent(&self) -> Result<(), Error> {
        let anchors = [
            ("around", self.around.is_absent()),
            ("before", self.before.is_absent()),
            ("after", self.after.is_absent()),
        ];
        let mut set = anchors.iter().filter(|(_, is_absent)| !is_absent);
        match (set.next(), set.next()) {
            (Some((first, _)), Some((second, _))) => invalid(
                second,
                format!("cannot be set together with {first}: only one of around, before and after can"),
            ),
            _ => Ok(()),
        }
    }
}

/// The body of Bulk Delete Messages.
#[derive(Serialize)]
struct BulkDelete {
    messages: Vec<MessageId>,
}

impl Options for BulkDelete {
    fn check(&self) -> Result<(), Error> {
        let unique = || match first_duplicate(&self.messages) {
            Some(index) => invalid(&format!("[{index}]"), format!("{} is a duplicate", self.messages[index])),
            None => Ok(()),
        };
        at_field(count(BULK)(&self.messages).and_then(|()| unique()), || "messages".to_owned())
    }
}

/// Returns the index of the first duplicate. Discord rejects a list with duplicates.
fn first_duplicate(messages: &[MessageId]) -> Option<usize> {
    let mut seen = HashSet::new();
    messages.iter().position(|message| !seen.insert(message))
}

impl Client {
    /// Returns a page of a channel's messages, newest first: [Get Channel Messages](https://docs.discord.com/developers/resources/message#get-channel-messages).
    ///
    /// Needs `VIEW_CHANNEL`, and `CONNECT` in a voice channel. Without `READ_MESSAGE_HISTORY` the page is empty.
    pub fn messages(&self, channel: ChannelId, options: &GetChannelMessages) -> Result<List<Message>, Error> {
        self.fetch(route::MESSAGES.at(&[&channel]).query(options)?)
    }

    /// Iterates over all messages of a channel, newest first, page by page. See [`messages`](Client::messages).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let channel = discord.channel("general");
    /// # discord.member("ann").says(&channel, "Is the tide in?");
    /// let mut contents = Vec::new();
    /// for message in client.messages_iter(channel.id()).take(500) {
    ///     contents.push(message?.content);
    /// }
    /// assert_eq!(contents, ["Is the tide in?"]);
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn messages_iter(&self, channel: ChannelId) -> Pages<Message> {
        let (client, mut options) = (self.clone(), GetChannelMessages::new().limit(MAX_MESSAGES));
        Pages::new(move || {
            let messages = client.messages(channel, &options)?;
            if let Some(last) = messages.last() {
                options = options.clone().before(last.id);
            }
            Ok(Page::of(messages, MAX_MESSAGES.into()))
        })
    }

    /// Returns a message: [Get Channel Message](https://docs.discord.com/developers/resources/message#get-channel-message).
    ///
    /// Needs `VIEW_CHANNEL` and `READ_MESSAGE_HISTORY`, and `CONNECT` in a voice channel.
    pub fn message(&self, channel: ChannelId, message: MessageId) -> Result<Message, Error> {
        self.fetch(route::MESSAGE.at(&[&channel, &message]))
    }

    /// Sends a message: [Create Message](https://docs.discord.com/developers/resources/message#create-message).
    ///
    /// The request has a nonce, by which Discord detects duplicates: it is safely retried when the connection
    /// breaks. Needs `SEND_MESSAGES`, and `READ_MESSAGE_HISTORY` for a reply.
    ///
    /// ```
    /// use syncord::rest::{CreateMessage, Upload};
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let channel = discord.channel("general").id();
    /// client.create_message(channel, "The tide is in.")?;
    /// let table = Upload::bytes("tides.txt", "06:12 high").description("The tide table");
    /// let message = client.create_message(channel, CreateMessage::text("The table:").file(table))?;
    /// assert_eq!(message.attachments[0].filename, "tides.txt");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "send message")]
    pub fn create_message(
        &self,
        channel: ChannelId,
        message: impl Into<CreateMessage>,
    ) -> Result<Message, Error> {
        self.post_message(channel, message.into())
    }

    fn post_message(&self, channel: ChannelId, message: CreateMessage) -> Result<Message, Error> {
        let message = message.with_nonce();
        let request = Request::new(route::CREATE_MESSAGE.at(&[&channel]));
        self.read(request.message(&message, &message.body)?.repeatable())
    }

    /// Edits a message: [Edit Message](https://docs.discord.com/developers/resources/message#edit-message).
    ///
    /// In other users' messages only `suppress_embeds` can be changed, with `MANAGE_MESSAGES`.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let channel = discord.channel("general").id();
    /// let message = client.create_message(channel, "The tide is in.")?;
    /// let edited = client.edit_message(channel, message.id, "The tide is out.")?;
    /// assert_eq!(edited.content, "The tide is out.");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn edit_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        changes: impl Into<EditMessage>,
    ) -> Result<Message, Error> {
        self.patch_message(channel, message, &changes.into())
    }

    fn patch_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        changes: &EditMessage,
    ) -> Result<Message, Error> {
        let request = Request::new(route::EDIT_MESSAGE.at(&[&channel, &message]));
        self.read(request.message(changes, &changes.body)?)
    }

    /// Deletes a message: [Delete Message](https://docs.discord.com/developers/resources/message#delete-message).
    ///
    /// Needs `MANAGE_MESSAGES` for other users' messages.
    pub fn delete_message(&self, channel: ChannelId, message: MessageId) -> Result<(), Error> {
        self.perform(route::DELETE_MESSAGE.at(&[&channel, &message]))
    }

    /// Deletes 2-100 messages of a guild channel, none older than two weeks: [Bulk Delete Messages](https://docs.discord.com/developers/resources/message#bulk-delete-messages).
    ///
    /// Needs `MANAGE_MESSAGES`. Messages that no longer exist are ignored. [`purge`](Client::purge) finds the messages too, and
    /// deletes older ones.
    #[doc(alias = "clear")]
    pub fn bulk_delete_messages(
        &self,
        channel: ChannelId,
        messages: impl IntoIterator<Item: Borrow<MessageId>>,
    ) -> Result<(), Error> {
        let messages = BulkDelete { messages: messages.into_iter().map(|id| *id.borrow()).collect() };
        let request = Request::new(route::BULK_DELETE_MESSAGES.at(&[&channel]));
        // Deleting a deleted message changes nothing, so a retry is safe.
        self.perform_request(request.json(&messages)?.repeatable())
    }

    /// Publishes a message of an announcement channel to the channels that follow it: [Crosspost Message](https://docs.discord.com/developers/resources/message#crosspost-message).
    ///
    /// Needs `SEND_MESSAGES`, and `MANAGE_MESSAGES` for other users' messages.
    pub fn crosspost_message(&self, channel: ChannelId, message: MessageId) -> Result<Message, Error> {
        self.read(Request::new(route::CROSSPOST_MESSAGE.at(&[&channel, &message])))
    }
}
