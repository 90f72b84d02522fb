//! What is wrong with a text, and where.

use std::ops::Range;

use super::usage::expected;
use crate::command::ArgumentError;
use crate::model::CommandOptionDefinition;
use crate::texts::LibraryText;

/// The longest part of a line that is shown with a mark below it, in characters.
const MAX_SHOWN: usize = 60;

/// What cannot be read, and where in the input it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextProblem {
    pub(crate) error: ArgumentError,
    pub(crate) at: Range<usize>,
}

impl TextProblem {
    /// A required option that has no value.
    pub(crate) fn missing(option: &CommandOptionDefinition, input: &str) -> TextProblem {
        let error = ArgumentError::from(LibraryText::Expected { expected: expected(option).into() });
        TextProblem { error: error.for_option(&option.name), at: input.len()..input.len() }
    }
}

/// Shows the line of a text that holds a part of it, with a mark below that part, as a code block.
pub(crate) fn point_out(text: &str, at: &Range<usize>) -> String {
    let line_start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[at.start..].find('\n').map_or(text.len(), |length| at.start + length);
    let before: Vec<char> = text[line_start..at.start].chars().collect();
    let marked = text[at.start..at.end.clamp(at.start, line_end)].chars().count().clamp(1, MAX_SHOWN);
    // A mark at the end of a long line would be far out.
    let skipped = (before.len() + marked).saturating_sub(MAX_SHOWN).min(before.len());
    let after = text[at.start..line_end].chars();
    let shown: String =
        before[skipped..].iter().copied().chain(after).take(MAX_SHOWN).map(without_backtick).collect();
    let dots = if skipped > 0 { "…" } else { "" };
    let indent = " ".repeat(dots.chars().count() + before.len() - skipped);
    format!("```\n{dots}{}\n{indent}{}\n```", shown.trim_end(), "^".repeat(marked))
}

/// A backtick could end the code block.
fn without_backtick(c: char) -> char {
    if c == '`' { '\'' } else { c }
}
