use std::borrow::Cow;
use std::fmt::{self, Display, Write};

use crate::error::{Error, Limit};
use crate::model::limits::MAX_CUSTOM_ID;

/// The template of a [`CustomId`](super::CustomId): a prefix, and placeholders, each with the text after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Template {
    text: &'static str,
    placeholders: usize,
}

impl Template {
    pub(super) const fn new(text: &'static str) -> Self {
        Template { text, placeholders: count_placeholders(text.as_bytes()) }
    }

    /// The text of the template.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    pub(super) const fn placeholders(&self) -> usize {
        self.placeholders
    }

    /// The text that all its IDs begin with.
    pub(super) fn prefix(self) -> &'static str {
        self.text.split_once('{').map_or(self.text, |(prefix, _)| prefix)
    }

    /// The text after each placeholder.
    pub(super) fn suffixes(self) -> impl Iterator<Item = &'static str> {
        self.text.split('}').skip(1).map(|suffix| suffix.split_once('{').map_or(suffix, |(suffix, _)| suffix))
    }

    /// The ID with these values.
    pub(super) fn fill(self, values: &[&dyn Display]) -> Result<String, Error> {
        let mut id = self.prefix().to_owned();
        for (value, suffix) in values.iter().zip(self.suffixes()) {
            escape(&value.to_string(), suffix, &mut id);
            id.push_str(suffix);
        }
        let length = id.chars().count();
        if length > MAX_CUSTOM_ID {
            let limit = Limit::Characters { min: 0, max: MAX_CUSTOM_ID, actual: length };
            let problem = format!(
                "`{id}`, from the template `{self}`, has {length} characters; the maximum is {MAX_CUSTOM_ID}"
            );
            return Err(Error::outside("custom_id", limit, problem));
        }
        Ok(id)
    }

    /// The values of an ID, if it matches the template.
    pub(in crate::command) fn read(self, id: &str) -> Option<Vec<Cow<'_, str>>> {
        let mut rest = id.strip_prefix(self.prefix())?;
        let mut values = Vec::with_capacity(self.placeholders);
        for suffix in self.suffixes() {
            // The first character of the suffix is escaped in the value.
            let end = match suffix.chars().next() {
                Some(stop) => rest.find(stop)?,
                None => rest.len(),
            };
            values.push(unescape(&rest[..end], suffix)?);
            rest = rest[end..].strip_prefix(suffix)?;
        }
        rest.is_empty().then_some(values)
    }
}

impl Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// Counts the placeholders of a template. Panics when the template is malformed.
const fn count_placeholders(text: &[u8]) -> usize {
    assert!(
        !text.is_empty() && text[0] != b'{',
        "the template must begin with a text that distinguishes it from others"
    );
    let (mut placeholders, mut length, mut index) = (0, 0, 0);
    while index < text.len() {
        match text[index] {
            b'{' => {
                placeholders += 1;
                index += 1;
                while index < text.len() && text[index] != b'}' {
                    assert!(text[index] != b'{', "a placeholder of the template contains a `{{`");
                    index += 1;
                }
                assert!(index < text.len(), "a placeholder of the template has no closing `}}`");
                if index + 1 < text.len() {
                    assert!(
                        text[index + 1].is_ascii_punctuation()
                            && text[index + 1] != b'{'
                            && text[index + 1] != b'%',
                        "the text after a placeholder of the template must begin with a punctuation mark"
                    );
                }
            }
            b'}' => panic!("the template has a `}}` without a `{{`"),
            // Continuation bytes of a character are not counted.
            byte if byte & 0b1100_0000 != 0b1000_0000 => length += 1,
            _ => {}
        }
        index += 1;
    }
    assert!(length <= MAX_CUSTOM_ID, "the template has more than 100 characters without its placeholders");
    placeholders
}

/// Whether a character of a value needs no escape before this suffix.
pub(super) fn is_plain(c: char, suffix: &str) -> bool {
    let is_mark = c.is_ascii_punctuation() && !matches!(c, '-' | '_' | '.');
    !is_mark && !c.is_ascii_control() && !suffix.starts_with(c)
}

fn escape(value: &str, suffix: &str, id: &mut String) {
    for c in value.chars() {
        if is_plain(c, suffix) {
            id.push(c);
        } else {
            // Only ASCII characters are escaped, and writing to a string cannot fail.
            let _ = write!(id, "%{:02X}", u32::from(c));
        }
    }
}

/// The value, unless `escaped` cannot be an escaped value.
fn unescape<'a>(escaped: &'a str, suffix: &str) -> Option<Cow<'a, str>> {
    if escaped.chars().all(|c| is_plain(c, suffix)) {
        return Some(escaped.into());
    }
    let mut value = String::with_capacity(escaped.len());
    let mut rest = escaped.chars();
    while let Some(c) = rest.next() {
        if c == '%' {
            let code = rest.as_str().get(..2)?;
            value.push(u8::from_str_radix(code, 16).ok().filter(u8::is_ascii)?.into());
            rest = rest.as_str()[2..].chars();
        } else {
            value.push(Some(c).filter(|c| is_plain(*c, suffix))?);
        }
    }
    Some(value.into())
}
