use std::time::{Duration, SystemTime};

use super::{
    GuildNavigation, TimestampStyle, escape_markdown, escape_mentions, format_timestamp, message_link,
};
use crate::id::{ChannelId, RoleId, UserId};

#[test]
fn mentions_have_the_documented_format() {
    assert_eq!(UserId::new(1).mention(), "<@1>");
    assert_eq!(ChannelId::new(2).mention(), "<#2>");
    assert_eq!(RoleId::new(3).mention(), "<@&3>");
}

#[test]
fn parts_of_a_guild_have_the_documented_format() {
    for (part, text) in [
        (GuildNavigation::Customize, "<id:customize>"),
        (GuildNavigation::Browse, "<id:browse>"),
        (GuildNavigation::Guide, "<id:guide>"),
        (GuildNavigation::LinkedRoles, "<id:linked-roles>"),
        (GuildNavigation::LinkedRole(3.into()), "<id:linked-roles:3>"),
    ] {
        assert_eq!(part.mention(), text);
    }
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
    let characters: String = TimestampStyle::ALL.map(TimestampStyle::as_char).into_iter().collect();
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
        // What Discord shows in another way than its text is kept, if nothing else is in it.
        ("<:a_b:7> <a:a_b_:7> </x_y z:7> </x_y a_ b_:7>", "<:a_b:7> <a:a_b_:7> </x_y z:7> </x_y a_ b_:7>"),
        ("HTTPS://a/c_d <mailto:a_b@c.d>", "HTTPS://a/c_d <mailto:a_b@c.d>"),
        ("https://a/_b_(c_d)~e#f_ https://b.c:80?_", "https://a/_b_(c_d)~e#f_ https://b.c:80?_"),
        ("<:a_b:x> <:_a_> </_a_ :7> <mailto:_a_@b>", r"<:a\_b:x> <:\_a\_> </\_a\_ :7> <mailto:\_a\_@b>"),
        ("https://x<[nitro](https://evil.example)", r"https://x<\[nitro\](https://evil.example)"),
        ("https://x<**b**", r"https://x<\*\*b\*\*"),
        ("http://](https://a)", r"http://\](https://a)"),
        ("<https://a/*b*> <https://[_a_]>", r"<https://a/\*b\*> <https://\[\_a\_\]>"),
        ("HTTPS://a/_b_ xhttps://a/_b_", r"HTTPS://a/\_b\_ xhttps://a/\_b\_"),
        ("https://a/~~b~~ https://a)_b_", r"https://a/\~\~b\~\~ https://a)\_b\_"),
        ("a\r# b\u{2028}> c\t- d\n\t- e", "a\r\\# b\u{2028}\\> c\t- d\n\t\\- e"),
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
        ("@7 <@> <@x> <@7 <@!> @&7 <@7x>", "@7 <@> <@x> <@7 <@!> @&7 <@7x>"),
        ("<@<@7>> @@here", "<@<@\u{200b}7>> @@\u{200b}here"),
    ] {
        assert_eq!(escape_mentions(text), escaped, "{text}");
    }
}

/// What a client can find at a place of an escaped text.
#[derive(Debug)]
enum Found {
    /// Text, a link, a mention or an emoji, with its length in bytes.
    Plain(usize),
    Markdown,
}

fn is_punctuation(c: char) -> bool {
    !c.is_ascii_alphanumeric() && !c.is_whitespace()
}

/// The length of a link without angle brackets, as clients read it: up to white space or `<`, without what a sentence may
/// have after it. `strict` clients only take a link with a host.
fn link(text: &str, strict: bool) -> Option<usize> {
    let scheme = ["http://", "https://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let end = text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len());
    let found = text[..end].trim_end_matches(['.', ',', ':', ';', '"', '\'', ']']);
    let found = if strict { found.trim_end_matches(')') } else { found };
    let host = found.get(scheme.len()..)?;
    let has_host = host.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!host.is_empty() && (has_host || !strict)).then_some(found.len())
}

/// The length of something in angle brackets that clients do not look into.
fn bracketed(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let inner = &inner[..inner.find(['>', '\n'])?];
    let id = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_emoji = inner.trim_start_matches('a').strip_prefix(':').and_then(|rest| rest.split_once(':'));
    let is_emoji = is_emoji.is_some_and(|(name, number)| {
        id(number) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    let is_command = inner.starts_with('/') && inner.rsplit_once(':').is_some_and(|(_, number)| id(number));
    let is_link = (inner.starts_with("http://") || inner.starts_with("https://")) && !inner.contains(' ');
    (is_emoji || is_command || is_link).then(|| inner.len() + 2)
}

fn find(text: &str, place: usize, strict: bool) -> Found {
    let (before, rest) = text.split_at(place);
    let next = rest.chars().next().unwrap_or_default();
    let line = before.rsplit(['\n', '\r', '\u{2028}', '\u{2029}']).next().unwrap_or_default();
    if line.trim().is_empty() {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = number.len() < rest.len() && number.starts_with('.');
        if matches!(next, '#' | '>' | '-' | '*' | '+') || is_number {
            return Found::Markdown;
        }
    }
    let after = rest.chars().nth(1).unwrap_or_default();
    if next == '\\' && is_punctuation(after) {
        return Found::Plain(1 + after.len_utf8());
    }
    if let Some(length) = bracketed(rest).or_else(|| link(rest, strict)) {
        return Found::Plain(length);
    }
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match next {
        '*' | '~' | '`' | '|' | '[' | '\\' => Found::Markdown,
        '_' if !is_word(before.chars().next_back()) || !is_word(Some(after)) => Found::Markdown,
        next => Found::Plain(next.len_utf8()),
    }
}

/// The place of markdown in a text, if there is any.
fn markdown(text: &str, strict: bool) -> Option<usize> {
    let mut place = 0;
    while place < text.len() {
        match find(text, place, strict) {
            Found::Plain(length) => place += length,
            Found::Markdown => return Some(place),
        }
    }
    None
}

#[test]
fn the_reading_of_markdown_in_these_tests_finds_it() {
    for text in [
        "*b*",
        "a _b_",
        "__a",
        "~~s~~",
        "`c`",
        "||x||",
        "[a](b)",
        "> q",
        "a\n# h",
        "1. l",
        "<b_ c_>",
        "https://*b*",
        "<*>",
    ] {
        assert!(markdown(text, true).is_some(), "{text}");
    }
    for text in ["a", r"\*b\*", "<:a_b:7>", "https://a/_b_*c*", "a_b", "<https://a/*b*>", "a > b - c # d"] {
        assert_eq!(markdown(text, true), None, "{text}");
    }
}

/// What has a meaning in markdown, and what could be confused with it.
pub(super) const PARTS: &[&str] = &[
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "`",
    "```",
    "|",
    "||",
    "[",
    "]",
    "(",
    ")",
    "](",
    "\\",
    "<",
    ">",
    "#",
    "-",
    "+",
    "1.",
    "-#",
    ">>> ",
    " ",
    "\n",
    "\r\n",
    "\t",
    "a",
    "b_c",
    "7",
    "é",
    ":",
    "/",
    "http://",
    "https://",
    "HTTPS://",
    "https://x",
    "https://x.y/",
    "<https://x/",
    "mailto:",
    "<mailto:a_b@c.d>",
    "<:a_b:7>",
    "<a:",
    "</x_y z:7>",
    "</",
    "<@7>",
    "@",
    ".",
    "?",
    "\u{2028}",
    "\u{200b}",
    "%",
    "\"",
    "'",
];

/// Texts made of what has a meaning, in all orders.
#[test]
fn no_text_acts_as_markdown_after_it_was_escaped() {
    let mut random = fastrand::Rng::with_seed(7);
    for round in 0..60_000 {
        let count = random.usize(1..10);
        let text: String = (0..count).map(|_| PARTS[random.usize(..PARTS.len())]).collect();
        let escaped = escape_markdown(&text);
        for strict in [false, true] {
            assert_eq!(markdown(&escaped, strict), None, "round {round}: {text:?} became {escaped:?}");
        }
        // Without the backslashes, it is the text.
        let mut plain = String::new();
        let mut rest = escaped.chars();
        while let Some(c) = rest.next() {
            plain.extend(if c == '\\' { rest.next() } else { Some(c) });
        }
        assert_eq!(plain, text, "{escaped:?}");
    }
}

#[test]
fn no_mention_is_left_after_mentions_were_escaped() {
    const PARTS: &[&str] = &[
        "<", "@", "!", "&", "7", "80", ">", "everyone", "here", "x", " ", "#", "<@7>", "<@!7>", "<@&7>",
        "@here",
    ];
    let mut random = fastrand::Rng::with_seed(8);
    for _ in 0..20_000 {
        let text: String = (0..random.usize(1..8)).map(|_| PARTS[random.usize(..PARTS.len())]).collect();
        let escaped = escape_mentions(&text);
        assert!(!escaped.contains("@everyone") && !escaped.contains("@here"), "{text}: {escaped}");
        for part in escaped.split("<@").skip(1) {
            let id = part.trim_start_matches(['!', '&']).split('>').next().unwrap_or_default();
            let has_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
            assert!(!(has_id && part.contains('>')) || part.starts_with("!!"), "{text}: {escaped}");
        }
        assert_eq!(escaped.replace('\u{200b}', ""), text);
    }
}
