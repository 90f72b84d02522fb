//! What members do except talking: commands, buttons, selects and modals.

use std::time::Duration;

use serde_json::Value;

use super::channel::Channel;
use super::interaction::{Choice, Interaction, Modal};
use super::member::{Member, uploads};
use super::message::Message;
use crate::id::{InteractionId, MessageId};
use crate::sim::error::SimError;
use crate::sim::hub::State;
use crate::sim::log::timeout_error;
use crate::sim::types::command_type;
use crate::sim::world::Event;

impl Member {
    /// Uses a slash command: `/roll sides:6 times:2`, `/crew rota add who:@bob`.
    ///
    /// The value of an option ends where the name of the next option begins. Double quotes around a value are not part
    /// of it. Users, roles and channels are given by name, mention or ID, a file by its name.
    ///
    /// # Errors
    ///
    /// [`SimError::NotPossible`] when Discord's own client would not allow it: the command is not registered in this channel,
    /// an option is unknown or missing, or a value does not fit its option.
    pub fn uses(&self, channel: &Channel, line: &str) -> Result<Interaction, SimError> {
        self.uses_with_files(channel, line, &[])
    }

    /// As [`uses`](Member::uses), with the content of the files that the line names.
    ///
    /// # Errors
    ///
    /// As [`uses`](Member::uses).
    pub fn uses_with_files(
        &self,
        channel: &Channel,
        line: &str,
        files: &[(&str, &[u8])],
    ) -> Result<Interaction, SimError> {
        let files = uploads(files);
        self.interact(|state, now| state.world.use_command(now, self.id, channel.id(), line, &files))
    }

    /// Uses a user command of the context menu.
    ///
    /// # Errors
    ///
    /// [`SimError::NotPossible`] when no such command is registered in this channel.
    pub fn uses_on_user(
        &self,
        channel: &Channel,
        name: &str,
        target: &Member,
    ) -> Result<Interaction, SimError> {
        self.uses_context_menu(channel, name, command_type::USER, target.id.get())
    }

    /// Uses a message command of the context menu.
    ///
    /// # Errors
    ///
    /// [`SimError::NotPossible`] when no such command is registered in this channel, or the message does not exist.
    pub fn uses_on_message(
        &self,
        channel: &Channel,
        name: &str,
        target: impl Into<MessageId>,
    ) -> Result<Interaction, SimError> {
        self.uses_context_menu(channel, name, command_type::MESSAGE, target.into().get())
    }

    /// Types a slash command whose last option has autocomplete, and waits for the choices.
    ///
    /// # Errors
    ///
    /// [`SimError::NotPossible`] when the option has no autocomplete, [`SimError::Timeout`] when no choices arrive in
    /// time.
    pub fn autocompletes(&self, channel: &Channel, line: &str) -> Result<Vec<Choice>, SimError> {
        let (user, channel) = (self.id, channel.id());
        self.interact(|state, now| state.world.autocomplete(now, user, channel, line))?.choices()
    }

    /// Clicks a button of a message.
    ///
    /// # Errors
    ///
    /// [`SimError::NotPossible`] when the member does not see the message, or the button does not exist or is disabled.
    pub fn clicks(&self, message: impl Into<MessageId>, custom_id: &str) -> Result<Interaction, SimError> {
        let message = message.into();
        self.interact(|state, now| state.world.click(now, self.id, message, custom_id))
    }

    /// Chooses in a select of a message: the values of its options, or the IDs of users, roles and channels.
    ///
    /// # Errors
    ///
    /// As [`clicks`](Member::clicks), and when the select does not have these values or does not accept this number
    /// of values.
    pub fn selects(
        &self,
        message: impl Into<MessageId>,
        custom_id: &str,
        values: impl IntoIterator<Item = impl ToString>,
    ) -> Result<Interaction, SimError> {
        let message = message.into();
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        self.interact(|state, now| state.world.select(now, self.id, message, custom_id, &values))
    }

    /// Fills in the fields of a modal and submits it. The other fields keep their initial values.
    ///
    /// The value of a field is a text, a list of values or a boolean, depending on the kind of the field.
    ///
    /// # Errors
    ///
    /// [`SimError::NotPossible`] when a field does not exist or does not accept its value.
    pub fn submits<'f>(
        &self,
        modal: &Modal,
        fields: impl IntoIterator<Item = (&'f str, impl Into<Value>)>,
    ) -> Result<Interaction, SimError> {
        self.submits_with_files(modal, fields, &[])
    }

    /// As [`submits`](Member::submits), with the contents of the files that the file fields name.
    ///
    /// # Errors
    ///
    /// As [`submits`](Member::submits).
    pub fn submits_with_files<'f>(
        &self,
        modal: &Modal,
        fields: impl IntoIterator<Item = (&'f str, impl Into<Value>)>,
        files: &[(&str, &[u8])],
    ) -> Result<Interaction, SimError> {
        let fields: Vec<(String, Value)> =
            fields.into_iter().map(|(id, value)| (id.to_owned(), value.into())).collect();
        let files = uploads(files);
        self.interact(|state, now| state.world.submit(now, modal.interaction, &fields, &files))
    }

    /// Waits for the next modal that opens for this member. Each modal is returned once.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when none opens in time.
    pub fn next_modal(&self) -> Result<Modal, SimError> {
        let modal = self.hub.wait_for(self.timeout, || {
            self.hub.change_silently(|state| {
                let index = state.next_modal.entry(self.id.get()).or_default();
                let (interaction, raw) = state.world.modal_of_user(self.id, *index)?;
                *index += 1;
                Some(Modal::new(interaction, raw))
            })
        });
        modal.ok_or_else(|| timeout_error(&self.hub, self.timeout, &format!("a modal for {}", self.name)))
    }

    /// Waits for the next ephemeral message to this member. Each message is returned once.
    ///
    /// # Errors
    ///
    /// [`SimError::Timeout`] when there is none in time.
    pub fn next_ephemeral_message(&self) -> Result<Message, SimError> {
        let message = self.hub.wait_for(self.timeout, || self.try_next_ephemeral_message());
        message.ok_or_else(|| {
            timeout_error(&self.hub, self.timeout, &format!("an ephemeral message to {}", self.name))
        })
    }

    /// The next ephemeral message to this member, if there is one. Each message is returned once.
    pub fn try_next_ephemeral_message(&self) -> Option<Message> {
        self.hub.change_silently(|state| {
            let id = self.id;
            state.next_message(id.get(), |world, from| world.next_ephemeral_message(id, from))
        })
    }

    fn uses_context_menu(
        &self,
        channel: &Channel,
        name: &str,
        kind: u64,
        target: u64,
    ) -> Result<Interaction, SimError> {
        let (user, channel) = (self.id, channel.id());
        self.interact(|state, now| state.world.use_context_menu(now, user, channel, name, kind, target))
    }

    fn interact(
        &self,
        action: impl FnOnce(&mut State, Duration) -> Result<(InteractionId, Vec<Event>), String>,
    ) -> Result<Interaction, SimError> {
        let result = self.hub.change(|state, now| {
            let time = state.clock.time();
            let (id, events) = action(state, time)?;
            state.dispatch(now, events);
            Ok(id)
        });
        let id = result.map_err(|why| SimError::not_possible(&self.name, why))?;
        Ok(Interaction::new(self.hub.clone(), id, self.timeout))
    }
}
