//! [Formatting of message texts](https://docs.discord.com/developers/reference#message-formatting): mentions, timestamps, links and escapes.

mod code;
mod duration_text;
mod escape;
pub mod markdown;
mod references;
mod split;
mod strip;

use std::time::SystemTime;

pub use duration_text::{DurationError, format_duration, parse_duration};
pub use escape::{escape_markdown, escape_mentions};
pub use references::{
    Mention, MessageLink, ReferenceError, find_mentions, find_message_links, find_timestamps, invite_code,
    parse_timestamp,
};
pub use split::{split_message, split_text};
pub use strip::strip_markdown;

use super::limits::MAX_MESSAGE_CONTENT;
use crate::id::{ChannelId, CommandId, GuildId, MessageId, RoleId, UserId};

impl UserId {
    /// Returns the text that mentions the user in a message.
    pub fn mention(self) -> String {
        format!("<@{self}>")
    }
}

impl ChannelId {
    /// Returns the text that links to the channel in a message.
    pub fn mention(self) -> String {
        format!("<#{self}>")
    }
}

impl RoleId {
    /// Returns the text that mentions the role in a message. The `@everyone` role cannot be mentioned like this.
    pub fn mention(self) -> String {
        format!("<@&{self}>")
    }
}

impl CommandId {
    /// Returns the text that links to the command in a message. `name` includes the subcommand group and subcommand.
    ///
    /// ```
    /// use syncord::id::CommandId;
    ///
    /// assert_eq!(CommandId::new(7).mention("tide rota add"), "</tide rota add:7>");
    /// ```
    pub fn mention(self, name: &str) -> String {
        format!("</{name}:{self}>")
    }
}

/// A part of the guild that a message can link to. See
/// [guild navigation types](https://docs.discord.com/developers/reference#message-formatting).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GuildNavigation {
    /// The channels and roles, with the prompts of the onboarding.
    Customize,
    /// The list of channels.
    Browse,
    /// The server guide.
    Guide,
    /// The linked roles.
    LinkedRoles,
    /// One linked role, to be connected.
    LinkedRole(RoleId),
}

impl GuildNavigation {
    /// Returns the text that links to the part of the guild in a message.
    ///
    /// ```
    /// use syncord::model::GuildNavigation;
    ///
    /// assert_eq!(GuildNavigation::Customize.mention(), "<id:customize>");
    /// assert_eq!(GuildNavigation::LinkedRole(7.into()).mention(), "<id:linked-roles:7>");
    /// ```
    pub fn mention(self) -> String {
        match self {
            GuildNavigation::Customize => "<id:customize>".to_owned(),
            GuildNavigation::Browse => "<id:browse>".to_owned(),
            GuildNavigation::Guide => "<id:guide>".to_owned(),
            GuildNavigation::LinkedRoles => "<id:linked-roles>".to_owned(),
            GuildNavigation::LinkedRole(role) => format!("<id:linked-roles:{role}>"),
        }
    }
}

/// Returns the link to a message. A direct message has no guild.
///
/// ```
/// use syncord::model::message_link;
///
/// assert_eq!(message_link(None, 2.into(), 3.into()), "https://discord.com/channels/@me/2/3");
/// ```
pub fn message_link(guild: Option<GuildId>, channel: ChannelId, message: MessageId) -> String {
    match guild {
        Some(guild) => format!("https://discord.com/channels/{guild}/{channel}/{message}"),
        None => format!("https://discord.com/channels/@me/{channel}/{message}"),
    }
}

/// Truncates a text to the maximum length of a message. A truncated text ends with `…`.
pub(crate) fn truncate_message(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_MESSAGE_CONTENT) {
        let last = text[..end].char_indices().next_back().map_or(0, |(last, _)| last);
        text.replace_range(last.., "…");
    }
    text
}

/// How clients show a time, in the language and time zone of the user. See
/// [timestamp styles](https://docs.discord.com/developers/reference#message-formatting-timestamp-styles).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimestampStyle {
    /// `16:20`.
    ShortTime,
    /// `16:20:30`.
    LongTime,
    /// `20/04/2021`.
    ShortDate,
    /// `20 April 2021`.
    LongDate,
    /// `20 April 2021 16:20`.
    #[default]
    DateAndTime,
    /// `Tuesday, 20 April 2021 16:20`.
    WeekdayDateAndTime,
    /// `20/04/2021, 16:20`.
    ShortDateAndTime,
    /// `20/04/2021, 16:20:30`.
    ShortDateAndLongTime,
    /// `2 months ago`.
    Relative,
}

impl TimestampStyle {
    /// Returns Discord's character for the style.
    pub const fn as_char(self) -> char {
        match self {
            TimestampStyle::ShortTime => 't',
            TimestampStyle::LongTime => 'T',
            TimestampStyle::ShortDate => 'd',
            TimestampStyle::LongDate => 'D',
            TimestampStyle::DateAndTime => 'f',
            TimestampStyle::WeekdayDateAndTime => 'F',
            TimestampStyle::ShortDateAndTime => 's',
            TimestampStyle::ShortDateAndLongTime => 'S',
            TimestampStyle::Relative => 'R',
        }
    }

    const ALL: [TimestampStyle; 9] = [
        TimestampStyle::ShortTime,
        TimestampStyle::LongTime,
        TimestampStyle::ShortDate,
        TimestampStyle::LongDate,
        TimestampStyle::DateAndTime,
        TimestampStyle::WeekdayDateAndTime,
        TimestampStyle::ShortDateAndTime,
        TimestampStyle::ShortDateAndLongTime,
        TimestampStyle::Relative,
    ];

    /// The style with this name, which is one character.
    fn from_name(name: &str) -> Option<TimestampStyle> {
        let mut characters = name.chars();
        let character = characters.next().filter(|_| characters.next().is_none())?;
        Self::ALL.into_iter().find(|style| style.as_char() == character)
    }
}

/// Returns the text that shows a time in a message.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use syncord::model::{TimestampStyle, format_timestamp};
///
/// let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_618_953_630);
/// assert_eq!(format_timestamp(time, TimestampStyle::Relative), "<t:1618953630:R>");
/// ```
pub fn format_timestamp(time: SystemTime, style: TimestampStyle) -> String {
    let character = style.as_char();
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => format!("<t:{}:{character}>", since.as_secs()),
        Err(before) => {
            // Rounds down to a full second, as for times after 1970.
            let before = before.duration();
            let seconds = before.as_secs() + u64::from(before.subsec_nanos() > 0);
            format!("<t:-{seconds}:{character}>")
        }
    }
}

#[cfg(test)]
mod reading_tests;
#[cfg(test)]
mod split_tests;
#[cfg(test)]
mod tests;
