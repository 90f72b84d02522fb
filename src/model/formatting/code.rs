//! Finds what Discord's clients do not look into: code, and what has one meaning as a whole.

use std::ops::Range;

/// The characters around a code block.
pub(super) const FENCE: &str = "```";

/// A code block at the start of a text. The positions are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CodeBlock {
    pub(super) language: Range<usize>,
    /// Between the language and the closing fence.
    pub(super) content: Range<usize>,
}

impl CodeBlock {
    /// Reads the code block at the start of a text. A block that is empty or not closed is an ordinary text.
    pub(super) fn at_start(text: &str) -> Option<CodeBlock> {
        let rest = text.strip_prefix(FENCE)?;
        let letters = rest.bytes().take_while(|b| is_language(*b)).count();
        // A word is only a language if the line ends after it.
        let length = if rest[letters..].starts_with('\n') { letters } else { 0 };
        let language = FENCE.len()..FENCE.len() + length;
        let end = language.end + text[language.end..].find(FENCE)?;
        let content = language.end..end;
        (!text[content.clone()].trim().is_empty()).then_some(CodeBlock { language, content })
    }

    /// The length with the fences.
    pub(super) fn length(&self) -> usize {
        self.content.end + FENCE.len()
    }
}

/// Whether a byte can be in the name of a language.
pub(super) fn is_language(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_+-.#".contains(&byte)
}

/// The content of the inline code at the start of a text, and the length of all of it.
pub(super) fn inline_code(text: &str) -> Option<(&str, usize)> {
    let ticks = text.bytes().take_while(|b| *b == b'`').count();
    if ticks == 0 {
        return None;
    }
    let mut at = ticks;
    loop {
        at += text[at..].find('`')?;
        let run = text[at..].bytes().take_while(|b| *b == b'`').count();
        if run == ticks {
            return Some((&text[ticks..at], at + ticks));
        }
        at += run;
    }
}

/// The label of the masked link at the start of a text, and the length of all of it: `[label](https://…)`.
pub(super) fn masked_link(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let line = &inner[..inner.find('\n').unwrap_or(inner.len())];
    let (label, address) = line.split_once("](")?;
    let mut open = 0_u32;
    for (place, c) in address.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => {
                let is_link = !label.is_empty() && address[..place].contains("://");
                return is_link.then(|| (label, "[](".len() + label.len() + place + ")".len()));
            }
            ')' => open -= 1,
            _ => {}
        }
    }
    None
}
