use std::collections::BTreeMap;

use super::argument::{Argument, ArgumentError};
use crate::model::{CommandOptionDefinition, Locale};

/// The kind of an option: how it is declared to Discord, and how its value is read.
///
/// [`integer`](super::integer), [`user`](super::user) and the other functions of this module give Discord's kinds. A kind
/// of your own parses a text or a number. When it rejects the input, the user sees its error.
///
/// ```
/// use syncord::command::{Argument, ArgumentError, OptionKind, OptionSpec, CommandBuilder, string};
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
///     fn read(&self, argument: Argument<'_>) -> Result<(u8, u8), ArgumentError> {
///         let time = argument.text()?.split_once(':').and_then(|(h, m)| Some((h.parse().ok()?, m.parse().ok()?)));
///         time.filter(|(h, m)| *h < 24 && *m < 60).ok_or_else(|| ArgumentError::invalid("Write it as 7:30."))
///     }
/// }
///
/// let remind = CommandBuilder::<_, ()>::slash("remind", "Reminds you").option("at", "When", TimeOfDay);
///
/// // A kind can be tested alone.
/// use syncord::model::OptionValue;
///
/// let noon = OptionValue::String("noon".into());
/// let error = TimeOfDay.read(Argument::new(&noon, None)).unwrap_err();
/// assert_eq!(error.user_message(), "Write it as 7:30.");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a kind of option",
    label = "not a kind of option",
    note = "pass a kind with its parentheses, as in `.option(\"sides\", \"Faces of a die\", integer(2..=1000))`; \
            a kind of your own implements `syncord::command::OptionKind`"
)]
#[doc(alias = "converter")]
#[doc(alias = "transformer")]
pub trait OptionKind {
    /// The value that the handler takes.
    type Value;

    /// How the option is declared to Discord.
    fn spec(&self) -> OptionSpec;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// [`ArgumentError`], with the message for the user.
    fn read(&self, argument: Argument<'_>) -> Result<Self::Value, ArgumentError>;

    /// The value where the user left out the option.
    ///
    /// # Errors
    ///
    /// Always, unless overridden: Discord requires every option that is not [optional](OptionKind::optional).
    fn missing(&self) -> Result<Self::Value, ArgumentError> {
        Err(ArgumentError::unexpected("the option is required, but missing"))
    }

    /// Makes the option optional: the handler takes an `Option`.
    fn optional(self) -> Optional<Self>
    where
        Self: Sized,
    {
        Optional(self)
    }

    /// Sets the name of the option in another language.
    fn name_localized(self, locale: Locale, name: impl Into<String>) -> Localized<Self>
    where
        Self: Sized,
    {
        Localized::new(self).name_localized(locale, name)
    }

    /// Sets the description of the option in another language.
    fn description_localized(self, locale: Locale, description: impl Into<String>) -> Localized<Self>
    where
        Self: Sized,
    {
        Localized::new(self).description_localized(locale, description)
    }
}

/// An [`OptionKind`] with names and descriptions in other languages.
#[derive(Clone, Debug)]
pub struct Localized<K> {
    kind: K,
    names: BTreeMap<Locale, String>,
    descriptions: BTreeMap<Locale, String>,
}

impl<K> Localized<K> {
    fn new(kind: K) -> Self {
        Localized { kind, names: BTreeMap::new(), descriptions: BTreeMap::new() }
    }

    /// Sets the name of the option in another language.
    #[must_use]
    pub fn name_localized(mut self, locale: Locale, name: impl Into<String>) -> Self {
        self.names.insert(locale, name.into());
        self
    }

    /// Sets the description of the option in another language.
    #[must_use]
    pub fn description_localized(mut self, locale: Locale, description: impl Into<String>) -> Self {
        self.descriptions.insert(locale, description.into());
        self
    }
}

impl<K: OptionKind> OptionKind for Localized<K> {
    type Value = K::Value;

    fn spec(&self) -> OptionSpec {
        let mut spec = self.kind.spec();
        let option = &mut spec.option;
        option.name_localizations.get_or_insert_default().extend(self.names.clone());
        option.description_localizations.get_or_insert_default().extend(self.descriptions.clone());
        spec
    }

    fn read(&self, argument: Argument<'_>) -> Result<Self::Value, ArgumentError> {
        self.kind.read(argument)
    }

    fn missing(&self) -> Result<Self::Value, ArgumentError> {
        self.kind.missing()
    }
}

/// How an option is declared to Discord. [`BasicOption::spec`](super::BasicOption::spec) makes one.
#[derive(Clone, Debug)]
pub struct OptionSpec {
    pub(super) option: CommandOptionDefinition,
    /// A problem that cannot be found in the definition.
    pub(super) problem: Option<&'static str>,
}

impl OptionSpec {
    pub(super) fn new(option: CommandOptionDefinition) -> Self {
        OptionSpec { option, problem: None }
    }

    /// The definition of the option, and the problem.
    pub(in crate::command) fn into_option(
        self,
        name: String,
        description: String,
    ) -> (CommandOptionDefinition, Option<&'static str>) {
        (CommandOptionDefinition { name, description, ..self.option }, self.problem)
    }
}

/// An [`OptionKind`] whose option may be left out.
#[derive(Clone, Copy, Debug)]
pub struct Optional<K>(pub(super) K);

impl<K: OptionKind> OptionKind for Optional<K> {
    type Value = Option<K::Value>;

    fn spec(&self) -> OptionSpec {
        let mut spec = self.0.spec();
        spec.option.required = false;
        spec
    }

    fn read(&self, argument: Argument<'_>) -> Result<Self::Value, ArgumentError> {
        self.0.read(argument).map(Some)
    }

    fn missing(&self) -> Result<Self::Value, ArgumentError> {
        Ok(None)
    }
}

/// An [`OptionKind`] with a handler `H` that completes the value while the user types it.
#[derive(Clone, Debug)]
pub struct WithAutocomplete<K, H> {
    kind: K,
    handler: H,
}

impl<K: OptionKind, H> WithAutocomplete<K, H> {
    /// Adds a handler to a kind.
    pub fn new(kind: K, handler: H) -> Self {
        WithAutocomplete { kind, handler }
    }

    /// Makes the option optional: the handler of the command takes an `Option`.
    pub fn optional(self) -> WithAutocomplete<Optional<K>, H> {
        WithAutocomplete { kind: self.kind.optional(), handler: self.handler }
    }
}

/// What [`CommandBuilder::option`](crate::command::CommandBuilder::option) accepts: an [`OptionKind`], or one
/// [`WithAutocomplete`] and a handler `H`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a kind of option",
    label = "not a kind of option",
    note = "pass a kind with its parentheses, as in `.option(\"sides\", \"Faces of a die\", integer(2..=1000))`; \
            a kind of your own implements `syncord::command::OptionKind`"
)]
pub trait IntoOptionKind<H> {
    /// The kind that reads the value.
    type Kind: OptionKind;

    /// Splits off the handler.
    fn split(self) -> (Self::Kind, Option<H>);
}

#[diagnostic::do_not_recommend]
impl<K: OptionKind, H> IntoOptionKind<H> for K {
    type Kind = K;

    fn split(self) -> (K, Option<H>) {
        (self, None)
    }
}

#[diagnostic::do_not_recommend]
impl<K: OptionKind, H> IntoOptionKind<H> for WithAutocomplete<K, H> {
    type Kind = Autocompleted<K>;

    fn split(self) -> (Autocompleted<K>, Option<H>) {
        (Autocompleted(self.kind), Some(self.handler))
    }
}

/// An [`OptionKind`] whose option is declared with `autocomplete`.
#[derive(Clone, Copy, Debug)]
pub struct Autocompleted<K>(K);

impl<K: OptionKind> OptionKind for Autocompleted<K> {
    type Value = K::Value;

    fn spec(&self) -> OptionSpec {
        let mut spec = self.0.spec();
        spec.option.autocomplete = true;
        spec
    }

    fn read(&self, argument: Argument<'_>) -> Result<Self::Value, ArgumentError> {
        self.0.read(argument)
    }

    fn missing(&self) -> Result<Self::Value, ArgumentError> {
        self.0.missing()
    }
}
