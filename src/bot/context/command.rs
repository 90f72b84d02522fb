use std::ops::Deref;
use std::sync::Arc;

use super::context::Context;
use super::interaction::InteractionContext;
use crate::bot::text::source::TextSource;
use crate::error::Result;
use crate::id::{MessageId, UserId};
use crate::interaction::{InteractionResponder, MessageResponder};
use crate::model::{CommandData, Interaction, Member, Message, User};
use crate::rest::Modal;

/// What a command's handler receives: it responds to the user, and can do all that an [`InteractionContext`] can.
#[derive(Debug)]
pub struct CommandContext(InteractionContext);

impl CommandContext {
    pub(crate) fn new(
        cx: Context,
        interaction: Arc<Interaction>,
        responder: Arc<InteractionResponder>,
    ) -> CommandContext {
        CommandContext(InteractionContext::new(cx, interaction, responder))
    }

    /// The context of a command that a message called.
    pub(in crate::bot) fn of_message(
        cx: Context,
        interaction: Interaction,
        message: Arc<Message>,
        responder: MessageResponder,
        source: TextSource,
    ) -> CommandContext {
        CommandContext(InteractionContext::of_message(cx, interaction, message, responder, source))
    }

    /// Replaces the interaction of a call by a message, once its options were read.
    pub(in crate::bot) fn set_interaction(&self, interaction: Interaction) {
        self.0.set_interaction(interaction);
    }

    /// A copy for another thread, which keeps the interaction open.
    pub(crate) fn fork(&self) -> CommandContext {
        CommandContext(self.0.fork())
    }

    /// The command and its options. `None` only if Discord sent something that this version does not know.
    pub fn command(&self) -> Option<&CommandData> {
        self.interaction().command()
    }

    /// The message that called the command, if it was called by [text](crate::tree#text-commands).
    ///
    /// ```
    /// use syncord::tree::command;
    ///
    /// let how = command("how", "Says how it was called").text().run(|cx| {
    ///     cx.reply(if cx.message().is_some() { "By a message." } else { "As a slash command." })
    /// });
    /// ```
    pub fn message(&self) -> Option<&Message> {
        self.0.text_message()
    }

    /// The user that a user command was used on.
    pub fn target_user(&self) -> Option<&User> {
        let data = self.command()?;
        data.resolved.as_ref()?.users.get(&UserId::new(data.target_id?.get()))
    }

    /// The same user, as a member of the guild.
    pub fn target_member(&self) -> Option<Member> {
        let data = self.command()?;
        data.resolved.as_ref()?.member(UserId::new(data.target_id?.get()))
    }

    /// The message on which a message command was used.
    pub fn target_message(&self) -> Option<&Message> {
        let data = self.command()?;
        data.resolved.as_ref()?.messages.get(&MessageId::new(data.target_id?.get()))
    }

    /// Responds with a modal.
    ///
    /// It must be the first response: Discord accepts no modal after a `defer`. A command that takes long before it
    /// opens one must turn automatic deferral off with
    /// [`no_auto_defer`](crate::tree::Node::no_auto_defer).
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn modal(&self, modal: &Modal) -> Result {
        self.0.modal(modal)
    }
}

impl Deref for CommandContext {
    type Target = InteractionContext;

    fn deref(&self) -> &InteractionContext {
        &self.0
    }
}

impl AsRef<Context> for CommandContext {
    fn as_ref(&self) -> &Context {
        self
    }
}
