#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the methods are of one lifetime, and the closures of any"
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

/// A kind of option that [Discord knows](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type), which gives a handler a `V`.
#[derive(Clone)]
pub struct BasicOption<V> {
    shape: OptionSpec,
    read: fn(Argument<'_>) -> Result<V, ArgumentError>,
}

impl<V> BasicOption<V> {
    pub(super) fn new(kind: CommandOptionType, read: fn(Argument<'_>) -> Result<V, ArgumentError>) -> Self {
        let mut option = CommandOptionDefinition::new(kind, "", "");
        option.required = true;
        BasicOption { shape: OptionSpec::new(option), read }
    }

    fn with(mut self, change: impl FnOnce(&mut CommandOptionDefinition)) -> Self {
        change(&mut self.shape.option);
        self
    }

    /// Without any choice, Discord would take any value.
    pub(super) fn one_of_these(mut self, choices: impl Iterator<Item = CommandChoice>) -> Self {
        let choices: List<_> = choices.collect();
        self.shape.problem = choices.is_empty().then_some("it is one of a few values, and there are none");
        self.with(|option| option.choices = choices)
    }

    /// How Discord asks for it: for a [`OptionKind`] of your own that is made of this one.
    pub fn spec(&self) -> OptionSpec {
        self.shape.clone()
    }

    /// The same, but it need not be given: the handler takes an `Option`.
    pub fn optional(self) -> Optional<Self> {
        Optional(self)
    }

    /// The option's name in another language.
    #[must_use]
    pub fn name_localized(mut self, locale: Locale, name: impl Into<String>) -> Self {
        self.shape.option.name_localizations.get_or_insert_default().insert(locale, name.into());
        self
    }

    /// What the option is for, in another language.
    #[must_use]
    pub fn description_localized(mut self, locale: Locale, about: impl Into<String>) -> Self {
        self.shape.option.description_localizations.get_or_insert_default().insert(locale, about.into());
        self
    }
}

impl<V> OptionKind for BasicOption<V> {
    type Value = V;

    fn spec(&self) -> OptionSpec {
        self.spec()
    }

    fn read(&self, given: Argument<'_>) -> Result<V, ArgumentError> {
        (self.read)(given)
    }
}

impl<V> fmt::Debug for BasicOption<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BasicOption").field(&self.shape.option).finish()
    }
}

/// A text.
pub fn string() -> BasicOption<String> {
    String::basic()
}

impl BasicOption<String> {
    /// How many characters it must have.
    #[must_use]
    pub fn min_length(self, least: u32) -> Self {
        self.with(|shape| shape.min_length = Some(least))
    }

    /// How many characters it may have.
    #[must_use]
    pub fn max_length(self, most: u32) -> Self {
        self.with(|shape| shape.max_length = Some(most))
    }
}

/// A whole number; `..` takes [all that Discord knows](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type).
pub fn integer(range: impl RangeBounds<i64>) -> BasicOption<i64> {
    let least = match range.start_bound() {
        Bound::Included(least) => Some(*least),
        Bound::Excluded(below) => Some(below.saturating_add(1)),
        Bound::Unbounded => None,
    };
    let most = match range.end_bound() {
        Bound::Included(most) => Some(*most),
        Bound::Excluded(above) => Some(above.saturating_sub(1)),
        Bound::Unbounded => None,
    };
    i64::basic().with(|shape| {
        shape.min_value = least.map(OptionValue::Integer);
        shape.max_value = most.map(OptionValue::Integer);
    })
}

/// The least and the greatest [`number`]: `0.5..=2.0`, `0.0..`, `..=1.0` or `..`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberRange {
    least: Option<f64>,
    most: Option<f64>,
}

impl From<RangeFull> for NumberRange {
    fn from(_: RangeFull) -> Self {
        NumberRange { least: None, most: None }
    }
}

impl From<RangeInclusive<f64>> for NumberRange {
    fn from(range: RangeInclusive<f64>) -> Self {
        NumberRange { least: Some(*range.start()), most: Some(*range.end()) }
    }
}

impl From<RangeFrom<f64>> for NumberRange {
    fn from(range: RangeFrom<f64>) -> Self {
        NumberRange { least: Some(range.start), most: None }
    }
}

impl From<RangeToInclusive<f64>> for NumberRange {
    fn from(range: RangeToInclusive<f64>) -> Self {
        NumberRange { least: None, most: Some(range.end) }
    }
}

/// A number, with a fraction or without.
pub fn number(span: impl Into<NumberRange>) -> BasicOption<f64> {
    let NumberRange { least, most } = span.into();
    f64::basic().with(|shape| {
        shape.min_value = least.map(OptionValue::Number);
        shape.max_value = most.map(OptionValue::Number);
    })
}

/// Yes or no.
pub fn boolean() -> BasicOption<bool> {
    BasicOption::new(CommandOptionType::BOOLEAN, |given| given.boolean())
}

/// A user, in the guild or not.
pub fn user() -> BasicOption<User> {
    BasicOption::new(CommandOptionType::USER, |given| given.user().cloned())
}

/// A user who is a member of the guild; others are refused.
pub fn member() -> BasicOption<Member> {
    BasicOption::new(CommandOptionType::USER, |given| given.member())
}

/// A channel, a thread or a category.
pub fn channel() -> BasicOption<Channel> {
    BasicOption::new(CommandOptionType::CHANNEL, |given| given.channel().cloned())
}

impl BasicOption<Channel> {
    /// The types of channels it takes.
    #[must_use]
    pub fn types(self, types: impl IntoIterator<Item = ChannelType>) -> Self {
        self.with(|shape| shape.channel_types = types.into_iter().collect())
    }
}

/// A role.
pub fn role() -> BasicOption<Role> {
    BasicOption::new(CommandOptionType::ROLE, |given| given.role().cloned())
}

/// Somebody, or a role.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Mentionable {
    /// A member of the guild.
    Member(Box<Member>),
    /// A user who is no member, or is not in a guild.
    User(Box<User>),
    /// A role.
    Role(Box<Role>),
}

impl Mentionable {
    /// The id of the user or the role.
    pub fn id(&self) -> AnyId {
        AnyId::new(match self {
            Mentionable::Member(member) => member.user.as_ref().map_or(0, |user| user.id.get()),
            Mentionable::User(user) => user.id.get(),
            Mentionable::Role(role) => role.id.get(),
        })
    }
}

/// A user, a member or a role.
pub fn mentionable() -> BasicOption<Mentionable> {
    BasicOption::new(CommandOptionType::MENTIONABLE, |given| {
        if let Ok(role) = given.role() {
            return Ok(Mentionable::Role(Box::new(role.clone())));
        }
        let user = given.user()?;
        Ok(match given.member() {
            Ok(member) => Mentionable::Member(Box::new(member)),
            Err(_) => Mentionable::User(Box::new(user.clone())),
        })
    })
}

/// A file.
pub fn attachment() -> BasicOption<Attachment> {
    BasicOption::new(CommandOptionType::ATTACHMENT, |given| given.attachment().cloned())
}

impl BasicOption<Attachment> {
    /// The [kinds of files](https://docs.discord.com/developers/reference#file-type-filtering) it takes: `image`, `video`,
    /// `audio`, or endings like `.pdf`. Discord looks at the name only.
    #[must_use]
    pub fn file_types<T: Into<String>>(self, types: impl IntoIterator<Item = T>) -> Self {
        self.with(|shape| shape.file_types = types.into_iter().map(Into::into).collect())
    }
}

/// A text or a number: what can be typed, chosen from a list, and suggested.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can neither be chosen from a list nor suggested",
    note = "Discord knows choices and suggestions for `String`, `i64` and `f64`"
)]
pub trait Scalar: Sized {
    #[doc(hidden)]
    fn basic() -> BasicOption<Self>;
}

impl Scalar for String {
    fn basic() -> BasicOption<Self> {
        BasicOption::new(CommandOptionType::STRING, |given| given.text().map(str::to_owned))
    }
}

impl Scalar for i64 {
    fn basic() -> BasicOption<Self> {
        BasicOption::new(CommandOptionType::INTEGER, |given| given.integer())
    }
}

impl Scalar for f64 {
    fn basic() -> BasicOption<Self> {
        BasicOption::new(CommandOptionType::NUMBER, |given| given.number())
    }
}
