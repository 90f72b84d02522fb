//! What people do with a bot beyond talking: commands, buttons, selects, modals
//! ([page](https://docs.discord.com/developers/interactions/receiving-and-responding)).

mod answer;
mod hook;
mod line;
mod person;
mod resolve;

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{Event, World, shapes};

/// The kinds of interactions.
pub(super) const COMMAND: u64 = 2;
pub(super) const COMPONENT: u64 = 3;
pub(super) const AUTOCOMPLETE: u64 = 4;
pub(super) const MODAL_SUBMIT: u64 = 5;

/// How many bytes a file that comes with an answer may have.
const ATTACHMENT_SIZE: u64 = 10 << 20;

/// Something that a person did, and what became of it.
pub(super) struct Interaction {
    token: String,
    kind: u64,
    /// The command's full name, or the custom id.
    name: String,
    user: u64,
    channel: u64,
    sent: Duration,
    /// As it was dispatched.
    payload: Value,
    /// The message that a component or a modal belongs to.
    on: Option<u64>,
    /// The interaction that a modal was the answer to.
    before: Option<u64>,
    acknowledged: Option<Acknowledgement>,
    /// What answers to it were refused with.
    refused: Vec<RejectedResponse>,
    /// The message that `@original` names.
    original: Option<u64>,
    /// A deferred answer that is yet to come.
    deferred: bool,
    followups: Vec<u64>,
    modal: Option<Value>,
    choices: Option<Value>,
}

/// How an interaction was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The [kind](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type)
    /// of the answer.
    pub kind: u64,
    /// How long after the interaction was sent.
    pub after: Duration,
    /// Whether only the person sees it.
    pub ephemeral: bool,
}

/// An answer that was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RejectedResponse {
    /// Discord's error code.
    pub code: u64,
    /// How long after the interaction was sent.
    pub after: Duration,
}

/// What somebody is about to do.
struct Deed {
    kind: u64,
    name: String,
    user: u64,
    channel: u64,
    data: Value,
    on: Option<u64>,
    before: Option<u64>,
}

impl World {
    /// The ids of all interactions, in order.
    pub fn interactions(&self) -> Vec<u64> {
        self.interactions.keys().copied().collect()
    }

    /// An interaction as it was dispatched.
    pub fn interaction(&self, id: u64) -> Option<Value> {
        self.interactions.get(&id).map(|interaction| interaction.payload.clone())
    }

    /// The full name of the command used, or the custom id.
    pub fn interaction_name(&self, id: u64) -> Option<String> {
        self.interactions.get(&id).map(|interaction| interaction.name.clone())
    }

    /// How an interaction was answered, if it was.
    pub fn acknowledgement(&self, id: u64) -> Option<Acknowledgement> {
        self.interactions.get(&id)?.acknowledged
    }

    /// The answers to an interaction that were refused.
    pub fn rejected_responses(&self, id: u64) -> Vec<RejectedResponse> {
        self.interactions.get(&id).map(|interaction| interaction.refused.clone()).unwrap_or_default()
    }

    /// The message that answers an interaction, once there is something to see in it.
    pub fn current_reply(&self, id: u64) -> Option<Value> {
        let interaction = self.interactions.get(&id)?;
        let message = self.message(interaction.original.filter(|_| !interaction.deferred)?)?;
        Some(message)
    }

    /// The messages that followed the answer, and are still there.
    pub fn followups(&self, id: u64) -> Vec<Value> {
        let ids = self.interactions.get(&id).map(|interaction| interaction.followups.as_slice());
        ids.unwrap_or_default().iter().filter_map(|id| self.message(*id)).collect()
    }

    /// The modal that an interaction was answered with.
    pub fn modal(&self, id: u64) -> Option<Value> {
        self.interactions.get(&id)?.modal.clone()
    }

    /// The modal of this place in the order in which they opened for a person, and the interaction that it answers.
    pub fn opened(&self, user: u64, place: usize) -> Option<(u64, Value)> {
        let interaction = *self.opened.get(&user)?.get(place)?;
        Some((interaction, self.modal(interaction)?))
    }

    /// What was suggested for an option.
    pub fn choices(&self, id: u64) -> Option<Value> {
        self.interactions.get(&id)?.choices.clone()
    }

    /// Sends an interaction to the bot.
    fn send(&mut self, now: Duration, deed: Deed) -> (u64, Vec<Event>) {
        let id = self.next_id(now);
        let token = URL_SAFE_NO_PAD.encode(format!("interaction:{id}:{:032x}", u128::from(id).pow(2)));
        let payload = self.payload(id, &token, &deed);
        let interaction = Interaction {
            token,
            kind: deed.kind,
            name: deed.name,
            user: deed.user,
            channel: deed.channel,
            sent: now,
            payload: payload.clone(),
            on: deed.on,
            before: deed.before,
            acknowledged: None,
            refused: Vec::new(),
            original: None,
            deferred: false,
            followups: Vec::new(),
            modal: None,
            choices: None,
        };
        self.interactions.insert(id, interaction);
        (id, vec![("INTERACTION_CREATE", payload)])
    }

    fn payload(&self, id: u64, token: &str, deed: &Deed) -> Value {
        let mut payload = json!({
            "id": id.to_string(),
            "application_id": self.bot.to_string(),
            "type": deed.kind,
            "token": token,
            "version": 1,
            "data": deed.data,
            "channel_id": deed.channel.to_string(),
            "app_permissions": self.permissions(self.bot, Some(deed.channel)).to_string(),
            "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": ATTACHMENT_SIZE,
        });
        let mut channel = self.channel_body(deed.channel);
        if self.in_guild(deed.channel) {
            let permissions = self.permissions(deed.user, Some(deed.channel)).to_string();
            if let Some(fields) = channel.as_object_mut() {
                fields.remove("permission_overwrites");
                fields.insert("permissions".into(), json!(permissions));
            }
            let mut member = self.member_body(deed.user);
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
            payload["user"] = self.user_body(deed.user);
            payload["authorizing_integration_owners"] = json!({"0": "0"});
            payload["context"] = json!(1);
        }
        payload["channel"] = channel;
        if let Some(message) = deed.on.and_then(|on| self.message(on)) {
            payload["message"] = message;
        }
        payload
    }

    /// What a message tells of the interaction that it answers.
    fn metadata(&self, id: u64) -> Value {
        let Some(interaction) = self.interactions.get(&id) else { return Value::Null };
        let mut metadata = json!({
            "id": id.to_string(),
            "type": interaction.kind,
            "user": self.user_body(interaction.user),
            "authorizing_integration_owners": interaction.payload["authorizing_integration_owners"],
        });
        let data = &interaction.payload["data"];
        if let Some(target) = shapes::id(&data["target_id"]) {
            match self.users.contains_key(&target) {
                true => metadata["target_user"] = self.user_body(target),
                false => metadata["target_message_id"] = json!(target.to_string()),
            }
        }
        if let (COMPONENT, Some(on)) = (interaction.kind, interaction.on) {
            metadata["interacted_message_id"] = json!(on.to_string());
        }
        if let Some(before) = interaction.before {
            metadata["triggering_interaction_metadata"] = self.metadata(before);
        }
        metadata
    }
}
