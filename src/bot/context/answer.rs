//! How a handler answers: the response to an interaction, or messages in place of it.

use std::sync::{Arc, OnceLock};

use crate::bot::text::source::TextSource;
use crate::error::Error;
use crate::interaction::{
    InteractionResponder, MessageResponder, ResponseAction, ResponseError, Visibility, without_answer,
};
use crate::model::{Interaction, Message};
use crate::rest::{EditResponse, InteractionMessage, Modal};

/// What answers the user.
#[derive(Clone)]
pub(super) enum Answer {
    Interaction(Arc<InteractionResponder>),
    /// The command was called by this message.
    Message(Arc<TextCall>),
}

/// A message that called a command.
pub(super) struct TextCall {
    pub(super) message: Arc<Message>,
    pub(super) responder: MessageResponder,
    pub(super) source: TextSource,
    /// The interaction, once the options were read.
    pub(super) complete: OnceLock<Interaction>,
}

impl Answer {
    /// `visibility` is `None` for that of the handler's deferral, or that of the node.
    pub(super) fn reply(
        &self,
        message: InteractionMessage,
        visibility: Option<Visibility>,
    ) -> Result<(), Error> {
        match (self, visibility) {
            (Answer::Interaction(responder), None) => responder.reply(message),
            (Answer::Interaction(responder), Some(Visibility::Public)) => responder.reply_public(message),
            (Answer::Interaction(responder), Some(Visibility::Ephemeral)) => {
                responder.reply_ephemeral(message)
            }
            (Answer::Message(call), visibility) => call.responder.reply(message, visibility),
        }
    }

    pub(super) fn defer(&self, visibility: Option<Visibility>) -> Result<(), Error> {
        match (self, visibility) {
            (Answer::Interaction(responder), None) => responder.defer(),
            (Answer::Interaction(responder), Some(Visibility::Public)) => responder.defer_public(),
            (Answer::Interaction(responder), Some(Visibility::Ephemeral)) => responder.defer_ephemeral(),
            (Answer::Message(call), visibility) => call.responder.defer(visibility),
        }
    }

    pub(super) fn follow_up(
        &self,
        message: InteractionMessage,
        visibility: Option<Visibility>,
    ) -> Result<Message, Error> {
        match (self, visibility) {
            (Answer::Interaction(responder), None) => responder.follow_up(message),
            (Answer::Interaction(responder), Some(Visibility::Public)) => responder.follow_up_public(message),
            (Answer::Interaction(responder), Some(Visibility::Ephemeral)) => {
                responder.follow_up_ephemeral(message)
            }
            (Answer::Message(call), visibility) => call.responder.follow_up(message, visibility),
        }
    }

    pub(super) fn edit(&self, changes: EditResponse) -> Result<Message, Error> {
        match self {
            Answer::Interaction(responder) => responder.edit(changes),
            Answer::Message(call) => call.responder.edit(changes),
        }
    }

    pub(super) fn delete_reply(&self) -> Result<(), Error> {
        match self {
            Answer::Interaction(responder) => responder.delete_reply(),
            Answer::Message(call) => call.responder.delete_reply(),
        }
    }

    pub(super) fn fetch_reply(&self) -> Result<Message, Error> {
        match self {
            Answer::Interaction(responder) => responder.fetch_reply(),
            Answer::Message(call) => call.responder.fetch_reply(),
        }
    }

    pub(super) fn update(&self, changes: EditResponse) -> Result<(), Error> {
        self.interaction(ResponseAction::Update)?.update(changes)
    }

    pub(super) fn defer_update(&self) -> Result<(), Error> {
        self.interaction(ResponseAction::DeferUpdate)?.defer_update()
    }

    pub(super) fn modal(&self, modal: &Modal) -> Result<(), Error> {
        self.interaction(ResponseAction::Modal)?.modal(modal)
    }

    /// The responder for what only an interaction can do.
    fn interaction(&self, action: ResponseAction) -> Result<&InteractionResponder, ResponseError> {
        match self {
            Answer::Interaction(responder) => Ok(responder),
            Answer::Message(_) => Err(ResponseError::TextCommand { action }),
        }
    }

    /// Sends a text of the library, which an interaction's user alone sees. There may be a response already.
    /// An empty text is not sent.
    pub(super) fn notify_text(&self, text: &str) -> Result<(), Error> {
        if text.is_empty() {
            self.keep_silent();
            return Ok(());
        }
        self.notify(text.into())
    }

    /// Sends a message that an interaction's user alone sees. There may be a response already.
    pub(super) fn notify(&self, message: InteractionMessage) -> Result<(), Error> {
        match self {
            Answer::Interaction(responder) => match responder.reply_ephemeral(message.clone()) {
                Err(Error::Response(ResponseError::AlreadyResponded { .. })) => {
                    let action = ResponseAction::FollowUp(Visibility::Ephemeral);
                    without_answer(action, responder.follow_up_ephemeral(message))
                }
                sent => sent,
            },
            Answer::Message(call) => call.responder.notify(message),
        }
    }

    /// The number of actions that have answered the user.
    pub(super) fn actions(&self) -> usize {
        match self {
            Answer::Interaction(responder) => responder.actions(),
            Answer::Message(call) => call.responder.actions(),
        }
    }

    /// Makes the library say nothing to the user.
    pub(super) fn keep_silent(&self) {
        match self {
            Answer::Interaction(responder) => responder.keep_silent(),
            // A message does not have to be answered.
            Answer::Message(_) => {}
        }
    }
}
