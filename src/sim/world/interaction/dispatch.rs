//! Sends interactions to the bot, and returns what is known of them.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::interaction::{Acknowledgement, Interaction, RejectedResponse};
use crate::id::{InteractionId, UserId};
use crate::sim::types::interaction_type::MESSAGE_COMPONENT;
use crate::sim::world::access::{ATTACH_FILES, EMBED_LINKS, MENTION_EVERYONE, USE_EXTERNAL_EMOJIS};
use crate::sim::world::objects;
use crate::sim::world::rest_response::Event;
use crate::sim::world::world::World;

/// An interaction that is about to be sent.
pub(super) struct NewInteraction {
    pub(super) application: u64,
    pub(super) kind: u64,
    pub(super) name: String,
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) data: Value,
    pub(super) message: Option<u64>,
    pub(super) triggered_by: Option<u64>,
}

impl NewInteraction {
    /// The use of a command, or its autocomplete. `path` has the names of the command, the group and the subcommand.
    pub(super) fn of_command(
        kind: u64,
        application: u64,
        user: u64,
        channel: u64,
        path: &[&str],
        data: Value,
    ) -> NewInteraction {
        let name = path.join(" ");
        NewInteraction { application, kind, name, user, channel, data, message: None, triggered_by: None }
    }
}

impl World {
    /// The IDs of all interactions, oldest first.
    pub fn interaction_ids(&self) -> Vec<InteractionId> {
        self.interactions.keys().copied().map(InteractionId::new).collect()
    }

    /// An interaction as it was dispatched.
    pub fn interaction(&self, id: InteractionId) -> Option<Value> {
        self.interactions.get(&id.get()).map(|interaction| interaction.payload.clone())
    }

    /// The full name of the command, or the custom ID.
    pub fn interaction_name(&self, id: InteractionId) -> Option<String> {
        self.interactions.get(&id.get()).map(|interaction| interaction.name.clone())
    }

    /// How the bot acknowledged an interaction. `None` if it has not.
    pub fn acknowledgement(&self, id: InteractionId) -> Option<Acknowledgement> {
        self.interactions.get(&id.get())?.acknowledgement
    }

    /// The responses to an interaction that were rejected.
    pub fn rejected_responses(&self, id: InteractionId) -> Vec<RejectedResponse> {
        self.interactions
            .get(&id.get())
            .map(|interaction| interaction.rejected_responses.clone())
            .unwrap_or_default()
    }

    /// The message that the bot responded with. `None` if there is none, or if it is deferred.
    pub fn reply(&self, id: InteractionId) -> Option<Value> {
        let interaction = self.interactions.get(&id.get())?;
        self.message_for(interaction.application, interaction.original.filter(|_| !interaction.is_deferred)?)
    }

    /// The follow-up messages that still exist.
    pub fn followups(&self, id: InteractionId) -> Vec<Value> {
        let Some(interaction) = self.interactions.get(&id.get()) else { return Vec::new() };
        let followups = interaction.followups.iter();
        followups.filter_map(|id| self.message_for(interaction.application, *id)).collect()
    }

    /// The modal that the bot responded with.
    pub fn modal(&self, id: InteractionId) -> Option<Value> {
        self.interactions.get(&id.get())?.modal.clone()
    }

    /// The modal with this index of those that opened for a user, and the interaction that it is the response to.
    pub fn modal_of_user(&self, user: UserId, index: usize) -> Option<(InteractionId, Value)> {
        let interaction = InteractionId::new(*self.modals.get(&user.get())?.get(index)?);
        Some((interaction, self.modal(interaction)?))
    }

    /// The choices that the bot offered.
    pub fn choices(&self, id: InteractionId) -> Option<Value> {
        self.interactions.get(&id.get())?.choices.clone()
    }

    /// Sends an interaction to the bot.
    pub(super) fn send(&mut self, now: Duration, new: NewInteraction) -> (InteractionId, Vec<Event>) {
        let id = self.next_id(now);
        let token = URL_SAFE_NO_PAD.encode(format!("interaction:{id}:{:032x}", u128::from(id).pow(2)));
        let payload = self.payload(id, &token, &new);
        let interaction = Interaction {
            token,
            application: new.application,
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
            #[cfg(feature = "http-interactions")]
            delivery_error: None,
        };
        self.interactions.insert(id, interaction);
        (InteractionId::new(id), vec![("INTERACTION_CREATE", payload)])
    }

    /// The entitlements of the user and the guild.
    fn entitlements_of(&self, new: &NewInteraction) -> Vec<Value> {
        let guild = self.guild_of(new.channel);
        let is_own = |entitlement: &&Value| {
            objects::is_id(&entitlement["user_id"], new.user)
                || guild.is_some_and(|guild| objects::is_id(&entitlement["guild_id"], guild))
        };
        self.list(new.application, "entitlements").iter().filter(is_own).cloned().collect()
    }

    fn payload(&self, id: u64, token: &str, new: &NewInteraction) -> Value {
        let mut payload = json!({
            "id": id.to_string(),
            "application_id": new.application.to_string(),
            "type": new.kind,
            "token": token,
            "version": 1,
            "data": new.data,
            "channel_id": new.channel.to_string(),
            "app_permissions": self.app_permissions(new.channel, new.application).to_string(),
            "locale": self.locale_of(new.user),
            "entitlements": self.entitlements_of(new),
            "attachment_size_limit": self.attachment_limit(new.channel),
        });
        let mut channel = self.channel_body(new.channel);
        if let Some(guild) = self.guild_of(new.channel) {
            let permissions = self.channel_permissions(new.channel, new.user).to_string();
            if let Some(fields) = channel.as_object_mut() {
                fields.remove("permission_overwrites");
                fields.insert("permissions".into(), json!(permissions));
            }
            let mut member = self.member_body(guild, new.user);
            member["permissions"] = json!(permissions);
            let features = self.guild_body(guild)["features"].clone();
            let guild = guild.to_string();
            payload["guild"] = json!({"id": guild, "locale": "en-US", "features": features});
            payload["guild_id"] = json!(guild);
            payload["guild_locale"] = json!("en-US");
            payload["member"] = member;
            payload["context"] = json!(0);
        } else {
            if let Some(resolved) = payload["data"].get_mut("resolved").and_then(Value::as_object_mut) {
                resolved.remove("members");
            }
            channel["recipients"] = json!([self.user_body(new.application)]);
            payload["user"] = self.user_body(new.user);
            payload["context"] = json!(1);
        }
        payload["channel"] = channel;
        payload["authorizing_integration_owners"] = self.integration_owners(new);
        if let Some(message) = new.message.and_then(|id| self.message_for(new.application, id)) {
            payload["message"] = message;
        }
        payload
    }

    /// Who has installed the application: the guild (zero for direct messages with the bot), and the user.
    fn integration_owners(&self, new: &NewInteraction) -> Value {
        let mut owners = json!({});
        if self.is_in_channel(new.application, new.channel) {
            owners["0"] = json!(self.guild_of(new.channel).unwrap_or(0).to_string());
        }
        let application = self.applications.get(&new.application);
        if application.is_some_and(|application| application.users.contains(&new.user)) {
            owners["1"] = json!(new.user.to_string());
        }
        owners
    }

    /// The permissions of an application in a channel. One that only a user has installed has a few.
    pub(super) fn app_permissions(&self, channel: u64, application: u64) -> u64 {
        if self.is_in_channel(application, channel) {
            return self.channel_permissions(channel, application);
        }
        EMBED_LINKS | ATTACH_FILES | MENTION_EVERYONE | USE_EXTERNAL_EMOJIS
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
        if let (MESSAGE_COMPONENT, Some(message)) = (interaction.kind, interaction.message) {
            metadata["interacted_message_id"] = json!(message.to_string());
        }
        if let Some(before) = interaction.triggered_by {
            metadata["triggering_interaction_metadata"] = self.metadata(before);
        }
        metadata
    }
}
