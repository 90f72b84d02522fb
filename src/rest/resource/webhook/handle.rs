use std::fmt;

use serde::Serialize;

use super::url::{self, WebhookUrl};
use super::{ExecuteWebhook, ModifyWebhookWithToken};
use crate::error::Error;
use crate::id::{ChannelId, MessageId, WebhookId};
use crate::model::{Message, Secret, Webhook};
use crate::rest::options::Options;
use crate::rest::request::Request;
use crate::rest::route::{self, Endpoint, Route};
use crate::rest::{Client, ClientBuilder, EditMessage};

/// A client of one [webhook](https://docs.discord.com/developers/resources/webhook). It uses the webhook's own token and needs no bot.
///
/// The token is a secret: neither `Debug` nor an error shows it.
///
/// ```
/// use syncord::rest::{ExecuteWebhook, Upload, WebhookClient};
///
/// # let discord = syncord::sim::Discord::start()?;
/// # let token = syncord::Token::new(&discord.token())?;
/// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
/// # let options = syncord::rest::CreateWebhook::new("Tides");
/// # let created = client.create_webhook(discord.channel("general").id(), &options)?;
/// # let url = format!("{}/webhooks/{}/{}", discord.api_url(), created.id, &**created.token.as_ref().unwrap());
/// let webhook = WebhookClient::from_url(&url)?; // such as https://discord.com/api/webhooks/ID/TOKEN
/// let message = webhook.execute("The tide is in.")?;
/// webhook.edit_message(message.id, "The tide is out.")?;
/// let table = Upload::bytes("tides.txt", "06:12 high");
/// webhook.execute(ExecuteWebhook::text("The table:").file(table))?;
/// assert_eq!(webhook.message(message.id)?.content, "The tide is out.");
/// # Ok::<(), syncord::Error>(())
/// ```
#[doc(alias = "webhook")]
#[derive(Clone)]
#[must_use]
pub struct WebhookClient {
    client: Client,
    id: WebhookId,
    token: Secret,
    thread: Option<ChannelId>,
}

impl WebhookClient {
    /// Creates a client from a webhook's URL, which Discord shows in the channel settings.
    ///
    /// The URL can have any host and any API version or none. `?thread_id=` selects a thread.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if the URL is not a webhook's, or is plain `http` to another machine.
    pub fn from_url(url: &str) -> Result<WebhookClient, Error> {
        WebhookClient::from_url_with(url, Client::without_token())
    }

    /// Creates a client from a webhook's URL, with the builder's settings. The URL replaces the builder's API URL.
    ///
    /// # Errors
    ///
    /// See [`from_url`](WebhookClient::from_url).
    pub fn from_url_with(url: &str, builder: ClientBuilder) -> Result<WebhookClient, Error> {
        let WebhookUrl { api_url, id, token, thread } = url::parse(url)?;
        Ok(WebhookClient { client: builder.api_url(api_url).build()?, id, token, thread })
    }

    /// Returns the webhook's ID.
    pub fn id(&self) -> WebhookId {
        self.id
    }

    /// Returns a client of the same webhook that sends to a thread of its channel.
    pub fn in_thread(&self, thread: ChannelId) -> WebhookClient {
        WebhookClient { thread: Some(thread), ..self.clone() }
    }

    /// Returns the webhook without its creator: [Get Webhook with Token](https://docs.discord.com/developers/resources/webhook#get-webhook-with-token).
    pub fn info(&self) -> Result<Webhook, Error> {
        self.client.fetch(self.at(route::WEBHOOK_WITH_TOKEN))
    }

    /// Changes the webhook: [Modify Webhook with Token](https://docs.discord.com/developers/resources/webhook#modify-webhook-with-token).
    pub fn modify(&self, changes: &ModifyWebhookWithToken) -> Result<Webhook, Error> {
        self.client.change(self.at(route::MODIFY_WEBHOOK_WITH_TOKEN), changes)
    }

    /// Deletes the webhook: [Delete Webhook with Token](https://docs.discord.com/developers/resources/webhook#delete-webhook-with-token).
    pub fn delete(&self) -> Result<(), Error> {
        self.client.perform(self.at(route::DELETE_WEBHOOK_WITH_TOKEN))
    }

    /// Sends a message and returns the created message: [Execute Webhook](https://docs.discord.com/developers/resources/webhook#execute-webhook).
    pub fn execute(&self, message: impl Into<ExecuteWebhook>) -> Result<Message, Error> {
        self.post(&message.into())
    }

    fn post(&self, message: &ExecuteWebhook) -> Result<Message, Error> {
        self.client.read(self.execute_request(message, true)?)
    }

    /// Sends a message without waiting for Discord to create it. A failure to create it is not reported.
    pub fn execute_unawaited(&self, message: impl Into<ExecuteWebhook>) -> Result<(), Error> {
        self.client.perform_request(self.execute_request(&message.into(), false)?)
    }

    fn execute_request(&self, message: &ExecuteWebhook, wait: bool) -> Result<Request, Error> {
        if let (Some(_), true) = (self.thread, message.starts_thread()) {
            return Err(Error::invalid("thread_name", "the webhook already sends to a thread"));
        }
        let mut route = self.with_thread(self.at(route::EXECUTE_WEBHOOK)).with("wait", &wait);
        if message.body.components.is_some() {
            route = route.with("with_components", &true);
        }
        Request::new(route).message(message, &message.body)
    }

    /// Sends a message in the format of [Slack's incoming webhooks](https://api.slack.com/incoming-webhooks): [Execute Slack-Compatible Webhook](https://docs.discord.com/developers/resources/webhook#execute-slackcompatible-webhook).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let options = syncord::rest::CreateWebhook::new("Tides");
    /// # let created = client.create_webhook(discord.channel("general").id(), &options)?;
    /// # let webhook = client.as_webhook(created.id, created.token.as_ref().unwrap());
    /// webhook.execute_slack_compatible(&serde_json::json!({ "text": "The tide is in." }))?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn execute_slack_compatible(&self, message: &impl Serialize) -> Result<(), Error> {
        let route = self.with_thread(self.at(route::EXECUTE_SLACK_COMPATIBLE_WEBHOOK)).with("wait", &true);
        self.client.perform_with(route, &ExternalBody(message))
    }

    /// Sends an event in the format of [GitHub's webhooks](https://docs.github.com/en/webhooks/webhook-events-and-payloads): [Execute GitHub-Compatible Webhook](https://docs.discord.com/developers/resources/webhook#execute-githubcompatible-webhook).
    ///
    /// `event` is the value of GitHub's header `X-GitHub-Event`, such as `push`.
    pub fn execute_github_compatible(&self, event: &str, payload: &impl Serialize) -> Result<(), Error> {
        let route = self.with_thread(self.at(route::EXECUTE_GITHUB_COMPATIBLE_WEBHOOK)).with("wait", &true);
        let request = Request::new(route).json(&ExternalBody(payload))?.header("X-GitHub-Event", event)?;
        self.client.perform_request(request)
    }

    /// Returns a message sent by the webhook: [Get Webhook Message](https://docs.discord.com/developers/resources/webhook#get-webhook-message).
    pub fn message(&self, message: MessageId) -> Result<Message, Error> {
        self.client.fetch(self.at_message(route::WEBHOOK_MESSAGE, message))
    }

    /// Edits a message sent by the webhook: [Edit Webhook Message](https://docs.discord.com/developers/resources/webhook#edit-webhook-message).
    pub fn edit_message(
        &self,
        message: MessageId,
        changes: impl Into<EditMessage>,
    ) -> Result<Message, Error> {
        self.patch_message(message, &changes.into())
    }

    fn patch_message(&self, message: MessageId, changes: &EditMessage) -> Result<Message, Error> {
        let mut route = self.at_message(route::EDIT_WEBHOOK_MESSAGE, message);
        if changes.body.components.is_some() {
            route = route.with("with_components", &true);
        }
        self.client.read(Request::new(route).message(changes, &changes.body)?)
    }

    /// Deletes a message sent by the webhook: [Delete Webhook Message](https://docs.discord.com/developers/resources/webhook#delete-webhook-message).
    pub fn delete_message(&self, message: MessageId) -> Result<(), Error> {
        self.client.perform(self.at_message(route::DELETE_WEBHOOK_MESSAGE, message))
    }

    fn at(&self, endpoint: Endpoint) -> Route {
        endpoint.at(&[&self.id, &&*self.token])
    }

    fn at_message(&self, endpoint: Endpoint, message: MessageId) -> Route {
        self.with_thread(endpoint.at(&[&self.id, &&*self.token, &message]))
    }

    fn with_thread(&self, route: Route) -> Route {
        match &self.thread {
            Some(thread) => route.with("thread_id", thread),
            None => route,
        }
    }
}

impl fmt::Debug for WebhookClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookClient")
            .field("id", &self.id)
            .field("thread", &self.thread)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Returns a client of a webhook that shares this client's connections. It does not use the bot's token.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let options = syncord::rest::CreateWebhook::new("Tides");
    /// # let created = client.create_webhook(discord.channel("general").id(), &options)?;
    /// # let (id, token) = (created.id, created.token.as_ref().unwrap());
    /// let message = client.as_webhook(id, token).execute("The tide is in.")?;
    /// assert_eq!(message.content, "The tide is in.");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn as_webhook(&self, webhook: WebhookId, token: &str) -> WebhookClient {
        WebhookClient {
            client: self.clone(),
            id: webhook,
            token: Secret::from(token.to_owned()),
            thread: None,
        }
    }
}

/// A body in another service's format.
struct ExternalBody<'a, T>(&'a T);

impl<T: Serialize> Serialize for ExternalBody<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Serialize> Options for ExternalBody<'_, T> {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}
