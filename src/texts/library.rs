//! The table of all texts that the library says to users.

use std::fmt;
use std::time::Duration;

use super::template;
use crate::model::Permissions;

/// A row of the table: the key in files of translations, the English text, and the names of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LibraryTextRow {
    pub(crate) key: &'static str,
    pub(crate) english: &'static str,
    pub(crate) parameters: &'static [&'static str],
}

/// Makes the enum and the table of the same rows: the variant with its parameters, the key, the English text.
macro_rules! library_texts {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ })? = $key:literal, $english:literal;
    )*) => {
        /// A text that the library says to a user, with its parameters. `Display` writes it in English.
        ///
        /// Texts in other texts are texts of the table too: "Expected {expected}." with "an integer".
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum LibraryText {
            $($(#[$doc])* $name $({ $($(#[$field_doc])* $field: $type),+ })?),*
        }

        impl LibraryText {
            pub(crate) const TABLE: &[LibraryTextRow] = &[
                $(LibraryTextRow { key: $key, english: $english, parameters: &[$($(stringify!($field)),+)?] }),*
            ];

            /// The key of the text in a file of translations.
            pub fn key(&self) -> &'static str {
                match self { $(LibraryText::$name $({ $($field: _),+ })? => $key),* }
            }

            /// The English text, with placeholders.
            pub(crate) fn english(&self) -> &'static str {
                match self { $(LibraryText::$name $({ $($field: _),+ })? => $english),* }
            }

            /// The value of a parameter.
            fn parameter(&self, parameter: &str, word: Word<'_>) -> Option<String> {
                match self {
                    $(LibraryText::$name $({ $($field),+ })? => {
                        $($(if parameter == stringify!($field) {
                            return Some($field.in_words(word));
                        })+)?
                    })*
                }
                let _ = (parameter, word);
                None
            }
        }
    };
}

library_texts! {
    // Answers to interactions without an answer of a handler.

    /// The handler has ended without a response.
    NoResponse = "no_response", "The bot gave no answer to this.";
    /// The handler has failed or panicked.
    Failed = "failed", "Something went wrong, and the bot could not do this.";
    /// Nothing handles the button, select, modal or command any more.
    NoLongerActive = "no_longer_active", "This is no longer active.";
    /// The bot stops before the handler was called.
    Stopping = "stopping", "The bot is stopping, and could not do this.";

    // Refusals.

    /// It can be used in guilds only.
    GuildOnly = "guild_only", "This works on servers only.";
    /// The text command can be called in direct messages only.
    DirectMessagesOnly = "direct_messages_only", "This works in direct messages only.";
    /// The text command can be called in age-restricted channels only.
    AgeRestrictedOnly = "age_restricted_only", "This works in age-restricted channels only.";
    /// The user does not have the permissions that members need by default for this command, which was called by text.
    NotPermitted = "not_permitted", "You do not have the permissions for this.";
    /// Discord did not say in which channel the user is.
    UnknownChannel = "unknown_channel", "I cannot see in which channel this is.";
    /// Only the owner of the application can use it.
    OwnerOnly = "owner_only", "Only my owner can use this.";
    /// The user needs one more permission.
    NeedsPermission {
        /// The permission.
        permission: Permissions
    } = "needs_permission", "You need the permission {permission}.";
    /// The user needs more permissions.
    NeedsPermissions {
        /// The permissions that are missing.
        permissions: Permissions
    } = "needs_permissions", "You need the permissions {permissions}.";
    /// The bot needs one more permission.
    BotNeedsPermission {
        /// The permission.
        permission: Permissions
    } = "bot_needs_permission", "I need the permission {permission}.";
    /// The bot needs more permissions.
    BotNeedsPermissions {
        /// The permissions that are missing.
        permissions: Permissions
    } = "bot_needs_permissions", "I need the permissions {permissions}.";
    /// The user and the guild have no entitlement for it.
    PremiumOnly = "premium_only", "This is for subscribers and buyers only.";
    /// It was used too often.
    Cooldown {
        /// The time until it can be used again. In the text it is in whole seconds.
        wait: Duration
    } = "cooldown", "Not so fast: try again in {wait} s.";
    /// As many uses of it are running as may run at the same time.
    InUse = "in_use", "This is in use: try again when it has ended.";
    /// None of the alternatives lets the user use it, because there are none.
    Refused = "refused", "You cannot use this.";

    // Options that cannot be read.

    /// A problem with an option.
    OptionProblem {
        /// The name of the option.
        option: String,
        /// What is wrong.
        problem: Wording
    } = "option_problem", "`{option}`: {problem}";
    /// An option is not as the bot declares it.
    ChangedOption {
        /// The name of the option.
        option: String
    } = "changed_option", "I could not read `{option}`. This command may have changed recently. Please try again.";
    /// What was used is not as the bot declares it.
    Changed = "changed", "I could not read this. It may be from an older version of me. Please try again.";
    /// The channel has another type than the option takes.
    WrongChannelType = "wrong_channel_type", "This is not the right kind of channel.";
    /// The number is too small.
    Minimum {
        /// The smallest number.
        minimum: String
    } = "minimum", "The minimum is {minimum}.";
    /// The number is too large.
    Maximum {
        /// The largest number.
        maximum: String
    } = "maximum", "The maximum is {maximum}.";
    /// The text is too short.
    MinimumLength {
        /// The smallest number of characters.
        minimum: u32
    } = "minimum_length", "The minimum is {minimum} characters.";
    /// The text is too long.
    MaximumLength {
        /// The largest number of characters.
        maximum: u32
    } = "maximum_length", "The maximum is {maximum} characters.";
    /// The user is not in the guild.
    NotAMember = "not_a_member", "This user is not a member of this server.";
    /// Something is missing, or cannot be read.
    Expected {
        /// What is expected.
        expected: Wording
    } = "expected", "Expected {expected}.";
    /// Something else was given.
    ExpectedOther {
        /// What is expected.
        expected: Wording,
        /// The beginning of what was given.
        given: String
    } = "expected_other", "Expected {expected}, not \"{given}\".";
    /// A text command has more words than options.
    TooMuch = "too_much", "This is more than the command takes.";
    /// A text command names an option twice.
    GivenTwice = "given_twice", "This is given twice.";
    /// A text command names a user, a role or a channel that does not exist, or that the bot cannot see.
    NotFound {
        /// What is expected.
        expected: Wording
    } = "not_found", "I do not find {expected}.";
    /// A message calls a group of text commands.
    ExpectedCommand {
        /// The commands of the group.
        commands: String
    } = "expected_command", "Expected one of {commands}.";
    /// How a text command is called, below what is wrong with a call.
    Usage {
        /// The usage.
        usage: String
    } = "usage", "Usage: `{usage}`";

    // What an option takes, in other texts.

    /// An option for texts.
    AText = "a_text", "a text";
    /// An option for integers.
    AnInteger = "an_integer", "an integer";
    /// An option for numbers.
    ANumber = "a_number", "a number";
    /// The answer to a prompt for a character.
    ACharacter = "a_character", "a single character";
    /// An option for booleans.
    YesOrNo = "yes_or_no", "yes or no";
    /// An option for users.
    AUser = "a_user", "a user (a mention, an ID or a name)";
    /// An option for channels.
    AChannel = "a_channel", "a channel (a mention, an ID or a name)";
    /// An option for roles.
    ARole = "a_role", "a role (a mention, an ID or a name)";
    /// An option for users and roles.
    AUserOrRole = "a_user_or_role", "a user or a role (a mention, an ID or a name)";
    /// An option for files.
    AFile = "a_file", "an attached file";
    /// An option of a type that this version does not know.
    AValue = "a_value", "a value";
    /// An option with choices.
    OneOf {
        /// The names of the choices.
        names: String
    } = "one_of", "one of {names}";
    /// A number with two limits.
    FromTo {
        /// What is limited.
        value: Wording,
        /// The smallest number.
        min: String,
        /// The largest number.
        max: String
    } = "from_to", "{value} from {min} to {max}";
    /// A value with a limit.
    Limited {
        /// What is limited.
        value: Wording,
        /// The limit.
        limit: Wording
    } = "limited", "{value} of {limit}";
    /// An option for durations.
    ADuration = "a_duration", "a duration, such as `90s`, `1h 30m` or `2 days`";
    /// An option for durations with limits.
    ALimitedDuration {
        /// The limits.
        limits: Wording
    } = "a_limited_duration", "a duration of {limits}, such as `90s`, `1h 30m` or `2 days`";
    /// The smallest value.
    AtLeast {
        /// The limit.
        limit: String
    } = "at_least", "at least {limit}";
    /// A value below the smallest one.
    MoreThan {
        /// The limit.
        limit: String
    } = "more_than", "more than {limit}";
    /// The largest value.
    AtMost {
        /// The limit.
        limit: String
    } = "at_most", "at most {limit}";
    /// A value above the largest one.
    LessThan {
        /// The limit.
        limit: String
    } = "less_than", "less than {limit}";
    /// Two limits.
    Both {
        /// The first one.
        first: Wording,
        /// The second one.
        second: Wording
    } = "both", "{first} and {second}";

    // Prompts.

    /// The button that confirms.
    Yes = "yes", "Yes";
    /// The button that does not confirm.
    No = "no", "No";
    /// For other users who click.
    OtherUser = "other_user", "This is for another user.";
    /// The answer to a prompt cannot be read.
    PromptExpected {
        /// What the prompt expects.
        expected: String
    } = "prompt_expected", "Expected: {expected}";
    /// The user may answer again.
    TryAgain {
        /// What is wrong with the answer.
        problem: String
    } = "try_again", "{problem} Please try again.";
    /// The button to the first page.
    FirstPage = "first_page", "«";
    /// The button to the page before.
    PreviousPage = "previous_page", "‹";
    /// The button to the page after.
    NextPage = "next_page", "›";
    /// The button to the last page.
    LastPage = "last_page", "»";
    /// The button that ends the pages.
    ClosePages = "close_pages", "✕";

    // The help command.

    /// A line of the list of commands.
    HelpLine {
        /// How the command is called.
        usage: String,
        /// Its description.
        description: String
    } = "help_line", "{usage} — {description}";
    /// A required option.
    HelpOption {
        /// The name of the option.
        option: String,
        /// Its description.
        description: String,
        /// What it takes.
        expected: Wording
    } = "help_option", "- `{option}`: {description} ({expected})";
    /// An optional option.
    HelpOptionalOption {
        /// The name of the option.
        option: String,
        /// Its description.
        description: String,
        /// What it takes.
        expected: Wording
    } = "help_optional_option", "- `{option}`: {description} ({expected}, optional)";
    /// No command has that name.
    HelpUnknown = "help_unknown", "There is no such command that you can use here.";
    /// The button to the page before.
    HelpBack = "help_back", "Back";
    /// The button to the page after.
    HelpMore = "help_more", "More";
}

impl LibraryTextRow {
    /// Whether the text is the label of a button, for which Discord has a limit.
    pub(crate) fn is_label(&self) -> bool {
        is_label(self.key)
    }
}

/// Whether the text with this key is the label of a button.
fn is_label(key: &str) -> bool {
    matches!(
        key,
        "yes"
            | "no"
            | "first_page"
            | "previous_page"
            | "next_page"
            | "last_page"
            | "close_pages"
            | "help_back"
            | "help_more"
    )
}

impl LibraryText {
    /// Whether it is the label of a button.
    pub(crate) fn is_label(&self) -> bool {
        is_label(self.key())
    }

    /// Puts the parameters into a text with placeholders.
    pub(crate) fn fill(&self, template: &str, word: Word<'_>) -> String {
        template::fill(template, |name| self.parameter(name, word))
    }

    /// What a member or the bot itself has to have.
    pub(crate) fn needs(permissions: Permissions, is_bot: bool) -> LibraryText {
        let permission = permissions;
        match (permissions.client_names().len(), is_bot) {
            (1, false) => LibraryText::NeedsPermission { permission },
            (_, false) => LibraryText::NeedsPermissions { permissions },
            (1, true) => LibraryText::BotNeedsPermission { permission },
            (_, true) => LibraryText::BotNeedsPermissions { permissions },
        }
    }
}

impl fmt::Display for LibraryText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fill(self.english(), &LibraryText::to_string))
    }
}

/// A text of the library or of the bot, before it is worded in the language of a user.
///
/// Its `Display` is English.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wording {
    /// A text of the library.
    Library(Box<LibraryText>),
    /// A text of the bot, which stays as it is.
    Own(String),
}

impl Wording {
    /// The text, if it is one of the library.
    pub fn library(&self) -> Option<&LibraryText> {
        match self {
            Wording::Library(text) => Some(text),
            Wording::Own(_) => None,
        }
    }

    /// The text; what is of the library is worded by `word`.
    pub(crate) fn in_words(&self, word: Word<'_>) -> String {
        match self {
            Wording::Library(text) => word(text),
            Wording::Own(text) => text.clone(),
        }
    }
}

impl From<LibraryText> for Wording {
    fn from(text: LibraryText) -> Wording {
        Wording::Library(Box::new(text))
    }
}

impl From<String> for Wording {
    fn from(text: String) -> Wording {
        Wording::Own(text)
    }
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wording::Library(text) => text.fmt(f),
            Wording::Own(text) => f.write_str(text),
        }
    }
}

/// Words a text of the library in the language of a user.
pub(crate) type Word<'w> = &'w dyn Fn(&LibraryText) -> String;

/// The value of a parameter of a text.
trait Parameter {
    /// The value in words; texts in it are worded by `word`.
    fn in_words(&self, word: Word<'_>) -> String;
}

impl Parameter for Wording {
    fn in_words(&self, word: Word<'_>) -> String {
        Wording::in_words(self, word)
    }
}

impl Parameter for String {
    fn in_words(&self, _: Word<'_>) -> String {
        self.clone()
    }
}

impl Parameter for u32 {
    fn in_words(&self, _: Word<'_>) -> String {
        self.to_string()
    }
}

/// Whole seconds, rounded up.
impl Parameter for Duration {
    fn in_words(&self, _: Word<'_>) -> String {
        self.as_secs_f64().ceil().to_string()
    }
}

/// Their names in Discord's English client.
impl Parameter for Permissions {
    fn in_words(&self, _: Word<'_>) -> String {
        self.client_names().join(", ")
    }
}

#[cfg(test)]
mod tests;
