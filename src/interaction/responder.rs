//! Sends the responses to one interaction: the [state](super::state) decides what to send.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::action::{InteractionKind, ResponseAction, Visibility};
use super::content::{Content, visibility_of};
use super::error::{BlockedBy, ResponseError};
use super::header::{self, InteractionHeader};
use super::holders::Holders;
use super::meter::{OutcomeCounter, Sender};
use super::own_texts::OwnTexts;
use super::state::ResponseState;
use super::step::{MessageTarget, SendResult, Step, without_answer};
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::id::{ApplicationId, InteractionId};
use crate::model::{CommandChoice, Interaction, Message, Secret};
use crate::rest::{Client, EditResponse, InteractionMessage, InteractionResponse, Modal};
use crate::sync::{Condvar, Mutex, MutexGuard};

/// How long an action waits for another one that is in progress.
const MAX_WAIT: Duration = Duration::from_secs(15);

/// How much longer than Discord's time limit the first response may take: it may have arrived in time.
const LEEWAY: Duration = Duration::from_secs(1);

/// Responds to one interaction, and knows what was sent.
///
/// An interaction has one first response: [`reply`](InteractionResponder::reply),
/// [`defer`](InteractionResponder::defer), [`update`](InteractionResponder::update),
/// [`modal`](InteractionResponder::modal) or [`autocomplete`](InteractionResponder::autocomplete). Discord waits 3 seconds
/// for it. After that the response can be [edited](InteractionResponder::edit) and
/// [followed up](InteractionResponder::follow_up) for 15 minutes. `reply` after `defer` completes the deferred message,
/// and has its visibility.
///
/// A message never changes its visibility by accident: an ephemeral reply after a public `defer` deletes the loading
/// message and is sent as a separate message.
///
/// All methods may be called from several threads; one that comes while another is in progress waits for it.
///
/// # Errors
///
/// All methods return [`Error::Response`] if the action is not possible, with a [`ResponseError`] that says why,
/// [`Error::Invalid`] if a value is outside Discord's limits (nothing is sent then), and otherwise the errors of
/// [every call](Client#errors).
pub struct InteractionResponder {
    pub(super) client: Client,
    id: InteractionId,
    application_id: ApplicationId,
    token: Secret,
    /// Who sees an automatic deferral, and messages for which nothing else is said.
    pub(super) visibility: Visibility,
    state: Mutex<ResponseState>,
    /// Notified when a step has finished.
    finished: Condvar,
    pub(super) holders: Holders,
    /// Handlers that it waited for, if they are known.
    blocked_by: OnceLock<BlockedBy>,
    pub(super) outcome: OutcomeCounter,
    /// How the program words what the library says, if it does.
    pub(super) own_texts: Option<OwnTexts>,
    /// The number of actions of handlers that worked.
    actions: AtomicUsize,
}

/// A step in progress. Its result is recorded when it ends, also after a panic.
pub(super) struct Attempt<'a> {
    responder: &'a InteractionResponder,
    /// The client that sends it.
    client: &'a Client,
    sender: Sender,
    action: ResponseAction,
    step: Step,
    is_finished: bool,
}

impl InteractionResponder {
    /// Creates a responder for an interaction that was received just now.
    ///
    /// Create one responder for an interaction: two of them do not know each other's responses.
    pub fn new(client: &Client, interaction: &Interaction) -> InteractionResponder {
        // A type that is not known yet is treated as a command, whose responses are the most common ones.
        let kind = header::kind(interaction.kind, interaction.message.is_some());
        let state = ResponseState::new(kind.unwrap_or(InteractionKind::Command), Instant::now());
        let client = client.with_interaction_limit(interaction.attachment_size_limit);
        let (id, application) = (interaction.id, interaction.application_id);
        let token = interaction.token.clone();
        InteractionResponder::with(client, id, application, token, Visibility::Public, state)
    }

    pub(super) fn with_visibility(mut self, visibility: Visibility) -> InteractionResponder {
        self.visibility = visibility;
        self
    }

    pub(super) fn from_header(
        client: &Client,
        header: &InteractionHeader,
        visibility: Visibility,
        received: Instant,
    ) -> InteractionResponder {
        let state = ResponseState::new(header.kind, received);
        let client = client.with_interaction_limit(header.attachment_size_limit);
        let (id, application) = (header.id, header.application_id);
        InteractionResponder::with(client, id, application, header.token.clone(), visibility, state)
    }

    fn with(
        client: Client,
        id: InteractionId,
        application_id: ApplicationId,
        token: Secret,
        visibility: Visibility,
        state: ResponseState,
    ) -> InteractionResponder {
        InteractionResponder {
            client,
            id,
            application_id,
            token,
            visibility,
            state: Mutex::new(state),
            finished: Condvar::new(),
            holders: Holders::default(),
            blocked_by: OnceLock::new(),
            outcome: OutcomeCounter::default(),
            own_texts: None,
            actions: AtomicUsize::new(0),
        }
    }

    /// The number of actions of handlers that worked.
    pub(crate) fn actions(&self) -> usize {
        self.actions.load(Ordering::Relaxed)
    }

    /// The ID of the interaction.
    pub fn id(&self) -> InteractionId {
        self.id
    }

    /// Sends a message, or completes a deferred response with it. Everyone in the channel sees it, unless the interaction is
    /// that of an [ephemeral](crate::tree::Node::ephemeral) node.
    pub fn reply(&self, message: impl Into<InteractionMessage>) -> Result<(), Error> {
        self.send_reply(message.into(), self.default_visibility())
    }

    /// Sends a message that everyone in the channel sees, or completes a deferred response with it.
    pub fn reply_public(&self, message: impl Into<InteractionMessage>) -> Result<(), Error> {
        self.send_reply(message.into(), Visibility::Public)
    }

    /// Sends a message that only the user sees, or completes a deferred response with it.
    pub fn reply_ephemeral(&self, message: impl Into<InteractionMessage>) -> Result<(), Error> {
        self.send_reply(message.into(), Visibility::Ephemeral)
    }

    /// Announces a message: the user sees that the bot is thinking. Everyone will see it, as for
    /// [`reply`](InteractionResponder::reply).
    pub fn defer(&self) -> Result<(), Error> {
        self.perform_only(&self.client, ResponseAction::Defer(self.visibility), Content::Empty)
    }

    /// Announces a message that everyone will see.
    pub fn defer_public(&self) -> Result<(), Error> {
        self.perform_only(&self.client, ResponseAction::Defer(Visibility::Public), Content::Empty)
    }

    /// Announces a message that only the user will see.
    pub fn defer_ephemeral(&self) -> Result<(), Error> {
        self.perform_only(&self.client, ResponseAction::Defer(Visibility::Ephemeral), Content::Empty)
    }

    /// Acknowledges the use of a component without a visible response.
    pub fn defer_update(&self) -> Result<(), Error> {
        self.perform_only(&self.client, ResponseAction::DeferUpdate, Content::Empty)
    }

    /// Changes the message whose component was used.
    pub fn update(&self, changes: impl Into<EditResponse>) -> Result<(), Error> {
        let changes = changes.into();
        changes.check()?;
        self.perform_only(&self.client, ResponseAction::Update, Content::Changes(Box::new(changes)))
    }

    /// Opens a modal. It must be the first response.
    pub fn modal(&self, modal: &Modal) -> Result<(), Error> {
        modal.check()?;
        self.perform_only(&self.client, ResponseAction::Modal, Content::Modal(modal.clone()))
    }

    /// Sends choices for the option that the user is typing.
    pub fn autocomplete(&self, choices: impl IntoIterator<Item = CommandChoice>) -> Result<(), Error> {
        let choices = choices.into_iter().collect();
        self.perform_only(&self.client, ResponseAction::Autocomplete, Content::Choices(choices))
    }

    /// The visibility of a message if the handler states none: that of its own deferral, or that of the node.
    pub(super) fn default_visibility(&self) -> Visibility {
        self.state().announced().unwrap_or(self.visibility)
    }

    fn send_reply(&self, message: InteractionMessage, visibility: Visibility) -> Result<(), Error> {
        message.check()?;
        let action = ResponseAction::Reply(visibility_of(&message, visibility));
        self.perform_only(&self.client, action, Content::Message(Box::new(message)))
    }

    /// Performs an action whose answer is not used.
    pub(super) fn perform_only(
        &self,
        client: &Client,
        action: ResponseAction,
        content: Content,
    ) -> Result<(), Error> {
        without_answer(action, self.perform(client, action, content))
    }

    /// Performs an action and returns the message that it concerns.
    pub(super) fn perform_on_message(
        &self,
        client: &Client,
        action: ResponseAction,
        content: Content,
    ) -> Result<Message, Error> {
        match self.perform(client, action, content)? {
            Some(message) => Ok(message),
            None => client.original_interaction_response(self.application_id, &self.token),
        }
    }

    /// Performs an action as soon as no other one is in progress.
    fn perform(
        &self,
        client: &Client,
        action: ResponseAction,
        content: Content,
    ) -> Result<Option<Message>, Error> {
        let may_repeat = action.initial().is_some() && self.state().is_unconfirmed();
        let copy = may_repeat.then(|| content.clone());
        match (self.perform_once(client, action, content), copy) {
            // The unconfirmed first response did not arrive: this action becomes the first response.
            (Err(_), Some(content)) if self.state().is_open() => self.perform_once(client, action, content),
            (result, _) => result,
        }
    }

    fn perform_once(
        &self,
        client: &Client,
        action: ResponseAction,
        content: Content,
    ) -> Result<Option<Message>, Error> {
        let step = self.start(action)?;
        let is_notification = matches!(content, Content::Notification(_));
        let sender = if is_notification { Sender::Library } else { Sender::Handler };
        let attempt = Attempt::new(self, client, sender, action, step);
        let (application, token) = (self.application_id, &*self.token);
        match step {
            Step::AlreadyDone | Step::Wait => attempt.finish_with(Ok(None)),
            Step::Respond(initial) => attempt.respond(&content.response(initial)).map(|()| None),
            Step::Complete => {
                let changes = content.into_changes();
                let edited = client.edit_original_interaction_response(application, token, changes);
                attempt.finish_with(edited).map(Some)
            }
            Step::Replace { delete_original, visibility } => {
                attempt.replace(delete_original, content.into_message(visibility)).map(Some)
            }
            Step::Access(target) => attempt.access(target, content),
            Step::FollowUp(visibility) => {
                let message = content.into_message(visibility);
                let sent = client.create_followup_message(application, token, message);
                attempt.finish_with(sent).map(Some)
            }
        }
    }

    /// Starts an action, after waiting for one in progress.
    fn start(&self, action: ResponseAction) -> Result<Step, Error> {
        let deadline = Instant::now() + MAX_WAIT;
        let mut state = self.state();
        loop {
            let now = Instant::now();
            match state.start(now, action).map_err(|error| self.explained_and_counted(error))? {
                Step::Wait if now >= deadline => return Err(ResponseError::StillSending.into()),
                Step::Wait => {
                    let timeout = deadline.saturating_duration_since(now);
                    state = self.finished.wait_timeout(state, timeout).0;
                }
                step => return Ok(step),
            }
        }
    }

    /// Adds what is known about why a response is late.
    fn explained(&self, mut error: ResponseError) -> ResponseError {
        if let ResponseError::TooLate(late) = &mut error {
            late.blocked_by = self.blocked_by.get().cloned();
        }
        error
    }

    /// Explains the error, and counts the end of the interaction if it is one.
    fn explained_and_counted(&self, error: ResponseError) -> ResponseError {
        self.outcome.count_end(&error);
        self.explained(error)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, ResponseState> {
        self.state.lock()
    }

    /// Records which handlers the interaction waited for. The first record counts.
    pub(super) fn set_blocked_by(&self, blocked_by: BlockedBy) {
        let _ = self.blocked_by.set(blocked_by);
    }
}

impl<'a> Attempt<'a> {
    pub(super) fn new(
        responder: &'a InteractionResponder,
        client: &'a Client,
        sender: Sender,
        action: ResponseAction,
        step: Step,
    ) -> Attempt<'a> {
        Attempt { responder, client, sender, action, step, is_finished: false }
    }

    /// Sends the first response; a second time if the network fails and there is time.
    pub(super) fn respond(mut self, response: &InteractionResponse) -> Result<(), Error> {
        let responder = self.responder;
        let mut is_retry = false;
        let error = loop {
            let time_left = responder.state().time_left(Instant::now());
            let client = self.client.deadline(time_left + LEEWAY);
            match client.create_interaction_response_once(responder.id, &responder.token, response) {
                Ok(()) => {
                    self.finish(SendResult::Done);
                    return Ok(());
                }
                // The first attempt arrived after all.
                Err(Error::Http(error))
                    if is_retry && error.code == JsonErrorCode::INTERACTION_ALREADY_ACKNOWLEDGED =>
                {
                    self.finish(SendResult::Done);
                    return Ok(());
                }
                Err(error) => {
                    let is_late = responder.state().time_left(Instant::now()).is_zero();
                    if is_retry || is_late || SendResult::of(&error) != SendResult::Unknown {
                        break error;
                    }
                    is_retry = true;
                }
            }
        };
        Err(self.fail(error))
    }

    /// Sends a message that replaces `@original`. The old one is deleted first: Discord uses the first follow-up after a
    /// deferral to complete the loading message, with the visibility of that.
    fn replace(mut self, delete_original: bool, message: InteractionMessage) -> Result<Message, Error> {
        let (client, token) = (self.client, &*self.responder.token);
        let application = self.responder.application_id;
        if delete_original {
            match client.delete_original_interaction_response(application, token) {
                Ok(()) => {}
                Err(Error::Http(error)) if error.code == JsonErrorCode::UNKNOWN_MESSAGE => {}
                Err(error) => return Err(self.fail(error)),
            }
            let mut state = self.responder.state();
            state.finish(Instant::now(), self.action, self.step, SendResult::Deleted);
        }
        match client.create_followup_message(application, token, message) {
            Ok(message) => {
                self.finish(SendResult::Sent(message.id));
                Ok(message)
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    /// Edits, fetches or deletes the message of the response.
    fn access(self, target: MessageTarget, content: Content) -> Result<Option<Message>, Error> {
        let (client, token) = (self.client, &*self.responder.token);
        let application = self.responder.application_id;
        match (self.action, target) {
            (ResponseAction::FetchReply, MessageTarget::Original) => {
                self.finish_with(client.original_interaction_response(application, token)).map(Some)
            }
            (ResponseAction::FetchReply, MessageTarget::FollowUp(id)) => {
                self.finish_with(client.followup_message(application, token, id)).map(Some)
            }
            (ResponseAction::DeleteReply, MessageTarget::Original) => {
                let deleted = client.delete_original_interaction_response(application, token);
                self.finish_with(deleted).map(|()| None)
            }
            (ResponseAction::DeleteReply, MessageTarget::FollowUp(id)) => {
                let deleted = client.delete_followup_message(application, token, id);
                self.finish_with(deleted).map(|()| None)
            }
            (_, MessageTarget::Original) => {
                let changes = content.into_changes();
                let edited = client.edit_original_interaction_response(application, token, changes);
                self.finish_with(edited).map(Some)
            }
            (_, MessageTarget::FollowUp(id)) => {
                let changes = content.into_changes();
                let edited = client.edit_followup_message(application, token, id, changes);
                self.finish_with(edited).map(Some)
            }
        }
    }

    fn finish_with<T>(mut self, result: Result<T, Error>) -> Result<T, Error> {
        match result {
            Ok(value) => {
                self.finish(SendResult::Done);
                Ok(value)
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    /// Finishes with an error. Where it ends the interaction, the returned error says so.
    fn fail(&mut self, error: Error) -> Error {
        let end = self.finish(SendResult::of(&error));
        end.map_or(error, |end| self.responder.explained(end).into())
    }

    /// Records the result. Returns the error of all later actions if this ended the interaction.
    fn finish(&mut self, result: SendResult) -> Option<ResponseError> {
        self.is_finished = true;
        let now = Instant::now();
        let mut state = self.responder.state();
        state.finish(now, self.action, self.step, result);
        self.responder.finished.notify_all();
        if let (Step::Respond(initial), SendResult::Done) = (self.step, result) {
            let time = now.saturating_duration_since(state.received());
            self.responder.outcome.count_response(self.sender, initial, time);
        }
        if matches!((self.sender, result), (Sender::Handler, SendResult::Done | SendResult::Sent(_))) {
            self.responder.actions.fetch_add(1, Ordering::Relaxed);
        }
        state.end().inspect(|end| self.responder.outcome.count_end(end))
    }
}

/// Counts an interaction that got no first response.
impl Drop for InteractionResponder {
    fn drop(&mut self) {
        let is_unconfirmed = self.state().is_unconfirmed();
        self.outcome.count_drop(is_unconfirmed);
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if !self.is_finished {
            self.finish(SendResult::Unknown);
        }
    }
}

impl fmt::Debug for InteractionResponder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InteractionResponder")
            .field("id", &self.id)
            .field("state", &*self.state())
            .finish_non_exhaustive()
    }
}
