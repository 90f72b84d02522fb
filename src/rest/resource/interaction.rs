//! [Interactions](https://docs.discord.com/developers/interactions/receiving-and-responding): answering them, and what follows.
//!
//! An interaction's own token authorises all of this, for 15 minutes: no bot's token is sent.

mod message;
mod modal;
mod response;
#[cfg(test)]
mod tests;

use crate::error::Error;
use crate::id::{ApplicationId, InteractionId, MessageId};
use crate::model::{InteractionCallbackResponse, Message};
use crate::rest::request::Request;
use crate::rest::route::{self, Route};
use crate::rest::{Client, EditResponse};

pub use message::InteractionMessage;
pub use modal::Modal;
pub use response::InteractionResponse;

impl Client {
    /// Answers an interaction, within three seconds of its making: [Create Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response).
    ///
    /// ```no_run
    /// # use syncord::model::Interaction;
    /// # use syncord::rest::{Client, InteractionResponse};
    /// # fn answer(client: &Client, interaction: &Interaction) -> Result<(), syncord::Error> {
    /// let answer = InteractionResponse::message("The tide is in.");
    /// client.create_interaction_response(interaction.id, &interaction.token, &answer)
    /// # }
    /// ```
    pub fn create_interaction_response(
        &self,
        interaction: InteractionId,
        token: &str,
        response: &InteractionResponse,
    ) -> Result<(), Error> {
        let route = route::CREATE_INTERACTION_RESPONSE.at(&[&interaction, &token]);
        self.send(response.request(route)?).map(drop)
    }

    /// The same, but never sent twice when it may have arrived.
    pub(crate) fn create_interaction_response_once(
        &self,
        interaction: InteractionId,
        token: &str,
        response: &InteractionResponse,
    ) -> Result<(), Error> {
        let route = route::CREATE_INTERACTION_RESPONSE.at(&[&interaction, &token]);
        let request = response.request(route)?;
        self.send(Request { repeatable: false, ..request }).map(drop)
    }

    /// The same, and gives what came of it, the message for one.
    ///
    /// # Errors
    ///
    /// As [`create_interaction_response`](Client::create_interaction_response).
    pub fn create_interaction_response_with_response(
        &self,
        interaction: InteractionId,
        token: &str,
        response: &InteractionResponse,
    ) -> Result<InteractionCallbackResponse, Error> {
        let route =
            route::CREATE_INTERACTION_RESPONSE.at(&[&interaction, &token]).with("with_response", &true);
        self.read(response.request(route)?)
    }

    /// The message that answered an interaction first: [Get Original Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#get-original-interaction-response).
    pub fn original_interaction_response(
        &self,
        application: ApplicationId,
        token: &str,
    ) -> Result<Message, Error> {
        self.fetch(route::ORIGINAL_INTERACTION_RESPONSE.at(&[&application, &token]))
    }

    /// Changes the message that answered an interaction first, or gives it to one that was deferred: [Edit Original Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#edit-original-interaction-response).
    pub fn edit_original_interaction_response(
        &self,
        application: ApplicationId,
        token: &str,
        changes: impl Into<EditResponse>,
    ) -> Result<Message, Error> {
        let route = route::EDIT_ORIGINAL_INTERACTION_RESPONSE.at(&[&application, &token]);
        self.patch_response(route, &changes.into())
    }

    fn patch_response(&self, route: Route, changes: &EditResponse) -> Result<Message, Error> {
        self.read(Request::new(route).message(changes, &changes.body)?)
    }

    /// Deletes the message that answered an interaction first: [Delete Original Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#delete-original-interaction-response).
    pub fn delete_original_interaction_response(
        &self,
        application: ApplicationId,
        token: &str,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_ORIGINAL_INTERACTION_RESPONSE.at(&[&application, &token]))
    }

    /// Sends another message in answer to an interaction: [Create Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message).
    ///
    /// ```no_run
    /// # use syncord::model::Interaction;
    /// # use syncord::rest::{Client, InteractionMessage};
    /// # fn answer(client: &Client, interaction: &Interaction) -> Result<(), syncord::Error> {
    /// let whispered = InteractionMessage::text("Only you can see this.").ephemeral(true);
    /// client.create_followup_message(interaction.application_id, &interaction.token, whispered)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_followup_message(
        &self,
        application: ApplicationId,
        token: &str,
        message: impl Into<InteractionMessage>,
    ) -> Result<Message, Error> {
        self.post_followup(application, token, &message.into())
    }

    fn post_followup(
        &self,
        application: ApplicationId,
        token: &str,
        message: &InteractionMessage,
    ) -> Result<Message, Error> {
        let route = route::CREATE_FOLLOWUP_MESSAGE.at(&[&application, &token]);
        self.read(Request::new(route).message(message, &message.body)?)
    }

    /// A message that followed an answer: [Get Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#get-followup-message).
    pub fn followup_message(
        &self,
        application: ApplicationId,
        token: &str,
        message: MessageId,
    ) -> Result<Message, Error> {
        self.fetch(route::FOLLOWUP_MESSAGE.at(&[&application, &token, &message]))
    }

    /// Changes a message that followed an answer: [Edit Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#edit-followup-message).
    pub fn edit_followup_message(
        &self,
        application: ApplicationId,
        token: &str,
        message: MessageId,
        changes: impl Into<EditResponse>,
    ) -> Result<Message, Error> {
        let route = route::EDIT_FOLLOWUP_MESSAGE.at(&[&application, &token, &message]);
        self.patch_response(route, &changes.into())
    }

    /// Deletes a message that followed an answer: [Delete Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#delete-followup-message).
    pub fn delete_followup_message(
        &self,
        application: ApplicationId,
        token: &str,
        message: MessageId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_FOLLOWUP_MESSAGE.at(&[&application, &token, &message]))
    }
}
