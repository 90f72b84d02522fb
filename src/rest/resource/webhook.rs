//! [Webhooks](https://docs.discord.com/developers/resources/webhook): the bot's calls to manage them, and a client that
//! sends messages with a webhook's URL only.

mod execute;
mod handle;
mod url;

use crate::error::Error;
use crate::id::{ChannelId, GuildId, WebhookId};
use crate::model::{List, Webhook};
use crate::rest::check::{at_field, chars, invalid};
use crate::rest::options::options;
use crate::rest::{Client, ImageData, route};

pub use execute::ExecuteWebhook;
pub use handle::WebhookClient;

/// Maximum length of a webhook's name, in characters.
pub(super) const MAX_NAME: usize = 80;

/// Words that Discord does not allow in a webhook's name.
const FORBIDDEN_WORDS: [&str; 2] = ["clyde", "discord"];

options! {
    /// Options to create a webhook: [Create Webhook](https://docs.discord.com/developers/resources/webhook#create-webhook).
    CreateWebhook(name: impl Into<String>) {
        /// The name, 1-80 characters, without `clyde` or `discord`.
        name: String [into] => check_name,
        /// The default avatar.
        avatar / no_avatar: ImageData,
    }
}

options! {
    /// Changes to a webhook: [Modify Webhook](https://docs.discord.com/developers/resources/webhook#modify-webhook).
    ModifyWebhook {
        /// The name, 1-80 characters, without `clyde` or `discord`.
        name: String [into] => check_name,
        /// The default avatar.
        avatar / no_avatar: ImageData,
        /// The channel to move the webhook to.
        channel_id: ChannelId,
    }
}

options! {
    /// Changes to a webhook with its own token: [Modify Webhook with Token](https://docs.discord.com/developers/resources/webhook#modify-webhook-with-token).
    ModifyWebhookWithToken {
        /// The name, 1-80 characters, without `clyde` or `discord`.
        name: String [into] => check_name,
        /// The default avatar.
        avatar / no_avatar: ImageData,
    }
}

/// Checks a [name](https://docs.discord.com/developers/resources/webhook#create-webhook).
fn check_name(name: &String) -> Result<(), Error> {
    chars(1..=MAX_NAME)(name)?;
    let lower = name.to_lowercase();
    match FORBIDDEN_WORDS.iter().find(|word| lower.contains(*word)) {
        Some(word) => invalid("", format!("contains {word:?}, which Discord does not allow")),
        None => Ok(()),
    }
}

impl Client {
    /// Creates a webhook: [Create Webhook](https://docs.discord.com/developers/resources/webhook#create-webhook).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    ///
    /// ```
    /// use syncord::rest::CreateWebhook;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let general = discord.channel("general");
    /// # let channel = general.id();
    /// let webhook = client.create_webhook(channel, &CreateWebhook::new("Tide table"))?;
    /// if let Some(token) = &webhook.token {
    ///     client.as_webhook(webhook.id, token).execute("High at 06:12")?;
    /// }
    /// # assert_eq!(general.next_message()?.content, "High at 06:12");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_webhook(&self, channel: ChannelId, webhook: &CreateWebhook) -> Result<Webhook, Error> {
        self.change(route::CREATE_WEBHOOK.at(&[&channel]), webhook)
    }

    /// Returns a channel's webhooks: [Get Channel Webhooks](https://docs.discord.com/developers/resources/webhook#get-channel-webhooks).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    pub fn channel_webhooks(&self, channel: ChannelId) -> Result<List<Webhook>, Error> {
        self.fetch(route::CHANNEL_WEBHOOKS.at(&[&channel]))
    }

    /// Returns a guild's webhooks: [Get Guild Webhooks](https://docs.discord.com/developers/resources/webhook#get-guild-webhooks).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    pub fn guild_webhooks(&self, guild: GuildId) -> Result<List<Webhook>, Error> {
        self.fetch(route::GUILD_WEBHOOKS.at(&[&guild]))
    }

    /// Returns a webhook: [Get Webhook](https://docs.discord.com/developers/resources/webhook#get-webhook).
    ///
    /// Needs `MANAGE_WEBHOOKS`, unless the bot's application created the webhook.
    pub fn webhook(&self, webhook: WebhookId) -> Result<Webhook, Error> {
        self.fetch(route::WEBHOOK.at(&[&webhook]))
    }

    /// Changes a webhook: [Modify Webhook](https://docs.discord.com/developers/resources/webhook#modify-webhook).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    pub fn modify_webhook(&self, webhook: WebhookId, changes: &ModifyWebhook) -> Result<Webhook, Error> {
        self.change(route::MODIFY_WEBHOOK.at(&[&webhook]), changes)
    }

    /// Deletes a webhook: [Delete Webhook](https://docs.discord.com/developers/resources/webhook#delete-webhook).
    ///
    /// Needs `MANAGE_WEBHOOKS`.
    pub fn delete_webhook(&self, webhook: WebhookId) -> Result<(), Error> {
        self.perform(route::DELETE_WEBHOOK.at(&[&webhook]))
    }
}

/// Checks the username of a message.
fn check_username(username: &str) -> Result<(), Error> {
    at_field(chars(1..=MAX_NAME)(username), || "username".to_owned())
}
