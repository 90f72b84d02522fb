//! [Messages](https://docs.discord.com/developers/resources/message): calls, and what a new one holds.

mod pins;
mod reactions;
mod search;

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
pub use reactions::GetReactions;
pub use search::SearchGuildMessages;

/// The largest page of messages.
const MAX_MESSAGES: u16 = 100;

/// How many messages can be deleted at once.
const BULK: RangeInclusive<usize> = 2..=100;

options! {
    /// Which messages of a channel are wanted: [Get Channel Messages](https://docs.discord.com/developers/resources/message#get-channel-messages).
    ///
    /// Only one of `around`, `before` and `after` can be set; without them it is the latest ones.
    GetChannelMessages {
        /// Those around this one.
        around: MessageId,
        /// The latest of those before this one.
        before: MessageId,
        /// The earliest of those after this one.
        after: MessageId,
        /// At most so many: 1 to 100 (50).
        limit: u16 => number(1..=MAX_MESSAGES),
    } and Self::consistent
}

impl GetChannelMessages {
    fn consistent(&self) -> Result<(), Error> {
        let places = [
            ("around", self.around.is_absent()),
            ("before", self.before.is_absent()),
            ("after", self.after.is_absent()),
        ];
        let mut set = places.iter().filter(|(_, is_absent)| !is_absent);
        match (set.next(), set.next()) {
            (Some((first, _)), Some((second, _))) => invalid(
                second,
                format!("cannot be set together with {first}: only one of around, before and after can"),
            ),
            _ => Ok(()),
        }
    }
}

/// The messages to be deleted.
#[derive(Serialize)]
struct BulkDelete {
    messages: Vec<MessageId>,
}

impl Options for BulkDelete {
    fn check(&self) -> Result<(), Error> {
        let unique = || match repeated(&self.messages) {
            Some(place) => {
                invalid(&format!("[{place}]"), format!("{} is listed already", self.messages[place]))
            }
            None => Ok(()),
        };
        at_field(count(BULK)(&self.messages).and_then(|()| unique()), || "messages".to_owned())
    }
}

/// The place of the first that is listed already; Discord refuses such a list.
fn repeated(messages: &[MessageId]) -> Option<usize> {
    let mut seen = HashSet::new();
    messages.iter().position(|message| !seen.insert(message))
}

impl Client {
    /// A page of a channel's messages, the latest first: [Get Channel Messages](https://docs.discord.com/developers/resources/message#get-channel-messages).
    ///
    /// Needs `VIEW_CHANNEL`, in a voice channel `CONNECT` too; without `READ_MESSAGE_HISTORY` there are none.
    pub fn messages(&self, channel: ChannelId, which: &GetChannelMessages) -> Result<List<Message>, Error> {
        self.fetch(route::MESSAGES.at(&[&channel]).query(which)?)
    }

    /// All messages of a channel, the latest first, fetched by the page. See [`messages`](Client::messages).
    ///
    /// ```no_run
    /// # use syncord::id::ChannelId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// for message in client.messages_iter(ChannelId::new(555088666872119298)).take(500) {
    ///     println!("{}", message?.content);
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn messages_iter(&self, channel: ChannelId) -> Pages<Message> {
        let (client, mut which) = (self.clone(), GetChannelMessages::new().limit(MAX_MESSAGES));
        Pages::new(move || {
            let messages = client.messages(channel, &which)?;
            if let Some(last) = messages.last() {
                which = which.clone().before(last.id);
            }
            Ok(Page::of(messages, MAX_MESSAGES.into()))
        })
    }

    /// A message: [Get Channel Message](https://docs.discord.com/developers/resources/message#get-channel-message).
    ///
    /// Needs `VIEW_CHANNEL` and `READ_MESSAGE_HISTORY`, in a voice channel `CONNECT` too.
    pub fn message(&self, channel: ChannelId, message: MessageId) -> Result<Message, Error> {
        self.fetch(route::MESSAGE.at(&[&channel, &message]))
    }

    /// Sends a message: [Create Message](https://docs.discord.com/developers/resources/message#create-message).
    ///
    /// It carries a nonce that Discord knows it by, so that it can be sent again after a broken
    /// connection without appearing twice. Needs `SEND_MESSAGES`, for a reply `READ_MESSAGE_HISTORY` too.
    ///
    /// ```no_run
    /// # use syncord::id::ChannelId;
    /// # use syncord::rest::{CreateMessage, Upload};
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let channel = ChannelId::new(555088666872119298);
    /// client.create_message(channel, "The tide is in.")?;
    /// let chart = Upload::path("charts/north.png").description("The north");
    /// client.create_message(channel, CreateMessage::text("And this is the chart:").file(chart))?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
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

    /// Changes a message: [Edit Message](https://docs.discord.com/developers/resources/message#edit-message).
    ///
    /// Of messages of others only `suppress_embeds` can be changed, with `MANAGE_MESSAGES`.
    ///
    /// ```no_run
    /// # use syncord::id::{ChannelId, MessageId};
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// # let (channel, message) = (ChannelId::new(7), MessageId::new(8));
    /// client.edit_message(channel, message, "The tide is out.")?;
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
    /// Of messages of others it needs `MANAGE_MESSAGES`.
    pub fn delete_message(&self, channel: ChannelId, message: MessageId) -> Result<(), Error> {
        self.perform(route::DELETE_MESSAGE.at(&[&channel, &message]))
    }

    /// Deletes 2 to 100 messages of a guild, none of them older than two weeks: [Bulk Delete Messages](https://docs.discord.com/developers/resources/message#bulk-delete-messages).
    ///
    /// Needs `MANAGE_MESSAGES`. Those that are gone already are passed over.
    pub fn bulk_delete_messages(
        &self,
        channel: ChannelId,
        messages: impl IntoIterator<Item = MessageId>,
    ) -> Result<(), Error> {
        let messages = BulkDelete { messages: messages.into_iter().collect() };
        let request = Request::new(route::BULK_DELETE_MESSAGES.at(&[&channel]));
        // What is gone cannot go once more.
        self.send(request.json(&messages)?.repeatable()).map(drop)
    }

    /// Hands a message of an announcement channel on to the channels that follow it: [Crosspost Message](https://docs.discord.com/developers/resources/message#crosspost-message).
    ///
    /// Needs `SEND_MESSAGES`, for messages of others `MANAGE_MESSAGES` too.
    pub fn crosspost_message(&self, channel: ChannelId, message: MessageId) -> Result<Message, Error> {
        self.read(Request::new(route::CROSSPOST_MESSAGE.at(&[&channel, &message])))
    }
}
