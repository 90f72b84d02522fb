//! What a bot does with an interaction's token after it answered
//! ([follow-ups](https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages)).

use std::time::Duration;

use serde_json::json;

use crate::sim::world::form::{Rejection, not_found, rejection};
use crate::sim::world::message::unknown_message;
use crate::sim::world::post::EPHEMERAL;
use crate::sim::world::{Answer, Call, World};

/// How long a token can be used.
const TOKEN_LIVES: Duration = Duration::from_secs(15 * 60);

impl World {
    /// The interaction of a token, if it is one.
    pub(in crate::sim::world) fn interaction_of(&self, token: &str) -> Option<u64> {
        self.interactions.iter().find(|(_, one)| one.token == token).map(|(id, _)| *id)
    }

    /// Answers the routes below `/webhooks/{application}/{interaction token}`.
    pub(in crate::sim::world) fn interaction_hook(
        &mut self,
        call: &Call,
        id: u64,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        let known = self.interactions.get(&id).filter(|interaction| interaction.acknowledged.is_some());
        let Some(interaction) = known else { return Err(rejection(404, 10015, "Unknown Webhook")) };
        if call.now.saturating_sub(interaction.sent) > TOKEN_LIVES {
            return Err(rejection(401, 50027, "Invalid Webhook Token"));
        }
        let method = call.method.as_str();
        let named = match rest {
            [] if method == "POST" => return self.follow_up(call, id),
            ["messages", "@original"] => interaction.original.ok_or_else(unknown_message)?,
            ["messages", message] => {
                let message = message.parse().unwrap_or(0);
                let mut own = interaction.followups.iter().copied().chain(interaction.original);
                own.find(|own| *own == message).ok_or_else(unknown_message)?
            }
            _ => return Err(not_found()),
        };
        let is_original = interaction.original == Some(named);
        match method {
            "GET" => self.message(named).map(Answer::ok).ok_or_else(unknown_message),
            "PATCH" => {
                let events = self.edit_message(call.now, named, &call.body, &call.files)?;
                if is_original {
                    self.no_longer_deferred(id);
                }
                Ok(Answer::new(200, self.message(named).unwrap_or_default(), events))
            }
            "DELETE" => {
                if !self.messages.contains_key(&named) {
                    return Err(unknown_message());
                }
                let events = self.delete_message(named);
                if is_original {
                    self.no_longer_deferred(id);
                }
                Ok(Answer::done(events))
            }
            _ => Err(not_found()),
        }
    }

    fn follow_up(&mut self, call: &Call, id: u64) -> Result<Answer, Rejection> {
        let Some(interaction) = self.interactions.get(&id) else { return Err(not_found()) };
        // The first message after a deferral takes its place, and is seen by whom the deferral was seen.
        if let (true, Some(original)) = (interaction.deferred, interaction.original) {
            let mut body = call.body.clone();
            body["flags"] = json!(body["flags"].as_u64().unwrap_or(0));
            let events = self.edit_message(call.now, original, &body, &call.files)?;
            self.no_longer_deferred(id);
            return Ok(Answer::new(200, self.message(original).unwrap_or_default(), events));
        }
        let behind = interaction.original.unwrap_or(id);
        let ephemeral = call.body["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
        let (message, events) = self.answer_with(call, id, &call.body, ephemeral, false, Some(behind))?;
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.followups.push(message);
        }
        Ok(Answer::new(200, self.message(message).unwrap_or_default(), events))
    }

    fn no_longer_deferred(&mut self, id: u64) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.deferred = false;
        }
    }
}
