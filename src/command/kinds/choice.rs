use std::collections::BTreeMap;

use super::argument::{Argument, ArgumentError};
use super::basic::{BasicOption, Scalar};
use crate::model::limits::{MAX_CHOICE_NAME, MAX_CHOICE_VALUE, MAX_OPTION_CHOICES};
use crate::model::{CommandChoice, CommandOptionType, Locale, OptionValue};

/// The greatest whole number that JavaScript can tell from its neighbours.
const GREATEST_INTEGER: i64 = (1 << 53) - 1;
const GREATEST_NUMBER: f64 = (1_u64 << 53) as f64;

/// Whether Discord takes this [whole number](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
pub(in crate::command) fn is_integer(number: i64) -> bool {
    (-GREATEST_INTEGER..=GREATEST_INTEGER).contains(&number)
}

/// Whether Discord takes this number; what is none, it does not.
pub(in crate::command) fn is_number(number: f64) -> bool {
    (-GREATEST_NUMBER..=GREATEST_NUMBER).contains(&number)
}

/// A value with a name that people see; a pair `("Red", 1)` does too.
#[derive(Clone, Debug)]
pub struct Choice<V> {
    name: String,
    name_localizations: BTreeMap<Locale, String>,
    value: V,
}

impl<V> Choice<V> {
    /// A value under a name.
    pub fn new(name: impl Into<String>, value: V) -> Self {
        Choice { name: name.into(), name_localizations: BTreeMap::new(), value }
    }

    /// Its name in another language.
    #[must_use]
    pub fn name_localized(mut self, locale: Locale, name: impl Into<String>) -> Self {
        self.name_localizations.insert(locale, name.into());
        self
    }
}

/// A value that can be chosen.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that can be chosen from a list",
    note = "a choice is a text, an `i64` or an `f64`; your own enum goes with `one_of`"
)]
pub trait ChoiceValue {
    /// What the handler is given.
    type Argument: Scalar;

    /// The value.
    fn into_value(self) -> OptionValue;
}

impl ChoiceValue for &str {
    type Argument = String;

    fn into_value(self) -> OptionValue {
        OptionValue::String(self.to_owned())
    }
}

impl ChoiceValue for String {
    type Argument = String;

    fn into_value(self) -> OptionValue {
        OptionValue::String(self)
    }
}

impl ChoiceValue for i64 {
    type Argument = i64;

    fn into_value(self) -> OptionValue {
        OptionValue::Integer(self)
    }
}

impl ChoiceValue for f64 {
    type Argument = f64;

    fn into_value(self) -> OptionValue {
        OptionValue::Number(self)
    }
}

/// What can stand in a list of choices or suggestions: a value, `("a name", value)`, or a [`Choice`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no choice",
    note = "a choice is a value or `(\"name\", value)`, where the value is a text, an `i64` or an `f64`"
)]
pub trait IntoChoice {
    /// What the handler is given.
    type Value: Scalar;

    /// The choice as Discord takes it.
    fn into_choice(self) -> CommandChoice;
}

impl<N: Into<String>, V: ChoiceValue> IntoChoice for (N, V) {
    type Value = V::Argument;

    fn into_choice(self) -> CommandChoice {
        Choice::new(self.0, self.1).into_choice()
    }
}

impl<V: ChoiceValue> IntoChoice for Choice<V> {
    type Value = V::Argument;

    fn into_choice(self) -> CommandChoice {
        let Choice { name, name_localizations, value } = self;
        let name_localizations = Some(name_localizations).filter(|names| !names.is_empty());
        CommandChoice { name, name_localizations, name_localized: None, value: value.into_value() }
    }
}

/// Values that are their own names.
macro_rules! plain {
    ($($type:ty => $given:ty,)+) => {$(
        impl IntoChoice for $type {
            type Value = $given;

            fn into_choice(self) -> CommandChoice {
                Choice::new(self.to_string(), self).into_choice()
            }
        }
    )+};
}

plain! {
    &str => String,
    String => String,
    i64 => i64,
    f64 => f64,
}

/// An enum of your own that an option can take, with [`one_of`](super::one_of).
///
/// ```
/// use syncord::command::{OneOf, command, one_of};
///
/// #[derive(Clone)]
/// enum Colour {
///     Red,
///     Green,
/// }
///
/// impl OneOf for Colour {
///     const ALL: &'static [(&'static str, Self)] = &[("Red", Colour::Red), ("Green", Colour::Green)];
/// }
///
/// let paint = command::<()>("paint", "Paints the wall").option("colour", "Which", one_of::<Colour>());
/// ```
pub trait OneOf: Clone + 'static {
    /// All its values, each under the name that people see and by which it comes back.
    const ALL: &'static [(&'static str, Self)];

    /// What a value is called in other languages.
    fn names(&self) -> Vec<(Locale, String)> {
        Vec::new()
    }
}

/// One of a few values: `choices(["red", "green"])`, or with names `choices([("Red", 1), ("Green", 2)])`.
pub fn choices<C: IntoChoice>(choices: impl IntoIterator<Item = C>) -> BasicOption<C::Value> {
    C::Value::basic().one_of_these(choices.into_iter().map(IntoChoice::into_choice))
}

/// One value of your own enum.
pub fn one_of<T: OneOf>() -> BasicOption<T> {
    fn read<T: OneOf>(given: Argument<'_>) -> Result<T, ArgumentError> {
        let text = given.text()?;
        let found = T::ALL.iter().find(|(name, _)| *name == text);
        found
            .map(|(_, value)| value.clone())
            .ok_or_else(|| ArgumentError::unexpected(format!("{text} is none of the choices")))
    }

    let choices = T::ALL.iter().map(|(name, value)| CommandChoice {
        name: (*name).to_owned(),
        name_localizations: Some(value.names().into_iter().collect()),
        name_localized: None,
        value: OptionValue::String((*name).to_owned()),
    });
    BasicOption::new(CommandOptionType::STRING, read::<T>).one_of_these(choices)
}

/// What Discord takes as suggestions: the first 25, their names cut to 100 characters.
///
/// What cannot be suggested is left out, since Discord would refuse all for it: blank names and texts, texts longer than
/// 100 characters, numbers of more than 53 bits or none at all.
pub fn autocomplete_choices<C: IntoChoice>(choices: impl IntoIterator<Item = C>) -> Vec<CommandChoice> {
    choices.into_iter().filter_map(|choice| usable(choice.into_choice())).take(MAX_OPTION_CHOICES).collect()
}

fn usable(mut choice: CommandChoice) -> Option<CommandChoice> {
    let is_text = |text: &str| !text.trim().is_empty();
    let fits = match &choice.value {
        OptionValue::String(text) => is_text(text) && text.chars().count() <= MAX_CHOICE_VALUE,
        OptionValue::Integer(number) => is_integer(*number),
        OptionValue::Number(number) => is_number(*number),
        _ => true,
    };
    if !fits || !is_text(&choice.name) {
        return None;
    }
    cut(&mut choice.name);
    if let Some(names) = &mut choice.name_localizations {
        names.retain(|_, name| is_text(name));
        names.values_mut().for_each(cut);
    }
    Some(choice)
}

fn cut(name: &mut String) {
    if let Some((end, _)) = name.char_indices().nth(MAX_CHOICE_NAME) {
        name.truncate(end);
    }
}
