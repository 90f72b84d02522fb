//! Choices: buttons or a select, with a value for each.

use std::ops::RangeInclusive;

use super::menu::Menu;
use super::prompt::Prompt;
use super::sent_prompt::name_of;
use super::task::Task;
use super::task_context::TaskContext;
use crate::error::Error;
use crate::gateway::event::InteractionCreate;
use crate::texts::LibraryText;

impl<C: TaskContext> Task<C> {
    /// Lets the user choose, and returns the value of the choice. `None` after the timeout. See [`Prompt`] for who can choose,
    /// and where.
    ///
    /// A choice has a label, up to 100 characters, and a value of any type. Up to 5 choices are buttons, and more a select menu
    /// with 25 to a page, whose pages the user turns; each turn begins the timeout again. The components are disabled at the
    /// end, and show what was chosen. The click is responded to.
    ///
    /// ```
    /// use syncord::events::InteractionCreate;
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let sail = command("sail", "Sails away").waits_for::<InteractionCreate>();
    /// bot.command(sail.run(|cx| {
    ///     Ok(cx.spawn(|task| {
    ///         let harbours = [("Kiel", 54.3), ("Bergen", 60.4)];
    ///         if let Some(latitude) = task.choose("Where to?", harbours)? {
    ///             task.follow_up(format!("To {latitude}° north!"))?;
    ///         }
    ///         Ok(())
    ///     })?)
    /// }));
    /// # bot.during(|| {
    /// #     let question = ann.uses(&general, "/sail")?.reply()?;
    /// #     ann.clicks(&question, "prompt/1")?;
    /// #     assert_eq!(general.next_message()?.content, "To 60.4° north!");
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`confirm`](Task::confirm), and [`Error::Invalid`] for no choices or a label that is too long: nothing is sent then.
    #[doc(alias = "select menu")]
    #[doc(alias = "dropdown")]
    pub fn choose<T>(
        &self,
        prompt: impl Into<Prompt>,
        choices: impl IntoIterator<Item = (impl Into<String>, T)>,
    ) -> Result<Option<T>, Error> {
        let (labels, values) = split(choices);
        let chosen = self.choose_values(prompt.into(), Menu::new(labels, None), values)?;
        Ok(chosen.and_then(|chosen| chosen.into_iter().next()))
    }

    /// Lets the user choose several of the choices, and returns their values in the order of the choices. `None` after the
    /// timeout.
    ///
    /// `count` says how many: `1..=3`. It is the same as [`choose`](Task::choose) otherwise, always with a select menu. If there are
    /// several pages, what was chosen on the others stays, and a button ends the choice.
    ///
    /// ```
    /// use syncord::events::InteractionCreate;
    /// use syncord::tree::command;
    ///
    /// # fn main() -> syncord::Result {
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let (ann, general) = (discord.member("ann"), discord.channel("general"));
    /// # let mut bot = discord.bot();
    /// let pizza = command("pizza", "Bakes a pizza").waits_for::<InteractionCreate>();
    /// bot.command(pizza.run(|cx| {
    ///     Ok(cx.spawn(|task| {
    ///         let toppings = [("Olives", 2), ("Basil", 1), ("Squid", 5)];
    ///         if let Some(prices) = task.choose_many("With what?", toppings, 0..=2)? {
    ///             task.follow_up(format!("That is {}.", 8 + prices.iter().sum::<i32>()))?;
    ///         }
    ///         Ok(())
    ///     })?)
    /// }));
    /// # bot.during(|| {
    /// #     let question = ann.uses(&general, "/pizza")?.reply()?;
    /// #     ann.selects(&question, "prompt/choices", [0, 2])?;
    /// #     assert_eq!(general.next_message()?.content, "That is 15.");
    /// #     Ok(())
    /// # })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`choose`](Task::choose), and [`Error::Invalid`] if there are fewer choices than `count` demands, or if it ends
    /// at 0.
    pub fn choose_many<T>(
        &self,
        prompt: impl Into<Prompt>,
        choices: impl IntoIterator<Item = (impl Into<String>, T)>,
        count: RangeInclusive<usize>,
    ) -> Result<Option<Vec<T>>, Error> {
        let (labels, values) = split(choices);
        let (min, max) = (*count.start(), (*count.end()).min(labels.len()));
        if *count.end() == 0 {
            let problem = "none of them may be chosen: the end of the range must be at least 1";
            return Err(Error::invalid("count", problem));
        }
        if min > max {
            let problem = format!("{min} or more are to be chosen, and only {max} can be");
            return Err(Error::invalid("choices", problem));
        }
        self.choose_values(prompt.into(), Menu::new(labels, Some(min..=max)), values)
    }

    fn choose_values<T>(&self, prompt: Prompt, menu: Menu, values: Vec<T>) -> Result<Option<Vec<T>>, Error> {
        self.check_declared::<InteractionCreate>()?;
        menu.check()?;
        let turns = [&LibraryText::PreviousPage, &LibraryText::NextPage].map(|text| self.word_label(text));
        let mut menu = menu.placeholder(prompt.placeholder.clone()).turns(turns);
        let sent = self.send_prompt(prompt, menu.rows(false))?;
        let mut last = None;
        loop {
            let click = match sent.next_click() {
                Ok(Some(click)) => click,
                Ok(None) => break,
                Err(error) => {
                    menu.clear();
                    return Err(sent.failed(error, last.as_ref(), menu.rows(true)));
                }
            };
            if menu.click(name_of(&click), click.values()) {
                sent.finish(Some(&click), None, menu.rows(true));
                let numbered = values.into_iter().enumerate();
                let chosen = numbered.filter(|(number, _)| menu.chosen().contains(number));
                return Ok(Some(chosen.map(|(_, value)| value).collect()));
            }
            if let Err(error) = sent.show_rows(&click, menu.rows(false)) {
                return Err(sent.failed(error, last.as_ref(), menu.rows(true)));
            }
            last = Some(click);
        }
        menu.clear();
        sent.finish(None, last.as_ref(), menu.rows(true));
        Ok(None)
    }
}

fn split<T>(choices: impl IntoIterator<Item = (impl Into<String>, T)>) -> (Vec<String>, Vec<T>) {
    choices.into_iter().map(|(label, value)| (label.into(), value)).unzip()
}
