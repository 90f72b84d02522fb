//! What can follow the first response: changes to it, and further messages.

use super::action::{ResponseAction, Visibility};
use super::content::{Content, visibility_of};
use super::responder::InteractionResponder;
use crate::error::Error;
use crate::model::Message;
use crate::rest::{EditResponse, InteractionMessage};

/// # After the first response
impl InteractionResponder {
    /// Changes the response, or completes it if it was deferred.
    pub fn edit(&self, changes: impl Into<EditResponse>) -> Result<Message, Error> {
        let changes = changes.into();
        changes.check()?;
        self.perform_on_message(&self.client, ResponseAction::Edit, Content::Changes(Box::new(changes)))
    }

    /// Sends another message, which everyone sees, as for [`reply`](InteractionResponder::reply). After a `defer`, the first
    /// one completes the deferred message.
    pub fn follow_up(&self, message: impl Into<InteractionMessage>) -> Result<Message, Error> {
        self.send_follow_up(message.into(), self.default_visibility())
    }

    /// Sends another message that everyone sees, also after an ephemeral deferral.
    pub fn follow_up_public(&self, message: impl Into<InteractionMessage>) -> Result<Message, Error> {
        self.send_follow_up(message.into(), Visibility::Public)
    }

    /// Sends another message that only the user sees.
    pub fn follow_up_ephemeral(&self, message: impl Into<InteractionMessage>) -> Result<Message, Error> {
        self.send_follow_up(message.into(), Visibility::Ephemeral)
    }

    /// Deletes the response.
    pub fn delete_reply(&self) -> Result<(), Error> {
        self.perform_only(&self.client, ResponseAction::DeleteReply, Content::Empty)
    }

    /// Fetches the message of the response.
    pub fn fetch_reply(&self) -> Result<Message, Error> {
        self.perform_on_message(&self.client, ResponseAction::FetchReply, Content::Empty)
    }

    fn send_follow_up(&self, message: InteractionMessage, visibility: Visibility) -> Result<Message, Error> {
        message.check()?;
        let action = ResponseAction::FollowUp(visibility_of(&message, visibility));
        self.perform_on_message(&self.client, action, Content::Message(Box::new(message)))
    }
}
