//! Removes markdown from texts.

use std::ops::Range;

use super::code::{CodeBlock, inline_code, masked_link};
use super::escape::{angle_token, is_line_end, is_word, link};

/// What begins a line that Discord shows in another size, or as a quote.
const LINE_STARTS: [&str; 6] = ["### ", "## ", "# ", "-# ", ">>> ", "> "];

/// Removes the markdown from a text, as a log or a text in a terminal needs it. What it stands around stays.
///
/// The markers of bold, italic, underlined and struck texts and spoilers go, the fences and the language of code, headings,
/// quotes, the addresses of masked links, and the backslashes of escapes. Links, mentions, custom emojis and
/// timestamps stay as they are, and so do lists. What [`escape_markdown`](super::escape_markdown) returns becomes the
/// original text.
///
/// ```
/// use syncord::model::strip_markdown;
///
/// assert_eq!(strip_markdown("# High **and _dry_**\n`06:12` [table](https://tide.example)"), "High and dry\n06:12 table");
/// assert_eq!(strip_markdown(r"2\*3 is_not 7 * 1"), "2*3 is_not 7 * 1");
/// ```
pub fn strip_markdown(text: &str) -> String {
    let mut plain = Plain::default();
    let mut rest = text;
    let mut is_line_start = true;
    while let Some(next) = rest.chars().next() {
        if let Some(start) = LINE_STARTS.iter().find(|start| is_line_start && rest.starts_with(**start)) {
            rest = &rest[start.len()..];
            continue;
        }
        let length = plain.read(rest, next);
        is_line_start = is_line_end(next) && length == next.len_utf8();
        rest = &rest[length..];
    }
    plain.finish()
}

/// A text without markdown, while it is read.
#[derive(Default)]
struct Plain {
    /// With the markers, because it is only known at their end whether they are some.
    text: String,
    open: Vec<Open>,
    markers: Vec<Range<usize>>,
}

/// A marker that may have another half.
struct Open {
    marker: &'static str,
    /// Its place in the text.
    at: Range<usize>,
}

impl Plain {
    /// Reads what the text begins with, and returns its length.
    fn read(&mut self, rest: &str, next: char) -> usize {
        if next == '\\' {
            if let Some(escaped) =
                rest.chars().nth(1).filter(|c| !c.is_ascii_alphanumeric() && !c.is_whitespace())
            {
                self.text.push(escaped);
                return next.len_utf8() + escaped.len_utf8();
            }
        }
        if let Some(block) = CodeBlock::at_start(rest) {
            self.text.push_str(rest[block.content.clone()].trim_matches('\n'));
            return block.length();
        }
        if let Some((code, length)) = inline_code(rest) {
            self.text.push_str(inner_code(code));
            return length;
        }
        let is_in_word = self.text.chars().next_back().is_some_and(is_word);
        if let Some(length) = angle_token(rest).or_else(|| link(rest, is_in_word)) {
            self.text.push_str(&rest[..length]);
            return length;
        }
        if let Some((label, length)) = masked_link(rest) {
            // There is no other link in the label.
            self.text.push_str(&strip_markdown(label));
            return length;
        }
        if let Some(marker) = self.marker(rest, next) {
            self.mark(marker, &rest[marker.len()..]);
            return marker.len();
        }
        self.text.push(next);
        next.len_utf8()
    }

    /// The marker at the start of the text.
    fn marker(&self, rest: &str, next: char) -> Option<&'static str> {
        let (one, two) = match next {
            '*' => (Some("*"), "**"),
            '_' => (Some("_"), "__"),
            '~' => (None, "~~"),
            '|' => (None, "||"),
            _ => return None,
        };
        match rest.chars().take(3).take_while(|c| *c == next).count() {
            1 => one,
            2 => Some(two),
            // Of three, the half of the last one comes first.
            _ => {
                let last = self.open.last().map(|open| open.marker);
                one.filter(|one| last == Some(one)).or(Some(two))
            }
        }
    }

    /// Adds a marker. `after` is the text after it.
    fn mark(&mut self, marker: &'static str, after: &str) {
        let before = self.text.chars().next_back();
        let after = after.chars().next();
        let is_part = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let (may_open, may_close) = match marker {
            "*" => (is_part(after), is_part(before)),
            "_" => (!before.is_some_and(is_word), !after.is_some_and(is_word)),
            _ => (true, true),
        };
        let at = self.text.len()..self.text.len() + marker.len();
        self.text.push_str(marker);
        match self.open.iter().rposition(|open| open.marker == marker) {
            Some(half) if may_close && self.open[half].at.end < at.start => {
                self.markers.extend([self.open[half].at.clone(), at]);
                // The markers in between have no other half.
                self.open.truncate(half);
            }
            Some(_) => {}
            None if may_open => self.open.push(Open { marker, at }),
            None => {}
        }
    }

    fn finish(mut self) -> String {
        self.markers.sort_by_key(|marker| marker.start);
        let mut plain = String::with_capacity(self.text.len());
        let mut at = 0;
        for marker in self.markers {
            plain.push_str(&self.text[at..marker.start]);
            at = marker.end;
        }
        plain.push_str(&self.text[at..]);
        plain
    }
}

/// Inline code without the spaces that separate its backticks from those around it.
fn inner_code(code: &str) -> &str {
    let code = code.strip_prefix(' ').filter(|inner| inner.starts_with('`')).unwrap_or(code);
    code.strip_suffix(' ').filter(|inner| inner.ends_with('`')).unwrap_or(code)
}
