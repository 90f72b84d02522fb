//! Escapes texts, so that Discord shows them as they are.

/// Escapes all characters with a meaning in Discord's markdown with a backslash.
///
/// Links, custom emojis and mentions of commands are not changed, unless something in them could act as markdown. Mentions
/// of users and roles are not escaped: use [`escape_mentions`], or better the allowed mentions of the message.
///
/// ```
/// use syncord::model::escape_markdown;
///
/// assert_eq!(escape_markdown("2*3*4 is_not http://a_b.c/d_e"), r"2\*3\*4 is\_not http://a_b.c/d_e");
/// assert_eq!(escape_markdown("# a\n1. b"), "\\# a\n1\\. b");
/// assert_eq!(escape_markdown("<:tide_table:7> _high_"), r"<:tide_table:7> \_high\_");
/// ```
pub fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    let mut before = None;
    let mut at_line_start = true;
    while let Some(next) = rest.chars().next() {
        let is_in_word = before.is_some_and(is_word);
        if let Some(length) = angle_token(rest).or_else(|| link(rest, is_in_word)) {
            escaped.push_str(&rest[..length]);
            before = rest[..length].chars().next_back();
            rest = &rest[length..];
            at_line_start = false;
            continue;
        }
        if let Some(number) = list_number(rest).filter(|_| at_line_start) {
            escaped.push_str(number);
            escaped.push('\\');
            before = Some('\\');
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
        at_line_start = is_line_end(next) || (at_line_start && next.is_whitespace());
        before = Some(next);
        rest = &rest[next.len_utf8()..];
    }
    escaped
}

/// Whether a line ends with the character, for any of Discord's clients.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Returns the digits that would start an entry of a numbered list.
fn list_number(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && line[digits..].starts_with('.')).then(|| &line[..digits])
}

/// The length of a custom emoji, a mention of a command or a link in angle brackets at the start of the text, if nothing in
/// it can act as markdown.
pub(super) fn angle_token(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let inner = &inner[..inner.find('>')?];
    let is_token = is_emoji(inner) || is_command(inner) || is_address(inner) || {
        // A link must fill the brackets.
        link(inner, false) == Some(inner.len())
    };
    is_token.then(|| inner.len() + "<>".len())
}

/// `:name:7` or `a:name:7`.
fn is_emoji(inner: &str) -> bool {
    let Some(rest) = inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':')) else { return false };
    rest.split_once(':').is_some_and(|(name, id)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && is_id(id)
    })
}

/// `/name:7`, with up to two names of subcommands.
fn is_command(inner: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''))
    };
    let Some((names, id)) = inner.strip_prefix('/').and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    is_id(id) && names.split(' ').count() <= 3 && names.split(' ').all(is_name)
}

/// `mailto:` and an address.
fn is_address(inner: &str) -> bool {
    let Some((user, host)) = inner.strip_prefix("mailto:").and_then(|rest| rest.split_once('@')) else {
        return false;
    };
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+'))
    };
    is_part(user) && is_part(host) && has_plain_underscores(inner)
}

fn is_id(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The length of a link at the start of the text, up to the first character that could act as markdown. `is_in_word`: a
/// letter, a digit or `_` is before it.
pub(super) fn link(text: &str, is_in_word: bool) -> Option<usize> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let rest = &text[scheme.len()..];
    let host = &rest[..rest.find(|c: char| !is_host(c)).unwrap_or(rest.len())];
    // A client that does not take it for a link must find nothing in it.
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) || !has_plain_underscores(host) {
        return None;
    }
    let path = &rest[host.len()..];
    let length = if path.starts_with([':', '/', '?', '#']) { path_length(path) } else { 0 };
    let found = scheme.len() + host.len() + length;
    let is_certain = text.starts_with(scheme) && !is_in_word;
    let is_plain = || has_plain_underscores(&text[..found]) && !text[..found].contains('~');
    (is_certain || is_plain()).then_some(found)
}

fn is_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')
}

/// The length of the part of a URL after its host, up to what could act as markdown or end the link.
fn path_length(path: &str) -> usize {
    let mut open = 0_u32;
    let mut before = ' ';
    for (place, c) in path.char_indices() {
        let is_safe = match c {
            '(' => {
                open += 1;
                true
            }
            // Clients end the link before a bracket that was not opened.
            ')' => {
                let is_open = open > 0;
                open = open.saturating_sub(1);
                is_open
            }
            '~' => before != '~',
            '-' | '.' | '_' | ':' | '/' | '?' | '#' | '@' | '!' | '$' | '&' | '\'' | '+' | ',' | ';'
            | '=' | '%' => true,
            c => c.is_ascii_alphanumeric(),
        };
        if !is_safe {
            // The first of two tildes must not stay alone in front of an escaped one.
            return if c == '~' { place - 1 } else { place };
        }
        before = c;
    }
    path.len()
}

/// Whether each `_` is a single one between letters and digits, where it has no meaning.
fn has_plain_underscores(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_plain = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_alphanumeric);
    bytes
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == b'_')
        .all(|(place, _)| place > 0 && is_plain(place - 1) && is_plain(place + 1))
}

/// Inserts an invisible character into each mention that notifies someone, so that it mentions no one.
///
/// ```
/// use syncord::model::escape_mentions;
///
/// assert_eq!(escape_mentions("hi @here, <@7>"), "hi @\u{200b}here, <@\u{200b}7>");
/// assert_eq!(escape_mentions("me@example.org @7am"), "me@example.org @7am");
/// ```
pub fn escape_mentions(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, next) in text.char_indices() {
        escaped.push(next);
        if next == '@' && is_mention(&text[..at], &text[at + 1..]) {
            escaped.push('\u{200b}');
        }
    }
    escaped
}

/// Whether an `@` between these texts is a mention of everyone, of a user or of a role.
fn is_mention(before: &str, after: &str) -> bool {
    if after.starts_with("everyone") || after.starts_with("here") {
        return true;
    }
    let id = after.strip_prefix(['!', '&']).unwrap_or(after);
    before.ends_with('<') && id.split_once('>').is_some_and(|(id, _)| is_digits(id))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
