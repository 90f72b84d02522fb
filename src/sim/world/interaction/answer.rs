//! How a bot answers an interaction
//! ([callback](https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response)).

use serde_json::{Value, json};

use super::{
    ATTACHMENT_SIZE, AUTOCOMPLETE, Acknowledgement, COMMAND, COMPONENT, MODAL_SUBMIT, RejectedResponse,
};
use crate::sim::world::command::choice_value;
use crate::sim::world::form::{Form, Rejection, form_error, rejection};
use crate::sim::world::message::Draft;
use crate::sim::world::post::EPHEMERAL;
use crate::sim::world::{Answer, Call, Event, World, component};

const MESSAGE: u64 = 4;
const DEFERRED_MESSAGE: u64 = 5;
const DEFERRED_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const MODAL: u64 = 9;
const LAUNCH: u64 = 12;

impl World {
    /// Answers `POST /interactions/{id}/{token}/callback`.
    pub(in crate::sim::world) fn callback(
        &mut self,
        call: &Call,
        id: &str,
        token: &str,
    ) -> Result<Answer, Rejection> {
        let id = id.parse().unwrap_or(0);
        let known = self.interactions.get(&id).filter(|interaction| interaction.token == token);
        let Some(interaction) = known else { return Err(unknown()) };
        let after = call.now.saturating_sub(interaction.sent);
        let late = interaction.acknowledged.is_none() && after > self.interaction_timeout;
        let answered = if late {
            Err(unknown())
        } else if interaction.acknowledged.is_some() {
            Err(rejection(400, 40060, "Interaction has already been acknowledged."))
        } else {
            self.acknowledge(call, id)
        };
        let Some(interaction) = self.interactions.get_mut(&id) else { return Err(unknown()) };
        match answered {
            Ok((answer, ephemeral)) => {
                let kind = call.body["type"].as_u64().unwrap_or(0);
                interaction.acknowledged = Some(Acknowledgement { kind, after, ephemeral });
                Ok(answer)
            }
            Err(refused) => {
                let code = refused.1["code"].as_u64().unwrap_or(0);
                interaction.refused.push(RejectedResponse { code, after });
                Err(refused)
            }
        }
    }

    /// Does what the answer says; says whether only the person sees it.
    fn acknowledge(&mut self, call: &Call, id: u64) -> Result<(Answer, bool), Rejection> {
        let kind = call.body["type"].as_u64().unwrap_or(0);
        let data = &call.body["data"];
        let (of, on) = self.interactions.get(&id).map_or((0, None), |one| (one.kind, one.on));
        let fitting: &[u64] = match of {
            COMMAND => &[MESSAGE, DEFERRED_MESSAGE, MODAL, LAUNCH],
            COMPONENT => &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL, LAUNCH],
            AUTOCOMPLETE => &[CHOICES],
            MODAL_SUBMIT if on.is_some() => &[MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE],
            _ => &[MESSAGE, DEFERRED_MESSAGE],
        };
        let mut form = Form::default();
        form.one_of("type", &call.body["type"], fitting);
        form.done()?;
        let ephemeral = data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
        let mut events: Vec<Event> = Vec::new();
        let mut message = None;
        match kind {
            MESSAGE | DEFERRED_MESSAGE => {
                let loading = kind == DEFERRED_MESSAGE;
                let nothing = json!({});
                let body = if loading { &nothing } else { data };
                let (posted, happened) = self.answer_with(call, id, body, ephemeral, loading, None)?;
                events = happened;
                message = Some(posted);
                if let Some(interaction) = self.interactions.get_mut(&id) {
                    interaction.deferred = loading;
                }
            }
            DEFERRED_UPDATE => message = on,
            UPDATE => {
                let on = on.ok_or_else(unknown)?;
                events = self.edit_message(call.now, on, data, &call.files).map_err(within_data)?;
                message = Some(on);
            }
            CHOICES => self.suggest(id, data)?,
            MODAL => {
                let mut form = form_of(data)?;
                component::check_modal(&mut form, data);
                form.done()?;
                let mut modal = data.clone();
                component::number(&mut modal["components"]);
                if let Some(interaction) = self.interactions.get_mut(&id) {
                    interaction.modal = Some(modal);
                    self.opened.entry(interaction.user).or_default().push(id);
                }
            }
            _ => {}
        }
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.original = message;
        }
        let sees_only_one =
            message.and_then(|id| self.messages.get(&id)).is_some_and(|one| one.only_for.is_some());
        if !call.asks("with_response") {
            return Ok((Answer::done(events), sees_only_one));
        }
        let mut about = json!({"id": id.to_string(), "type": of});
        let mut resource = json!({"type": kind});
        if let Some(message) = message {
            about["response_message_id"] = json!(message.to_string());
            about["response_message_loading"] = json!(kind == DEFERRED_MESSAGE);
            about["response_message_ephemeral"] = json!(sees_only_one);
            if kind != DEFERRED_UPDATE {
                resource["message"] = self.message(message).unwrap_or_default();
            }
        }
        let body = json!({"interaction": about, "resource": resource});
        Ok((Answer::new(200, body, events), sees_only_one))
    }

    /// Posts a message as an answer to an interaction, or behind the answer.
    pub(super) fn answer_with(
        &mut self,
        call: &Call,
        id: u64,
        body: &Value,
        ephemeral: bool,
        loading: bool,
        behind: Option<u64>,
    ) -> Result<(u64, Vec<Event>), Rejection> {
        let Some(interaction) = self.interactions.get(&id) else { return Err(unknown()) };
        if call.files.iter().any(|file| file.content.len() as u64 > ATTACHMENT_SIZE) {
            return Err(rejection(413, 40005, "Request entity too large"));
        }
        let (user, channel) = (interaction.user, interaction.channel);
        let kind = match (interaction.kind, interaction.payload["data"]["type"].as_u64()) {
            (COMMAND, Some(2 | 3)) => 23,
            (COMMAND, _) => 20,
            _ => 0,
        };
        let mut metadata = self.metadata(id);
        let mut fixed = json!({
            "webhook_id": self.bot.to_string(),
            "application_id": self.bot.to_string(),
            "type": kind,
        });
        if let (COMMAND, None) = (interaction.kind, behind) {
            fixed["interaction"] = json!({"id": id.to_string(), "type": COMMAND, "name": interaction.name, "user": metadata["user"]});
        }
        if let Some(original) = behind {
            metadata["original_response_message_id"] = json!(original.to_string());
            fixed["type"] = json!(19);
        }
        fixed["interaction_metadata"] = metadata;
        let mut body = body.clone();
        // Without a word on mentions, answers to interactions ping users only.
        if body["allowed_mentions"].is_null() {
            body["allowed_mentions"] = json!({"parse": ["users"]});
        }
        let only_for = ephemeral.then_some(user);
        let draft =
            Draft { author: self.bot, channel, body: &body, files: &call.files, fixed, only_for, loading };
        let posted = self.add_message(call.now, &draft);
        if behind.is_none() { posted.map_err(within_data) } else { posted }
    }

    fn suggest(&mut self, id: u64, data: &Value) -> Result<(), Rejection> {
        let mut form = Form::default();
        let focused =
            self.interactions.get(&id).and_then(|one| focused_type(&one.payload["data"]["options"]));
        for (at, choice) in form.list("data.choices", &data["choices"], 25).iter().enumerate() {
            form.text(&format!("data.choices.{at}.name"), &choice["name"], 1, 100);
            choice_value(
                &mut form,
                &format!("data.choices.{at}.value"),
                &choice["value"],
                focused.unwrap_or(3),
            );
        }
        form.done()?;
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.choices = Some(data["choices"].clone());
        }
        Ok(())
    }
}

fn focused_type(options: &Value) -> Option<u64> {
    options.as_array().into_iter().flatten().find_map(|option| match option["focused"] == true {
        true => option["type"].as_u64(),
        false => focused_type(&option["options"]),
    })
}

fn unknown() -> Rejection {
    rejection(404, 10062, "Unknown interaction")
}

fn form_of(data: &Value) -> Result<Form, Rejection> {
    if data.is_object() {
        Ok(Form::default())
    } else {
        Err(form_error("data", "BASE_TYPE_REQUIRED", "This field is required"))
    }
}

/// The fields of a callback's message stand below `data`.
fn within_data((status, mut body): Rejection) -> Rejection {
    if body["errors"].is_object() {
        body["errors"] = json!({"data": body["errors"]});
    }
    (status, body)
}
