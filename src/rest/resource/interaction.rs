//! [Interactions](https://docs.discord.com/developers/interactions/receiving-and-responding): responses and followup messages.
//!
//! The interaction's token authorizes these calls and is valid for 15 minutes. The bot token is not sent.

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
    /// Responds to an interaction: [Create Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response).
    ///
    /// Discord accepts the response for three seconds after the user's action.
    ///
    /// ```
    /// use syncord::rest::InteractionResponse;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let tide = syncord::rest::CreateApplicationCommand::new("tide").description("Shows the tide");
    /// # client.create_global_application_command(discord.application_id(), &tide)?;
    /// # let used = discord.member("ann").uses(&discord.channel("general"), "/tide")?;
    /// # let interaction: syncord::model::Interaction = serde_json::from_value(used.raw()).unwrap();
    /// let response = InteractionResponse::message("The tide is in.");
    /// client.create_interaction_response(interaction.id, &interaction.token, &response)?;
    /// # assert_eq!(used.reply()?.content, "The tide is in.");
    /// # Ok::<(), syncord::Error>(())
    /// ```
    pub fn create_interaction_response(
        &self,
        interaction: InteractionId,
        token: &str,
        response: &InteractionResponse,
    ) -> Result<(), Error> {
        let route = route::CREATE_INTERACTION_RESPONSE.at(&[&interaction, &token]);
        self.perform_request(response.request(route)?)
    }

    /// Responds to an interaction, without a retry when the request may have arrived.
    pub(crate) fn create_interaction_response_once(
        &self,
        interaction: InteractionId,
        token: &str,
        response: &InteractionResponse,
    ) -> Result<(), Error> {
        let route = route::CREATE_INTERACTION_RESPONSE.at(&[&interaction, &token]);
        let request = response.request(route)?;
        self.perform_request(Request { repeatable: false, ..request })
    }

    /// Responds to an interaction and returns the result, such as the created message.
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

    /// Returns the first response message to an interaction: [Get Original Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#get-original-interaction-response).
    pub fn original_interaction_response(
        &self,
        application: ApplicationId,
        token: &str,
    ) -> Result<Message, Error> {
        self.fetch(route::ORIGINAL_INTERACTION_RESPONSE.at(&[&application, &token]))
    }

    /// Edits the first response message to an interaction, or sends it after a deferred response: [Edit Original Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#edit-original-interaction-response).
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

    /// Deletes the first response message to an interaction: [Delete Original Interaction Response](https://docs.discord.com/developers/interactions/receiving-and-responding#delete-original-interaction-response).
    pub fn delete_original_interaction_response(
        &self,
        application: ApplicationId,
        token: &str,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_ORIGINAL_INTERACTION_RESPONSE.at(&[&application, &token]))
    }

    /// Sends a followup message to an interaction: [Create Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message).
    ///
    /// ```
    /// use syncord::rest::InteractionMessage;
    ///
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let tide = syncord::rest::CreateApplicationCommand::new("tide").description("Shows the tide");
    /// # client.create_global_application_command(discord.application_id(), &tide)?;
    /// # let used = discord.member("ann").uses(&discord.channel("general"), "/tide")?;
    /// # let interaction: syncord::model::Interaction = serde_json::from_value(used.raw()).unwrap();
    /// # let response = syncord::rest::InteractionResponse::message("The tide is in.");
    /// # client.create_interaction_response(interaction.id, &interaction.token, &response)?;
    /// let message = InteractionMessage::text("Only you can see this.").ephemeral(true);
    /// client.create_followup_message(interaction.application_id, &interaction.token, message)?;
    /// # assert_eq!(discord.member("ann").next_ephemeral_message()?.content, "Only you can see this.");
    /// # Ok::<(), syncord::Error>(())
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

    /// Returns a followup message: [Get Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#get-followup-message).
    pub fn followup_message(
        &self,
        application: ApplicationId,
        token: &str,
        message: MessageId,
    ) -> Result<Message, Error> {
        self.fetch(route::FOLLOWUP_MESSAGE.at(&[&application, &token, &message]))
    }

    /// Edits a followup message: [Edit Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#edit-followup-message).
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

    /// Deletes a followup message: [Delete Followup Message](https://docs.discord.com/developers/interactions/receiving-and-responding#delete-followup-message).
    pub fn delete_followup_message(
        &self,
        application: ApplicationId,
        token: &str,
        message: MessageId,
    ) -> Result<(), Error> {
        self.perform(route::DELETE_FOLLOWUP_MESSAGE.at(&[&application, &token, &message]))
    }
}
