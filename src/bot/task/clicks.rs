use std::sync::Arc;
use std::time::Duration;

use super::task::Task;
use crate::bot::context::{ComponentContext, Context, InteractionContext, ModalContext};
use crate::error::Error;
use crate::gateway::event::{Event, InteractionCreate};
use crate::interaction::InteractionResponder;
use crate::model::{Interaction, Message};

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
    pub fn next_click(
        &self,
        message: &Message,
        timeout: Duration,
    ) -> Result<Option<ComponentContext>, Error> {
        let fits = |interaction: &Interaction| {
            interaction.component().is_some()
                && interaction.message.as_ref().is_some_and(|on| on.id == message.id)
        };
        let found = self.take(fits, timeout)?;
        Ok(found.map(|(cx, interaction, responder)| ComponentContext::new(cx, interaction, responder).held()))
    }

    /// Waits for the next modal with this custom ID, by any user. `None` after the timeout.
    ///
    /// If several users may fill in a modal at the same time, give each a custom ID of its own. The task responds to the
    /// modal. If it does not, the user is notified.
    ///
    /// # Errors
    ///
    /// As for [`next_click`](Task::next_click).
    pub fn next_modal(&self, custom_id: &str, timeout: Duration) -> Result<Option<ModalContext>, Error> {
        let fits =
            |interaction: &Interaction| interaction.modal().is_some_and(|data| data.custom_id == custom_id);
        let found = self.take(fits, timeout)?;
        Ok(found.map(|(cx, interaction, responder)| ModalContext::new(cx, interaction, responder).held()))
    }

    /// Waits for the next interaction of any kind that `filter` accepts. `None` after the timeout.
    ///
    /// The task responds to it. If it does not, the user is notified.
    ///
    /// # Errors
    ///
    /// As for [`next_click`](Task::next_click).
    pub fn next_interaction(
        &self,
        filter: impl FnMut(&Interaction) -> bool,
        timeout: Duration,
    ) -> Result<Option<InteractionContext>, Error> {
        let found = self.take(filter, timeout)?;
        Ok(found
            .map(|(cx, interaction, responder)| InteractionContext::new(cx, interaction, responder).held()))
    }

    fn take(
        &self,
        mut fits: impl FnMut(&Interaction) -> bool,
        timeout: Duration,
    ) -> Result<Option<Found>, Error> {
        let found = self.wait(InteractionCreate::NAME, "InteractionCreate", timeout, |mail| {
            let InteractionCreate(interaction) = InteractionCreate::decode(&mail.data).ok()?;
            let ticket = mail.interaction.as_ref()?;
            if !fits(&interaction) {
                return None;
            }
            Some((Arc::new(interaction), ticket.take()?))
        })?;
        Ok(found.map(|(interaction, responder)| (self.cx.as_ref().fork(), interaction, responder)))
    }
}
