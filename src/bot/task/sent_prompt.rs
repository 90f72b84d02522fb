//! A prompt that was sent: it waits for the answers of its users, and is disabled at the end.

use std::cell::Cell;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::prompt::{Place, Prompt};
use super::task::Task;
use super::task_context::TaskContext;
use crate::bot::context::{ComponentContext, InteractionContext};
use crate::bot::event_scope::EventScope;
use crate::deadline::deadline;
use crate::error::{Error, Result};
use crate::error_code::JsonErrorCode;
use crate::gateway::event::MessageCreate;
use crate::id::{ChannelId, GuildId, MessageId, UserId};
use crate::interaction::{PROMPT_ID, ResponseError};
use crate::model::component::ActionRow;
use crate::model::{Component, Message, MessageFlags};
use crate::rest::{EditMessage, EditResponse, InteractionMessage};
use crate::texts::LibraryText;

/// How long a stop of the bot may take to disable the components of a prompt: a second, as for its last messages to users.
const AT_STOP: Duration = Duration::from_secs(1);

/// The custom ID of a component of a prompt.
pub(super) fn custom_id(name: &str) -> String {
    format!("{PROMPT_ID}{name}")
}

/// The error for a prompt without choices or pages. The user has to be told by the handler, which knows what is missing.
pub(super) fn nothing_to_show(field: &'static str) -> Error {
    Error::invalid(field, "there are none: check that before, and say it to the user")
}

/// The name of the component that was used.
pub(super) fn name_of(click: &ComponentContext) -> &str {
    click.custom_id().strip_prefix(PROMPT_ID).unwrap_or_default()
}

/// A prompt that was sent.
pub(super) struct SentPrompt<'t, C: TaskContext> {
    task: &'t Task<C>,
    channel: ChannelId,
    id: MessageId,
    how: Sent,
    is_ephemeral: bool,
    /// Who may answer; `None` if everyone may.
    user: Option<UserId>,
    timeout: Duration,
    /// For other users who click, if the prompt says it itself.
    refusal: Option<String>,
    /// The components that the message has without those of the prompt.
    components: Vec<Component>,
    /// Whether it counts as a prompt whose components can be used.
    is_open: Cell<bool>,
}

/// How a prompt was sent, which decides how it is edited.
#[derive(Clone, Copy)]
enum Sent {
    Message,
    Response,
    FollowUp,
}

impl<C: TaskContext> Task<C> {
    /// Sends a prompt with these rows of components below the message.
    pub(super) fn send_prompt(
        &self,
        prompt: Prompt,
        rows: impl IntoIterator<Item = ActionRow>,
    ) -> Result<SentPrompt<'_, C>, Error> {
        let user = prompt.user(&self.cx)?;
        let components = prompt.message.component_list().to_vec();
        let mut rows = rows.into_iter().peekable();
        let is_open = rows.peek().is_some();
        let message = rows.fold(prompt.message, InteractionMessage::component);
        let shared = self.cx.as_ref().shared();
        if is_open && shared.queue.is_stopped() {
            return Err(Error::Stopped);
        }
        // Before it is sent, so that the report of a stop has it.
        if is_open {
            shared.health.open_prompts.fetch_add(1, Ordering::Relaxed);
        }
        let (sent, how) = self.send_to(prompt.place, message).inspect_err(|error| {
            // Whether Discord has received a message whose call was cut is not known.
            if is_open && !matches!(error, Error::Stopped) {
                shared.health.open_prompts.fetch_sub(1, Ordering::Relaxed);
            }
        })?;
        Ok(SentPrompt {
            task: self,
            channel: sent.channel_id,
            id: sent.id,
            how,
            is_ephemeral: sent.flags.contains(MessageFlags::EPHEMERAL),
            user,
            timeout: prompt.timeout,
            refusal: prompt.refusal,
            components,
            is_open: Cell::new(is_open),
        })
    }

    /// A text of the library for the user of the task.
    pub(super) fn word(&self, text: &LibraryText, guild: Option<GuildId>) -> String {
        let cx = self.cx.interaction_context();
        let guild = guild.or(cx.and_then(InteractionContext::guild_id));
        self.cx.as_ref().word(text, cx.map(InteractionContext::interaction), guild)
    }

    /// A label of the library for the user of the task.
    pub(super) fn word_label(&self, text: &LibraryText) -> String {
        let cx = self.cx.interaction_context();
        let guild = cx.and_then(InteractionContext::guild_id);
        self.cx.as_ref().word_label(text, cx.map(InteractionContext::interaction), guild)
    }

    fn send_to(&self, place: Place, message: InteractionMessage) -> Result<(Message, Sent), Error> {
        let (channel, reply_to) = match (place, self.cx.interaction_context()) {
            (Place::Channel(channel), _) => (channel, None),
            (Place::Reply(channel, to), _) => (channel, Some(to)),
            (Place::Response, Some(cx)) => return respond(cx, message),
            (Place::Response, None) => {
                return Err(Error::setup(
                    "a prompt of a task without an interaction has no place: call in_channel or reply_to",
                ));
            }
        };
        if message.is_ephemeral() {
            let problem = "only the response to an interaction can be ephemeral: do not send it to a channel";
            return Err(Error::invalid("flags", problem));
        }
        let message = message.into_create();
        let message = match reply_to {
            Some(to) => message.reply_to(to),
            None => message,
        };
        Ok((self.cx.as_ref().send(channel, message)?, Sent::Message))
    }
}

/// Sends a message as the response to an interaction, or as a followup message if there is a response.
fn respond(cx: &InteractionContext, message: InteractionMessage) -> Result<(Message, Sent), Error> {
    // A text command has no token: its messages are edited as any other.
    let by_token = |how| if cx.responder().is_some() { how } else { Sent::Message };
    match cx.reply(message.clone()).map_err(Error::from) {
        Ok(()) => Ok((cx.fetch_reply()?, by_token(Sent::Response))),
        Err(Error::Response(ResponseError::AlreadyResponded { .. })) => {
            Ok((cx.follow_up(message)?, by_token(Sent::FollowUp)))
        }
        Err(error) => Err(error),
    }
}

impl<C: TaskContext> SentPrompt<'_, C> {
    /// Waits for the next use of a component of the prompt, and refuses that of other users. `None` after the timeout.
    pub(super) fn next_click(&self) -> Result<Option<ComponentContext>, Error> {
        let end = deadline(Instant::now(), self.timeout);
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let is_own = |custom_id: &str| custom_id.starts_with(PROMPT_ID);
            let Some(click) = self.task.next_click_with(self.id, is_own, left)? else {
                return Ok(None);
            };
            if self.user.is_none_or(|user| user == click.user().id) {
                return Ok(Some(click));
            }
            let refusal = self.refusal.clone().unwrap_or_else(|| click.word(&LibraryText::OtherUser));
            let notified = match refusal.is_empty() {
                true => click.defer_update().map_err(Error::from),
                false => click.notify(refusal).map_err(Error::from),
            };
            if let Err(error) = notified {
                log::warn!("a user who may not answer a prompt could not be notified: {error}");
            }
        }
    }

    /// Waits for the next message of a user in the channel of the prompt. `None` after the timeout.
    pub(super) fn next_message(&self) -> Result<Option<Message>, Error> {
        let scope = EventScope::new().channel(self.channel);
        let scope = self.user.map_or(scope, |user| scope.user(user));
        let fits = |message: &MessageCreate| {
            // Messages from before the question are no answers to it.
            message.channel_id == self.channel
                && message.id > self.id
                && !message.author.bot
                && self.user.is_none_or(|user| user == message.author.id)
        };
        Ok(self.task.next_in::<MessageCreate>(scope, fits, self.timeout)?.map(|message| message.0))
    }

    /// Responds to a click by showing another message with this row.
    pub(super) fn show(
        &mut self,
        click: &ComponentContext,
        message: InteractionMessage,
        row: ActionRow,
    ) -> Result<(), Error> {
        let components = message.component_list().to_vec();
        click.update(message.component(row))?;
        self.components = components;
        Ok(())
    }

    /// Responds to a click by showing the same message with these rows.
    pub(super) fn show_rows(&self, click: &ComponentContext, rows: Vec<ActionRow>) -> Result<(), Error> {
        Ok(click.update(EditResponse::new().components(self.with_rows(rows)))?)
    }

    fn with_rows(&self, rows: impl IntoIterator<Item = ActionRow>) -> Vec<Component> {
        self.components.iter().cloned().chain(rows.into_iter().map(Component::from)).collect()
    }

    /// Shows these rows at the end, which are disabled: as the response to the last click, or after the timeout. `earlier` is a
    /// click that was responded to before the timeout.
    ///
    /// A failure is only logged, because the answer of the user is known.
    pub(super) fn finish(
        &self,
        last: Option<&ComponentContext>,
        earlier: Option<&ComponentContext>,
        rows: impl IntoIterator<Item = ActionRow>,
    ) {
        let components = self.with_rows(rows);
        let changes = EditResponse::new().components(components.clone());
        let edited = match (last, earlier) {
            (Some(click), _) => click.update(changes).map_err(Error::from),
            (None, Some(click)) => click.edit(changes).map(drop),
            (None, None) => self.edit(changes),
        };
        // The token of an interaction ends after 15 minutes, that of the bot does not.
        let edited = match edited {
            Err(error) if !self.is_ephemeral && !is_final(&error) => {
                let changes = EditMessage::new().components(components);
                self.task.cx.as_ref().rest().edit_message(self.channel, self.id, changes).map(drop)
            }
            edited => edited,
        };
        match edited {
            Ok(()) => self.close(),
            Err(Error::Stopped) => log::debug!("prompt {} ended after the bot", self.id),
            Err(error) if is_gone(&error) => {
                self.close();
                log::debug!("prompt {} was deleted before its end", self.id);
            }
            Err(error) => log::warn!("the components of prompt {} could not be disabled: {error}", self.id),
        }
    }

    /// Shows these rows, which are disabled, because the prompt ends with an error, or because the bot stops. Returns the error.
    ///
    /// A click on a prompt without a task does nothing. `earlier` is the last click that was responded to. One that was not is
    /// left to the library, which tells its user that something failed.
    pub(super) fn failed(
        &self,
        error: Error,
        earlier: Option<&ComponentContext>,
        rows: impl IntoIterator<Item = ActionRow>,
    ) -> Error {
        if !matches!(error, Error::Stopped) {
            self.finish(None, earlier, rows);
            return error;
        }
        let end = deadline(Instant::now(), AT_STOP);
        let rest = || self.task.cx.as_ref().rest().deadline(end.saturating_duration_since(Instant::now()));
        let components = self.with_rows(rows);
        let changes = EditResponse::new().components(components.clone());
        let interaction = earlier.map(|click| click.interaction()).or(match self.how {
            Sent::Message => None,
            Sent::Response | Sent::FollowUp => {
                self.task.cx.interaction_context().map(InteractionContext::interaction)
            }
        });
        let edited = interaction.map(|interaction| {
            let (application, token) = (interaction.application_id, &interaction.token);
            rest().edit_followup_message(application, token, self.id, changes).map(drop)
        });
        let edited = match edited {
            Some(Ok(())) => Ok(()),
            Some(Err(error)) if self.is_ephemeral || is_final(&error) => Err(error),
            // The token of an interaction ends after 15 minutes, that of the bot does not.
            Some(Err(_)) | None => {
                let changes = EditMessage::new().components(components);
                rest().edit_message(self.channel, self.id, changes).map(drop)
            }
        };
        match edited {
            Ok(()) => self.close(),
            Err(error) if is_gone(&error) => self.close(),
            Err(error) => log::debug!("prompt {} could not be disabled at the stop: {error}", self.id),
        }
        error
    }

    /// Its components cannot be used any more.
    fn close(&self) {
        if self.is_open.replace(false) {
            self.task.cx.as_ref().shared().health.open_prompts.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn edit(&self, changes: EditResponse) -> Result<(), Error> {
        match (self.how, self.task.cx.interaction_context()) {
            (Sent::Response, Some(cx)) => cx.edit(changes).map(drop),
            (Sent::FollowUp, Some(cx)) => {
                let (application, token) = (cx.interaction().application_id, &cx.interaction().token);
                cx.rest().edit_followup_message(application, token, self.id, changes).map(drop)
            }
            _ => {
                let rest = self.task.cx.as_ref().rest();
                rest.edit_message(self.channel, self.id, changes.into_edit()).map(drop)
            }
        }
    }
}

impl<C: TaskContext> Drop for SentPrompt<'_, C> {
    fn drop(&mut self) {
        // What a stop has left counts in its report.
        if !self.task.cx.as_ref().shared().queue.is_stopped() {
            self.close();
        }
    }
}

/// Whether the message does not exist any more.
fn is_gone(error: &Error) -> bool {
    match error {
        Error::Http(error) => error.code == JsonErrorCode::UNKNOWN_MESSAGE,
        Error::Response(ResponseError::Deleted) => true,
        _ => false,
    }
}

/// Whether another way to edit the message fails too: it does not exist any more, or the bot has ended.
fn is_final(error: &Error) -> bool {
    is_gone(error) || matches!(error, Error::Stopped)
}
