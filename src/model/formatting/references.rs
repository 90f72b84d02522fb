//! Reads what texts refer to: messages, invites, mentions, times.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use super::{TimestampStyle, message_link};
use crate::id::{ChannelId, CommandId, GuildId, MessageId, RoleId, UserId};

/// A text is not what it was read as. The text of the error says what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReferenceError {
    expected: &'static str,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl std::error::Error for ReferenceError {}

/// A link to a message, read from a text. Links of the test clients (`ptb`, `canary`) are read too. Angle brackets around
/// it are allowed.
///
/// ```
/// use syncord::model::MessageLink;
///
/// let link: MessageLink = "https://ptb.discord.com/channels/1/2/3".parse()?;
/// assert_eq!((link.guild_id, link.channel_id, link.message_id), (Some(1.into()), 2.into(), 3.into()));
/// assert_eq!(link.to_string(), "https://discord.com/channels/1/2/3");
/// # Ok::<(), syncord::model::ReferenceError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MessageLink {
    /// The guild; `None` for a direct message.
    pub guild_id: Option<GuildId>,
    /// The channel.
    pub channel_id: ChannelId,
    /// The message.
    pub message_id: MessageId,
}

impl FromStr for MessageLink {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let read = || {
            let path = path_of(unbracketed(text), &DISCORD_HOSTS)?.strip_prefix("channels/")?;
            let path = path.split(['?', '#']).next()?;
            let mut parts = path.strip_suffix('/').unwrap_or(path).split('/');
            let guild_id = match parts.next()? {
                "@me" => None,
                guild => Some(GuildId::new(id(guild)?)),
            };
            let (channel, message) = (id(parts.next()?)?, id(parts.next()?)?);
            let link = MessageLink { guild_id, channel_id: channel.into(), message_id: message.into() };
            parts.next().is_none().then_some(link)
        };
        read().ok_or(ReferenceError {
            expected: "the link of a message, as `https://discord.com/channels/1/2/3`",
        })
    }
}

impl fmt::Display for MessageLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&message_link(self.guild_id, self.channel_id, self.message_id))
    }
}

const DISCORD_HOSTS: [&str; 6] = [
    "discord.com",
    "ptb.discord.com",
    "canary.discord.com",
    "discordapp.com",
    "ptb.discordapp.com",
    "canary.discordapp.com",
];

/// The path of an address on one of these hosts, without the first slash.
fn path_of<'t>(address: &'t str, hosts: &[&str]) -> Option<&'t str> {
    let rest = ["https://", "http://"].iter().find_map(|scheme| without_start(address, scheme))?;
    path_on(rest, hosts)
}

/// The path of an address without its scheme.
fn path_on<'t>(address: &'t str, hosts: &[&str]) -> Option<&'t str> {
    let address = without_start(address, "www.").unwrap_or(address);
    hosts.iter().find_map(|host| without_start(address, host)?.strip_prefix('/'))
}

/// The text after a start in upper or lower case.
fn without_start<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let found = text.get(..start.len())?.eq_ignore_ascii_case(start);
    found.then(|| &text[start.len()..])
}

fn unbracketed(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text)
}

fn id(digits: &str) -> Option<u64> {
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten().filter(|id| *id > 0)
}

/// Returns the code of an invite from its link, with or without `https://`: `https://discord.gg/harbour` or
/// `discord.com/invite/harbour`. A code alone is returned as it is. `None` if the text is neither.
///
/// ```
/// use syncord::model::invite_code;
///
/// assert_eq!(invite_code("https://discord.gg/harbour?event=7"), Some("harbour"));
/// assert_eq!(invite_code("harbour"), Some("harbour"));
/// assert_eq!(invite_code("https://discord.gg.example/harbour"), None);
/// ```
pub fn invite_code(text: &str) -> Option<&str> {
    let text = unbracketed(text);
    let bare = ["https://", "http://"].iter().find_map(|scheme| without_start(text, scheme)).unwrap_or(text);
    let path = path_on(bare, &["discord.gg"])
        .or_else(|| path_on(bare, &DISCORD_HOSTS)?.strip_prefix("invite/"))
        .unwrap_or(text);
    let code = path.split(['?', '#']).next().unwrap_or_default();
    let code = code.strip_suffix('/').unwrap_or(code);
    let is_code = !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_code.then_some(code)
}

/// A mention in a text. See [formats](https://docs.discord.com/developers/reference#message-formatting-formats).
///
/// ```
/// use syncord::model::Mention;
///
/// assert_eq!("<@!7>".parse(), Ok(Mention::User(7.into())));
/// assert_eq!("</tide rota:7>".parse(), Ok(Mention::Command(7.into())));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mention {
    /// `<@7>`, or `<@!7>` as older clients wrote it.
    User(UserId),
    /// `<@&7>`.
    Role(RoleId),
    /// `<#7>`.
    Channel(ChannelId),
    /// `</name:7>`.
    Command(CommandId),
}

impl FromStr for Mention {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let read = || {
            let inner = text.strip_prefix('<')?.strip_suffix('>')?;
            if let Some(role) = inner.strip_prefix("@&") {
                id(role).map(|id| Mention::Role(id.into()))
            } else if let Some(user) = inner.strip_prefix("@!").or(inner.strip_prefix('@')) {
                id(user).map(|id| Mention::User(id.into()))
            } else if let Some(channel) = inner.strip_prefix('#') {
                id(channel).map(|id| Mention::Channel(id.into()))
            } else {
                let (name, command) = inner.strip_prefix('/')?.split_once(':')?;
                id(command).filter(|_| !name.is_empty()).map(|id| Mention::Command(id.into()))
            }
        };
        read().ok_or(ReferenceError { expected: "a mention, as `<@7>`, `<@&7>`, `<#7>` or `</name:7>`" })
    }
}

/// Returns the mentions in a text, in order. `@everyone` and `@here` have no ID and are not among them.
///
/// They are what the text says: whether Discord notified someone is in [`Message::mentions`](super::super::Message::mentions).
///
/// ```
/// use syncord::model::{Mention, find_mentions};
///
/// assert_eq!(find_mentions("<@7>, meet me in <#8>"), [Mention::User(7.into()), Mention::Channel(8.into())]);
/// ```
pub fn find_mentions(text: &str) -> Vec<Mention> {
    bracketed(text).filter_map(|part| part.parse().ok()).collect()
}

/// The shortest texts in angle brackets, with the brackets.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('>').filter_map(|(end, _)| {
        let start = text[..end].rfind(['<', '>']).filter(|start| text[*start..].starts_with('<'))?;
        Some(&text[start..=end])
    })
}

/// Returns the links to messages in a text, in order. See [`MessageLink`].
///
/// ```
/// use syncord::model::find_message_links;
///
/// let links = find_message_links("See https://discord.com/channels/1/2/3, please.");
/// assert_eq!(links[0].message_id, 3.into());
/// ```
pub fn find_message_links(text: &str) -> Vec<MessageLink> {
    let ends_link =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '|' | '*' | '`' | '"');
    let words = text.split(ends_link);
    words
        .filter_map(|word| word.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).parse().ok())
        .collect()
}

/// Reads a timestamp, as [`format_timestamp`](super::format_timestamp) writes it: `<t:1618953630:R>`. Without a style it has
/// the [default](TimestampStyle::default).
///
/// # Errors
///
/// [`ReferenceError`] for another text, and for a time that the system cannot represent.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use syncord::model::{TimestampStyle, parse_timestamp};
///
/// let (time, style) = parse_timestamp("<t:1618953630:R>")?;
/// assert_eq!(time, SystemTime::UNIX_EPOCH + Duration::from_secs(1_618_953_630));
/// assert_eq!(style, TimestampStyle::Relative);
/// # Ok::<(), syncord::model::ReferenceError>(())
/// ```
pub fn parse_timestamp(text: &str) -> Result<(SystemTime, TimestampStyle), ReferenceError> {
    let read = || {
        let inner = text.strip_prefix("<t:")?.strip_suffix('>')?;
        let (seconds, style) = match inner.split_once(':') {
            Some((seconds, style)) => (seconds, TimestampStyle::from_name(style)?),
            None => (inner, TimestampStyle::default()),
        };
        let (digits, is_before) = seconds.strip_prefix('-').map_or((seconds, false), |digits| (digits, true));
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let since = Duration::from_secs(digits.parse().ok()?);
        let epoch = SystemTime::UNIX_EPOCH;
        let time = if is_before { epoch.checked_sub(since) } else { epoch.checked_add(since) };
        Some((time?, style))
    };
    read().ok_or(ReferenceError { expected: "a timestamp, as `<t:1618953630:R>`" })
}

/// Returns the timestamps in a text, in order. See [`parse_timestamp`].
///
/// ```
/// use syncord::model::find_timestamps;
///
/// assert_eq!(find_timestamps("from <t:60> to <t:120:t>").len(), 2);
/// ```
pub fn find_timestamps(text: &str) -> Vec<(SystemTime, TimestampStyle)> {
    bracketed(text).filter_map(|part| parse_timestamp(part).ok()).collect()
}
