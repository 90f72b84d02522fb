use std::fmt;

use crate::id::{AttachmentId, ChannelId, RoleId, UserId};
use crate::model::truncate_message;
use crate::model::{
    Attachment, Channel, CommandOptionDefinition, CommandOptionType, Member, OptionValue, Resolved, Role,
    User,
};
use crate::texts::{LibraryText, Wording};

/// The value of one option, with the entities that Discord sent for the IDs in it.
#[derive(Clone, Copy, Debug)]
pub struct Argument<'a> {
    value: &'a OptionValue,
    resolved: Option<&'a Resolved>,
}

impl<'a> Argument<'a> {
    /// An argument from its parts, for tests of an [`OptionKind`](super::OptionKind) of your own.
    pub fn new(value: &'a OptionValue, resolved: Option<&'a Resolved>) -> Self {
        Argument { value, resolved }
    }

    /// The value as Discord sent it.
    pub fn value(self) -> &'a OptionValue {
        self.value
    }

    /// The text.
    ///
    /// # Errors
    ///
    /// When the value is not a text.
    pub fn text(self) -> Result<&'a str, ArgumentError> {
        self.value.as_str().ok_or_else(|| self.is_not("a text"))
    }

    /// The integer.
    ///
    /// # Errors
    ///
    /// When the value is not an integer.
    pub fn integer(self) -> Result<i64, ArgumentError> {
        self.value.as_i64().ok_or_else(|| self.is_not("an integer"))
    }

    /// The number, with or without a fraction.
    ///
    /// # Errors
    ///
    /// When the value is not a number.
    pub fn number(self) -> Result<f64, ArgumentError> {
        self.value.as_f64().ok_or_else(|| self.is_not("a number"))
    }

    /// The boolean.
    ///
    /// # Errors
    ///
    /// When the value is not a boolean.
    pub fn boolean(self) -> Result<bool, ArgumentError> {
        self.value.as_bool().ok_or_else(|| self.is_not("true or false"))
    }

    /// The user.
    ///
    /// # Errors
    ///
    /// When the value is not the ID of a user that Discord sent with it.
    pub fn user(self) -> Result<&'a User, ArgumentError> {
        let (id, resolved) = self.id::<UserId>()?;
        resolved.users.get(&id).ok_or_else(|| self.is_not("a resolved user"))
    }

    /// The user as a member of the guild.
    ///
    /// # Errors
    ///
    /// When the value is not the ID of a member that Discord sent with it. The user sees a message.
    pub fn member(self) -> Result<Member, ArgumentError> {
        let (id, resolved) = self.id::<UserId>()?;
        resolved_member(resolved, id)
    }

    /// The channel.
    ///
    /// # Errors
    ///
    /// When the value is not the ID of a channel that Discord sent with it.
    pub fn channel(self) -> Result<&'a Channel, ArgumentError> {
        let (id, resolved) = self.id::<ChannelId>()?;
        resolved.channels.get(&id).ok_or_else(|| self.is_not("a resolved channel"))
    }

    /// The role.
    ///
    /// # Errors
    ///
    /// When the value is not the ID of a role that Discord sent with it.
    pub fn role(self) -> Result<&'a Role, ArgumentError> {
        let (id, resolved) = self.id::<RoleId>()?;
        resolved.roles.get(&id).ok_or_else(|| self.is_not("a resolved role"))
    }

    /// The attachment.
    ///
    /// # Errors
    ///
    /// When the value is not the ID of an attachment that Discord sent with it.
    pub fn attachment(self) -> Result<&'a Attachment, ArgumentError> {
        let (id, resolved) = self.id::<AttachmentId>()?;
        resolved.attachments.get(&id).ok_or_else(|| self.is_not("a resolved attachment"))
    }

    fn id<I: From<u64>>(self) -> Result<(I, &'a Resolved), ArgumentError> {
        let id = self.value.as_id().ok_or_else(|| self.is_not("an ID"))?;
        Ok((id, self.resolved.ok_or_else(|| self.is_not("a resolved ID"))?))
    }

    fn is_not(self, what: &str) -> ArgumentError {
        ArgumentError::unexpected(format!("{} is not {what}", value_text(self.value)))
    }

    /// Checks the value against the declared option, which may be narrower than the registered one.
    pub(in crate::command) fn check(self, declared: &CommandOptionDefinition) -> Result<(), ArgumentError> {
        self.check_range(declared)?;
        self.check_length(declared)?;
        if !declared.choices.is_empty()
            && !declared.choices.iter().any(|choice| same_value(&choice.value, self.value))
        {
            return Err(ArgumentError::unexpected(format!(
                "{} is not one of the choices",
                value_text(self.value)
            )));
        }
        if declared.kind == CommandOptionType::CHANNEL && !declared.channel_types.is_empty() {
            let kind = self.channel()?.kind;
            if !declared.channel_types.contains(&kind) {
                return Err(LibraryText::WrongChannelType.into());
            }
        }
        Ok(())
    }

    fn check_range(self, declared: &CommandOptionDefinition) -> Result<(), ArgumentError> {
        let Some(number) = self.value.as_f64() else { return Ok(()) };
        let limit = |limit: &Option<OptionValue>| limit.as_ref().and_then(OptionValue::as_f64);
        match (limit(&declared.min_value), limit(&declared.max_value)) {
            (Some(min), _) if number < min => Err(LibraryText::Minimum { minimum: min.to_string() }.into()),
            (_, Some(max)) if number > max => Err(LibraryText::Maximum { maximum: max.to_string() }.into()),
            _ => Ok(()),
        }
    }

    /// Discord does not document how it counts characters. Each limit uses the count that accepts more texts.
    fn check_length(self, declared: &CommandOptionDefinition) -> Result<(), ArgumentError> {
        if declared.kind != CommandOptionType::STRING {
            return Ok(());
        }
        let Some(text) = self.value.as_str() else { return Ok(()) };
        match (declared.min_length, declared.max_length) {
            (Some(min), _) if text.encode_utf16().count() < min as usize => {
                Err(LibraryText::MinimumLength { minimum: min }.into())
            }
            (_, Some(max)) if text.chars().count() > max as usize => {
                Err(LibraryText::MaximumLength { maximum: max }.into())
            }
            _ => Ok(()),
        }
    }
}

/// A member with its user, which Discord sends in another map.
pub(in crate::command) fn resolved_member(resolved: &Resolved, id: UserId) -> Result<Member, ArgumentError> {
    resolved.member(id).ok_or_else(|| LibraryText::NotAMember.into())
}

/// Whether two values are equal. 1 and 1.0 are.
pub(in crate::command) fn same_value(a: &OptionValue, b: &OptionValue) -> bool {
    match (a, b) {
        (OptionValue::String(a), OptionValue::String(b)) => a == b,
        (OptionValue::Boolean(a), OptionValue::Boolean(b)) => a == b,
        (OptionValue::Integer(a), OptionValue::Integer(b)) => a == b,
        _ => a.as_f64().is_some_and(|a| Some(a) == b.as_f64()),
    }
}

/// A value as text: the input so far, where the value is still being typed.
pub fn value_text(value: &OptionValue) -> String {
    match value {
        OptionValue::String(text) => text.clone(),
        OptionValue::Integer(number) => number.to_string(),
        OptionValue::Number(number) => number.to_string(),
        OptionValue::Boolean(value) => value.to_string(),
        OptionValue::Unknown(raw) => raw.get().to_owned(),
    }
}

/// Why an argument could not be turned into the value that the handler takes.
///
/// `Display` is for the log. [`user_message`](ArgumentError::user_message) is for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentError {
    option: Option<String>,
    problem: Wording,
    is_for_user: bool,
}

impl ArgumentError {
    /// The user's input is invalid. The user sees this text, which should say what is valid.
    pub fn invalid(text: impl Into<String>) -> Self {
        ArgumentError { option: None, problem: Wording::Own(text.into()), is_for_user: true }
    }

    /// Discord sent something that does not match the declaration. The text is for the log. The user cannot correct
    /// this, and sees a request to try again.
    pub fn unexpected(text: impl Into<String>) -> Self {
        ArgumentError { option: None, problem: Wording::Own(text.into()), is_for_user: false }
    }

    pub(crate) fn for_option(mut self, option: &str) -> Self {
        self.option.get_or_insert_with(|| option.to_owned());
        self
    }

    /// The name of the option.
    pub fn option(&self) -> Option<&str> {
        self.option.as_deref()
    }

    /// The message for the user in English, shortened to the length of a message.
    pub fn user_message(&self) -> String {
        truncate_message(self.for_user().to_string())
    }

    /// The message for the user, before it is worded in a language.
    pub(crate) fn for_user(&self) -> Wording {
        match (self.option.clone(), self.is_for_user) {
            (Some(option), true) => {
                LibraryText::OptionProblem { option, problem: self.problem.clone() }.into()
            }
            (None, true) => self.problem.clone(),
            (Some(option), false) => LibraryText::ChangedOption { option }.into(),
            (None, false) => LibraryText::Changed.into(),
        }
    }
}

/// The user's input is invalid, for a reason that the library words.
impl From<LibraryText> for ArgumentError {
    fn from(text: LibraryText) -> Self {
        ArgumentError { option: None, problem: text.into(), is_for_user: true }
    }
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(option) = &self.option {
            write!(f, "{option}: ")?;
        }
        self.problem.fmt(f)
    }
}

impl std::error::Error for ArgumentError {}
