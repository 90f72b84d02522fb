//! Builds texts with [markdown](https://support.discord.com/hc/en-us/articles/210298617) in which no text can break the
//! formatting around it.
//!
//! A text is escaped, a [`Markdown`] is not. So the functions can be nested:
//!
//! ```
//! use syncord::model::markdown::{bold, code, italic};
//!
//! assert_eq!(bold("2*3").to_string(), r"**2\*3**");
//! assert_eq!(bold(italic("high tide")).to_string(), "***high tide***");
//! let user = "mira_";
//! assert_eq!(format!("{} wrote {}", bold(user), code("a`b")), r"**mira\_** wrote ``a`b``");
//! ```
//!
//! Mentions in a text are not escaped: set the allowed mentions of the message, or use
//! [`escape_mentions`](super::escape_mentions). A blank text gets no markers, because Discord would show them.

use std::fmt::{self, Write as _};

use super::code::is_language;
use super::escape::escape_markdown;

/// A text whose markdown is meant. `to_string` returns it.
///
/// A text that is converted into it is escaped. [`Markdown::raw`] takes a text as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Markdown(String);

impl Markdown {
    /// Takes a text as it is, with its markdown.
    ///
    /// ```
    /// use syncord::model::markdown::{Markdown, bold, spoiler};
    ///
    /// let line = Markdown::raw(format!("{} at 06:12", bold("High")));
    /// assert_eq!(spoiler(line).to_string(), "||**High** at 06:12||");
    /// ```
    pub fn raw(text: impl Into<String>) -> Markdown {
        Markdown(text.into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Puts a marker before and after the text.
    fn within(self, marker: &str) -> Markdown {
        if self.0.trim().is_empty() { self } else { Markdown(format!("{marker}{}{marker}", self.0)) }
    }

    /// Changes each line.
    fn each_line(&self, start: &str) -> Markdown {
        let lines: Vec<_> = self.0.split('\n').map(|line| format!("{start}{line}")).collect();
        Markdown(lines.join("\n"))
    }

    /// Puts the text on one line.
    fn line(self, start: &str) -> Markdown {
        if self.0.trim().is_empty() {
            return self;
        }
        Markdown(format!("{start}{}", self.0.split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for Markdown {
    fn from(text: &str) -> Markdown {
        Markdown(escape_markdown(text))
    }
}

impl From<&String> for Markdown {
    fn from(text: &String) -> Markdown {
        text.as_str().into()
    }
}

impl From<String> for Markdown {
    fn from(text: String) -> Markdown {
        text.as_str().into()
    }
}

impl From<Markdown> for String {
    fn from(markdown: Markdown) -> String {
        markdown.0
    }
}

/// Bold: `**text**`.
pub fn bold(text: impl Into<Markdown>) -> Markdown {
    text.into().within("**")
}

/// Italic: `*text*`. White space at its ends stays outside, because Discord takes the asterisks for text otherwise.
pub fn italic(text: impl Into<Markdown>) -> Markdown {
    let text = text.into().0;
    let inner = text.trim();
    // Next to another asterisk, it would be read as bold.
    let marker = if inner.starts_with('*') || inner.ends_with('*') { "_" } else { "*" };
    let Markdown(marked) = Markdown::raw(inner).within(marker);
    let (start, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
    if inner.is_empty() {
        Markdown(text)
    } else {
        Markdown(format!("{}{marked}{}", &text[..start], &text[end..]))
    }
}

/// Underlined: `__text__`.
pub fn underline(text: impl Into<Markdown>) -> Markdown {
    text.into().within("__")
}

/// Struck through: `~~text~~`.
pub fn strikethrough(text: impl Into<Markdown>) -> Markdown {
    text.into().within("~~")
}

/// A spoiler, which a user sees after a click: `||text||`.
pub fn spoiler(text: impl Into<Markdown>) -> Markdown {
    text.into().within("||")
}

/// Code in a line: `` `text` ``.
///
/// Nothing can be escaped in code. The markers are longer where the text has a backtick, and an invisible character is put
/// between two of them.
pub fn code(text: impl AsRef<str>) -> Markdown {
    let text = apart(text.as_ref(), 1);
    if text.trim().is_empty() {
        return Markdown(text);
    }
    let marker = if text.contains('`') { "``" } else { "`" };
    let space = |is_needed: bool| if is_needed { " " } else { "" };
    let (before, after) = (space(text.starts_with('`')), space(text.ends_with('`')));
    Markdown(format!("{marker}{before}{text}{after}{marker}"))
}

/// A code block with a language for the colors: `rust`, or an empty text. A language with other characters than letters,
/// digits, `_`, `+`, `-`, `.` and `#` is left out.
///
/// An invisible character is put between backticks that would end the block.
///
/// ```
/// use syncord::model::markdown::code_block;
///
/// assert_eq!(code_block("rust", "let tide = 7;").to_string(), "```rust\nlet tide = 7;\n```");
/// ```
pub fn code_block(language: &str, text: impl AsRef<str>) -> Markdown {
    let text = apart(text.as_ref(), 2);
    if text.trim().is_empty() {
        return Markdown(text);
    }
    let language = if language.bytes().all(is_language) { language } else { "" };
    let end = if text.ends_with('\n') { "" } else { "\n" };
    Markdown(format!("```{language}\n{text}{end}```"))
}

/// Separates backticks, so that no more than `most` follow each other.
fn apart(text: &str, most: usize) -> String {
    let mut separate = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        if run > most {
            separate.push('\u{200b}');
            run = 1;
        }
        separate.push(c);
    }
    separate
}

/// A quote: `> text`, for each line. It must be at the start of a line.
pub fn quote(text: impl Into<Markdown>) -> Markdown {
    let text = text.into();
    if text.0.trim().is_empty() { text } else { text.each_line("> ") }
}

/// A heading: `# text`, on one line. `level` is 1 for the largest to 3 for the smallest; other levels are taken for the
/// nearest of them. It must be at the start of a line.
pub fn heading(level: u8, text: impl Into<Markdown>) -> Markdown {
    let start = ["# ", "## ", "### "][usize::from(level.clamp(1, 3)) - 1];
    text.into().line(start)
}

/// Small grey text: `-# text`, on one line. It must be at the start of a line.
pub fn subtext(text: impl Into<Markdown>) -> Markdown {
    text.into().line("-# ")
}

/// A link with a label: `[label](address)`.
///
/// Characters of the address that would end the link are percent-encoded. An address that is not `http://` or `https://` is
/// left out, because Discord shows no link for it.
///
/// ```
/// use syncord::model::markdown::masked_link;
///
/// let link = masked_link("[tides]", "https://tide.example/a b(c)");
/// assert_eq!(link.to_string(), r"[\[tides\]](https://tide.example/a%20b%28c%29)");
/// ```
pub fn masked_link(label: impl Into<Markdown>, address: &str) -> Markdown {
    let label = label.into().line("");
    let is_link = address.starts_with("https://") || address.starts_with("http://");
    if label.0.trim().is_empty() || !is_link {
        return label;
    }
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '"' | '\0'..=' ' | '\u{7f}' => {
                // Writing into a text cannot fail.
                let _ = write!(encoded, "%{:02X}", u32::from(c));
            }
            c => encoded.push(c),
        }
    }
    Markdown(format!("[{}]({encoded})", label.0))
}
