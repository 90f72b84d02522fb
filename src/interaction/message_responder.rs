//! Responds to a message as to the interaction of a command, for text commands.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::action::{InitialResponse, ResponseAction, ResponseSource, Visibility};
use super::content::visibility_of;
use super::error::ResponseError;
use super::step::without_answer;
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::id::{ChannelId, MessageId, UserId};
use crate::model::Message;
use crate::rest::{Client, EditResponse, InteractionMessage};
use crate::sync::Mutex;

/// The message that responded to a call, for when the call is edited.
pub(crate) type EarlierResponse = Arc<Mutex<Option<(ChannelId, MessageId)>>>;

/// Responds to one message, and knows which message is the response.
///
/// A message has no token that ends, so there is no time limit, and nothing is deferred: a deferral shows the bot as typing. Only
/// direct messages are seen by one user alone, so an ephemeral message goes there.
pub(crate) struct MessageResponder {
    client: Client,
    channel: ChannelId,
    message: MessageId,
    user: UserId,
    is_direct: bool,
    /// Who sees messages for which nothing else is said.
    visibility: Visibility,
    /// A response to what the message was before it was edited: it is changed instead of sending another one.
    earlier: Option<EarlierResponse>,
    state: Mutex<State>,
    /// The number of messages that were sent or changed.
    actions: AtomicUsize,
}

#[derive(Default)]
struct State {
    /// A response was sent or is being sent.
    is_taken: bool,
    response: Option<(ChannelId, MessageId)>,
    is_deleted: bool,
    /// The method that announced a response.
    deferred: Option<Visibility>,
}

impl MessageResponder {
    pub(crate) fn new(
        client: &Client,
        message: &Message,
        visibility: Visibility,
        earlier: Option<EarlierResponse>,
    ) -> MessageResponder {
        MessageResponder {
            client: client.clone(),
            channel: message.channel_id,
            message: message.id,
            user: message.author.id,
            is_direct: message.guild_id.is_none(),
            visibility,
            earlier,
            state: Mutex::default(),
            actions: AtomicUsize::new(0),
        }
    }

    /// The number of messages that were sent or changed.
    pub(crate) fn actions(&self) -> usize {
        self.actions.load(Ordering::Relaxed)
    }

    /// Sends the response. `visibility` is `None` for that of the handler's deferral, or that of the command.
    pub(crate) fn reply(
        &self,
        message: InteractionMessage,
        visibility: Option<Visibility>,
    ) -> Result<(), Error> {
        message.check()?;
        let visibility = self.visibility_of(&message, visibility);
        if std::mem::replace(&mut self.state.lock().is_taken, true) {
            return Err(ResponseError::AlreadyResponded {
                response: InitialResponse::Reply(visibility),
                source: ResponseSource::Handler,
                action: ResponseAction::Reply(visibility),
            }
            .into());
        }
        without_answer(ResponseAction::Reply(visibility), self.respond(message, visibility))
    }

    /// Shows the bot as typing.
    pub(crate) fn defer(&self, visibility: Option<Visibility>) -> Result<(), Error> {
        let visibility = visibility.unwrap_or(self.visibility);
        self.state.lock().deferred = Some(visibility);
        if visibility.is_ephemeral() && !self.is_direct {
            return Ok(());
        }
        self.client.trigger_typing(self.channel)
    }

    /// Changes the response. After a deferral it is the response.
    pub(crate) fn edit(&self, changes: EditResponse) -> Result<Message, Error> {
        changes.check()?;
        let deferred = self.state.lock().deferred;
        match (self.response(ResponseAction::Edit), deferred) {
            (Ok((channel, message)), _) => {
                self.actions.fetch_add(1, Ordering::Relaxed);
                self.client.edit_message(channel, message, changes.into_edit())
            }
            (Err(ResponseError::NoResponseYet { .. }), Some(visibility)) => {
                self.respond(changes.into_message(), visibility)
            }
            (Err(error), _) => Err(error.into()),
        }
    }

    /// Sends another message. After a deferral the first one is the response.
    pub(crate) fn follow_up(
        &self,
        message: InteractionMessage,
        visibility: Option<Visibility>,
    ) -> Result<Message, Error> {
        message.check()?;
        let visibility = self.visibility_of(&message, visibility);
        let is_deferred = self.state.lock().deferred.is_some();
        match self.response(ResponseAction::FollowUp(visibility)) {
            Ok(_) | Err(ResponseError::Deleted) => self.send(message, visibility),
            Err(_) if is_deferred => self.respond(message, visibility),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn delete_reply(&self) -> Result<(), Error> {
        let (channel, message) = self.response(ResponseAction::DeleteReply)?;
        self.client.delete_message(channel, message)?;
        self.state.lock().is_deleted = true;
        Ok(())
    }

    pub(crate) fn fetch_reply(&self) -> Result<Message, Error> {
        let (channel, message) = self.response(ResponseAction::FetchReply)?;
        self.client.message(channel, message)
    }

    /// Sends a message of the library: as the response, or after it.
    pub(crate) fn notify(&self, message: impl Into<InteractionMessage>) -> Result<(), Error> {
        let message = message.into();
        message.check()?;
        let action = ResponseAction::FollowUp(Visibility::Public);
        let is_first = !self.state.lock().is_taken;
        let sent = match is_first {
            true => self.respond(message, Visibility::Public),
            false => self.send(message, Visibility::Public),
        };
        without_answer(action, sent)
    }

    /// The earlier response that can be changed. One in direct messages stays as it is.
    fn take_earlier(&self, visibility: Visibility) -> Option<(ChannelId, MessageId)> {
        let earlier = self.earlier.as_ref()?.lock().take()?;
        let is_here = self.is_direct || !visibility.is_ephemeral();
        Some(earlier).filter(|(channel, _)| is_here && *channel == self.channel)
    }

    fn visibility_of(&self, message: &InteractionMessage, visibility: Option<Visibility>) -> Visibility {
        let announced = || {
            let state = self.state.lock();
            state.deferred.filter(|_| !state.is_taken)
        };
        visibility_of(message, visibility.or_else(announced).unwrap_or(self.visibility))
    }

    /// The response that an action needs.
    fn response(&self, action: ResponseAction) -> Result<(ChannelId, MessageId), ResponseError> {
        let state = self.state.lock();
        match state.response {
            Some(_) if state.is_deleted => Err(ResponseError::Deleted),
            Some(response) => Ok(response),
            None => Err(ResponseError::NoResponseYet { action }),
        }
    }

    fn respond(&self, message: InteractionMessage, visibility: Visibility) -> Result<Message, Error> {
        self.state.lock().is_taken = true;
        self.actions.fetch_add(1, Ordering::Relaxed);
        let sent = match self.take_earlier(visibility) {
            Some((channel, id)) => {
                match self.client.edit_message(channel, id, message.clone().into_replacement()) {
                    Err(Error::Http(error)) if error.code == JsonErrorCode::UNKNOWN_MESSAGE => {
                        self.send(message, visibility)
                    }
                    edited => edited,
                }
            }
            None => self.send(message, visibility),
        };
        let mut state = self.state.lock();
        state.response = sent.as_ref().ok().map(|sent| (sent.channel_id, sent.id));
        // The message was sent, even if the response cannot be read.
        state.is_taken = matches!(sent, Ok(_) | Err(Error::Decode { .. }));
        if let (Some(earlier), Some(response)) = (&self.earlier, state.response) {
            *earlier.lock() = Some(response);
        }
        drop(state);
        sent
    }

    fn send(&self, message: InteractionMessage, visibility: Visibility) -> Result<Message, Error> {
        self.actions.fetch_add(1, Ordering::Relaxed);
        let message = message.into_create();
        if visibility.is_ephemeral() && !self.is_direct {
            let direct = self.client.create_dm(self.user)?;
            return self.client.create_message(direct.id, message);
        }
        self.client.create_message(self.channel, message.reply_to(self.message))
    }
}
