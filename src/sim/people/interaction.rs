//! What people do beyond talking: commands, buttons, selects and modals.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::{Channel, Member, Message};
use crate::error::Error;
use crate::id::{InteractionId, MessageId};
use crate::sim::server::{Shared, State, wall};
use crate::sim::timeout_error;
use crate::sim::world::{Acknowledgement, Event, File, RejectedResponse};

/// Something that a person did, as the bot got it.
#[derive(Clone)]
pub struct Interaction {
    shared: Arc<Shared>,
    id: InteractionId,
    timeout: Duration,
}

/// What a bot suggested for an option.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Choice {
    /// What the person sees.
    pub name: String,
    /// What the bot gets.
    pub value: Value,
}

/// A modal that a bot opened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Modal {
    /// Its id.
    pub custom_id: String,
    /// Its title.
    pub title: String,
    /// The interaction that it answers.
    pub interaction: InteractionId,
    /// All of it, as the bot sent it, with the numbers of its components.
    pub raw: Value,
}

impl Member {
    /// Uses a slash command: `/roll sides:6 times:2`, `/crew rota add who:@bob`.
    ///
    /// A value goes on to the next option's name. Users, roles and channels are named, mentioned or given
    /// by id; a file is given by its name.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when Discord's own client would not let the person do it: the command is not registered
    /// here, an option is unknown or missing, a value is not what the option takes.
    pub fn uses(&self, channel: &Channel, line: &str) -> Result<Interaction, Error> {
        self.uses_with_files(channel, line, &[])
    }

    /// As [`uses`](Member::uses), with files, whose names the line gives.
    ///
    /// # Errors
    ///
    /// As [`uses`](Member::uses).
    pub fn uses_with_files(
        &self,
        channel: &Channel,
        line: &str,
        files: &[(&str, &[u8])],
    ) -> Result<Interaction, Error> {
        let file = |(name, bytes): &(&str, &[u8])| File {
            name: (*name).to_owned(),
            content: bytes.to_vec(),
            ..File::default()
        };
        let files: Vec<File> = files.iter().map(file).collect();
        self.interacts(|state, now| {
            state.world.use_command(now, self.id.get(), channel.id.get(), line, &files)
        })
    }

    /// Uses a command of the menu on a user.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when no such command is registered here.
    pub fn uses_on_user(&self, channel: &Channel, name: &str, target: &Member) -> Result<Interaction, Error> {
        self.interacts(|state, now| {
            state.world.use_on(now, self.id.get(), channel.id.get(), name, 2, target.id.get())
        })
    }

    /// Uses a command of the menu on a message.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when no such command is registered here, or there is no such message.
    pub fn uses_on_message(
        &self,
        channel: &Channel,
        name: &str,
        target: impl Into<MessageId>,
    ) -> Result<Interaction, Error> {
        let target = target.into().get();
        self.interacts(|state, now| state.world.use_on(now, self.id.get(), channel.id.get(), name, 3, target))
    }

    /// Types a slash command whose last option suggests values, and waits for what the bot suggests.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when the option suggests nothing, or no suggestions come in time.
    pub fn autocompletes(&self, channel: &Channel, line: &str) -> Result<Vec<Choice>, Error> {
        self.interacts(|state, now| state.world.complete(now, self.id.get(), channel.id.get(), line))?
            .choices()
    }

    /// Clicks a button of a message, given as its id or as [`Message`].
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when the person sees no such message, or it has no such button, or a disabled one.
    pub fn clicks(&self, message: impl Into<MessageId>, custom_id: &str) -> Result<Interaction, Error> {
        let message = message.into().get();
        self.interacts(|state, now| state.world.click(now, self.id.get(), message, custom_id))
    }

    /// Chooses in a select of a message: the values of its options, or the ids of users, roles and channels.
    ///
    /// # Errors
    ///
    /// As [`clicks`](Member::clicks), and when it does not offer the values or not so many of them.
    pub fn selects(
        &self,
        message: impl Into<MessageId>,
        custom_id: &str,
        values: impl IntoIterator<Item = impl ToString>,
    ) -> Result<Interaction, Error> {
        let message = message.into().get();
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        self.interacts(|state, now| state.world.select(now, self.id.get(), message, custom_id, &values))
    }

    /// Fills in a modal and submits it. Fields that are not given keep what stood in them.
    ///
    /// A field's value is a text, a list of values, or a boolean, as its kind wants it.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when it has no such field, or a field does not take its value.
    pub fn submits<'f>(
        &self,
        modal: &Modal,
        fields: impl IntoIterator<Item = (&'f str, impl Into<Value>)>,
    ) -> Result<Interaction, Error> {
        let fields: Vec<(String, Value)> =
            fields.into_iter().map(|(id, value)| (id.to_owned(), value.into())).collect();
        self.interacts(|state, now| state.world.submit(now, modal.interaction.get(), &fields))
    }

    /// Waits for the next modal that opens for this person and was not taken before.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when none opens in time.
    pub fn next_modal(&self) -> Result<Modal, Error> {
        let modal = self.shared.wait_for(self.timeout, || {
            self.shared.update(|state| {
                let taken = state.modals.entry(self.id.get()).or_default();
                let (interaction, raw) = state.world.opened(self.id.get(), *taken)?;
                *taken += 1;
                Some(Modal::read(InteractionId::new(interaction), raw))
            })
        });
        modal.ok_or_else(|| timeout_error(&self.shared, self.timeout, &format!("a modal for {}", self.name)))
    }

    /// Waits for the next message that only this person sees and that was not taken before.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when none comes in time.
    pub fn next_ephemeral_message(&self) -> Result<Message, Error> {
        let message = self.shared.wait_for(self.timeout, || self.try_next_ephemeral_message());
        message.ok_or_else(|| {
            timeout_error(&self.shared, self.timeout, &format!("a message that only {} sees", self.name))
        })
    }

    /// The next message that only this person sees and that was not taken before, if there is one.
    pub fn try_next_ephemeral_message(&self) -> Option<Message> {
        self.shared.update(|state| {
            let id = self.id.get();
            let from = state.taken.get(&id).copied().unwrap_or(0);
            let (at, raw) = state.world.whispered(id, from)?;
            state.taken.insert(id, at + 1);
            Some(Message::read(raw))
        })
    }

    /// All messages that this person sees in a channel, oldest first: everybody's, and those for this person alone.
    pub fn sees(&self, channel: &Channel) -> Vec<Message> {
        let seen = self.shared.look(|state| state.world.seen_by(self.id.get(), channel.id.get()));
        seen.into_iter().map(Message::read).collect()
    }

    fn interacts(
        &self,
        act: impl FnOnce(&mut State, Duration) -> Result<(u64, Vec<Event>), String>,
    ) -> Result<Interaction, Error> {
        let done = self.shared.change(|state, now| {
            let (id, events) = act(state, wall())?;
            state.happened(now, events);
            Ok(id)
        });
        let id = done.map_err(|why: String| Error::setup(format!("{} cannot do this: {why}", self.name)))?;
        Ok(Interaction::new(self.shared.clone(), InteractionId::new(id), self.timeout))
    }
}

impl Interaction {
    pub(in crate::sim) fn new(shared: Arc<Shared>, id: InteractionId, timeout: Duration) -> Interaction {
        Interaction { shared, id, timeout }
    }

    /// The ID of the interaction.
    pub fn id(&self) -> InteractionId {
        self.id
    }

    /// The command's full name (`crew rota add`), or the custom id of the component or modal.
    pub fn name(&self) -> String {
        self.shared.look(|state| state.world.interaction_name(self.id.get())).unwrap_or_default()
    }

    /// All of it, as it was dispatched.
    pub fn raw(&self) -> Value {
        self.shared.look(|state| state.world.interaction(self.id.get())).unwrap_or_default()
    }

    /// How it was answered, if it was: with what, and how long after it was sent.
    pub fn acknowledgement(&self) -> Option<Acknowledgement> {
        self.shared.look(|state| state.world.acknowledgement(self.id.get()))
    }

    /// The answers that were refused, with Discord's error code: late ones, second ones, malformed ones.
    pub fn rejected_responses(&self) -> Vec<RejectedResponse> {
        self.shared.look(|state| state.world.rejected_responses(self.id.get()))
    }

    /// Waits until it is answered.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when it is not in time.
    pub fn wait_for_acknowledgement(&self) -> Result<Acknowledgement, Error> {
        self.wait("an answer to", Interaction::acknowledgement)
    }

    /// Waits for the message that answers it. A deferred one counts when it is filled in, an update when it is made.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when none comes in time.
    pub fn reply(&self) -> Result<Message, Error> {
        self.wait("a message that answers", Interaction::current_reply)
    }

    /// The message that answers it, if there is one with something in it now.
    pub fn current_reply(&self) -> Option<Message> {
        self.shared.look(|state| state.world.current_reply(self.id.get())).map(Message::read)
    }

    /// The messages that followed the answer, unless they were deleted.
    pub fn followups(&self) -> Vec<Message> {
        let messages = self.shared.look(|state| state.world.followups(self.id.get()));
        messages.into_iter().map(Message::read).collect()
    }

    /// Waits for what was suggested, for an interaction that asked for suggestions.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when nothing is in time.
    pub fn choices(&self) -> Result<Vec<Choice>, Error> {
        let choices =
            self.wait("suggestions for", |it| it.shared.look(|state| state.world.choices(it.id.get())))?;
        let choice = |one: &Value| Choice {
            name: one["name"].as_str().unwrap_or_default().to_owned(),
            value: one["value"].clone(),
        };
        Ok(choices.as_array().into_iter().flatten().map(choice).collect())
    }

    /// The modal that it was answered with, if it was.
    pub fn modal(&self) -> Option<Modal> {
        let raw = self.shared.look(|state| state.world.modal(self.id.get()))?;
        Some(Modal::read(self.id, raw))
    }

    fn wait<R>(&self, what: &str, found: impl Fn(&Interaction) -> Option<R>) -> Result<R, Error> {
        self.shared.wait_for(self.timeout, || found(self)).ok_or_else(|| {
            let what = format!("{what} {:?} (refused were {:?})", self.name(), self.rejected_responses());
            timeout_error(&self.shared, self.timeout, &what)
        })
    }
}

impl Modal {
    fn read(interaction: InteractionId, raw: Value) -> Modal {
        let text = |key: &str| raw[key].as_str().unwrap_or_default().to_owned();
        Modal { custom_id: text("custom_id"), title: text("title"), interaction, raw }
    }
}
