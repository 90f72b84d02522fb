use std::ops::Deref;
use std::sync::Arc;

use super::context::Context;
use super::interaction::InteractionContext;
use crate::error::Result;
use crate::id::{MessageId, UserId};
use crate::interaction::InteractionResponder;
use crate::model::{CommandData, Interaction, Member, Message, User};
use crate::rest::Modal;

/// What a command's closure can do: answer who used it, and all that an [`InteractionContext`] can.
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

    /// A copy for another thread, which keeps the interaction open.
    pub(crate) fn fork(&self) -> CommandContext {
        CommandContext(self.0.fork())
    }

    /// What was used, and how. There is none only where Discord sent what this version does not know.
    pub fn command(&self) -> Option<&CommandData> {
        self.interaction().command()
    }

    /// The user whom a command of the user menu was used on.
    pub fn target_user(&self) -> Option<&User> {
        let data = self.command()?;
        data.resolved.as_ref()?.users.get(&UserId::new(data.target_id?.get()))
    }

    /// The same as a member of the guild.
    pub fn target_member(&self) -> Option<Member> {
        let data = self.command()?;
        data.resolved.as_ref()?.member(UserId::new(data.target_id?.get()))
    }

    /// The message that a command of the message menu was used on.
    pub fn target_message(&self) -> Option<&Message> {
        let data = self.command()?;
        data.resolved.as_ref()?.messages.get(&MessageId::new(data.target_id?.get()))
    }

    /// Answers with a window to be filled in.
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
