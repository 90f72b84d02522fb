//! What the owner of an application does in the developer portal.

use serde_json::Value;

use super::endpoint;
use super::signing::public_key;
use crate::sim::discord::Discord;
use crate::sim::error::SimError;
use crate::sim::settle::LocalBotsOf;
use crate::sim::world::Endpoint;

impl Discord {
    /// The public key of the bot's application, in hexadecimal digits, as the developer portal shows it. It depends only on
    /// the application's ID. Needs the feature `http-interactions`.
    pub fn public_key(&self) -> String {
        public_key(self.application_id().get())
    }

    /// Saves the Interactions Endpoint URL of the bot's application, as its owner does in the developer portal. From then on, its
    /// interactions are posted to the URL and not sent over the gateway. Needs the feature `http-interactions`.
    ///
    /// The URL is verified as Discord does it: the endpoint must answer a PING, and refuse one with a wrong signature.
    ///
    /// # Errors
    ///
    /// [`SimError::Unexpected`] when the endpoint does not answer as it must, [`SimError::NotPossible`] when the URL is not an
    /// `http` URL of this machine.
    pub fn set_interactions_endpoint(&self, url: &str) -> Result<(), SimError> {
        endpoint::save(&self.hub, self.bot_id(), Endpoint::Interactions, url)
    }

    /// Removes the Interactions Endpoint URL. Interactions are sent over the gateway again.
    pub fn clear_interactions_endpoint(&self) {
        endpoint::clear(&self.hub, self.bot_id(), Endpoint::Interactions);
    }

    /// Saves the Webhook Events URL of the bot's application, as its owner does in the developer portal. Needs the feature
    /// `http-interactions`.
    ///
    /// The URL is verified as Discord does it: the endpoint must answer a PING, and refuse one with a wrong signature.
    ///
    /// # Errors
    ///
    /// As [`set_interactions_endpoint`](Discord::set_interactions_endpoint).
    pub fn set_webhook_events_endpoint(&self, url: &str) -> Result<(), SimError> {
        endpoint::save(&self.hub, self.bot_id(), Endpoint::WebhookEvents, url)
    }

    /// Sends a [webhook event](https://docs.discord.com/developers/events/webhook-events#event-types) to the Webhook Events URL,
    /// whether or not the application has subscribed to its type, and waits until the endpoint acknowledges it. Needs the feature
    /// `http-interactions`.
    ///
    /// An event that is not acknowledged is sent again, as Discord does for 10 minutes: here three times, within about a second.
    ///
    /// # Errors
    ///
    /// [`SimError::Unexpected`] with the last answer when the endpoint does not acknowledge the event, [`SimError::NotPossible`]
    /// when there is no Webhook Events URL.
    pub fn webhook_event(&self, kind: &str, data: Value) -> Result<(), SimError> {
        endpoint::send_webhook_event(&self.hub, kind, data)
    }
}

impl LocalBotsOf {
    /// Sends the interactions to a bot of this process, which may not have logged in yet. So the URL is not verified.
    pub(crate) fn post_interactions_to(&self, url: &str) -> Result<(), SimError> {
        let application = self.hub().read(|state| state.world.bot_id());
        endpoint::save_unverified(self.hub(), application, Endpoint::Interactions, url)
    }
}
