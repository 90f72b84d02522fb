//! Pinned messages.

use crate::error::Error;
use crate::id::{ChannelId, MessageId};
use crate::model::{MessagePin, MessagePins, Timestamp};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// The largest page of pins.
const MAX_PINS: u16 = 50;

options! {
    /// Which pinned messages are wanted: [Get Channel Pins](https://docs.discord.com/developers/resources/message#get-channel-pins).
    GetChannelPins {
        /// Only those that were pinned before this.
        before: Timestamp [into],
        /// At most so many: 1 to 50 (50).
        limit: u16 => number(1..=MAX_PINS),
    }
}

impl Client {
    /// A page of a channel's pinned messages, the latest pin first: [Get Channel Pins](https://docs.discord.com/developers/resources/message#get-channel-pins).
    ///
    /// Needs `VIEW_CHANNEL`; without `READ_MESSAGE_HISTORY` there are none.
    pub fn channel_pins(&self, channel: ChannelId, which: &GetChannelPins) -> Result<MessagePins, Error> {
        self.fetch(route::CHANNEL_PINS.at(&[&channel]).query(which)?)
    }

    /// All pinned messages of a channel, fetched by the page. See [`channel_pins`](Client::channel_pins).
    pub fn channel_pins_iter(&self, channel: ChannelId) -> Pages<MessagePin> {
        let (client, mut which) = (self.clone(), GetChannelPins::new().limit(MAX_PINS));
        Pages::new(move || {
            let pins = client.channel_pins(channel, &which)?;
            if let Some(last) = pins.items.last() {
                which = which.clone().before(last.pinned_at.clone());
            }
            // Where none can be read there is nothing to go on from.
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
