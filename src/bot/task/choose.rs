//! Choices: buttons or a select, with a value for each.

use std::ops::RangeInclusive;

use super::prompt::Prompt;
use super::sent_prompt::{custom_id, name_of};
use super::task::Task;
use super::task_context::TaskContext;
use crate::bot::context::ComponentContext;
use crate::error::{Error, Limit};
use crate::gateway::event::InteractionCreate;
use crate::model::component::{ActionRow, Button, SelectOption, StringSelect};
use crate::model::limits::{MAX_BUTTON_LABEL, MAX_ROW_BUTTONS, MAX_SELECT_OPTIONS};

/// The name of the select.
const CHOICES: &str = "choices";

impl<C: TaskContext> Task<C> {
    /// Lets the user choose, and returns the value of the choice. `None` after the timeout. See [`Prompt`] for who can choose,
    /// and where.
    ///
    /// A choice has a label, up to 100 characters, and a value of any type. Up to 5 choices are buttons, up to 25 a select menu.
    /// The buttons or the select are disabled at the end, and show what was chosen. The click is responded to.
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
    /// As for [`confirm`](Task::confirm), and [`Error::Invalid`] for no choices or more than 25: nothing is sent then.
    #[doc(alias = "select menu")]
    #[doc(alias = "dropdown")]
    pub fn choose<T>(
        &self,
        prompt: impl Into<Prompt>,
        choices: impl IntoIterator<Item = (impl Into<String>, T)>,
    ) -> Result<Option<T>, Error> {
        let (labels, values) = split(choices);
        let is_short = |label: &String| label.chars().count() <= MAX_BUTTON_LABEL;
        let shape = match labels.len() {
            ..=MAX_ROW_BUTTONS if labels.iter().all(is_short) => Shape::Buttons,
            _ => Shape::Select(1..=1),
        };
        let chosen = self.choose_values(prompt.into(), &Menu { labels, shape }, values)?;
        Ok(chosen.and_then(|chosen| chosen.into_iter().next()))
    }

    /// Lets the user choose several of the choices, and returns their values in the order of the choices. `None` after the
    /// timeout.
    ///
    /// `count` says how many: `1..=3`. It is the same as [`choose`](Task::choose) otherwise, always with a select menu.
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
    /// As for [`choose`](Task::choose), and [`Error::Invalid`] if there are fewer choices than `count` demands.
    pub fn choose_many<T>(
        &self,
        prompt: impl Into<Prompt>,
        choices: impl IntoIterator<Item = (impl Into<String>, T)>,
        count: RangeInclusive<usize>,
    ) -> Result<Option<Vec<T>>, Error> {
        let (labels, values) = split(choices);
        let (min, max) = (*count.start(), (*count.end()).min(labels.len()));
        if min > max {
            let problem = format!("{min} or more are to be chosen, and only {max} can be");
            return Err(Error::invalid("choices", problem));
        }
        self.choose_values(prompt.into(), &Menu { labels, shape: Shape::Select(min..=max) }, values)
    }

    fn choose_values<T>(&self, prompt: Prompt, menu: &Menu, values: Vec<T>) -> Result<Option<Vec<T>>, Error> {
        self.check_declared::<InteractionCreate>()?;
        menu.check()?;
        let placeholder = prompt.placeholder.clone();
        let sent = self.send_prompt(prompt, Some(menu.row(placeholder.as_deref(), None)))?;
        let click = sent.next_click()?;
        let chosen = click.as_ref().map(|click| menu.chosen(click));
        sent.finish(
            click.as_ref(),
            None,
            menu.row(placeholder.as_deref(), Some(chosen.as_deref().unwrap_or_default())),
        );
        let pick = |chosen: Vec<usize>| {
            let numbered = values.into_iter().enumerate();
            numbered.filter(|(number, _)| chosen.contains(number)).map(|(_, value)| value).collect()
        };
        Ok(chosen.map(pick))
    }
}

fn split<T>(choices: impl IntoIterator<Item = (impl Into<String>, T)>) -> (Vec<String>, Vec<T>) {
    choices.into_iter().map(|(label, value)| (label.into(), value)).unzip()
}

/// Choices without their values, by number.
struct Menu {
    labels: Vec<String>,
    shape: Shape,
}

enum Shape {
    Buttons,
    /// A select, with the number of choices that are to be chosen.
    Select(RangeInclusive<usize>),
}

impl Menu {
    fn check(&self) -> Result<(), Error> {
        let limit = Limit::Elements { min: 1, max: MAX_SELECT_OPTIONS, actual: self.labels.len() };
        match self.labels.len() {
            1..=MAX_SELECT_OPTIONS => Ok(()),
            _ => Err(Error::outside("choices", limit, limit.to_string())),
        }
    }

    /// The row of components. At the end, `chosen` has the numbers of what was chosen.
    fn row(&self, placeholder: Option<&str>, chosen: Option<&[usize]>) -> ActionRow {
        let is_chosen = |number| chosen.is_some_and(|chosen| chosen.contains(&number));
        let numbered = self.labels.iter().enumerate();
        match &self.shape {
            Shape::Buttons => ActionRow::new(numbered.map(|(number, label)| {
                let create = if is_chosen(number) { Button::primary } else { Button::secondary };
                create(custom_id(&number.to_string()), label).disabled(chosen.is_some())
            })),
            Shape::Select(count) => {
                let options = numbered.map(|(number, label)| {
                    SelectOption::new(label, number.to_string()).preselected(is_chosen(number))
                });
                // At most 25, as `check` has seen.
                let [min, max] =
                    [count.start(), count.end()].map(|count| u32::try_from(*count).unwrap_or(u32::MAX));
                let select = StringSelect::new(custom_id(CHOICES)).options(options);
                let select = select.min_values(min).max_values(max).disabled(chosen.is_some());
                ActionRow::from(StringSelect { placeholder: placeholder.map(str::to_owned), ..select })
            }
        }
    }

    /// The numbers of what was chosen.
    fn chosen(&self, click: &ComponentContext) -> Vec<usize> {
        match self.shape {
            Shape::Buttons => name_of(click).parse().into_iter().collect(),
            Shape::Select(_) => click.values().iter().filter_map(|value| value.parse().ok()).collect(),
        }
    }
}
