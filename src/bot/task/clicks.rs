use std::sync::Arc;
use std::time::Duration;

use super::task::{Task, is_of, pick, wanted};
use crate::bot::context::{ComponentContext, Context, InteractionContext, ModalContext};
use crate::bot::event_scope::EventScope;
use crate::bot::threads::mailbox::{Candidate, EventIds};
use crate::error::Error;
use crate::gateway::event::{Event, InteractionCreate, MessageCreate};
use crate::id::{MessageId, UserId};
use crate::interaction::InteractionResponder;
use crate::model::{Interaction, Message};

/// What a user did: see [`Task::next_message_or_click`].
#[derive(Debug)]
pub enum MessageOrClick {
    /// The user sent a message.
    Message(Box<Message>),
    /// The user clicked on a button, or chose something in a select.
    Click(ComponentContext),
}

enum Either {
    Message(Box<Message>),
    Interaction(Taken),
}

/// An interaction that a task has taken.
type Taken = (Arc<Interaction>, Arc<InteractionResponder>);

/// The parts of a context.
type Found = (Context, Arc<Interaction>, Arc<InteractionResponder>);

/// # Waiting for interactions
impl<C: AsRef<Context>> Task<C> {
    /// Waits for the next click on a button, or choice in a select, of this message, by any user. `None` after the timeout.
    ///
    /// The task responds to it. If it does not, the user is notified.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use syncord::events::InteractionCreate;
    /// # use syncord::model::component::{ActionRow, Button};
    /// # use syncord::rest::CreateMessage;
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.waits_for::<InteractionCreate>();
    /// bot.on_message(|cx, message| {
    ///     if message.author.bot {
    ///         return Ok(());
    ///     }
    ///     let channel = message.channel_id;
    ///     Ok(cx.spawn(move |task| {
    ///         let row = ActionRow::new([Button::danger("yes", "Yes")]);
    ///         let asked = task.send(channel, CreateMessage::text("Sure?").component(row))?;
    ///         match task.next_click(&asked, Duration::from_secs(60))? {
    ///             Some(click) => click.update("So be it."),
    ///             None => Ok(()),
    ///         }
    ///     })?)
    /// });
    /// # bot.during(|| {
    /// #     ann.says(&general, "Delete everything.");
    /// #     let question = general.next_message()?;
    /// #     ann.clicks(&question, "yes")?.wait_for_acknowledgement()?;
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if nothing declared that tasks wait for [`InteractionCreate`], [`Error::Stopped`] if the
    /// bot stops.
    #[doc(alias = "component collector")]
    pub fn next_click(
        &self,
        message: &Message,
        timeout: Duration,
    ) -> Result<Option<ComponentContext>, Error> {
        let scope = EventScope::new().message(message.id);
        let found = self.take(scope, |interaction| is_click_on(interaction, message.id), timeout)?;
        Ok(found.map(click))
    }

    /// Waits for the next click on a button, or choice in a select, of this message, by this user. `None` after the timeout.
    ///
    /// Clicks of other users stay for other tasks and handlers. If nothing takes one, its user is notified.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use syncord::events::InteractionCreate;
    /// # use syncord::model::component::{ActionRow, Button};
    /// # use syncord::rest::CreateMessage;
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.waits_for::<InteractionCreate>();
    /// bot.on_message(|cx, message| {
    ///     if message.author.bot {
    ///         return Ok(());
    ///     }
    ///     let (channel, user) = (message.channel_id, message.author.id);
    ///     Ok(cx.spawn(move |task| {
    ///         let row = ActionRow::new([Button::success("take", "Take it")]);
    ///         let offer = task.send(channel, CreateMessage::text("A gift for you.").component(row))?;
    ///         if let Some(click) = task.next_click_by(&offer, user, Duration::from_secs(60))? {
    ///             click.update(format!("Taken by {}.", click.user().username))?;
    ///         }
    ///         Ok(())
    ///     })?)
    /// });
    /// # bot.during(|| {
    /// #     ann.says(&general, "It is my birthday.");
    /// #     let offer = general.next_message()?;
    /// #     bob.clicks(&offer, "take")?;
    /// #     ann.clicks(&offer, "take")?.wait_for_acknowledgement()?;
    /// #     assert_eq!(ann.sees(&general).last().unwrap().content, "Taken by ann.");
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`next_click`](Task::next_click).
    pub fn next_click_by(
        &self,
        message: &Message,
        user: UserId,
        timeout: Duration,
    ) -> Result<Option<ComponentContext>, Error> {
        let scope = EventScope::new().message(message.id).user(user);
        let fits =
            |interaction: &Interaction| is_click_on(interaction, message.id) && is_by(interaction, user);
        Ok(self.take(scope, fits, timeout)?.map(click))
    }

    /// Waits for the next click on a button, or choice in a select, that `filter` accepts: on any message, by any user.
    /// `None` after the timeout.
    ///
    /// Each click wakes the task, which then calls the filter. If it is about one message,
    /// [`next_click`](Task::next_click) and [`next_click_by`](Task::next_click_by) cost nothing for other clicks.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use syncord::bot::Task;
    /// # use syncord::id::MessageId;
    /// # use syncord::Error;
    /// /// Waits for a click on one of these messages.
    /// fn next_vote(task: &Task, polls: &[MessageId]) -> Result<Option<String>, Error> {
    ///     let is_vote = |interaction: &syncord::model::Interaction| {
    ///         interaction.message.as_ref().is_some_and(|on| polls.contains(&on.id))
    ///     };
    ///     let click = task.next_click_where(is_vote, Duration::from_secs(60))?;
    ///     Ok(click.map(|click| click.custom_id().to_owned()))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`next_click`](Task::next_click).
    pub fn next_click_where(
        &self,
        mut filter: impl FnMut(&Interaction) -> bool,
        timeout: Duration,
    ) -> Result<Option<ComponentContext>, Error> {
        let fits = |interaction: &Interaction| interaction.component().is_some() && filter(interaction);
        Ok(self.take(EventIds::default(), fits, timeout)?.map(click))
    }

    /// Waits for the next answer of a user to a message: a message in its channel, or a click on a button or choice in a
    /// select of it. `None` after the timeout.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use syncord::bot::MessageOrClick;
    /// use syncord::events::{InteractionCreate, MessageCreate};
    /// # use syncord::model::component::{ActionRow, Button};
    /// # use syncord::rest::CreateMessage;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// bot.waits_for::<MessageCreate>().waits_for::<InteractionCreate>();
    /// bot.on_message(|cx, message| {
    ///     if message.content != "!name" {
    ///         return Ok(());
    ///     }
    ///     let (channel, user) = (message.channel_id, message.author.id);
    ///     Ok(cx.spawn(move |task| {
    ///         let row = ActionRow::new([Button::secondary("none", "None")]);
    ///         let asked = task.send(channel, CreateMessage::text("Her name?").component(row))?;
    ///         match task.next_message_or_click(&asked, user, Duration::from_secs(60))? {
    ///             Some(MessageOrClick::Message(name)) => drop(task.reply(&name, "A good name.")?),
    ///             Some(MessageOrClick::Click(click)) => click.update("No name, then.")?,
    ///             None => {}
    ///         }
    ///         Ok(())
    ///     })?)
    /// });
    /// # bot.during(|| {
    /// #     for answer in ["Edelweiss", ""] {
    /// #         ann.says(&general, "!name");
    /// #         let asked = general.next_message()?;
    /// #         if answer.is_empty() {
    /// #             ann.clicks(&asked, "none")?.wait_for_acknowledgement()?;
    /// #         } else {
    /// #             ann.says(&general, answer);
    /// #             assert_eq!(general.next_message()?.content, "A good name.");
    /// #         }
    /// #     }
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if nothing declared that tasks wait for [`MessageCreate`] and for [`InteractionCreate`],
    /// [`Error::Stopped`] if the bot stops.
    pub fn next_message_or_click(
        &self,
        message: &Message,
        user: UserId,
        timeout: Duration,
    ) -> Result<Option<MessageOrClick>, Error> {
        let channel = message.channel_id;
        let mut wanted_events = wanted::<MessageCreate>(EventScope::new().channel(channel).user(user));
        wanted_events.extend(wanted::<InteractionCreate>(EventScope::new().message(message.id).user(user)));
        let mut fits =
            |interaction: &Interaction| is_click_on(interaction, message.id) && is_by(interaction, user);
        let found = self.wait(wanted_events, timeout, |candidate| {
            if candidate.name == InteractionCreate::NAME {
                return take(candidate, &mut fits).map(Either::Interaction);
            }
            let answer = pick(candidate, &mut |answer: &MessageCreate| is_of(answer, channel, user))?;
            Some(Either::Message(Box::new(answer.0)))
        });
        self.result(found, |found| match found {
            Either::Message(answer) => MessageOrClick::Message(answer),
            Either::Interaction(taken) => MessageOrClick::Click(click(self.found(taken))),
        })
    }

    /// Waits for the next modal with this custom ID, by any user. `None` after the timeout.
    ///
    /// If several users may fill in a modal at the same time, give each its own custom ID, or use
    /// [`next_modal_by`](Task::next_modal_by). The task responds to the modal. If it does not, the user is notified.
    ///
    /// # Errors
    ///
    /// As for [`next_click`](Task::next_click).
    pub fn next_modal(&self, custom_id: &str, timeout: Duration) -> Result<Option<ModalContext>, Error> {
        self.take_modal(EventScope::new(), custom_id, timeout)
    }

    /// Waits for the next modal with this custom ID, by this user. `None` after the timeout.
    ///
    /// # Errors
    ///
    /// As for [`next_click`](Task::next_click).
    pub fn next_modal_by(
        &self,
        custom_id: &str,
        user: UserId,
        timeout: Duration,
    ) -> Result<Option<ModalContext>, Error> {
        self.take_modal(EventScope::new().user(user), custom_id, timeout)
    }

    fn take_modal(
        &self,
        scope: EventScope,
        custom_id: &str,
        timeout: Duration,
    ) -> Result<Option<ModalContext>, Error> {
        let fits = |interaction: &Interaction| {
            interaction.modal().is_some_and(|data| data.custom_id == custom_id)
                && scope.user_id.is_none_or(|user| is_by(interaction, user))
        };
        let found = self.take(EventIds { scope, custom_id: Some(custom_id.to_owned()) }, fits, timeout)?;
        Ok(found.map(|(cx, interaction, responder)| ModalContext::new(cx, interaction, responder).held()))
    }

    /// Waits for the next interaction of any kind that `filter` accepts. `None` after the timeout.
    ///
    /// The task responds to it. If it does not, the user is notified. Each interaction wakes the task, which then calls the
    /// filter.
    ///
    /// # Errors
    ///
    /// As for [`next_click`](Task::next_click).
    pub fn next_interaction(
        &self,
        filter: impl FnMut(&Interaction) -> bool,
        timeout: Duration,
    ) -> Result<Option<InteractionContext>, Error> {
        let found = self.take(EventIds::default(), filter, timeout)?;
        Ok(found
            .map(|(cx, interaction, responder)| InteractionContext::new(cx, interaction, responder).held()))
    }

    /// Waits for the next interaction with a component of this message whose custom ID `fits` accepts.
    pub(super) fn next_click_with(
        &self,
        message: MessageId,
        fits: impl Fn(&str) -> bool,
        timeout: Duration,
    ) -> Result<Option<ComponentContext>, Error> {
        let fits = |interaction: &Interaction| {
            is_click_on(interaction, message) && interaction.component().is_some_and(|c| fits(&c.custom_id))
        };
        Ok(self.take(EventScope::new().message(message), fits, timeout)?.map(click))
    }

    fn take(
        &self,
        ids: impl Into<EventIds>,
        mut fits: impl FnMut(&Interaction) -> bool,
        timeout: Duration,
    ) -> Result<Option<Found>, Error> {
        let wanted = wanted::<InteractionCreate>(ids);
        let taken = self.wait(wanted, timeout, |candidate| take(candidate, &mut fits));
        self.result(taken, |taken| self.found(taken))
    }

    fn found(&self, (interaction, responder): Taken) -> Found {
        (self.cx.as_ref().fork(), interaction, responder)
    }
}

/// Takes an interaction, if it can be read and the filter accepts it.
fn take(candidate: &Candidate<'_>, fits: &mut impl FnMut(&Interaction) -> bool) -> Option<Taken> {
    let interaction: &Arc<Interaction> = candidate
        .decoded(|data| InteractionCreate::decode(data).ok().map(|InteractionCreate(read)| Arc::new(read)))?;
    if !fits(interaction) {
        return None;
    }
    Some((Arc::clone(interaction), candidate.offer()?.take()?))
}

fn is_click_on(interaction: &Interaction, message: MessageId) -> bool {
    interaction.component().is_some() && interaction.message.as_ref().is_some_and(|on| on.id == message)
}

fn is_by(interaction: &Interaction, user: UserId) -> bool {
    interaction.invoking_user().is_some_and(|by| by.id == user)
}

fn click((cx, interaction, responder): Found) -> ComponentContext {
    ComponentContext::new(cx, interaction, responder).held()
}
