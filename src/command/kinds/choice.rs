use std::collections::BTreeMap;

use super::argument::{Argument, ArgumentError};
use super::basic::{BasicOption, Scalar};
use crate::model::limits::{
    MAX_CHOICE_NAME, MAX_CHOICE_VALUE, MAX_OPTION_CHOICES, MAX_OPTION_INTEGER, MAX_OPTION_NUMBER,
};
use crate::model::{CommandChoice, CommandOptionType, Locale, OptionValue};

/// Whether Discord supports this [integer](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
pub(in crate::command) fn is_integer(number: i64) -> bool {
    (-MAX_OPTION_INTEGER..=MAX_OPTION_INTEGER).contains(&number)
}

/// Whether Discord supports this number. It does not support NaN.
pub(in crate::command) fn is_number(number: f64) -> bool {
    (-MAX_OPTION_NUMBER..=MAX_OPTION_NUMBER).contains(&number)
}

/// A value with the name that users see. A pair `("Red", 1)` is also a choice.
#[derive(Clone, Debug)]
pub struct Choice<V> {
    name: String,
    name_localizations: BTreeMap<Locale, String>,
    value: V,
}

impl<V> Choice<V> {
    /// A choice with this name and value.
    pub fn new(name: impl Into<String>, value: V) -> Self {
        Choice { name: name.into(), name_localizations: BTreeMap::new(), value }
    }

    /// Sets the name in another language.
    #[must_use]
    pub fn name_localized(mut self, locale: Locale, name: impl Into<String>) -> Self {
        self.name_localizations.insert(locale, name.into());
        self
    }
}

/// A type that can be the value of a choice.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a choice",
    note = "the value is a text, an `i64` or an `f64`; for an enum of your own, use `one_of`"
)]
pub trait ChoiceValue {
    /// The type that the handler takes.
    type Value: Scalar;

    /// The value.
    fn into_value(self) -> OptionValue;
}

impl ChoiceValue for &str {
    type Value = String;

    fn into_value(self) -> OptionValue {
        OptionValue::String(self.to_owned())
    }
}

impl ChoiceValue for String {
    type Value = String;

    fn into_value(self) -> OptionValue {
        OptionValue::String(self)
    }
}

impl ChoiceValue for i64 {
    type Value = i64;

    fn into_value(self) -> OptionValue {
        OptionValue::Integer(self)
    }
}

impl ChoiceValue for f64 {
    type Value = f64;

    fn into_value(self) -> OptionValue {
        OptionValue::Number(self)
    }
}

/// A type that can be used as a choice: a value, a pair `("name", value)`, or a [`Choice`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a choice",
    note = "a choice is a value or `(\"name\", value)`, where the value is a text, an `i64` or an `f64`"
)]
pub trait IntoChoice {
    /// The type that the handler takes.
    type Value: Scalar;

    /// The choice as it is sent to Discord.
    fn into_choice(self) -> CommandChoice;
}

impl<N: Into<String>, V: ChoiceValue> IntoChoice for (N, V) {
    type Value = V::Value;

    fn into_choice(self) -> CommandChoice {
        Choice::new(self.0, self.1).into_choice()
    }
}

impl<V: ChoiceValue> IntoChoice for Choice<V> {
    type Value = V::Value;

    fn into_choice(self) -> CommandChoice {
        let Choice { name, name_localizations, value } = self;
        let name_localizations = Some(name_localizations).filter(|names| !names.is_empty());
        CommandChoice { name, name_localizations, name_localized: None, value: value.into_value() }
    }
}

// A value without a name is its own name.
macro_rules! plain {
    ($($type:ty => $value:ty,)+) => {$(
        impl IntoChoice for $type {
            type Value = $value;

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

/// An enum of your own as the value of an option, with [`one_of`].
///
/// ```
/// use syncord::command::{OneOf, CommandBuilder, one_of};
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
/// let paint = CommandBuilder::<_, ()>::slash("paint", "Paints the wall").option("colour", "Which", one_of::<Colour>());
/// ```
pub trait OneOf: Clone + 'static {
    /// All values with their names. Users see the name, and Discord sends it back.
    const ALL: &'static [(&'static str, Self)];

    /// The names of a value in other languages.
    fn name_localizations(&self) -> Vec<(Locale, String)> {
        Vec::new()
    }
}

/// One of several values: `choices(["red", "green"])`, or with names `choices([("Red", 1), ("Green", 2)])`.
pub fn choices<C: IntoChoice>(choices: impl IntoIterator<Item = C>) -> BasicOption<C::Value> {
    C::Value::basic().with_choices(choices.into_iter().map(IntoChoice::into_choice))
}

/// One value of an enum of your own.
pub fn one_of<T: OneOf>() -> BasicOption<T> {
    fn read<T: OneOf>(argument: Argument<'_>) -> Result<T, ArgumentError> {
        let text = argument.text()?;
        let found = T::ALL.iter().find(|(name, _)| *name == text);
        found
            .map(|(_, value)| value.clone())
            .ok_or_else(|| ArgumentError::unexpected(format!("{text} is not one of the choices")))
    }

    let choices = T::ALL.iter().map(|(name, value)| CommandChoice {
        name: (*name).to_owned(),
        name_localizations: Some(value.name_localizations().into_iter().collect())
            .filter(|names: &BTreeMap<_, _>| !names.is_empty()),
        name_localized: None,
        value: OptionValue::String((*name).to_owned()),
    });
    BasicOption::new(CommandOptionType::STRING, read::<T>).with_choices(choices)
}

/// The choices of an autocomplete response: the first 25 valid ones, with their names truncated to 100 characters.
///
/// Invalid choices are left out, because Discord would reject the whole response: blank names and texts, texts longer than
/// 100 characters, numbers of more than 53 bits, and NaN.
pub fn autocomplete_choices<C: IntoChoice>(choices: impl IntoIterator<Item = C>) -> Vec<CommandChoice> {
    choices.into_iter().filter_map(|choice| valid(choice.into_choice())).take(MAX_OPTION_CHOICES).collect()
}

fn valid(mut choice: CommandChoice) -> Option<CommandChoice> {
    let is_not_blank = |text: &str| !text.trim().is_empty();
    let is_valid = match &choice.value {
        OptionValue::String(text) => is_not_blank(text) && text.chars().count() <= MAX_CHOICE_VALUE,
        OptionValue::Integer(number) => is_integer(*number),
        OptionValue::Number(number) => is_number(*number),
        _ => true,
    };
    if !is_valid || !is_not_blank(&choice.name) {
        return None;
    }
    truncate(&mut choice.name);
    if let Some(names) = &mut choice.name_localizations {
        names.retain(|_, name| is_not_blank(name));
        names.values_mut().for_each(truncate);
    }
    choice.name_localizations.take_if(|names| names.is_empty());
    Some(choice)
}

fn truncate(name: &mut String) {
    if let Some((end, _)) = name.char_indices().nth(MAX_CHOICE_NAME) {
        name.truncate(end);
    }
}
