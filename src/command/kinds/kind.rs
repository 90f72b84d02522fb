use std::collections::BTreeMap;

use super::argument::{Argument, ArgumentError};
use crate::model::{CommandOptionDefinition, Locale};

/// What an option takes: how Discord is to ask for it, and the value that a handler is given.
///
/// Those of Discord's are functions beside this trait: [`integer`](super::integer), [`user`](super::user) and so on.
/// One of your own makes more of a text or a number; what it refuses, the user is told.
///
/// ```
/// use syncord::command::{Argument, OptionKind, OptionSpec, ArgumentError, command, string};
///
/// /// A time of day, as `7:30`.
/// struct TimeOfDay;
///
/// impl OptionKind for TimeOfDay {
///     type Value = (u8, u8);
///
///     fn spec(&self) -> OptionSpec {
///         string().max_length(5).spec()
///     }
///
///     fn read(&self, given: Argument<'_>) -> Result<(u8, u8), ArgumentError> {
///         let time = given.text()?.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
///         time.filter(|(h, m)| *h < 24 && *m < 60).ok_or_else(|| ArgumentError::invalid("Write it as 7:30."))
///     }
/// }
///
/// let remind = command::<()>("remind", "Reminds you").option("at", "When", TimeOfDay);
///
/// // It can be tested by itself.
/// use syncord::model::OptionValue;
///
/// let noon = OptionValue::String("noon".into());
/// let told = TimeOfDay.read(Argument::new(&noon, None)).unwrap_err();
/// assert_eq!(told.user_message(), "Write it as 7:30.");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of option",
    label = "not what an option takes",
    note = "name a kind, as in `.option(\"sides\", \"Faces of a die\", integer(2..=1000))`; \
            one of your own implements `syncord::command::OptionKind`"
)]
pub trait OptionKind {
    /// What the handler is given.
    type Value;

    /// How Discord asks for it.
    fn spec(&self) -> OptionSpec;

    /// Makes the value of what was given.
    ///
    /// # Errors
    ///
    /// [`ArgumentError`], with what the user is told.
    fn read(&self, given: Argument<'_>) -> Result<Self::Value, ArgumentError>;

    /// The value where nothing was given.
    ///
    /// # Errors
    ///
    /// As it stands always: what is not [optional](OptionKind::optional) is asked for by Discord.
    fn missing(&self) -> Result<Self::Value, ArgumentError> {
        Err(ArgumentError::unexpected("it must be given, and was not"))
    }

    /// The same, but it need not be given: the handler takes an `Option`.
    fn optional(self) -> Optional<Self>
    where
        Self: Sized,
    {
        Optional(self)
    }

    /// The same, with the option's name in another language.
    fn name_localized(self, locale: Locale, name: impl Into<String>) -> Localized<Self>
    where
        Self: Sized,
    {
        Localized::new(self).name_localized(locale, name)
    }

    /// The same, with what the option is for in another language.
    fn description_localized(self, locale: Locale, about: impl Into<String>) -> Localized<Self>
    where
        Self: Sized,
    {
        Localized::new(self).description_localized(locale, about)
    }
}

/// An [`OptionKind`] whose option has a name and a description in other languages.
#[derive(Clone, Debug)]
pub struct Localized<K> {
    kind: K,
    names: BTreeMap<Locale, String>,
    abouts: BTreeMap<Locale, String>,
}

impl<K> Localized<K> {
    fn new(kind: K) -> Self {
        Localized { kind, names: BTreeMap::new(), abouts: BTreeMap::new() }
    }

    /// The option's name in another language.
    #[must_use]
    pub fn name_localized(mut self, locale: Locale, name: impl Into<String>) -> Self {
        self.names.insert(locale, name.into());
        self
    }

    /// What the option is for, in another language.
    #[must_use]
    pub fn description_localized(mut self, locale: Locale, about: impl Into<String>) -> Self {
        self.abouts.insert(locale, about.into());
        self
    }
}

impl<K: OptionKind> OptionKind for Localized<K> {
    type Value = K::Value;

    fn spec(&self) -> OptionSpec {
        let mut shape = self.kind.spec();
        let option = &mut shape.option;
        option.name_localizations.get_or_insert_default().extend(self.names.clone());
        option.description_localizations.get_or_insert_default().extend(self.abouts.clone());
        shape
    }

    fn read(&self, given: Argument<'_>) -> Result<Self::Value, ArgumentError> {
        self.kind.read(given)
    }

    fn missing(&self) -> Result<Self::Value, ArgumentError> {
        self.kind.missing()
    }
}

/// How Discord asks for an option; [`BasicOption::shape`](super::BasicOption) makes one.
#[derive(Clone, Debug)]
pub struct OptionSpec {
    pub(super) option: CommandOptionDefinition,
    /// What is wrong with it and cannot be seen of it.
    pub(super) problem: Option<&'static str>,
}

impl OptionSpec {
    pub(super) fn new(option: CommandOptionDefinition) -> Self {
        OptionSpec { option, problem: None }
    }

    /// The option, and what is wrong with how it was made.
    pub(in crate::command) fn into_option(
        self,
        name: String,
        description: String,
    ) -> (CommandOptionDefinition, Option<&'static str>) {
        (CommandOptionDefinition { name, description, ..self.option }, self.problem)
    }
}

/// An [`OptionKind`] that need not be given.
#[derive(Clone, Copy, Debug)]
pub struct Optional<K>(pub(super) K);

impl<K: OptionKind> OptionKind for Optional<K> {
    type Value = Option<K::Value>;

    fn spec(&self) -> OptionSpec {
        let mut shape = self.0.spec();
        shape.option.required = false;
        shape
    }

    fn read(&self, given: Argument<'_>) -> Result<Self::Value, ArgumentError> {
        self.0.read(given).map(Some)
    }

    fn missing(&self) -> Result<Self::Value, ArgumentError> {
        Ok(None)
    }
}

/// An [`OptionKind`] with an `S` that suggests values while one is being typed.
#[derive(Clone, Debug)]
pub struct WithAutocomplete<K, S> {
    kind: K,
    suggest: S,
}

impl<K: OptionKind, S> WithAutocomplete<K, S> {
    /// Puts them together.
    pub fn new(kind: K, suggest: S) -> Self {
        WithAutocomplete { kind, suggest }
    }

    /// The same, but it need not be given: the handler takes an `Option`.
    pub fn optional(self) -> WithAutocomplete<Optional<K>, S> {
        WithAutocomplete { kind: self.kind.optional(), suggest: self.suggest }
    }
}

/// What an option can be declared with: a [`OptionKind`], or one that is [`WithAutocomplete`] by an `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of option",
    label = "not what an option takes",
    note = "name a kind, as in `.option(\"sides\", \"Faces of a die\", integer(2..=1000))`; \
            one of your own implements `syncord::command::OptionKind`"
)]
pub trait IntoOptionKind<S> {
    /// What reads the value.
    type Kind: OptionKind;

    /// Takes it apart.
    fn split(self) -> (Self::Kind, Option<S>);
}

impl<K: OptionKind, S> IntoOptionKind<S> for K {
    type Kind = K;

    fn split(self) -> (K, Option<S>) {
        (self, None)
    }
}

impl<K: OptionKind, S> IntoOptionKind<S> for WithAutocomplete<K, S> {
    type Kind = Autocompleted<K>;

    fn split(self) -> (Autocompleted<K>, Option<S>) {
        (Autocompleted(self.kind), Some(self.suggest))
    }
}

/// An [`OptionKind`] whose values are suggested.
#[derive(Clone, Copy, Debug)]
pub struct Autocompleted<K>(K);

impl<K: OptionKind> OptionKind for Autocompleted<K> {
    type Value = K::Value;

    fn spec(&self) -> OptionSpec {
        let mut shape = self.0.spec();
        shape.option.autocomplete = true;
        shape
    }

    fn read(&self, given: Argument<'_>) -> Result<Self::Value, ArgumentError> {
        self.0.read(given)
    }

    fn missing(&self) -> Result<Self::Value, ArgumentError> {
        self.0.missing()
    }
}
