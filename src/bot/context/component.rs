use std::ops::Deref;
use std::sync::Arc;

use super::context::Context;
use super::interaction::InteractionContext;
use crate::error::Result;
use crate::id::{ChannelId, RoleId, UserId};
use crate::interaction::InteractionResponder;
use crate::model::{Channel, ComponentData, Interaction, Member, Message, Resolved, Role, User, interaction};
use crate::rest::{EditResponse, Modal};

/// What the handler of a button or select receives: it responds to the user, and can do all that an [`InteractionContext`] can.
#[doc(alias = "component interaction")]
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

    /// Keeps the interaction open until this context is dropped.
    pub(crate) fn held(self) -> ComponentContext {
        ComponentContext(self.0.held())
    }

    /// The component and its values. `None` only if Discord sent something that this version does not know.
    pub fn component(&self) -> Option<&ComponentData> {
        self.interaction().component()
    }

    /// The custom ID of the component.
    pub fn custom_id(&self) -> &str {
        self.component().map_or("", |data| &data.custom_id)
    }

    /// The message that holds the component.
    pub fn message(&self) -> Option<&Message> {
        self.interaction().message.as_deref()
    }

    /// The values chosen in a select: texts or IDs.
    pub fn values(&self) -> &[String] {
        self.component().map_or(&[], |data| &data.values)
    }

    /// The chosen users.
    pub fn users(&self) -> Vec<&User> {
        self.chosen(|resolved, id| resolved.users.get(&UserId::new(id)))
    }

    /// The chosen users, as members of the guild.
    pub fn members(&self) -> Vec<Member> {
        self.chosen(|resolved, id| resolved.member(UserId::new(id)))
    }

    /// The chosen roles.
    pub fn roles(&self) -> Vec<&Role> {
        self.chosen(|resolved, id| resolved.roles.get(&RoleId::new(id)))
    }

    /// The chosen channels.
    pub fn channels(&self) -> Vec<&Channel> {
        self.chosen(|resolved, id| resolved.channels.get(&ChannelId::new(id)))
    }

    /// The objects of the chosen IDs, in the order in which they were chosen.
    fn chosen<'c, T>(&'c self, find: impl Fn(&'c Resolved, u64) -> Option<T>) -> Vec<T> {
        let resolved = self.component().and_then(|data| data.resolved.as_deref());
        interaction::chosen(resolved, self.values(), find)
    }

    /// Responds by changing the message that holds the component. A text, an embed or an [`EditResponse`] changes only what it
    /// sets. An [`InteractionMessage`](crate::rest::InteractionMessage) takes the place of the message: nothing else of that
    /// remains, such as its buttons.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn update(&self, changes: impl Into<EditResponse>) -> Result {
        self.0.update(changes)
    }

    /// Responds without any change that the user sees. The message can still be [updated](ComponentContext::update).
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply).
    pub fn defer_update(&self) -> Result {
        self.0.defer_update()
    }

    /// Responds with a modal. It must be the first response: Discord accepts no modal after a `defer`.
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
