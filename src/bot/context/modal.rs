use std::ops::Deref;
use std::sync::Arc;

use super::context::Context;
use super::interaction::InteractionContext;
use crate::error::Result;
use crate::interaction::InteractionResponder;
use crate::model::{Attachment, Channel, Interaction, Member, Message, ModalData, Role, User};
use crate::rest::EditResponse;

/// What the handler of a modal receives: it responds to the user, and can do all that an [`InteractionContext`] can.
#[doc(alias = "modal submit")]
#[derive(Debug)]
pub struct ModalContext(InteractionContext);

impl ModalContext {
    pub(crate) fn new(
        cx: Context,
        interaction: Arc<Interaction>,
        responder: Arc<InteractionResponder>,
    ) -> ModalContext {
        ModalContext(InteractionContext::new(cx, interaction, responder))
    }

    /// A copy for another thread, which keeps the interaction open.
    pub(crate) fn fork(&self) -> ModalContext {
        ModalContext(self.0.fork())
    }

    /// Keeps the interaction open until this context is dropped.
    pub(crate) fn held(self) -> ModalContext {
        ModalContext(self.0.held())
    }

    /// The submitted data. `None` only if Discord sent something that this version does not know.
    pub fn data(&self) -> Option<&ModalData> {
        self.interaction().modal()
    }

    /// The custom ID of the modal.
    pub fn custom_id(&self) -> &str {
        self.data().map_or("", |data| &data.custom_id)
    }

    /// The message whose component opened the modal.
    pub fn message(&self) -> Option<&Message> {
        self.interaction().message.as_deref()
    }

    /// The text of the text input with this custom ID, or the chosen value of the radio group. A select has
    /// [`values`](ModalContext::values).
    pub fn value(&self, custom_id: &str) -> Option<&str> {
        self.data()?.text(custom_id)
    }

    /// The chosen values of the select or checkbox group with this custom ID. Empty if there is none.
    pub fn values(&self, custom_id: &str) -> &[String] {
        self.data().map_or(&[], |data| data.values(custom_id))
    }

    /// Whether the checkbox with this custom ID was ticked. False if there is none.
    pub fn is_checked(&self, custom_id: &str) -> bool {
        self.data().is_some_and(|data| data.is_checked(custom_id))
    }

    /// The users chosen in the select with this custom ID.
    pub fn users(&self, custom_id: &str) -> Vec<&User> {
        self.data().map_or_else(Vec::new, |data| data.users(custom_id))
    }

    /// The users chosen in the select with this custom ID, as members of the guild.
    pub fn members(&self, custom_id: &str) -> Vec<Member> {
        self.data().map_or_else(Vec::new, |data| data.members(custom_id))
    }

    /// The roles chosen in the select with this custom ID.
    pub fn roles(&self, custom_id: &str) -> Vec<&Role> {
        self.data().map_or_else(Vec::new, |data| data.roles(custom_id))
    }

    /// The channels chosen in the select with this custom ID.
    pub fn channels(&self, custom_id: &str) -> Vec<&Channel> {
        self.data().map_or_else(Vec::new, |data| data.channels(custom_id))
    }

    /// The files uploaded in the field with this custom ID.
    pub fn files(&self, custom_id: &str) -> Vec<&Attachment> {
        self.data().map_or_else(Vec::new, |data| data.files(custom_id))
    }

    /// Responds by changing the message whose component opened the modal.
    ///
    /// # Errors
    ///
    /// As for [`reply`](InteractionContext::reply), and [`Error::Response`](crate::Error::Response) if no component opened it.
    pub fn update(&self, changes: impl Into<EditResponse>) -> Result {
        self.0.update(changes)
    }

    /// Responds without any change that the user sees.
    ///
    /// # Errors
    ///
    /// As for [`update`](ModalContext::update).
    pub fn defer_update(&self) -> Result {
        self.0.defer_update()
    }
}

impl Deref for ModalContext {
    type Target = InteractionContext;

    fn deref(&self) -> &InteractionContext {
        &self.0
    }
}

impl AsRef<Context> for ModalContext {
    fn as_ref(&self) -> &Context {
        self
    }
}
