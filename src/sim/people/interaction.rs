//! Interactions, as a test holds them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::message::Message;
use crate::id::{ChannelId, InteractionId};
use crate::sim::error::SimError;
use crate::sim::history_text::last_changes;
use crate::sim::hub::Hub;
use crate::sim::log::timeout_error;
use crate::sim::world::{Acknowledgement, RejectedResponse};

/// An interaction that the bot received.
#[derive(Clone)]
pub struct Interaction {
    hub: Arc<Hub>,
    id: InteractionId,
    timeout: Duration,
}

/// A choice that a bot offers for an option with autocomplete.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Choice {
    /// What the user sees.
    pub name: String,
    /// What the bot receives.
    pub value: Value,
}

/// A modal that a bot opened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Modal {
    /// The custom ID.
    pub custom_id: String,
    /// The title.
    pub title: String,
    /// The interaction that the bot responded to with the modal.
    pub interaction: InteractionId,
    /// The whole modal, as the bot sent it, with the IDs of its components.
    pub raw: Value,
}

impl Interaction {
    pub(in crate::sim) fn new(hub: Arc<Hub>, id: InteractionId, timeout: Duration) -> Interaction {
        Interaction { hub, id, timeout }
    }

    /// The ID of the interaction.
    pub fn id(&self) -> InteractionId {
        self.id
    }

    /// The full name of the command (`crew rota add`), or the custom ID of the component or modal.
    pub fn name(&self) -> String {
        self.hub.read(|state| state.world.interaction_name(self.id)).unwrap_or_default()
    }

    /// The whole interaction, as it was dispatched.
    pub fn raw(&self) -> Value {
        self.hub.read(|state| state.world.interaction(self.id)).unwrap_or_default()
    }

    /// How the bot responded first, and after how long. `None` if it has not responded.
    pub fn acknowledgement(&self) -> Option<Acknowledgement> {
        self.hub.read(|state| state.world.acknowledgement(self.id))
    }

    /// The bot's responses that were rejected: late, repeated and malformed ones.
    pub fn rejected_responses(&self) -> Vec<RejectedResponse> {
        self.hub.read(|state| state.world.rejected_responses(self.id))
    }

    /// Why the interaction failed that was sent to the
    /// [Interactions Endpoint URL](crate::sim::Discord::set_interactions_endpoint): the endpoint did not answer, with another status than
    /// 200 and 202, or with a response that Discord rejects. `None` if it has not failed. Needs the feature `http-interactions`.
    #[cfg(feature = "http-interactions")]
    pub fn delivery_error(&self) -> Option<String> {
        self.hub.read(|state| state.world.delivery_error(self.id))
    }

    /// Waits until the bot responds.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when it does not respond in time.
    pub fn wait_for_acknowledgement(&self) -> Result<Acknowledgement, SimError> {
        self.wait_for("a response to", Interaction::acknowledgement)
    }

    /// Waits for the message that the bot responds with. A deferred response counts when its message is edited, and an
    /// update when it is made.
    ///
    /// [`Channel::next_message`](super::Channel::next_message) and
    /// [`Member::next_ephemeral_message`](super::Member::next_ephemeral_message) do not return this message after that.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when there is no message in time.
    pub fn reply(&self) -> Result<Message, SimError> {
        let reply = self.wait_for("a reply to", Interaction::current_reply)?;
        self.hub.change_silently(|state| state.returned_replies.insert(reply.id.get()));
        Ok(reply)
    }

    /// The message that the bot responded with, as it is now. `None` if there is none, or if it is deferred.
    pub fn current_reply(&self) -> Option<Message> {
        self.hub.read(|state| state.world.reply(self.id)).map(Message::new)
    }

    /// The follow-up messages that still exist.
    pub fn followups(&self) -> Vec<Message> {
        let messages = self.hub.read(|state| state.world.followups(self.id));
        messages.into_iter().map(Message::new).collect()
    }

    /// Waits for the choices that the bot offers, if this is an autocomplete interaction.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when there are none in time.
    pub fn choices(&self) -> Result<Vec<Choice>, SimError> {
        let choices =
            self.wait_for("choices for", |this| this.hub.read(|state| state.world.choices(this.id)))?;
        let choice = |raw: &Value| Choice {
            name: raw["name"].as_str().unwrap_or_default().to_owned(),
            value: raw["value"].clone(),
        };
        Ok(choices.as_array().into_iter().flatten().map(choice).collect())
    }

    /// The modal that the bot responded with, if it did.
    pub fn modal(&self) -> Option<Modal> {
        let raw = self.hub.read(|state| state.world.modal(self.id))?;
        Some(Modal::new(self.id, raw))
    }

    /// The channel in which it was used.
    fn channel(&self) -> Option<ChannelId> {
        self.raw()["channel_id"].as_str()?.parse().ok()
    }

    fn wait_for<R>(&self, what: &str, find: impl Fn(&Interaction) -> Option<R>) -> Result<R, SimError> {
        let found =
            self.hub.wait_for(self.timeout, || find(self).map(Ok).or_else(|| self.failure(what).map(Err)));
        found.unwrap_or_else(|| {
            let what =
                format!("{what} {:?} (rejected responses: {:?})", self.name(), self.rejected_responses());
            let error = timeout_error(&self.hub, self.timeout, &what);
            Err(match self.channel() {
                Some(channel) => error.with(&last_changes(&self.hub, channel)),
                None => error,
            })
        })
    }

    /// Why nothing can follow any more: it could not be delivered, and the bot has not responded on another way.
    #[cfg(feature = "http-interactions")]
    fn failure(&self, what: &str) -> Option<SimError> {
        let error = self.delivery_error().filter(|_| self.acknowledgement().is_none())?;
        Some(SimError::Unexpected { what: format!("{what} {:?}", self.name()), happened: error })
    }

    #[cfg(not(feature = "http-interactions"))]
    fn failure(&self, _what: &str) -> Option<SimError> {
        None
    }
}

impl fmt::Debug for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interaction")
            .field("id", &self.id)
            .field("name", &self.name())
            .field("acknowledgement", &self.acknowledgement())
            .finish_non_exhaustive()
    }
}

impl Modal {
    pub(super) fn new(interaction: InteractionId, raw: Value) -> Modal {
        let text = |key: &str| raw[key].as_str().unwrap_or_default().to_owned();
        Modal { custom_id: text("custom_id"), title: text("title"), interaction, raw }
    }
}
