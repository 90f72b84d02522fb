//! Sends interactions to the bot, and returns what is known of them.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::interaction::{Acknowledgement, COMPONENT, Interaction, MAX_ATTACHMENT_SIZE, RejectedResponse};
use crate::sim::world::objects;
use crate::sim::world::rest_response::Event;
use crate::sim::world::world::World;

/// An interaction that is about to be sent.
pub(super) struct NewInteraction {
    pub(super) kind: u64,
    pub(super) name: String,
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) data: Value,
    pub(super) message: Option<u64>,
    pub(super) triggered_by: Option<u64>,
}

impl World {
    /// The IDs of all interactions, oldest first.
    pub fn interaction_ids(&self) -> Vec<u64> {
        self.interactions.keys().copied().collect()
    }

    /// An interaction as it was dispatched.
    pub fn interaction(&self, id: u64) -> Option<Value> {
        self.interactions.get(&id).map(|interaction| interaction.payload.clone())
    }

    /// The full name of the command, or the custom ID.
    pub fn interaction_name(&self, id: u64) -> Option<String> {
        self.interactions.get(&id).map(|interaction| interaction.name.clone())
    }

    /// How the bot acknowledged an interaction. `None` if it has not.
    pub fn acknowledgement(&self, id: u64) -> Option<Acknowledgement> {
        self.interactions.get(&id)?.acknowledgement
    }

    /// The responses to an interaction that were rejected.
    pub fn rejected_responses(&self, id: u64) -> Vec<RejectedResponse> {
        self.interactions
            .get(&id)
            .map(|interaction| interaction.rejected_responses.clone())
            .unwrap_or_default()
    }

    /// The message that the bot responded with. `None` if there is none, or if it is deferred.
    pub fn reply(&self, id: u64) -> Option<Value> {
        let interaction = self.interactions.get(&id)?;
        self.message(interaction.original.filter(|_| !interaction.is_deferred)?)
    }

    /// The follow-up messages that still exist.
    pub fn followups(&self, id: u64) -> Vec<Value> {
        let ids = self.interactions.get(&id).map(|interaction| interaction.followups.as_slice());
        ids.unwrap_or_default().iter().filter_map(|id| self.message(*id)).collect()
    }

    /// The modal that the bot responded with.
    pub fn modal(&self, id: u64) -> Option<Value> {
        self.interactions.get(&id)?.modal.clone()
    }

    /// The modal with this index of those that opened for a user, and the interaction that it is the response to.
    pub fn modal_of_user(&self, user: u64, index: usize) -> Option<(u64, Value)> {
        let interaction = *self.modals.get(&user)?.get(index)?;
        Some((interaction, self.modal(interaction)?))
    }

    /// The choices that the bot offered.
    pub fn choices(&self, id: u64) -> Option<Value> {
        self.interactions.get(&id)?.choices.clone()
    }

    /// Sends an interaction to the bot.
    pub(super) fn send(&mut self, now: Duration, new: NewInteraction) -> (u64, Vec<Event>) {
        let id = self.next_id(now);
        let token = URL_SAFE_NO_PAD.encode(format!("interaction:{id}:{:032x}", u128::from(id).pow(2)));
        let payload = self.payload(id, &token, &new);
        let interaction = Interaction {
            token,
            kind: new.kind,
            name: new.name,
            user: new.user,
            channel: new.channel,
            sent_at: now,
            payload: payload.clone(),
            message: new.message,
            triggered_by: new.triggered_by,
            acknowledgement: None,
            rejected_responses: Vec::new(),
            original: None,
            is_deferred: false,
            followups: Vec::new(),
            modal: None,
            choices: None,
        };
        self.interactions.insert(id, interaction);
        (id, vec![("INTERACTION_CREATE", payload)])
    }

    fn payload(&self, id: u64, token: &str, new: &NewInteraction) -> Value {
        let mut payload = json!({
            "id": id.to_string(),
            "application_id": self.bot.to_string(),
            "type": new.kind,
            "token": token,
            "version": 1,
            "data": new.data,
            "channel_id": new.channel.to_string(),
            "app_permissions": self.permissions(self.bot, Some(new.channel)).to_string(),
            "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": MAX_ATTACHMENT_SIZE,
        });
        let mut channel = self.channel_body(new.channel);
        if self.is_in_guild(new.channel) {
            let permissions = self.permissions(new.user, Some(new.channel)).to_string();
            if let Some(fields) = channel.as_object_mut() {
                fields.remove("permission_overwrites");
                fields.insert("permissions".into(), json!(permissions));
            }
            let mut member = self.member_body(new.user);
            member["permissions"] = json!(permissions);
            let guild = self.guild.to_string();
            payload["guild"] =
                json!({"id": guild, "locale": "en-US", "features": self.guild_body()["features"]});
            payload["guild_id"] = json!(guild);
            payload["guild_locale"] = json!("en-US");
            payload["member"] = member;
            payload["authorizing_integration_owners"] = json!({"0": guild});
            payload["context"] = json!(0);
        } else {
            if let Some(resolved) = payload["data"].get_mut("resolved").and_then(Value::as_object_mut) {
                resolved.remove("members");
            }
            channel["recipients"] = json!([self.user_body(self.bot)]);
            payload["user"] = self.user_body(new.user);
            payload["authorizing_integration_owners"] = json!({"0": "0"});
            payload["context"] = json!(1);
        }
        payload["channel"] = channel;
        if let Some(message) = new.message.and_then(|id| self.message(id)) {
            payload["message"] = message;
        }
        payload
    }

    /// What a message contains about the interaction that it is the response to.
    pub(super) fn metadata(&self, id: u64) -> Value {
        let Some(interaction) = self.interactions.get(&id) else { return Value::Null };
        let mut metadata = json!({
            "id": id.to_string(),
            "type": interaction.kind,
            "user": self.user_body(interaction.user),
            "authorizing_integration_owners": interaction.payload["authorizing_integration_owners"],
        });
        let data = &interaction.payload["data"];
        if let Some(target) = objects::id(&data["target_id"]) {
            match self.users.contains_key(&target) {
                true => metadata["target_user"] = self.user_body(target),
                false => metadata["target_message_id"] = json!(target.to_string()),
            }
        }
        if let (COMPONENT, Some(message)) = (interaction.kind, interaction.message) {
            metadata["interacted_message_id"] = json!(message.to_string());
        }
        if let Some(before) = interaction.triggered_by {
            metadata["triggering_interaction_metadata"] = self.metadata(before);
        }
        metadata
    }
}
