use std::fmt;

use serde::Serialize;

use super::url::{self, WebhookUrl};
use super::{ExecuteWebhook, ModifyWebhookWithToken};
use crate::error::Error;
use crate::id::{ChannelId, MessageId, WebhookId};
use crate::model::{Message, Secret, Webhook as WebhookInfo};
use crate::rest::options::Options;
use crate::rest::request::Request;
use crate::rest::route::{self, Endpoint, Route};
use crate::rest::{Builder, Client, EditMessage};

/// A [webhook](https://docs.discord.com/developers/resources/webhook) to write through, by its own token: it needs no bot.
///
/// Whoever knows the token can write through it, so neither `Debug` nor any error shows it.
///
/// ```no_run
/// use syncord::rest::{ExecuteWebhook, Upload, Webhook};
///
/// let webhook = Webhook::from_url("https://discord.com/api/webhooks/ID/TOKEN")?;
/// let message = webhook.execute("The tide is in.")?;
/// webhook.edit_message(message.id, "The tide is out.")?;
/// webhook.execute(ExecuteWebhook::text("The north:").file(Upload::path("charts/north.png")))?;
/// # Ok::<(), syncord::Error>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Webhook {
    client: Client,
    id: WebhookId,
    token: Secret,
    thread: Option<ChannelId>,
}

impl Webhook {
    /// The webhook with this URL, as Discord shows it in a channel's settings.
    ///
    /// It may lead to any host, with any version of the API or none, and say `?thread_id=`.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when it is no webhook's URL, or leads over plain `http` to another machine.
    pub fn from_url(url: &str) -> Result<Webhook, Error> {
        Webhook::from_url_with(url, Client::without_token())
    }

    /// The same with timeouts, roots of trust and the like of one's own; the API's address is the URL's.
    ///
    /// # Errors
    ///
    /// As [`from_url`](Webhook::from_url).
    pub fn from_url_with(url: &str, builder: Builder) -> Result<Webhook, Error> {
        let WebhookUrl { api_url, id, token, thread } = url::read(url)?;
        Ok(Webhook { client: builder.api_url(api_url).build()?, id, token, thread })
    }

    /// Its id.
    pub fn id(&self) -> WebhookId {
        self.id
    }

    /// The same webhook for a thread of its channel.
    pub fn in_thread(&self, thread: ChannelId) -> Webhook {
        Webhook { thread: Some(thread), ..self.clone() }
    }

    /// What Discord knows of it, but for who made it: [Get Webhook with Token](https://docs.discord.com/developers/resources/webhook#get-webhook-with-token).
    pub fn info(&self) -> Result<WebhookInfo, Error> {
        self.client.fetch(self.at(route::WEBHOOK_WITH_TOKEN))
    }

    /// Changes it: [Modify Webhook with Token](https://docs.discord.com/developers/resources/webhook#modify-webhook-with-token).
    pub fn modify(&self, changes: &ModifyWebhookWithToken) -> Result<WebhookInfo, Error> {
        self.client.change(self.at(route::MODIFY_WEBHOOK_WITH_TOKEN), changes)
    }

    /// Deletes it: [Delete Webhook with Token](https://docs.discord.com/developers/resources/webhook#delete-webhook-with-token).
    pub fn delete(&self) -> Result<(), Error> {
        self.client.perform(self.at(route::DELETE_WEBHOOK_WITH_TOKEN))
    }

    /// Sends a message, and gives it as it was made: [Execute Webhook](https://docs.discord.com/developers/resources/webhook#execute-webhook).
    pub fn execute(&self, message: impl Into<ExecuteWebhook>) -> Result<Message, Error> {
        self.post(&message.into())
    }

    fn post(&self, message: &ExecuteWebhook) -> Result<Message, Error> {
        self.client.read(self.executing(message, true)?)
    }

    /// Sends a message, and does not wait until Discord has made it: nothing says when it could not.
    ///
    /// # Errors
    ///
    /// As [`execute`](Webhook::execute).
    pub fn execute_unawaited(&self, message: impl Into<ExecuteWebhook>) -> Result<(), Error> {
        self.client.send(self.executing(&message.into(), false)?).map(drop)
    }

    fn executing(&self, message: &ExecuteWebhook, wait: bool) -> Result<Request, Error> {
        if let (Some(_), true) = (self.thread, message.starts_thread()) {
            return Err(Error::invalid("thread_name", "the webhook writes into a thread already"));
        }
        let mut route = self.in_its_thread(self.at(route::EXECUTE_WEBHOOK)).with("wait", &wait);
        if message.body.components.is_some() {
            route = route.with("with_components", &true);
        }
        Request::new(route).message(message, &message.body)
    }

    /// Sends a message as [Slack's incoming webhooks](https://api.slack.com/incoming-webhooks) take it: [Execute Slack-Compatible Webhook](https://docs.discord.com/developers/resources/webhook#execute-slackcompatible-webhook).
    ///
    /// ```no_run
    /// # let webhook = syncord::rest::Webhook::from_url("https://discord.com/api/webhooks/ID/TOKEN")?;
    /// webhook.execute_slack_compatible(&serde_json::json!({ "text": "The tide is in." }))?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn execute_slack_compatible(&self, message: &impl Serialize) -> Result<(), Error> {
        let route = self.in_its_thread(self.at(route::EXECUTE_SLACK_COMPATIBLE_WEBHOOK)).with("wait", &true);
        self.client.perform_with(route, &Foreign(message))
    }

    /// Sends what happened as [GitHub's webhooks](https://docs.github.com/en/webhooks/webhook-events-and-payloads) say it: [Execute GitHub-Compatible Webhook](https://docs.discord.com/developers/resources/webhook#execute-githubcompatible-webhook).
    ///
    /// `event` is what GitHub has in the header `X-GitHub-Event`: `push`, for one.
    pub fn execute_github_compatible(&self, event: &str, payload: &impl Serialize) -> Result<(), Error> {
        let route = self.in_its_thread(self.at(route::EXECUTE_GITHUB_COMPATIBLE_WEBHOOK)).with("wait", &true);
        let request = Request::new(route).json(&Foreign(payload))?.header("X-GitHub-Event", event)?;
        self.client.send(request).map(drop)
    }

    /// A message that was sent through it: [Get Webhook Message](https://docs.discord.com/developers/resources/webhook#get-webhook-message).
    pub fn message(&self, message: MessageId) -> Result<Message, Error> {
        self.client.fetch(self.at_message(route::WEBHOOK_MESSAGE, message))
    }

    /// Changes a message that was sent through it: [Edit Webhook Message](https://docs.discord.com/developers/resources/webhook#edit-webhook-message).
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

    /// Deletes a message that was sent through it: [Delete Webhook Message](https://docs.discord.com/developers/resources/webhook#delete-webhook-message).
    pub fn delete_message(&self, message: MessageId) -> Result<(), Error> {
        self.client.perform(self.at_message(route::DELETE_WEBHOOK_MESSAGE, message))
    }

    fn at(&self, endpoint: Endpoint) -> Route {
        endpoint.at(&[&self.id, &&*self.token])
    }

    fn at_message(&self, endpoint: Endpoint, message: MessageId) -> Route {
        self.in_its_thread(endpoint.at(&[&self.id, &&*self.token, &message]))
    }

    fn in_its_thread(&self, route: Route) -> Route {
        match &self.thread {
            Some(thread) => route.with("thread_id", thread),
            None => route,
        }
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("id", &self.id).field("thread", &self.thread).finish_non_exhaustive()
    }
}

impl Client {
    /// A webhook to write through, by its token; over this client's connections and within its limits.
    ///
    /// ```no_run
    /// # use syncord::id::WebhookId;
    /// # let client = syncord::rest::Client::new(syncord::Token::new("…")?);
    /// client.as_webhook(WebhookId::new(7), "its token").execute("The tide is in.")?;
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn as_webhook(&self, webhook: WebhookId, token: &str) -> Webhook {
        Webhook { client: self.clone(), id: webhook, token: Secret::from(token.to_owned()), thread: None }
    }
}

/// What another service's page says, not Discord's.
struct Foreign<'a, T>(&'a T);

impl<T: Serialize> Serialize for Foreign<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Serialize> Options for Foreign<'_, T> {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}
