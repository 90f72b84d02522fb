#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a path to a method has one lifetime, and these functions need to take any"
)]

use std::fmt;
use std::ops::{Bound, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeToInclusive};

use super::argument::{Argument, ArgumentError};
use super::kind::{OptionKind, OptionSpec, Optional};
use crate::id::AnyId;
use crate::model::{
    Attachment, Channel, ChannelType, CommandChoice, CommandOptionDefinition, CommandOptionType, List,
    Locale, Member, OptionValue, Role, User,
};

/// An option of one of [Discord's types](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type),
/// whose value is a `V`.
#[derive(Clone)]
pub struct BasicOption<V> {
    spec: OptionSpec,
    read: fn(Argument<'_>) -> Result<V, ArgumentError>,
}

impl<V> BasicOption<V> {
    pub(super) fn new(kind: CommandOptionType, read: fn(Argument<'_>) -> Result<V, ArgumentError>) -> Self {
        let mut option = CommandOptionDefinition::new(kind, "", "");
        option.required = true;
        BasicOption { spec: OptionSpec::new(option), read }
    }

    fn with(mut self, change: impl FnOnce(&mut CommandOptionDefinition)) -> Self {
        change(&mut self.spec.option);
        self
    }

    /// Sets the choices. An empty list is a problem, because Discord would then accept any value.
    pub(super) fn with_choices(mut self, choices: impl Iterator<Item = CommandChoice>) -> Self {
        let choices: List<_> = choices.collect();
        self.spec.problem = choices.is_empty().then_some("the list of choices is empty");
        self.with(|option| option.choices = choices)
    }

    /// How the option is declared, for an [`OptionKind`] of your own.
    pub fn spec(&self) -> OptionSpec {
        self.spec.clone()
    }

    /// Makes the option optional: the handler takes an `Option`.
    pub fn optional(self) -> Optional<Self> {
        Optional(self)
    }

    /// Sets the name of the option in another language.
    #[must_use]
    pub fn name_localized(mut self, locale: Locale, name: impl Into<String>) -> Self {
        self.spec.option.name_localizations.get_or_insert_default().insert(locale, name.into());
        self
    }

    /// Sets the description of the option in another language.
    #[must_use]
    pub fn description_localized(mut self, locale: Locale, description: impl Into<String>) -> Self {
        self.spec.option.description_localizations.get_or_insert_default().insert(locale, description.into());
        self
    }
}

impl<V> OptionKind for BasicOption<V> {
    type Value = V;

    fn spec(&self) -> OptionSpec {
        self.spec()
    }

    fn read(&self, argument: Argument<'_>) -> Result<V, ArgumentError> {
        (self.read)(argument)
    }
}

impl<V> fmt::Debug for BasicOption<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BasicOption").field(&self.spec.option).finish()
    }
}

/// A text.
pub fn string() -> BasicOption<String> {
    String::basic()
}

impl BasicOption<String> {
    /// Sets the minimum number of characters: 0 to 6,000.
    #[must_use]
    pub fn min_length(self, min: u32) -> Self {
        self.with(|option| option.min_length = Some(min))
    }

    /// Sets the maximum number of characters: 1 to 6,000.
    #[must_use]
    pub fn max_length(self, max: u32) -> Self {
        self.with(|option| option.max_length = Some(max))
    }
}

/// An integer in a range. `..` accepts [every integer that Discord supports](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type):
/// -2^53 + 1 to 2^53 - 1.
pub fn integer(range: impl RangeBounds<i64>) -> BasicOption<i64> {
    let min = match range.start_bound() {
        Bound::Included(min) => Some(*min),
        Bound::Excluded(below) => Some(below.saturating_add(1)),
        Bound::Unbounded => None,
    };
    let max = match range.end_bound() {
        Bound::Included(max) => Some(*max),
        Bound::Excluded(above) => Some(above.saturating_sub(1)),
        Bound::Unbounded => None,
    };
    i64::basic().with(|option| {
        option.min_value = min.map(OptionValue::Integer);
        option.max_value = max.map(OptionValue::Integer);
    })
}

/// The minimum and the maximum of a [`number`]: `0.5..=2.0`, `0.0..`, `..=1.0` or `..`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberRange {
    min: Option<f64>,
    max: Option<f64>,
}

impl From<RangeFull> for NumberRange {
    fn from(_: RangeFull) -> Self {
        NumberRange { min: None, max: None }
    }
}

impl From<RangeInclusive<f64>> for NumberRange {
    fn from(range: RangeInclusive<f64>) -> Self {
        NumberRange { min: Some(*range.start()), max: Some(*range.end()) }
    }
}

impl From<RangeFrom<f64>> for NumberRange {
    fn from(range: RangeFrom<f64>) -> Self {
        NumberRange { min: Some(range.start), max: None }
    }
}

impl From<RangeToInclusive<f64>> for NumberRange {
    fn from(range: RangeToInclusive<f64>) -> Self {
        NumberRange { min: None, max: Some(range.end) }
    }
}

/// A number in a range, with or without a fraction. `..` accepts every number that Discord supports: -2^53 to 2^53.
pub fn number(range: impl Into<NumberRange>) -> BasicOption<f64> {
    let NumberRange { min, max } = range.into();
    f64::basic().with(|option| {
        option.min_value = min.map(OptionValue::Number);
        option.max_value = max.map(OptionValue::Number);
    })
}

/// True or false.
pub fn boolean() -> BasicOption<bool> {
    BasicOption::new(CommandOptionType::BOOLEAN, |argument| argument.boolean())
}

/// A user, member of the guild or not.
pub fn user() -> BasicOption<User> {
    BasicOption::new(CommandOptionType::USER, |argument| argument.user().cloned())
}

/// A member of the guild. Other users are rejected.
pub fn member() -> BasicOption<Member> {
    BasicOption::new(CommandOptionType::USER, |argument| argument.member())
}

/// A channel, thread or category.
pub fn channel() -> BasicOption<Channel> {
    BasicOption::new(CommandOptionType::CHANNEL, |argument| argument.channel().cloned())
}

impl BasicOption<Channel> {
    /// Sets the types of channels that are accepted. Default: all.
    #[must_use]
    pub fn channel_types(self, types: impl IntoIterator<Item = ChannelType>) -> Self {
        self.with(|option| option.channel_types = types.into_iter().collect())
    }
}

/// A role.
pub fn role() -> BasicOption<Role> {
    BasicOption::new(CommandOptionType::ROLE, |argument| argument.role().cloned())
}

/// A user, a member or a role.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Mentionable {
    /// A member of the guild.
    Member(Box<Member>),
    /// A user who is not a member, or outside of a guild.
    User(Box<User>),
    /// A role.
    Role(Box<Role>),
}

impl Mentionable {
    /// The ID of the user or the role.
    pub fn id(&self) -> AnyId {
        AnyId::new(match self {
            Mentionable::Member(member) => member.user.id.get(),
            Mentionable::User(user) => user.id.get(),
            Mentionable::Role(role) => role.id.get(),
        })
    }
}

/// A user, a member or a role.
pub fn mentionable() -> BasicOption<Mentionable> {
    BasicOption::new(CommandOptionType::MENTIONABLE, |argument| {
        if let Ok(role) = argument.role() {
            return Ok(Mentionable::Role(Box::new(role.clone())));
        }
        let user = argument.user()?;
        Ok(match argument.member() {
            Ok(member) => Mentionable::Member(Box::new(member)),
            Err(_) => Mentionable::User(Box::new(user.clone())),
        })
    })
}

/// An uploaded file.
pub fn attachment() -> BasicOption<Attachment> {
    BasicOption::new(CommandOptionType::ATTACHMENT, |argument| argument.attachment().cloned())
}

impl BasicOption<Attachment> {
    /// Sets the [file types](https://docs.discord.com/developers/reference#file-type-filtering) that are accepted, at most
    /// 10: `image`, `video`, `audio`, or extensions such as `.pdf`. Discord checks the file name only. Default: all.
    #[must_use]
    pub fn file_types<T: Into<String>>(self, types: impl IntoIterator<Item = T>) -> Self {
        self.with(|option| option.file_types = types.into_iter().map(Into::into).collect())
    }
}

/// A type that Discord supports choices and autocomplete for: a text or a number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` supports neither choices nor autocomplete",
    note = "Discord supports choices and autocomplete for `String`, `i64` and `f64`"
)]
pub trait Scalar: Sized {
    #[doc(hidden)]
    fn basic() -> BasicOption<Self>;
}

impl Scalar for String {
    fn basic() -> BasicOption<Self> {
        BasicOption::new(CommandOptionType::STRING, |argument| argument.text().map(str::to_owned))
    }
}

impl Scalar for i64 {
    fn basic() -> BasicOption<Self> {
        BasicOption::new(CommandOptionType::INTEGER, |argument| argument.integer())
    }
}

impl Scalar for f64 {
    fn basic() -> BasicOption<Self> {
        BasicOption::new(CommandOptionType::NUMBER, |argument| argument.number())
    }
}
