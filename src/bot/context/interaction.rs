use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::context::Context;
use crate::error::{Error, Result};
use crate::id::{ChannelId, GuildId};
use crate::interaction::{InteractionResponder, ResponderGuard};
use crate::model::{Interaction, Locale, Member, Message, User};
use crate::rest::{EditResponse, InteractionMessage, Modal};

/// What a closure can do with an [interaction](https://docs.discord.com/developers/interactions/receiving-and-responding): answer it, and all that a [`Context`] can.
///
/// An interaction is answered once, by [`reply`](InteractionContext::reply) or one of its relatives; what comes after
/// that is an [`edit`](InteractionContext::edit) or a [`follow_up`](InteractionContext::follow_up). Discord waits for
/// three seconds: an interaction that nobody has answered after two is
/// [deferred](InteractionContext::defer) by the library, and `reply` then fills in what the user waits for. After
/// 15 minutes nothing more can be said.
///
/// A private answer never shows in public: where it comes after a public `defer`, that is deleted, and the answer
/// is a message of its own.
pub struct InteractionContext {
    cx: Context,
    interaction: Arc<Interaction>,
    responder: Arc<InteractionResponder>,
    /// Keeps the interaction open when the closure that heard it has ended.
    guard: Option<ResponderGuard>,
}

impl InteractionContext {
    pub(crate) fn new(
        cx: Context,
        interaction: Arc<Interaction>,
        responder: Arc<InteractionResponder>,
    ) -> InteractionContext {
        InteractionContext { cx, interaction, responder, guard: None }
    }

    /// The same for another thread, which holds the interaction open.
    pub(crate) fn fork(&self) -> InteractionContext {
        InteractionContext {
            cx: self.cx.fork(),
            interaction: Arc::clone(&self.interaction),
            responder: Arc::clone(&self.responder),
            guard: None,
        }
        .held()
    }

    /// The same, holding the interaction open as long as it lives.
    pub(crate) fn held(mut self) -> InteractionContext {
        let holder = format!("a task of {}", self.cx.waits().node);
        let pending = &self.cx.shared().interactions;
        self.guard = Some(ResponderGuard::new(pending, &self.responder, holder));
        self
    }

    /// The task that holds the interaction open has failed.
    pub(crate) fn task_failed(&self) {
        if let Some(guard) = &self.guard {
            guard.fail();
        }
    }

    pub(crate) fn responder(&self) -> &Arc<InteractionResponder> {
        &self.responder
    }

    /// The interaction, as Discord sent it.
    pub fn interaction(&self) -> &Interaction {
        &self.interaction
    }

    /// Who caused it.
    pub fn user(&self) -> &User {
        // Discord names somebody in all interactions but pings, which do not come over the gateway.
        self.interaction.invoking_user().unwrap_or_else(|| self.cx.me())
    }

    /// Who caused it, as a member of the guild, with the permissions in the channel.
    pub fn member(&self) -> Option<&Member> {
        self.interaction.member.as_deref()
    }

    /// The guild it comes from.
    pub fn guild_id(&self) -> Option<GuildId> {
        self.interaction.guild_id
    }

    /// The channel it comes from.
    pub fn channel_id(&self) -> Option<ChannelId> {
        self.interaction.channel_id
    }

    /// The language of who caused it.
    pub fn locale(&self) -> Option<&Locale> {
        self.interaction.locale.as_ref()
    }

    /// Answers with a message that everybody sees.
    ///
    /// # Errors
    ///
    /// [`Error::Response`] when it was answered already, or cannot be answered any more; [`Error::Invalid`] when the
    /// message is more than Discord takes, without sending it; otherwise those of
    /// [every call](crate::rest::Client#errors).
    pub fn reply(&self, message: impl Into<InteractionMessage>) -> Result {
        Ok(self.responder.reply(message)?)
    }

    /// Answers with a message that only the user sees.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn reply_ephemeral(&self, message: impl Into<InteractionMessage>) -> Result {
        Ok(self.responder.reply_ephemeral(message)?)
    }

    /// Says that an answer will come, which everybody will see: the user is shown that the bot is thinking.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn defer(&self) -> Result {
        Ok(self.responder.defer()?)
    }

    /// Says that an answer will come, which only the user will see.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn defer_ephemeral(&self) -> Result {
        Ok(self.responder.defer_ephemeral()?)
    }

    /// Changes the answer, or gives it when it was deferred.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply), and [`Error::Response`] when there is nothing yet to change.
    pub fn edit(&self, changes: impl Into<EditResponse>) -> Result<Message, Error> {
        self.responder.edit(changes)
    }

    /// Sends another message after the answer, which everybody sees.
    ///
    /// After a `defer` the first message is the answer.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply), and [`Error::Response`] when it was not answered yet.
    pub fn follow_up(&self, message: impl Into<InteractionMessage>) -> Result<Message, Error> {
        self.responder.follow_up(message)
    }

    /// Sends another message after the answer, which only the user sees.
    ///
    /// # Errors
    ///
    /// As for [`follow_up`](InteractionContext::follow_up).
    pub fn follow_up_ephemeral(&self, message: impl Into<InteractionMessage>) -> Result<Message, Error> {
        self.responder.follow_up_ephemeral(message)
    }

    /// Deletes the answer.
    ///
    /// # Errors
    ///
    /// As for [`edit`](InteractionContext::edit).
    pub fn delete_reply(&self) -> Result {
        Ok(self.responder.delete_reply()?)
    }

    /// The message that was answered with.
    ///
    /// # Errors
    ///
    /// As for [`edit`](InteractionContext::edit).
    pub fn fetch_reply(&self) -> Result<Message, Error> {
        self.responder.fetch_reply()
    }

    /// Answers by changing the message whose component was used.
    pub(super) fn update(&self, changes: impl Into<EditResponse>) -> Result {
        Ok(self.responder.update(changes)?)
    }

    /// Answers with nothing that the user sees.
    pub(super) fn defer_update(&self) -> Result {
        Ok(self.responder.defer_update()?)
    }

    /// Answers with a window to be filled in.
    pub(super) fn modal(&self, modal: &Modal) -> Result {
        Ok(self.responder.modal(modal)?)
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
            .field("id", &self.interaction.id)
            .field("kind", &self.interaction.kind)
            .finish_non_exhaustive()
    }
}
