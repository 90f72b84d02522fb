//! What a bot does with an interaction's token after its response
//! ([follow-ups](https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages)).

use std::time::Duration;

use serde_json::json;

use super::response::ResponseMessage;
use crate::sim::types::message_flag::EPHEMERAL;
use crate::sim::world::rejection::{
    Rejection, invalid_webhook_token, not_found, unknown_message, unknown_webhook,
};
use crate::sim::world::{RestRequest, RestResponse, World};

/// How long a token is valid.
const TOKEN_LIFETIME: Duration = Duration::from_secs(15 * 60);

impl World {
    /// The interaction of a token.
    pub(in crate::sim::world) fn interaction_of_token(&self, token: &str) -> Option<u64> {
        self.interactions.iter().find(|(_, interaction)| interaction.token == token).map(|(id, _)| *id)
    }

    /// Answers the routes below `/webhooks/{application}/{interaction token}`.
    pub(in crate::sim::world) fn interaction_webhook(
        &mut self,
        request: &RestRequest,
        id: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let interaction =
            self.interactions.get(&id).filter(|interaction| interaction.acknowledgement.is_some());
        let Some(interaction) = interaction else { return Err(unknown_webhook()) };
        if request.now.saturating_sub(interaction.sent_at) > TOKEN_LIFETIME {
            return Err(invalid_webhook_token());
        }
        let method = request.method.as_str();
        let message = match rest {
            [] if method == "POST" => return self.follow_up(request, id),
            ["messages", "@original"] => interaction.original.ok_or_else(unknown_message)?,
            ["messages", message] => {
                let message = message.parse().unwrap_or(0);
                let mut own = interaction.followups.iter().copied().chain(interaction.original);
                own.find(|own| *own == message).ok_or_else(unknown_message)?
            }
            _ => return Err(not_found()),
        };
        let is_original = interaction.original == Some(message);
        match method {
            "GET" => {
                self.message_for(request.actor(), message).map(RestResponse::ok).ok_or_else(unknown_message)
            }
            "PATCH" => {
                let events = self.edit_message(request.now, message, &request.body, &request.files)?;
                if is_original {
                    self.end_deferral(id);
                }
                Ok(RestResponse::new(
                    200,
                    self.message_for(request.actor(), message).unwrap_or_default(),
                    events,
                ))
            }
            "DELETE" => {
                if !self.messages.contains_key(&message) {
                    return Err(unknown_message());
                }
                let events = self.delete_message(message);
                if is_original {
                    self.end_deferral(id);
                }
                Ok(RestResponse::no_content(events))
            }
            _ => Err(not_found()),
        }
    }

    fn follow_up(&mut self, request: &RestRequest, id: u64) -> Result<RestResponse, Rejection> {
        let Some(interaction) = self.interactions.get(&id) else { return Err(not_found()) };
        // The first follow-up to a deferred response replaces it, and is ephemeral if the deferred response was.
        if let (true, Some(original)) = (interaction.is_deferred, interaction.original) {
            let mut body = request.body.clone();
            body["flags"] = json!(body["flags"].as_u64().unwrap_or(0));
            let events = self.edit_message(request.now, original, &body, &request.files)?;
            self.end_deferral(id);
            return Ok(RestResponse::new(
                200,
                self.message_for(request.actor(), original).unwrap_or_default(),
                events,
            ));
        }
        let message = ResponseMessage {
            body: &request.body,
            is_ephemeral: request.body["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0,
            is_loading: false,
            follows: Some(interaction.original.unwrap_or(id)),
        };
        let (message, events) = self.post_response(request, id, &message)?;
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.followups.push(message);
        }
        Ok(RestResponse::new(200, self.message_for(request.actor(), message).unwrap_or_default(), events))
    }

    fn end_deferral(&mut self, id: u64) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.is_deferred = false;
        }
    }
}
