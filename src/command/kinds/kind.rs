use std::collections::BTreeMap;

use super::argument::{Given, Unresolved};
use crate::model::{CommandOptionDefinition, Locale};

/// What an option takes: how Discord is to ask for it, and the value that a handler is given.
///
/// Those of Discord's are functions beside this trait: [`integer`](super::integer), [`user`](super::user) and so on.
/// One of your own makes more of a text or a number; what it refuses, the user is told.
///
/// ```
/// use syncord::command::{Given, Kind, Shape, Unresolved, command, string};
///
/// /// A time of day, as `7:30`.
/// struct TimeOfDay;
///
/// impl Kind for TimeOfDay {
///     type Value = (u8, u8);
///
///     fn shape(&self) -> Shape {
///         string().max_length(5).shape()
///     }
///
///     fn read(&self, given: Given<'_>) -> Result<(u8, u8), Unresolved> {
///         let time = given.text()?.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
///         time.filter(|(h, m)| *h < 24 && *m < 60).ok_or_else(|| Unresolved::told("Write it as 7:30."))
///     }
/// }
///
/// let remind = command::<()>("remind", "Reminds you").option("at", "When", TimeOfDay);
///
/// // It can be tested by itself.
/// use syncord::model::OptionValue;
///
/// let noon = OptionValue::String("noon".into());
/// let told = TimeOfDay.read(Given::new(&noon, None)).unwrap_err();
/// assert_eq!(told.for_user(), "Write it as 7:30.");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of option",
    label = "not what an option takes",
    note = "name a kind, as in `.option(\"sides\", \"Faces of a die\", integer(2..=1000))`; \
            one of your own implements `syncord::command::Kind`"
)]
pub trait Kind {
    /// What the handler is given.
    type Value;

    /// How Discord asks for it.
    fn shape(&self) -> Shape;

    /// Makes the value of what was given.
    ///
    /// # Errors
    ///
    /// [`Unresolved`], with what the user is told.
    fn read(&self, given: Given<'_>) -> Result<Self::Value, Unresolved>;

    /// The value where nothing was given.
    ///
    /// # Errors
    ///
    /// As it stands always: what is not [optional](Kind::optional) is asked for by Discord.
    fn missing(&self) -> Result<Self::Value, Unresolved> {
        Err(Unresolved::odd("it must be given, and was not"))
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

/// A [`Kind`] whose option has a name and a description in other languages.
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

impl<K: Kind> Kind for Localized<K> {
    type Value = K::Value;

    fn shape(&self) -> Shape {
        let mut shape = self.kind.shape();
        let option = &mut shape.option;
        option.name_localizations.get_or_insert_default().extend(self.names.clone());
        option.description_localizations.get_or_insert_default().extend(self.abouts.clone());
        shape
    }

    fn read(&self, given: Given<'_>) -> Result<Self::Value, Unresolved> {
        self.kind.read(given)
    }

    fn missing(&self) -> Result<Self::Value, Unresolved> {
        self.kind.missing()
    }
}

/// How Discord asks for an option; [`Basic::shape`](super::Basic) makes one.
#[derive(Clone, Debug)]
pub struct Shape {
    pub(super) option: CommandOptionDefinition,
    /// What is wrong with it and cannot be seen of it.
    pub(super) problem: Option<&'static str>,
}

impl Shape {
    pub(super) fn new(option: CommandOptionDefinition) -> Self {
        Shape { option, problem: None }
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

/// A [`Kind`] that need not be given.
#[derive(Clone, Copy, Debug)]
pub struct Optional<K>(pub(super) K);

impl<K: Kind> Kind for Optional<K> {
    type Value = Option<K::Value>;

    fn shape(&self) -> Shape {
        let mut shape = self.0.shape();
        shape.option.required = false;
        shape
    }

    fn read(&self, given: Given<'_>) -> Result<Self::Value, Unresolved> {
        self.0.read(given).map(Some)
    }

    fn missing(&self) -> Result<Self::Value, Unresolved> {
        Ok(None)
    }
}

/// A [`Kind`] with an `S` that suggests values while one is being typed.
#[derive(Clone, Debug)]
pub struct WithAutocomplete<K, S> {
    kind: K,
    suggest: S,
}

impl<K: Kind, S> WithAutocomplete<K, S> {
    /// Puts them together.
    pub fn new(kind: K, suggest: S) -> Self {
        WithAutocomplete { kind, suggest }
    }

    /// The same, but it need not be given: the handler takes an `Option`.
    pub fn optional(self) -> WithAutocomplete<Optional<K>, S> {
        WithAutocomplete { kind: self.kind.optional(), suggest: self.suggest }
    }
}

/// What an option can be declared with: a [`Kind`], or one that is [`WithAutocomplete`] by an `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no kind of option",
    label = "not what an option takes",
    note = "name a kind, as in `.option(\"sides\", \"Faces of a die\", integer(2..=1000))`; \
            one of your own implements `syncord::command::Kind`"
)]
pub trait Offer<S> {
    /// What reads the value.
    type Kind: Kind;

    /// Takes it apart.
    fn split(self) -> (Self::Kind, Option<S>);
}

impl<K: Kind, S> Offer<S> for K {
    type Kind = K;

    fn split(self) -> (K, Option<S>) {
        (self, None)
    }
}

impl<K: Kind, S> Offer<S> for WithAutocomplete<K, S> {
    type Kind = Autocompleted<K>;

    fn split(self) -> (Autocompleted<K>, Option<S>) {
        (Autocompleted(self.kind), Some(self.suggest))
    }
}

/// A [`Kind`] whose values are suggested.
#[derive(Clone, Copy, Debug)]
pub struct Autocompleted<K>(K);

impl<K: Kind> Kind for Autocompleted<K> {
    type Value = K::Value;

    fn shape(&self) -> Shape {
        let mut shape = self.0.shape();
        shape.option.autocomplete = true;
        shape
    }

    fn read(&self, given: Given<'_>) -> Result<Self::Value, Unresolved> {
        self.0.read(given)
    }

    fn missing(&self) -> Result<Self::Value, Unresolved> {
        self.0.missing()
    }
}
