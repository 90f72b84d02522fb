//! [Formatting of message texts](https://docs.discord.com/developers/reference#message-formatting): mentions, timestamps, links and escapes.

use std::time::SystemTime;

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

/// Escapes all characters with a meaning in Discord's markdown with a backslash.
///
/// URLs are not changed. Mentions are not escaped: use [`escape_mentions`], or better the allowed mentions of the
/// message.
///
/// ```
/// use syncord::model::escape_markdown;
///
/// assert_eq!(escape_markdown("2*3*4 is_not http://a_b.c/d_e"), r"2\*3\*4 is\_not http://a_b.c/d_e");
/// assert_eq!(escape_markdown("# a\n1. b"), "\\# a\n1\\. b");
/// ```
pub fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    let mut at_line_start = true;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
            escaped.push_str(&rest[..end]);
            rest = &rest[end..];
            at_line_start = false;
            continue;
        }
        if let Some(number) = list_number(rest).filter(|_| at_line_start) {
            escaped.push_str(number);
            escaped.push('\\');
            rest = &rest[number.len()..];
            at_line_start = false;
            continue;
        }
        let is_special = match next {
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' => true,
            '>' | '#' | '-' | '+' => at_line_start,
            _ => false,
        };
        if is_special {
            escaped.push('\\');
        }
        escaped.push(next);
        at_line_start = next == '\n' || (at_line_start && next == ' ');
        rest = &rest[next.len_utf8()..];
    }
    escaped
}

/// Returns the digits that would start an entry of a numbered list.
fn list_number(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && line[digits..].starts_with('.')).then(|| &line[..digits])
}

/// Inserts an invisible character into each mention, so that it mentions no one.
///
/// ```
/// use syncord::model::escape_mentions;
///
/// assert_eq!(escape_mentions("hi @here, <@7>"), "hi @\u{200b}here, <@\u{200b}7>");
/// assert_eq!(escape_mentions("me@example.org"), "me@example.org");
/// ```
pub fn escape_mentions(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, next) in text.char_indices() {
        escaped.push(next);
        if next == '@' && is_mention(&text[at + 1..]) {
            escaped.push('\u{200b}');
        }
    }
    escaped
}

/// Whether an `@` before this text is a mention.
fn is_mention(rest: &str) -> bool {
    let id = rest.strip_prefix(['!', '&']).unwrap_or(rest);
    rest.starts_with("everyone") || rest.starts_with("here") || id.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{TimestampStyle, escape_markdown, escape_mentions, format_timestamp, message_link};
    use crate::id::{ChannelId, RoleId, UserId};

    #[test]
    fn mentions_have_the_documented_format() {
        assert_eq!(UserId::new(1).mention(), "<@1>");
        assert_eq!(ChannelId::new(2).mention(), "<#2>");
        assert_eq!(RoleId::new(3).mention(), "<@&3>");
    }

    #[test]
    fn a_message_link_contains_the_guild_or_me() {
        let link = message_link(Some(1.into()), 2.into(), 3.into());
        assert_eq!(link, "https://discord.com/channels/1/2/3");
    }

    #[test]
    fn timestamps_are_rounded_down_to_seconds() {
        let epoch = SystemTime::UNIX_EPOCH;
        for (time, text) in [
            (epoch, "<t:0:f>"),
            (epoch + Duration::from_millis(1999), "<t:1:f>"),
            (epoch - Duration::from_millis(1), "<t:-1:f>"),
            (epoch - Duration::from_secs(2), "<t:-2:f>"),
        ] {
            assert_eq!(format_timestamp(time, TimestampStyle::default()), text);
        }
    }

    /// The characters of the documented styles, in the order of the documentation.
    #[test]
    fn every_style_has_its_documented_character() {
        let characters: String = [
            TimestampStyle::ShortTime,
            TimestampStyle::LongTime,
            TimestampStyle::ShortDate,
            TimestampStyle::LongDate,
            TimestampStyle::DateAndTime,
            TimestampStyle::WeekdayDateAndTime,
            TimestampStyle::ShortDateAndTime,
            TimestampStyle::ShortDateAndLongTime,
            TimestampStyle::Relative,
        ]
        .map(TimestampStyle::as_char)
        .into_iter()
        .collect();
        assert_eq!(characters, "tTdDfFsSR");
    }

    #[test]
    fn markdown_is_escaped_only_where_it_has_a_meaning() {
        for (text, escaped) in [
            ("", ""),
            ("plain - text #1 > 0", "plain - text #1 > 0"),
            ("**b** _i_ ~~s~~ `c` ||x||", r"\*\*b\*\* \_i\_ \~\~s\~\~ \`c\` \|\|x\|\|"),
            ("[a](b)", r"\[a\](b)"),
            ("> q\n  - l\n-# s", "\\> q\n  \\- l\n\\-# s"),
            ("12. a\n1.5", "12\\. a\n1\\.5"),
            (r"\*", r"\\\*"),
            ("<https://a/_b_> _c_", r"<https://a/_b_> \_c\_"),
            ("é_ö", r"é\_ö"),
        ] {
            assert_eq!(escape_markdown(text), escaped, "{text}");
        }
    }

    #[test]
    fn texts_without_mentions_are_not_changed() {
        for (text, escaped) in [
            ("@everyone", "@\u{200b}everyone"),
            ("<@!12> <@&34>", "<@\u{200b}!12> <@\u{200b}&34>"),
            ("@mira @", "@mira @"),
        ] {
            assert_eq!(escape_mentions(text), escaped, "{text}");
        }
    }
}
