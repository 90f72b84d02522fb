//! [Webhooks](https://docs.discord.com/developers/resources/webhook): making and changing them as a bot, and writing through
//! them with no more than their URL.

mod execute;
mod handle;
mod url;

use crate::error::Error;
use crate::id::{ChannelId, GuildId, WebhookId};
use crate::model::{List, Webhook as WebhookInfo};
use crate::rest::check::{at_field, chars, invalid};
use crate::rest::options::options;
use crate::rest::{Client, ImageData, route};

pub use execute::ExecuteWebhook;
pub use handle::Webhook;

/// The longest name of a webhook, in characters.
pub(super) const MAX_NAME: usize = 80;

/// What no webhook's name may contain.
const BARRED: [&str; 2] = ["clyde", "discord"];

options! {
    /// A webhook to be made: [Create Webhook](https://docs.discord.com/developers/resources/webhook#create-webhook).
    CreateWebhook(name: impl Into<String>) {
        /// Sets its name: 1 to 80 characters, with neither `clyde` nor `discord` in it.
        name: String [into] => name,
        /// Sets the avatar that it writes under.
        avatar / no_avatar: ImageData,
    }
}

options! {
    /// What to change of a webhook: [Modify Webhook](https://docs.discord.com/developers/resources/webhook#modify-webhook).
    ModifyWebhook {
        /// Sets its name: 1 to 80 characters, with neither `clyde` nor `discord` in it.
        name: String [into] => name,
        /// Sets the avatar that it writes under.
        avatar / no_avatar: ImageData,
        /// Moves it to another channel.
        channel_id: ChannelId,
    }
}

options! {
    /// What to change of a webhook by its own token: [Modify Webhook with Token](https://docs.discord.com/developers/resources/webhook#modify-webhook-with-token).
    ModifyWebhookWithToken {
        /// Sets its name: 1 to 80 characters, with neither `clyde` nor `discord` in it.
        name: String [into] => name,
        /// Sets the avatar that it writes under.
        avatar / no_avatar: ImageData,
    }
}

/// Checks a [name](https://docs.discord.com/developers/resources/webhook#create-webhook).
fn name(name: &String) -> Result<(), Error> {
    chars(1..=MAX_NAME)(name)?;
    let lower = name.to_lowercase();
    match BARRED.iter().find(|barred| lower.contains(*barred)) {
        Some(barred) => invalid("", format!("contains {barred:?}, which Discord lets no webhook be called")),
        None => Ok(()),
    }
}

impl Client {
    /// Makes a webhook: [Create Webhook](https://docs.discord.com/developers/resources/webhook#create-webhook).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    ///
    /// ```no_run
    /// # use syncord::id::ChannelId;
    /// # use syncord::rest::CreateWebhook;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// let tide = client.create_webhook(ChannelId::new(555088666872119298), &CreateWebhook::new("Tide table"))?;
    /// if let Some(token) = &tide.token {
    ///     client.as_webhook(tide.id, token).execute("High at 06:12")?;
    /// }
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_webhook(&self, channel: ChannelId, webhook: &CreateWebhook) -> Result<WebhookInfo, Error> {
        self.change(route::CREATE_WEBHOOK.at(&[&channel]), webhook)
    }

    /// A channel's webhooks: [Get Channel Webhooks](https://docs.discord.com/developers/resources/webhook#get-channel-webhooks).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    pub fn channel_webhooks(&self, channel: ChannelId) -> Result<List<WebhookInfo>, Error> {
        self.fetch(route::CHANNEL_WEBHOOKS.at(&[&channel]))
    }

    /// A guild's webhooks: [Get Guild Webhooks](https://docs.discord.com/developers/resources/webhook#get-guild-webhooks).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    pub fn guild_webhooks(&self, guild: GuildId) -> Result<List<WebhookInfo>, Error> {
        self.fetch(route::GUILD_WEBHOOKS.at(&[&guild]))
    }

    /// A webhook: [Get Webhook](https://docs.discord.com/developers/resources/webhook#get-webhook).
    ///
    /// Needs `MANAGE_WEBHOOKS`, unless the bot's application has made it.
    pub fn webhook(&self, webhook: WebhookId) -> Result<WebhookInfo, Error> {
        self.fetch(route::WEBHOOK.at(&[&webhook]))
    }

    /// Changes a webhook: [Modify Webhook](https://docs.discord.com/developers/resources/webhook#modify-webhook).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    pub fn modify_webhook(&self, webhook: WebhookId, changes: &ModifyWebhook) -> Result<WebhookInfo, Error> {
        self.change(route::MODIFY_WEBHOOK.at(&[&webhook]), changes)
    }

    /// Deletes a webhook: [Delete Webhook](https://docs.discord.com/developers/resources/webhook#delete-webhook).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    pub fn delete_webhook(&self, webhook: WebhookId) -> Result<(), Error> {
        self.perform(route::DELETE_WEBHOOK.at(&[&webhook]))
    }
}

/// Checks the length of a name that something is sent under.
fn shown_name(text: &str) -> Result<(), Error> {
    at_field(chars(1..=MAX_NAME)(text), || "username".to_owned())
}
