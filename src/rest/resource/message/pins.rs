//! Pinned messages.

use crate::error::Error;
use crate::id::{ChannelId, MessageId};
use crate::model::{MessagePin, MessagePins, Timestamp};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// Maximum number of pins in a page.
const MAX_PINS: u16 = 50;

options! {
    /// Options to get a page of pinned messages: [Get Channel Pins](https://docs.discord.com/developers/resources/message#get-channel-pins).
    GetChannelPins {
        /// Only messages that were pinned before this time.
        before: Timestamp [into],
        /// Maximum number to return, 1-50. Default: 50.
        limit: u16 => number(1..=MAX_PINS),
    }
}

impl Client {
    /// Returns a page of a channel's pinned messages, newest pin first: [Get Channel Pins](https://docs.discord.com/developers/resources/message#get-channel-pins).
    ///
    /// Needs `VIEW_CHANNEL`. Without `READ_MESSAGE_HISTORY` the page is empty.
    pub fn channel_pins(&self, channel: ChannelId, options: &GetChannelPins) -> Result<MessagePins, Error> {
        self.fetch(route::CHANNEL_PINS.at(&[&channel]).query(options)?)
    }

    /// Iterates over all pinned messages of a channel, page by page. See [`channel_pins`](Client::channel_pins).
    pub fn channel_pins_iter(&self, channel: ChannelId) -> Pages<MessagePin> {
        let (client, mut options) = (self.clone(), GetChannelPins::new().limit(MAX_PINS));
        Pages::new(move || {
            let pins = client.channel_pins(channel, &options)?;
            if let Some(last) = pins.items.last() {
                options = options.clone().before(last.pinned_at.clone());
            }
            // A page without a readable pin gives no `before` for the next page.
            let has_more = pins.has_more && !pins.items.is_empty();
            Ok(Page { elements: pins.items.into_vec(), has_more })
        })
    }

    /// Pins a message: [Pin Message](https://docs.discord.com/developers/resources/message#pin-message).
    ///
    /// Needs `PIN_MESSAGES`.
    pub fn pin_message(&self, channel: ChannelId, message: MessageId) -> Result<(), Error> {
        self.perform(route::PIN_MESSAGE.at(&[&channel, &message]))
    }

    /// Unpins a message: [Unpin Message](https://docs.discord.com/developers/resources/message#unpin-message).
    ///
    /// Needs `PIN_MESSAGES`.
    pub fn unpin_message(&self, channel: ChannelId, message: MessageId) -> Result<(), Error> {
        self.perform(route::UNPIN_MESSAGE.at(&[&channel, &message]))
    }
}
