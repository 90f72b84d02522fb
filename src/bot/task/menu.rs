//! The components of choices, and what was chosen: pure.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::sent_prompt::{custom_id, nothing_to_show};
use crate::error::{Error, Limit};
use crate::model::component::{ActionRow, Button, SelectOption, StringSelect};
use crate::model::limits::{MAX_BUTTON_LABEL, MAX_ROW_BUTTONS, MAX_SELECT_OPTIONS};

/// Maximum length of the label of an [option](https://docs.discord.com/developers/components/reference#string-select-select-option-structure).
const MAX_LABEL: usize = 100;

/// The names of the components.
const CHOICES: &str = "choices";
const BACK: &str = "back";
const PAGE: &str = "page";
const NEXT: &str = "next";
const DONE: &str = "done";

/// Choices without their values, by number. More than a select can have are divided into pages.
pub(super) struct Menu {
    labels: Vec<String>,
    /// How many are to be chosen; `None` for exactly one.
    count: Option<RangeInclusive<usize>>,
    placeholder: Option<String>,
    /// The labels of the buttons that turn the pages: back and next.
    turns: [String; 2],
    /// The page that is shown, from 0.
    page: usize,
    chosen: BTreeSet<usize>,
}

impl Menu {
    pub(super) fn new(labels: Vec<String>, count: Option<RangeInclusive<usize>>) -> Menu {
        let turns = ["‹".to_owned(), "›".to_owned()];
        Menu { labels, count, placeholder: None, turns, page: 0, chosen: BTreeSet::new() }
    }

    /// Sets what a select shows if nothing is chosen.
    pub(super) fn placeholder(mut self, placeholder: Option<String>) -> Menu {
        self.placeholder = placeholder;
        self
    }

    /// Sets the labels of the buttons that turn the pages: back and next.
    pub(super) fn turns(mut self, labels: [String; 2]) -> Menu {
        self.turns = labels;
        self
    }

    /// Checks what is not sent with the first page.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.labels.is_empty() {
            return Err(nothing_to_show("choices"));
        }
        for (number, label) in self.labels.iter().enumerate() {
            let limit = Limit::Characters { min: 1, max: MAX_LABEL, actual: label.chars().count() };
            if label.is_empty() || label.chars().count() > MAX_LABEL {
                return Err(Error::outside(format!("choices[{number}]"), limit, limit.to_string()));
            }
        }
        Ok(())
    }

    /// The numbers of what was chosen.
    pub(super) fn chosen(&self) -> &BTreeSet<usize> {
        &self.chosen
    }

    /// Nothing is chosen: the time is over.
    pub(super) fn clear(&mut self) {
        self.chosen.clear();
    }

    fn pages(&self) -> usize {
        self.labels.len().div_ceil(MAX_SELECT_OPTIONS)
    }

    /// The numbers of the choices on the page.
    fn shown(&self) -> std::ops::Range<usize> {
        let start = self.page * MAX_SELECT_OPTIONS;
        start..(start + MAX_SELECT_OPTIONS).min(self.labels.len())
    }

    fn are_buttons(&self) -> bool {
        self.count.is_none()
            && self.labels.len() <= MAX_ROW_BUTTONS
            && self.labels.iter().all(|label| label.chars().count() <= MAX_BUTTON_LABEL)
    }

    /// Takes the use of a component, by its name and values. Returns whether the choice is complete.
    pub(super) fn click(&mut self, name: &str, values: &[String]) -> bool {
        match name {
            BACK => self.page = self.page.saturating_sub(1),
            NEXT => self.page = (self.page + 1).min(self.pages().saturating_sub(1)),
            DONE => return self.is_enough(),
            CHOICES => {
                let shown = self.shown();
                self.chosen.retain(|number| !shown.contains(number));
                self.chosen.extend(values.iter().filter_map(|value| value.parse::<usize>().ok()));
                return self.count.is_none() || self.pages() == 1;
            }
            button => {
                self.chosen.extend(button.parse::<usize>().ok());
                return !self.chosen.is_empty();
            }
        }
        false
    }

    fn is_enough(&self) -> bool {
        self.count.as_ref().is_none_or(|count| count.contains(&self.chosen.len()))
    }

    /// The rows of components. At the end they are disabled and show what was chosen.
    pub(super) fn rows(&self, is_over: bool) -> Vec<ActionRow> {
        if self.are_buttons() {
            let buttons = self.labels.iter().enumerate().map(|(number, label)| {
                let create = if self.chosen.contains(&number) { Button::primary } else { Button::secondary };
                create(custom_id(&number.to_string()), label).disabled(is_over)
            });
            return vec![ActionRow::new(buttons)];
        }
        let mut rows = vec![ActionRow::from(self.select(is_over))];
        if self.pages() > 1 {
            rows.push(self.turning(is_over));
        }
        rows
    }

    fn select(&self, is_over: bool) -> StringSelect {
        let shown = self.shown();
        let elsewhere = self.chosen.iter().filter(|number| !shown.contains(number)).count();
        // What is chosen on other pages leaves less for this one.
        let (min, max) = match &self.count {
            None => (1, 1),
            Some(count) if self.pages() == 1 => (*count.start(), *count.end()),
            Some(count) => (0, count.end().saturating_sub(elsewhere)),
        };
        let options = shown.clone().map(|number| {
            SelectOption::new(&self.labels[number], number.to_string())
                .preselected(self.chosen.contains(&number))
        });
        // At most 25, and a select needs at least 1.
        let as_u32 = |count: usize| u32::try_from(count.min(shown.len())).unwrap_or(u32::MAX);
        let select = StringSelect::new(custom_id(CHOICES)).options(options);
        let select = select.min_values(as_u32(min)).max_values(as_u32(max.max(1)));
        let select = select.disabled(is_over || max == 0);
        StringSelect { placeholder: self.placeholder.clone(), ..select }
    }

    /// The buttons that turn the pages, and the one that ends a choice of several.
    fn turning(&self, is_over: bool) -> ActionRow {
        let (page, pages) = (self.page + 1, self.pages());
        let button = |name: &str, label: String, is_disabled: bool| {
            Button::secondary(custom_id(name), label).disabled(is_disabled || is_over)
        };
        let mut buttons = vec![
            button(BACK, self.turns[0].clone(), page == 1),
            button(PAGE, format!("{page} / {pages}"), true),
            button(NEXT, self.turns[1].clone(), page == pages),
        ];
        if self.count.is_some() {
            let done = Button::primary(custom_id(DONE), format!("✓ {}", self.chosen.len()));
            buttons.push(done.disabled(is_over || !self.is_enough()));
        }
        ActionRow::new(buttons)
    }
}

#[cfg(test)]
mod tests {
    use super::Menu;

    fn menu(choices: usize, count: Option<std::ops::RangeInclusive<usize>>) -> Menu {
        Menu::new((0..choices).map(|number| format!("No. {number}")).collect(), count)
    }

    fn values(numbers: &[usize]) -> Vec<String> {
        numbers.iter().map(usize::to_string).collect()
    }

    fn json(menu: &Menu) -> serde_json::Value {
        serde_json::to_value(menu.rows(false)).unwrap_or_default()
    }

    #[test]
    fn pages_have_the_rest_of_the_choices_and_end_at_both_sides() {
        let mut it = menu(60, None);
        assert!(!it.click("back", &[]));
        assert_eq!(it.shown(), 0..25);
        for _ in 0..3 {
            assert!(!it.click("next", &[]));
        }
        assert_eq!(it.shown(), 50..60);
        let rows = json(&it);
        assert_eq!(rows[0]["components"][0]["options"][9]["value"], "59");
        assert_eq!(rows[1]["components"][1]["label"], "3 / 3");
        assert!(it.click("choices", &values(&[59])));
        assert_eq!(it.chosen().iter().collect::<Vec<_>>(), [&59]);
    }

    #[test]
    fn a_choice_of_several_keeps_what_was_chosen_on_other_pages() {
        let mut it = menu(30, Some(2..=3));
        assert!(!it.click("choices", &values(&[0, 1])));
        assert!(!it.click("next", &[]));
        let select = json(&it)[0]["components"][0].clone();
        assert_eq!((&select["min_values"], &select["max_values"]), (&0.into(), &1.into()));
        assert!(!it.click("choices", &values(&[29])));
        assert_eq!(json(&it)[1]["components"][3]["label"], "✓ 3");
        assert!(!it.click("back", &[]));
        assert!(!it.click("choices", &values(&[])));
        assert!(!it.click("done", &[]), "one is too few");
        assert!(!it.click("choices", &values(&[4])));
        assert!(it.click("done", &[]));
        assert_eq!(it.chosen().iter().collect::<Vec<_>>(), [&4, &29]);
    }

    #[test]
    fn a_page_from_which_nothing_more_can_be_chosen_is_disabled() {
        let mut it = menu(30, Some(0..=1));
        it.click("choices", &values(&[3]));
        it.click("next", &[]);
        let select = json(&it)[0]["components"][0].clone();
        assert_eq!((&select["disabled"], &select["max_values"]), (&true.into(), &1.into()));
    }

    #[test]
    fn one_choice_is_a_button_and_none_is_an_error() {
        let mut it = menu(1, None);
        assert_eq!(json(&it)[0]["components"][0]["custom_id"], "prompt/0");
        assert!(it.check().is_ok() && it.click("0", &[]));
        assert!(menu(0, None).check().is_err());
        let long = Menu::new([vec!["x".to_owned(); 30], vec!["x".repeat(101)]].concat(), None);
        assert_eq!(
            long.check().expect_err("101 characters").to_string(),
            "choices[30]: 1 to 100 characters, and this has 101 (nothing was sent)"
        );
    }
}
