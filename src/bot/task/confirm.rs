//! A question that is answered by Yes or No.

use super::prompt::Prompt;
use super::sent_prompt::{custom_id, name_of};
use super::task::Task;
use super::task_context::TaskContext;
use crate::error::Error;
use crate::gateway::event::InteractionCreate;
use crate::model::component::{ActionRow, Button};
use crate::texts::LibraryText;

const YES: &str = "yes";
const NO: &str = "no";

/// # Prompts
impl<C: TaskContext> Task<C> {
    /// Asks a question with the buttons Yes and No. `None` after the timeout. See [`Prompt`] for who can answer, and where.
    ///
    /// The buttons are disabled at the end, also if the bot stops. The click is responded to.
    ///
    /// ```
    /// use syncord::events::InteractionCreate;
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let wipe = command("wipe", "Deletes all").waits_for::<InteractionCreate>();
    /// bot.command(wipe.run(|cx| {
    ///     Ok(cx.spawn(|task| {
    ///         match task.confirm("Delete all?")? {
    ///             Some(true) => drop(task.follow_up("All is gone.")?),
    ///             Some(false) => drop(task.follow_up("All stays.")?),
    ///             None => {} // the buttons are disabled now
    ///         }
    ///         Ok(())
    ///     })?)
    /// }));
    /// # bot.during(|| {
    /// #     let question = ann.uses(&general, "/wipe")?.reply()?;
    /// #     ann.clicks(&question, "prompt/no")?;
    /// #     assert_eq!(general.next_message()?.content, "All stays.");
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if nothing declared that tasks wait for [`InteractionCreate`], or the prompt does not say where it is
    /// sent or who may answer. [`Error::Invalid`] if the message or a label is outside a limit. Nothing is sent in these
    /// cases. [`Error::Stopped`] if the bot stops. Otherwise the errors of [every call](crate::rest::Client#errors).
    #[doc(alias = "confirmation")]
    #[doc(alias = "yes or no")]
    pub fn confirm(&self, prompt: impl Into<Prompt>) -> Result<Option<bool>, Error> {
        self.check_declared::<InteractionCreate>()?;
        let prompt = prompt.into();
        let label = |own: &Option<String>, text| own.clone().unwrap_or_else(|| self.word_label(&text));
        let buttons = [
            Button::success(custom_id(YES), label(&prompt.yes, LibraryText::Yes)),
            Button::secondary(custom_id(NO), label(&prompt.no, LibraryText::No)),
        ];
        let sent = self.send_prompt(prompt, [ActionRow::new(buttons.clone())])?;
        let over = || [ActionRow::new(buttons.clone().map(|button| button.disabled(true)))];
        let click = sent.next_click().map_err(|error| sent.failed(error, None, over()))?;
        sent.finish(click.as_ref(), None, over());
        Ok(click.map(|click| name_of(&click) == YES))
    }
}
