//! Splits long texts into parts.

use std::ops::Range;

use super::code::{CodeBlock, FENCE, inline_code, masked_link};
use crate::model::limits::MAX_MESSAGE_CONTENT;

/// Below this limit there is no room to close and open a code block.
const MIN_LIMIT_FOR_BLOCKS: usize = 16;

/// Splits a text into parts that fit into a [message](https://docs.discord.com/developers/resources/message#create-message)
/// each: 2,000 characters.
///
/// [`split_text`] says where it splits.
///
/// ```
/// use syncord::model::split_message;
///
/// let log = "The tide is in.\n".repeat(200);
/// let parts = split_message(&log);
/// assert_eq!(parts.len(), 2);
/// assert_eq!(parts.concat(), log);
/// ```
pub fn split_message(text: &str) -> Vec<String> {
    split_text(text, MAX_MESSAGE_CONTENT)
}

/// Splits a text into parts of at most `limit` characters each.
///
/// A part ends with a line if it can, otherwise with a word. Links, mentions, custom emojis and inline code stay whole,
/// unless they are longer than a part. A code block is closed at the end of a part, and opened again in the next one, with
/// its language; below a limit of 16 characters there is no room for that. Other formatting, such as bold, is not
/// continued in the next part.
///
/// White space stays at the end of its part, so the parts together are the text, apart from the fences that were added. No
/// part is empty or blank: white space that would be a part is left out, and a blank text has no parts. A limit of 0 is taken
/// for 1.
///
/// ```
/// use syncord::model::split_text;
///
/// let text = "```rust\nlet high = 6;\nlet low = 12;\n```";
/// assert_eq!(split_text(text, 30), ["```rust\nlet high = 6;\n```", "```rust\nlet low = 12;\n```"]);
/// ```
pub fn split_text(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(1);
    let atoms = atoms(text, limit);
    let mut parts = Vec::new();
    let (mut first, mut fence) = (0, None);
    while first < atoms.len() {
        let found = end_of_part(text, &atoms[first..], fence, limit);
        // At least one, so that a mistake in the sizes could not make this endless.
        let next = first + found.count.max(1);
        if found.has_text {
            let inner = &text[atoms[first].at.start..atoms[next - 1].at.end];
            let mut part = fence.map(opening).unwrap_or_default();
            part.push_str(inner);
            if found.fence.is_some() {
                part.push_str(closing(inner));
            }
            parts.push(part);
        }
        (first, fence) = (next, found.fence);
    }
    parts
}

/// What is not split.
#[derive(Debug)]
struct Atom<'t> {
    at: Range<usize>,
    /// In characters.
    length: usize,
    kind: Kind<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'t> {
    /// The start of a code block with this language.
    Open(&'t str),
    Close,
    LineEnd,
    Space,
    /// A character that can be seen, a link, a mention, an emoji.
    Visible,
}

/// How good a place is for the end of a part, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    InWord,
    Space,
    LineInCode,
    Line,
}

/// Where a part ends.
struct End<'t> {
    /// The number of its atoms.
    count: usize,
    /// The language of the code block that goes on in the next part.
    fence: Option<&'t str>,
    has_text: bool,
}

/// The beginning of a part in a code block with this language.
fn opening(language: &str) -> String {
    format!("{FENCE}{language}\n")
}

/// What closes a code block after this text.
fn closing(text: &str) -> &'static str {
    if text.ends_with('\n') { FENCE } else { "\n```" }
}

/// Finds the best end of the part that begins with these atoms, in a code block if there is a fence.
fn end_of_part<'t>(text: &str, atoms: &[Atom<'t>], fence: Option<&'t str>, limit: usize) -> End<'t> {
    let mut used = fence.map_or(0, |language| opening(language).chars().count());
    let mut now = End { count: 0, fence, has_text: false };
    let mut block_has_text = false;
    let mut best: Option<((bool, bool, Place), End<'t>)> = None;
    for atom in atoms {
        used += atom.length;
        if used > limit {
            return best.map_or(now, |(_, end)| end);
        }
        now.count += 1;
        match atom.kind {
            Kind::Open(language) => (now.fence, block_has_text) = (Some(language), false),
            Kind::Close => now.fence = None,
            Kind::Visible => (now.has_text, block_has_text) = (true, true),
            Kind::LineEnd | Kind::Space => {}
        }
        let place = match (atom.kind, now.fence) {
            (Kind::LineEnd, None) => Place::Line,
            (Kind::LineEnd, Some(_)) => Place::LineInCode,
            (Kind::Space | Kind::Close, _) => Place::Space,
            _ => Place::InWord,
        };
        let to_close = now.fence.map_or(0, |_| closing(&text[..atom.at.end]).len());
        // Discord rejects an empty message, and shows the fences of an empty block.
        let is_empty = !now.has_text || (now.fence.is_some() && !block_has_text);
        if is_empty || used + to_close > limit {
            continue;
        }
        // A part that is at least half full, if no word is cut for it.
        let rank = (place > Place::InWord, used >= limit / 2, place);
        if best.as_ref().is_none_or(|(known, _)| *known <= rank) {
            best = Some((rank, End { ..now }));
        }
    }
    now
}

/// The atoms of a text. None is longer than a part.
fn atoms(text: &str, limit: usize) -> Vec<Atom<'_>> {
    let mut atoms = Vec::new();
    let mut at = 0;
    let mut block_end = None;
    while at < text.len() {
        let rest = &text[at..];
        let block = if block_end.is_some() || limit < MIN_LIMIT_FOR_BLOCKS {
            None
        } else {
            CodeBlock::at_start(rest)
        };
        let (kind, length) = if block_end == Some(at) {
            block_end = None;
            (Kind::Close, FENCE.len())
        } else if let Some(block) = block {
            block_end = Some(at + block.content.end);
            let language = &rest[block.language];
            // A long name leaves no room for the code. It is a line of it then.
            if language.is_empty() || language.len() > limit / 4 {
                (Kind::Open(""), FENCE.len())
            } else {
                (Kind::Open(language), FENCE.len() + language.len() + "\n".len())
            }
        } else if let Some(length) = token(rest, limit).filter(|_| block_end.is_none()) {
            (Kind::Visible, length)
        } else {
            character(rest, limit)
        };
        let range = at..at + length;
        at = range.end;
        atoms.push(Atom { length: text[range.clone()].chars().count(), at: range, kind });
    }
    atoms
}

/// A character with those that belong to it, as in an emoji with a skin tone.
fn character<'t>(rest: &str, limit: usize) -> (Kind<'t>, usize) {
    let most = (limit / 8).clamp(1, MIN_LIMIT_FOR_BLOCKS);
    let mut kind = Kind::Visible;
    let mut before = None;
    let mut length = 0;
    for c in rest.chars().take(most) {
        match before {
            None if c == '\n' => kind = Kind::LineEnd,
            None if c.is_whitespace() => kind = Kind::Space,
            None => {}
            Some(before) if joins(c) || before == ZERO_WIDTH_JOINER => {}
            Some(_) => break,
        }
        before = Some(c);
        length += c.len_utf8();
    }
    (kind, length)
}

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Whether a character changes the one before it.
fn joins(c: char) -> bool {
    matches!(c, ZERO_WIDTH_JOINER | '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// The length of what has one meaning as a whole, if it fits into a part.
fn token(rest: &str, limit: usize) -> Option<usize> {
    let window = &rest[..rest.char_indices().nth(limit).map_or(rest.len(), |(end, _)| end)];
    let length = match window.chars().next()? {
        '\\' => window.chars().nth(1).filter(|c| !c.is_whitespace()).map(|c| "\\".len() + c.len_utf8()),
        '<' => angle(window),
        '[' => masked_link(window).map(|(_, length)| length),
        '`' => {
            inline_code(window).map(|(_, length)| length).filter(|length| !window[..*length].contains('\n'))
        }
        'h' | 'H' => link(window).filter(|length| *length < window.len() || window.len() == rest.len()),
        _ => None,
    };
    length.filter(|length| window[..*length].chars().count() <= limit)
}

/// A mention, an emoji, a timestamp or a link in angle brackets.
fn angle(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let inner = &inner[..inner.find(['>', '<', '\n'])?];
    let is_known = ["@", "#", ":", "a:", "/", "t:", "id:", "http", "mailto:"]
        .iter()
        .any(|start| inner.starts_with(start));
    (is_known && text[1 + inner.len()..].starts_with('>')).then(|| "<>".len() + inner.len())
}

fn link(text: &str) -> Option<usize> {
    let is_link = ["https://", "http://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    is_link.then(|| text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>')).unwrap_or(text.len()))
}
