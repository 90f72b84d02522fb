//! Responses to interactions
//! ([callback](https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response)).

use serde_json::{Value, json};

use super::interaction::{Acknowledgement, RejectedResponse};
use crate::sim::types::interaction_type::{
    APPLICATION_COMMAND, AUTOCOMPLETE, MESSAGE_COMPONENT, MODAL_SUBMIT,
};
use crate::sim::types::message_flag::EPHEMERAL;
use crate::sim::types::{command_type, message_type, option_type};
use crate::sim::world::command::check_choice_value;
use crate::sim::world::component;
use crate::sim::world::message::NewMessage;
use crate::sim::world::rejection::{FormErrors, Rejection, form_error, rejection, too_large};
use crate::sim::world::validation;
use crate::sim::world::{Event, RestRequest, RestResponse, World};

/// [Callback types](https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
const MESSAGE: u64 = 4;
const DEFERRED_MESSAGE: u64 = 5;
const DEFERRED_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const MODAL: u64 = 9;
const LAUNCH: u64 = 12;

/// A message that is posted for an interaction.
pub(super) struct ResponseMessage<'a> {
    pub(super) body: &'a Value,
    pub(super) is_ephemeral: bool,
    pub(super) is_loading: bool,
    /// The message that this one is a follow-up to. `None` for the first response.
    pub(super) follows: Option<u64>,
}

/// The types of first responses that Discord accepts for an interaction.
fn allowed_responses(interaction_kind: u64, has_message: bool) -> &'static [u64] {
    match interaction_kind {
        APPLICATION_COMMAND => &[MESSAGE, DEFERRED_MESSAGE, MODAL, LAUNCH],
        MESSAGE_COMPONENT => &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL, LAUNCH],
        AUTOCOMPLETE => &[CHOICES],
        MODAL_SUBMIT if has_message => &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE],
        _ => &[MESSAGE, DEFERRED_MESSAGE],
    }
}

impl World {
    /// Answers `POST /interactions/{id}/{token}/callback`.
    pub(in crate::sim::world) fn callback(
        &mut self,
        request: &RestRequest,
        id: &str,
        token: &str,
    ) -> Result<RestResponse, Rejection> {
        let id = id.parse().unwrap_or(0);
        let interaction = self.interactions.get(&id).filter(|interaction| interaction.token == token);
        let Some(interaction) = interaction else { return Err(unknown_interaction()) };
        let after = request.now.saturating_sub(interaction.sent_at);
        let result = if interaction.acknowledgement.is_some() {
            Err(rejection(400, 40060, "Interaction has already been acknowledged."))
        } else if after > self.interaction_timeout {
            Err(unknown_interaction())
        } else {
            self.acknowledge(request, id)
        };
        let Some(interaction) = self.interactions.get_mut(&id) else { return Err(unknown_interaction()) };
        match result {
            Ok((response, ephemeral)) => {
                let kind = request.body["type"].as_u64().unwrap_or(0);
                interaction.acknowledgement = Some(Acknowledgement { kind, after, ephemeral });
                Ok(response)
            }
            Err(rejection) => {
                let code = rejection.1["code"].as_u64().unwrap_or(0);
                interaction.rejected_responses.push(RejectedResponse { code, after });
                Err(rejection)
            }
        }
    }

    /// Carries out a response. Returns whether only the user sees it.
    fn acknowledge(&mut self, request: &RestRequest, id: u64) -> Result<(RestResponse, bool), Rejection> {
        let kind = request.body["type"].as_u64().unwrap_or(0);
        let data = &request.body["data"];
        let (application, interaction_kind, message) =
            self.interactions.get(&id).map_or((0, 0, None), |one| (one.application, one.kind, one.message));
        let mut errors = FormErrors::default();
        errors.one_of("type", &request.body["type"], allowed_responses(interaction_kind, message.is_some()));
        errors.finish()?;
        let mut events: Vec<Event> = Vec::new();
        let mut response_message = None;
        match kind {
            MESSAGE | DEFERRED_MESSAGE => {
                let is_loading = kind == DEFERRED_MESSAGE;
                let response = ResponseMessage {
                    body: if is_loading { &json!({}) } else { data },
                    is_ephemeral: data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0,
                    is_loading,
                    follows: None,
                };
                let (posted, post_events) = self.post_response(request, id, &response)?;
                events = post_events;
                response_message = Some(posted);
                if let Some(interaction) = self.interactions.get_mut(&id) {
                    interaction.is_deferred = is_loading;
                }
            }
            DEFERRED_UPDATE => response_message = message,
            UPDATE => {
                let message = message.ok_or_else(unknown_interaction)?;
                let edited = self.edit_message(request.now, message, data, &request.files);
                events = edited.map_err(below_data)?;
                response_message = Some(message);
            }
            CHOICES => self.offer_choices(id, data)?,
            MODAL => self.open_modal(id, data)?,
            _ => {}
        }
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.original = response_message;
        }
        let is_ephemeral = response_message
            .and_then(|id| self.messages.get(&id))
            .is_some_and(|message| message.ephemeral_for.is_some());
        if !request.flag("with_response") {
            return Ok((RestResponse::no_content(events), is_ephemeral));
        }
        let mut interaction = json!({"id": id.to_string(), "type": interaction_kind});
        let mut resource = json!({"type": kind});
        if let Some(message) = response_message {
            interaction["response_message_id"] = json!(message.to_string());
            interaction["response_message_loading"] = json!(kind == DEFERRED_MESSAGE);
            interaction["response_message_ephemeral"] = json!(is_ephemeral);
            if kind != DEFERRED_UPDATE {
                resource["message"] = self.message_for(application, message).unwrap_or_default();
            }
        }
        let body = json!({"interaction": interaction, "resource": resource});
        Ok((RestResponse::new(200, body, events), is_ephemeral))
    }

    /// Posts a message as the response to an interaction, or as a follow-up.
    pub(super) fn post_response(
        &mut self,
        request: &RestRequest,
        id: u64,
        message: &ResponseMessage<'_>,
    ) -> Result<(u64, Vec<Event>), Rejection> {
        let Some(interaction) = self.interactions.get(&id) else { return Err(unknown_interaction()) };
        let limit = self.attachment_limit(interaction.channel);
        if request.files.iter().any(|file| file.content.len() as u64 > limit) {
            return Err(too_large());
        }
        let (application, user, channel) = (interaction.application, interaction.user, interaction.channel);
        let message_type = match (interaction.kind, interaction.payload["data"]["type"].as_u64()) {
            (APPLICATION_COMMAND, Some(command_type::USER | command_type::MESSAGE)) => {
                message_type::CONTEXT_MENU_COMMAND
            }
            (APPLICATION_COMMAND, _) => message_type::CHAT_INPUT_COMMAND,
            _ => message_type::DEFAULT,
        };
        let mut metadata = self.metadata(id);
        let mut fixed = json!({
            "webhook_id": application.to_string(),
            "application_id": application.to_string(),
            "type": message_type,
        });
        if let (APPLICATION_COMMAND, None) = (interaction.kind, message.follows) {
            fixed["interaction"] = json!({"id": id.to_string(), "type": APPLICATION_COMMAND, "name": interaction.name, "user": metadata["user"]});
        }
        if let Some(original) = message.follows {
            metadata["original_response_message_id"] = json!(original.to_string());
            fixed["type"] = json!(message_type::REPLY);
        }
        fixed["interaction_metadata"] = metadata;
        let mut body = message.body.clone();
        // By default, responses to interactions mention only users.
        if body["allowed_mentions"].is_null() {
            body["allowed_mentions"] = json!({"parse": ["users"]});
        }
        let new = NewMessage {
            id: None,
            author: application,
            channel,
            body: &body,
            files: &request.files,
            fixed,
            ephemeral_for: message.is_ephemeral.then_some(user),
            is_loading: message.is_loading,
        };
        let posted = self.add_message(request.now, &new);
        if message.follows.is_none() { posted.map_err(below_data) } else { posted }
    }

    fn offer_choices(&mut self, id: u64, data: &Value) -> Result<(), Rejection> {
        let Some(interaction) = self.interactions.get_mut(&id) else { return Ok(()) };
        let kind = focused_type(&interaction.payload["data"]["options"]).unwrap_or(option_type::STRING);
        let mut errors = FormErrors::default();
        for (index, choice) in errors.list("data.choices", &data["choices"], 25).iter().enumerate() {
            let field = |name: &str| format!("data.choices.{index}.{name}");
            errors.text(&field("name"), &choice["name"], 1, 100);
            check_choice_value(&mut errors, &field("value"), &choice["value"], kind);
        }
        errors.finish()?;
        interaction.choices = Some(data["choices"].clone());
        Ok(())
    }

    fn open_modal(&mut self, id: u64, data: &Value) -> Result<(), Rejection> {
        if !data.is_object() {
            return Err(form_error("data", "BASE_TYPE_REQUIRED", "This field is required"));
        }
        let mut errors = FormErrors::default();
        validation::check_modal(&mut errors, data);
        errors.finish()?;
        let mut modal = data.clone();
        component::assign_ids(&mut modal["components"]);
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.modal = Some(modal);
            self.modals.entry(interaction.user).or_default().push(id);
        }
        Ok(())
    }
}

/// The type of the option that the user is typing.
fn focused_type(options: &Value) -> Option<u64> {
    options.as_array().into_iter().flatten().find_map(|option| match option["focused"] == true {
        true => option["type"].as_u64(),
        false => focused_type(&option["options"]),
    })
}

fn unknown_interaction() -> Rejection {
    rejection(404, 10062, "Unknown interaction")
}

/// Moves the errors of a message below `data`, where a callback has the message.
fn below_data((status, mut body): Rejection) -> Rejection {
    if body["errors"].is_object() {
        body["errors"] = json!({"data": body["errors"]});
    }
    (status, body)
}
