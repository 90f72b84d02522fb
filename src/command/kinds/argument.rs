use std::fmt;

use crate::id::{AttachmentId, ChannelId, RoleId, UserId};
use crate::model::truncate_message;
use crate::model::{
    Attachment, Channel, CommandOptionDefinition, CommandOptionType, Member, OptionValue, Resolved, Role,
    User,
};

/// What was given for an option: a value, and what its id stands for.
#[derive(Clone, Copy, Debug)]
pub struct Argument<'a> {
    value: &'a OptionValue,
    resolved: Option<&'a Resolved>,
}

impl<'a> Argument<'a> {
    /// A value, and what the ids in it stand for: for tests of a [`OptionKind`](super::Kind) of your own.
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
    /// When it is none.
    pub fn text(self) -> Result<&'a str, ArgumentError> {
        self.value.as_str().ok_or_else(|| self.not("a text"))
    }

    /// The whole number.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn integer(self) -> Result<i64, ArgumentError> {
        self.value.as_i64().ok_or_else(|| self.not("a whole number"))
    }

    /// The number, whole or not.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn number(self) -> Result<f64, ArgumentError> {
        self.value.as_f64().ok_or_else(|| self.not("a number"))
    }

    /// Yes or no.
    ///
    /// # Errors
    ///
    /// When it is neither.
    pub fn boolean(self) -> Result<bool, ArgumentError> {
        self.value.as_bool().ok_or_else(|| self.not("true or false"))
    }

    /// The user.
    ///
    /// # Errors
    ///
    /// When it is none, or Discord has not sent it.
    pub fn user(self) -> Result<&'a User, ArgumentError> {
        let (id, resolved) = self.id::<UserId>()?;
        resolved.users.get(&id).ok_or_else(|| self.not("a user that was sent along"))
    }

    /// The user as a member of the guild.
    ///
    /// # Errors
    ///
    /// When it is none, or no member: then the user is told.
    pub fn member(self) -> Result<Member, ArgumentError> {
        let (id, resolved) = self.id::<UserId>()?;
        whole_member(resolved, id)
    }

    /// The channel.
    ///
    /// # Errors
    ///
    /// When it is none, or Discord has not sent it.
    pub fn channel(self) -> Result<&'a Channel, ArgumentError> {
        let (id, resolved) = self.id::<ChannelId>()?;
        resolved.channels.get(&id).ok_or_else(|| self.not("a channel that was sent along"))
    }

    /// The role.
    ///
    /// # Errors
    ///
    /// When it is none, or Discord has not sent it.
    pub fn role(self) -> Result<&'a Role, ArgumentError> {
        let (id, resolved) = self.id::<RoleId>()?;
        resolved.roles.get(&id).ok_or_else(|| self.not("a role that was sent along"))
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// When it is none, or Discord has not sent it.
    pub fn attachment(self) -> Result<&'a Attachment, ArgumentError> {
        let (id, resolved) = self.id::<AttachmentId>()?;
        resolved.attachments.get(&id).ok_or_else(|| self.not("a file that was sent along"))
    }

    fn id<I: From<u64>>(self) -> Result<(I, &'a Resolved), ArgumentError> {
        let id = self.value.as_id().ok_or_else(|| self.not("an id"))?;
        Ok((id, self.resolved.ok_or_else(|| self.not("sent along"))?))
    }

    fn not(self, what: &str) -> ArgumentError {
        ArgumentError::unexpected(format!("{} is not {what}", value_text(self.value)))
    }

    /// Whether it is within what is declared now, which may be narrower than what was registered when it was typed.
    pub(in crate::command) fn fits(self, expected: &CommandOptionDefinition) -> Result<(), ArgumentError> {
        self.in_range(expected)?;
        self.in_length(expected)?;
        if !expected.choices.is_empty()
            && !expected.choices.iter().any(|choice| same(&choice.value, self.value))
        {
            return Err(ArgumentError::unexpected(format!(
                "{} is none of the choices",
                value_text(self.value)
            )));
        }
        if expected.kind == CommandOptionType::CHANNEL && !expected.channel_types.is_empty() {
            let kind = self.channel()?.kind;
            if !expected.channel_types.contains(&kind) {
                return Err(ArgumentError::invalid("This is not the right kind of channel."));
            }
        }
        Ok(())
    }

    fn in_range(self, expected: &CommandOptionDefinition) -> Result<(), ArgumentError> {
        let Some(number) = self.value.as_f64() else { return Ok(()) };
        let bound = |bound: &Option<OptionValue>| bound.as_ref().and_then(OptionValue::as_f64);
        match (bound(&expected.min_value), bound(&expected.max_value)) {
            (Some(least), _) if number < least => {
                Err(ArgumentError::invalid(format!("At least {least}, please.")))
            }
            (_, Some(most)) if number > most => {
                Err(ArgumentError::invalid(format!("At most {most}, please.")))
            }
            _ => Ok(()),
        }
    }

    /// Discord does not say how it counts characters, so each limit counts what is in the user's favour.
    fn in_length(self, expected: &CommandOptionDefinition) -> Result<(), ArgumentError> {
        if expected.kind != CommandOptionType::STRING {
            return Ok(());
        }
        let Some(text) = self.value.as_str() else { return Ok(()) };
        match (expected.min_length, expected.max_length) {
            (Some(least), _) if text.encode_utf16().count() < least as usize => {
                Err(ArgumentError::invalid(format!("At least {least} characters, please.")))
            }
            (_, Some(most)) if text.chars().count() > most as usize => {
                Err(ArgumentError::invalid(format!("At most {most} characters, please.")))
            }
            _ => Ok(()),
        }
    }
}

/// A member with its user, which Discord sends beside it.
pub(in crate::command) fn whole_member(resolved: &Resolved, id: UserId) -> Result<Member, ArgumentError> {
    resolved.member(id).ok_or_else(|| ArgumentError::invalid("They are not a member of this server."))
}

/// Whether two values are the same; 1 and 1.0 are.
pub(in crate::command) fn same(one: &OptionValue, other: &OptionValue) -> bool {
    match (one, other) {
        (OptionValue::String(one), OptionValue::String(other)) => one == other,
        (OptionValue::Boolean(one), OptionValue::Boolean(other)) => one == other,
        (OptionValue::Integer(one), OptionValue::Integer(other)) => one == other,
        _ => one.as_f64().is_some_and(|one| Some(one) == other.as_f64()),
    }
}

/// A value as it was typed, which may be the beginning of one: a text even where the option takes a number.
pub fn value_text(value: &OptionValue) -> String {
    match value {
        OptionValue::String(text) => text.clone(),
        OptionValue::Integer(number) => number.to_string(),
        OptionValue::Number(number) => number.to_string(),
        OptionValue::Boolean(yes) => yes.to_string(),
        OptionValue::Unknown(raw) => raw.get().to_owned(),
    }
}

/// Why what was given could not become what the handler takes.
///
/// `Display` is for the log; [`user_message`](ArgumentError::user_message) is what the user is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentError {
    option: Option<String>,
    text: String,
    is_for_user: bool,
}

impl ArgumentError {
    /// The user has given something that does not do, and is told what would.
    pub fn invalid(text: impl Into<String>) -> Self {
        ArgumentError { option: None, text: text.into(), is_for_user: true }
    }

    /// Discord has sent something that does not fit what is declared. The user, who can do nothing about it, is asked
    /// to try again.
    pub fn unexpected(text: impl Into<String>) -> Self {
        ArgumentError { option: None, text: text.into(), is_for_user: false }
    }

    pub(in crate::command) fn of(mut self, option: &str) -> Self {
        self.option.get_or_insert_with(|| option.to_owned());
        self
    }

    /// The option it is about.
    pub fn option(&self) -> Option<&str> {
        self.option.as_deref()
    }

    /// What the user is told: as much of it as a message holds.
    pub fn user_message(&self) -> String {
        truncate_message(self.whole())
    }

    fn whole(&self) -> String {
        match (&self.option, self.is_for_user) {
            (Some(option), true) => format!("`{option}`: {}", self.text),
            (None, true) => self.text.clone(),
            (Some(option), false) => format!(
                "I could not make sense of `{option}`. This command may have changed just now: please try it again."
            ),
            (None, false) => {
                "I could not make sense of this. It may be older than I am: please try it anew.".to_owned()
            }
        }
    }
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(option) = &self.option {
            write!(f, "{option}: ")?;
        }
        f.write_str(&self.text)
    }
}

impl std::error::Error for ArgumentError {}
