use std::ops::Deref;
use std::sync::Arc;

use super::context::Context;
use super::interaction::InteractionContext;
use crate::error::Result;
use crate::id::{ChannelId, RoleId, UserId};
use crate::interaction::InteractionResponder;
use crate::model::{Channel, ComponentData, Interaction, Member, Message, Resolved, Role, User, interaction};
use crate::rest::{EditResponse, Modal};

/// What the closure of a button or select can do: answer who used it, and all that an [`InteractionContext`] can.
#[derive(Debug)]
pub struct ComponentContext(InteractionContext);

impl ComponentContext {
    pub(crate) fn new(
        cx: Context,
        interaction: Arc<Interaction>,
        responder: Arc<InteractionResponder>,
    ) -> ComponentContext {
        ComponentContext(InteractionContext::new(cx, interaction, responder))
    }

    /// A copy for another thread, which keeps the interaction open.
    pub(crate) fn fork(&self) -> ComponentContext {
        ComponentContext(self.0.fork())
    }

    /// The same, holding the interaction open as long as it lives.
    pub(crate) fn held(self) -> ComponentContext {
        ComponentContext(self.0.held())
    }

    /// What was used, and how. There is none only where Discord sent what this version does not know.
    pub fn component(&self) -> Option<&ComponentData> {
        self.interaction().component()
    }

    /// What the bot named the component.
    pub fn custom_id(&self) -> &str {
        self.component().map_or("", |data| &data.custom_id)
    }

    /// The message that the component stands in.
    pub fn message(&self) -> Option<&Message> {
        self.interaction().message.as_deref()
    }

    /// What was chosen in a select: texts, or ids.
    pub fn values(&self) -> &[String] {
        self.component().map_or(&[], |data| &data.values)
    }

    /// The users that were chosen.
    pub fn users(&self) -> Vec<&User> {
        self.chosen(|resolved, id| resolved.users.get(&UserId::new(id)))
    }

    /// The users that were chosen, as members of the guild.
    pub fn members(&self) -> Vec<Member> {
        self.chosen(|resolved, id| resolved.member(UserId::new(id)))
    }

    /// The roles that were chosen.
    pub fn roles(&self) -> Vec<&Role> {
        self.chosen(|resolved, id| resolved.roles.get(&RoleId::new(id)))
    }

    /// The channels that were chosen.
    pub fn channels(&self) -> Vec<&Channel> {
        self.chosen(|resolved, id| resolved.channels.get(&ChannelId::new(id)))
    }

    /// What the chosen ids stand for, in the order in which they were chosen.
    fn chosen<'c, T>(&'c self, find: impl Fn(&'c Resolved, u64) -> Option<T>) -> Vec<T> {
        let resolved = self.component().and_then(|data| data.resolved.as_deref());
        interaction::chosen(resolved, self.values(), find)
    }

    /// Answers by changing the message that the component stands in.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn update(&self, changes: impl Into<EditResponse>) -> Result {
        self.0.update(changes)
    }

    /// Answers with nothing that the user sees; the message can still be [changed](ComponentContext::update).
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn defer_update(&self) -> Result {
        self.0.defer_update()
    }

    /// Answers with a window to be filled in. It must be the first answer: Discord takes no modal after a `defer`.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn modal(&self, modal: &Modal) -> Result {
        self.0.modal(modal)
    }
}

impl Deref for ComponentContext {
    type Target = InteractionContext;

    fn deref(&self) -> &InteractionContext {
        &self.0
    }
}

impl AsRef<Context> for ComponentContext {
    fn as_ref(&self) -> &Context {
        self
    }
}
