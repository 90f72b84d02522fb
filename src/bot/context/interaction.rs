use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::answer::{Answer, TextCall};
use super::context::Context;
use crate::bot::refusal::Refusal;
use crate::bot::running_uses::RunningUse;
use crate::bot::text::source::TextSource;
use crate::error::{Error, Result};
use crate::id::{ChannelId, GuildId};
use crate::interaction::{
    InteractionKind, InteractionResponder, MessageResponder, ResponderGuard, Visibility, interaction_kind,
};
use crate::model::{Interaction, InteractionData, Locale, Member, Message, User};
use crate::rest::{EditResponse, InteractionMessage, Modal};
use crate::texts::LibraryText;

/// What a handler can do with an [interaction](https://docs.discord.com/developers/interactions/receiving-and-responding): respond to it, and all that a [`Context`] can.
///
/// An interaction is responded to once, by [`reply`](InteractionContext::reply) or a similar method. After that there is
/// [`edit`](InteractionContext::edit) and [`follow_up`](InteractionContext::follow_up). Discord waits for three seconds.
/// After two seconds without a response the library [defers](InteractionContext::defer) the interaction, and `reply` then
/// fills in the deferred response. After
/// 15 minutes Discord accepts nothing more.
///
/// An ephemeral response is never shown in public: if it comes after a public `defer`, that one is deleted, and the
/// response is a separate message.
///
/// A [text command](crate::tree#text-commands) has the same context: there the response is a message that replies to the user's.
pub struct InteractionContext {
    pub(super) cx: Context,
    interaction: Arc<Interaction>,
    pub(super) answer: Answer,
    /// Keeps the interaction open after the end of its handler.
    guard: Option<ResponderGuard>,
    /// Its uses of nodes with a maximum, which end with the last copy.
    running: Arc<OnceLock<Vec<RunningUse>>>,
}

/// Where in a guild an interaction was caused, and by which member.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct InGuild<'c> {
    /// The guild.
    pub id: GuildId,
    /// The user as its member, with the permissions in the channel.
    pub member: &'c Member,
}

impl InteractionContext {
    pub(crate) fn new(
        cx: Context,
        interaction: Arc<Interaction>,
        responder: Arc<InteractionResponder>,
    ) -> InteractionContext {
        InteractionContext {
            cx,
            interaction,
            answer: Answer::Interaction(responder),
            guard: None,
            running: Arc::default(),
        }
    }

    /// The context of a command that a message called.
    pub(in crate::bot) fn of_message(
        cx: Context,
        interaction: Interaction,
        message: Arc<Message>,
        responder: MessageResponder,
        source: TextSource,
    ) -> InteractionContext {
        let answer =
            Answer::Message(Arc::new(TextCall { message, responder, source, complete: OnceLock::new() }));
        InteractionContext {
            cx,
            interaction: Arc::new(interaction),
            answer,
            guard: None,
            running: Arc::default(),
        }
    }

    /// A copy for another thread, which keeps the interaction open.
    pub(crate) fn fork(&self) -> InteractionContext {
        InteractionContext {
            cx: self.cx.fork(),
            interaction: Arc::clone(&self.interaction),
            answer: self.answer.clone(),
            guard: None,
            running: Arc::clone(&self.running),
        }
        .held()
    }

    /// Keeps these uses until the handler and the tasks with a copy have ended.
    pub(in crate::bot) fn keep_running(&self, uses: Vec<RunningUse>) {
        // The checks of a node pass once.
        let _ = self.running.set(uses);
    }

    /// Keeps the interaction open until this context is dropped.
    pub(crate) fn held(mut self) -> InteractionContext {
        if let Answer::Interaction(_) = &self.answer {
            self.hold_as(format!("a task of {}", self.cx.waits().node));
        }
        self
    }

    fn hold_as(&mut self, holder: String) {
        if let Answer::Interaction(responder) = &self.answer {
            let pending = &self.cx.shared().interactions;
            self.guard = Some(ResponderGuard::new(pending, responder, holder));
        }
    }

    /// The task that keeps the interaction open has failed.
    pub(crate) fn task_failed(&self) {
        if let Some(guard) = &self.guard {
            guard.fail();
        } else {
            self.notify_of_failure();
        }
    }

    /// From now on a copy keeps the interaction open, instead of this context.
    pub(in crate::bot) fn hand_over(&self) {
        if let Some(guard) = &self.guard {
            guard.hand_over();
        }
    }

    /// The handler has ended. If there is no response, the user of an interaction is notified.
    pub(crate) fn handler_finished(&self, handler: &str, has_failed: bool) {
        match &self.answer {
            Answer::Interaction(responder) => {
                self.cx.shared().interactions.handler_finished(responder, handler, has_failed);
            }
            Answer::Message(_) if has_failed => self.notify_of_failure(),
            // A message does not have to be answered.
            Answer::Message(_) => {}
        }
    }

    /// A copy for another use on this thread, which does not keep the interaction open.
    pub(in crate::bot) fn copy(&self) -> InteractionContext {
        InteractionContext {
            cx: self.cx.copy(),
            interaction: Arc::clone(&self.interaction),
            answer: self.answer.clone(),
            guard: None,
            running: Arc::clone(&self.running),
        }
    }

    /// A copy for another thread, which keeps the interaction open under this name.
    pub(in crate::bot) fn fork_named(&self, holder: String) -> InteractionContext {
        let mut copy = InteractionContext { cx: self.cx.fork(), ..self.copy() };
        copy.hold_as(holder);
        copy
    }

    /// The responder, if it is an interaction.
    pub(crate) fn responder(&self) -> Option<&Arc<InteractionResponder>> {
        match &self.answer {
            Answer::Interaction(responder) => Some(responder),
            Answer::Message(_) => None,
        }
    }

    /// The interaction, as Discord sent it. For a text command it is what Discord would have sent for the slash command, with
    /// the ID of the message and without a token.
    pub fn interaction(&self) -> &Interaction {
        match &self.answer {
            Answer::Interaction(_) => &self.interaction,
            Answer::Message(call) => call.complete.get().unwrap_or(&self.interaction),
        }
    }

    /// What was used: a command, a component or a modal.
    pub fn kind(&self) -> InteractionKind {
        let has_message = self.interaction().message.is_some();
        interaction_kind(self.interaction().kind, has_message).unwrap_or(InteractionKind::Command)
    }

    /// The full name of the command, such as `admin ban`, or the custom ID of the component or modal.
    pub fn name(&self) -> String {
        match &self.interaction().data {
            Some(InteractionData::Command(command)) => {
                let names = [command.name.as_str()].into_iter().chain(command.subcommand_path());
                names.collect::<Vec<_>>().join(" ")
            }
            Some(InteractionData::Component(component)) => component.custom_id.clone(),
            Some(InteractionData::Modal(modal)) => modal.custom_id.clone(),
            _ => String::new(),
        }
    }

    /// The user who caused it.
    pub fn user(&self) -> &User {
        // Discord names a user in all interactions but pings, which do not come over the gateway.
        self.interaction().invoking_user().unwrap_or_else(|| self.cx.me())
    }

    /// The same user as a member of the guild, with the permissions in the channel.
    pub fn member(&self) -> Option<&Member> {
        self.interaction().member.as_deref()
    }

    /// The guild in which it was caused.
    pub fn guild_id(&self) -> Option<GuildId> {
        self.interaction().guild_id
    }

    /// The guild in which it was caused, and the user as its member.
    ///
    /// ```
    /// use syncord::tree::command;
    ///
    /// let roles = command("roles", "Counts your roles").guild_only().run(|cx| {
    ///     let guild = cx.guild()?;
    ///     let all = cx.rest().guild_roles(guild.id)?.len();
    ///     cx.reply(format!("{} of {all}, {}", guild.member.roles.len(), guild.member.display_name()))
    /// });
    /// ```
    ///
    /// # Errors
    ///
    /// In a direct message: a [`Refusal`] that tells the user so if the handler returns it.
    #[doc(alias = "server")]
    pub fn guild(&self) -> Result<InGuild<'_>, Refusal> {
        match (self.guild_id(), self.member()) {
            (Some(id), Some(member)) => Ok(InGuild { id, member }),
            _ => Err(Refusal::of_library(LibraryText::GuildOnly)),
        }
    }

    /// The ID of the channel in which it was caused, as [`guild`](InteractionContext::guild) returns the guild.
    ///
    /// Discord sends it with all interactions that a bot handles.
    ///
    /// # Errors
    ///
    /// If Discord sent none: a [`Refusal`].
    pub fn channel(&self) -> Result<ChannelId, Refusal> {
        self.channel_id().ok_or(Refusal::of_library(LibraryText::UnknownChannel))
    }

    /// The channel in which it was caused.
    pub fn channel_id(&self) -> Option<ChannelId> {
        self.interaction().channel_id
    }

    /// The language of the user.
    pub fn locale(&self) -> Option<&Locale> {
        self.interaction().locale.as_ref()
    }

    /// Responds with a message that everybody sees, or only the user if the node is
    /// [ephemeral](crate::tree::Node::ephemeral). After the handler's own [`defer_ephemeral`](InteractionContext::defer_ephemeral)
    /// or [`defer_public`](InteractionContext::defer_public) it is sent as that announced.
    ///
    /// The result is that of a handler, so the call can be its last expression. In a function that returns
    /// `Result<_, syncord::Error>`, use `?`: it works on this and on all other calls.
    ///
    /// ```
    /// use syncord::Error;
    /// use syncord::tree::{InteractionContext, command};
    ///
    /// fn count_down(cx: &InteractionContext) -> Result<(), Error> {
    ///     cx.reply("3")?;
    ///     cx.edit("2")?;
    ///     cx.follow_up("1")?;
    ///     Ok(())
    /// }
    ///
    /// let launch = command("launch", "Counts down").run(|cx| {
    ///     count_down(cx)?;
    ///     Ok(())
    /// });
    /// let ping = command("ping", "Responds").run(|cx| cx.reply("pong"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Response`] if there is a response already, or Discord accepts none any more. [`Error::Invalid`] if the
    /// message exceeds a limit; nothing is sent then. Otherwise the errors of
    /// [every call](crate::rest::Client#errors).
    pub fn reply(&self, message: impl Into<InteractionMessage>) -> Result {
        Ok(self.answer.reply(message.into(), None)?)
    }

    /// Responds with a message that everybody sees, also if the node is [ephemeral](crate::tree::Node::ephemeral).
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn reply_public(&self, message: impl Into<InteractionMessage>) -> Result {
        Ok(self.answer.reply(message.into(), Some(Visibility::Public))?)
    }

    /// Responds with a message that only the user sees.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    #[doc(alias = "private")]
    #[doc(alias = "hidden")]
    pub fn reply_ephemeral(&self, message: impl Into<InteractionMessage>) -> Result {
        Ok(self.answer.reply(message.into(), Some(Visibility::Ephemeral))?)
    }

    /// Announces a response: the user sees that the bot is thinking. Everybody will see it, as for
    /// [`reply`](InteractionContext::reply).
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    #[doc(alias = "deferred")]
    #[doc(alias = "thinking")]
    pub fn defer(&self) -> Result {
        Ok(self.answer.defer(None)?)
    }

    /// Announces a response that everybody will see, also if the node is [ephemeral](crate::tree::Node::ephemeral).
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn defer_public(&self) -> Result {
        Ok(self.answer.defer(Some(Visibility::Public))?)
    }

    /// Announces a response that only the user will see.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn defer_ephemeral(&self) -> Result {
        Ok(self.answer.defer(Some(Visibility::Ephemeral))?)
    }

    /// Edits the response, or fills in a deferred one. A text, an embed or an [`EditResponse`] changes only what it sets, and an
    /// [`InteractionMessage`] takes the place of the whole response.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply), and [`Error::Response`] if there is no response yet.
    pub fn edit(&self, changes: impl Into<EditResponse>) -> Result<Message, Error> {
        self.answer.edit(changes.into())
    }

    /// Sends another message after the response, which everybody sees, as for [`reply`](InteractionContext::reply).
    ///
    /// After a `defer` the first message becomes the response.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply), and [`Error::Response`] if there is no response yet.
    #[doc(alias = "followup")]
    pub fn follow_up(&self, message: impl Into<InteractionMessage>) -> Result<Message, Error> {
        self.answer.follow_up(message.into(), None)
    }

    /// Sends another message after the response, which everybody sees, also if the node is
    /// [ephemeral](crate::tree::Node::ephemeral).
    ///
    /// # Errors
    ///
    /// As for [`follow_up`](InteractionContext::follow_up).
    pub fn follow_up_public(&self, message: impl Into<InteractionMessage>) -> Result<Message, Error> {
        self.answer.follow_up(message.into(), Some(Visibility::Public))
    }

    /// Sends another message after the response, which only the user sees.
    ///
    /// # Errors
    ///
    /// As for [`follow_up`](InteractionContext::follow_up).
    pub fn follow_up_ephemeral(&self, message: impl Into<InteractionMessage>) -> Result<Message, Error> {
        self.answer.follow_up(message.into(), Some(Visibility::Ephemeral))
    }

    /// Sends a message that only the user sees, whether there is a response or not: as the response, or after it. For a
    /// [text command](crate::tree#text-commands) it is a message in the channel.
    ///
    /// It is for code that does not know what a handler has done, as in [`on_command_error`](crate::Bot::on_command_error).
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply), except that there may be a response.
    pub fn notify(&self, message: impl Into<InteractionMessage>) -> Result {
        Ok(self.answer.notify(message.into())?)
    }

    /// Deletes the response.
    ///
    /// # Errors
    ///
    /// As for [`edit`](InteractionContext::edit).
    pub fn delete_reply(&self) -> Result {
        Ok(self.answer.delete_reply()?)
    }

    /// Returns the message that is the response.
    ///
    /// # Errors
    ///
    /// As for [`edit`](InteractionContext::edit).
    #[doc(alias = "original response")]
    pub fn fetch_reply(&self) -> Result<Message, Error> {
        self.answer.fetch_reply()
    }

    /// Responds by changing the message whose component was used.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply), and [`Error::Response`] if the interaction is a command, or a modal that
    /// no component opened.
    pub fn update(&self, changes: impl Into<EditResponse>) -> Result {
        Ok(self.answer.update(changes.into())?)
    }

    /// Responds without any change that the user sees. The message can still be [updated](InteractionContext::update).
    ///
    /// # Errors
    ///
    /// As for [`update`](InteractionContext::update).
    pub fn defer_update(&self) -> Result {
        Ok(self.answer.defer_update()?)
    }

    /// Responds with a modal. It must be the first response: Discord accepts no modal after a `defer`.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply), and [`Error::Response`] if the interaction is a modal itself.
    pub fn modal(&self, modal: &Modal) -> Result {
        Ok(self.answer.modal(modal)?)
    }
}

impl Deref for InteractionContext {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.cx
    }
}

impl AsRef<Context> for InteractionContext {
    fn as_ref(&self) -> &Context {
        &self.cx
    }
}

impl fmt::Debug for InteractionContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InteractionContext")
            .field("id", &self.interaction().id)
            .field("kind", &self.interaction().kind)
            .finish_non_exhaustive()
    }
}
