//! What an action sends, in the form that its step needs.

use super::action::{InitialResponse, Visibility};
use crate::model::CommandChoice;
use crate::rest::{EditResponse, InteractionMessage, InteractionResponse, Modal};

/// What an action sends.
#[derive(Clone)]
pub(super) enum Content {
    Message(Box<InteractionMessage>),
    /// A message of the library.
    Notification(String),
    Changes(Box<EditResponse>),
    Modal(Modal),
    Choices(Vec<CommandChoice>),
    Empty,
}

impl Content {
    pub(super) fn response(self, initial: InitialResponse) -> InteractionResponse {
        match initial {
            InitialResponse::Reply(visibility) => InteractionResponse::message(self.into_message(visibility)),
            InitialResponse::Defer(visibility) => {
                InteractionResponse::Defer { ephemeral: visibility.is_ephemeral() }
            }
            InitialResponse::DeferUpdate => InteractionResponse::DeferUpdate,
            InitialResponse::Update => InteractionResponse::update(self.into_changes()),
            InitialResponse::Modal | InitialResponse::Autocomplete => match self {
                Content::Modal(modal) => InteractionResponse::Modal(modal),
                Content::Choices(choices) => InteractionResponse::Autocomplete(choices),
                _ => InteractionResponse::autocomplete([]),
            },
        }
    }

    pub(super) fn into_message(self, visibility: Visibility) -> InteractionMessage {
        let message = match self {
            Content::Message(message) => *message,
            Content::Notification(text) => InteractionMessage::text(text),
            Content::Changes(changes) => changes.into_message(),
            _ => InteractionMessage::new(),
        };
        message.ephemeral(visibility.is_ephemeral())
    }

    pub(super) fn into_changes(self) -> EditResponse {
        match self {
            Content::Message(message) => message.into_edit(),
            Content::Notification(text) => InteractionMessage::text(text).into_edit(),
            Content::Changes(changes) => *changes,
            _ => EditResponse::new(),
        }
    }
}

/// The visibility that a method and its message ask for together.
pub(super) fn visibility_of(message: &InteractionMessage, visibility: Visibility) -> Visibility {
    if message.is_ephemeral() { Visibility::Ephemeral } else { visibility }
}
