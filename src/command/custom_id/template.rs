use std::borrow::Cow;
use std::fmt::{self, Display, Write};

use crate::error::{Error, Limit};
use crate::model::limits::MAX_CUSTOM_ID;

/// The text of a [`CustomId`](super::CustomId): a beginning, and holes with texts behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Template {
    text: &'static str,
    holes: usize,
}

impl Template {
    pub(super) const fn new(text: &'static str) -> Self {
        Template { text, holes: count(text.as_bytes()) }
    }

    /// The template as it was written.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    pub(super) const fn holes(&self) -> usize {
        self.holes
    }

    /// What all its ids begin with.
    pub(super) fn prefix(self) -> &'static str {
        self.text.split_once('{').map_or(self.text, |(prefix, _)| prefix)
    }

    /// The texts behind its holes.
    pub(super) fn behind(self) -> impl Iterator<Item = &'static str> {
        self.text.split('}').skip(1).map(|behind| behind.split_once('{').map_or(behind, |(behind, _)| behind))
    }

    /// The id with these values.
    pub(super) fn fill(self, values: &[&dyn Display]) -> Result<String, Error> {
        let mut id = self.prefix().to_owned();
        for (value, behind) in values.iter().zip(self.behind()) {
            escape(&value.to_string(), behind, &mut id);
            id.push_str(behind);
        }
        let length = id.chars().count();
        if length > MAX_CUSTOM_ID {
            let limit = Limit::Characters { min: 0, max: MAX_CUSTOM_ID, actual: length };
            let problem = format!(
                "`{id}`, made of `{self}`, has {length} characters, at most {MAX_CUSTOM_ID} are allowed"
            );
            return Err(Error::outside("custom_id", limit, problem));
        }
        Ok(id)
    }

    /// The values of an id, if it is one of these.
    pub(in crate::command) fn read(self, id: &str) -> Option<Vec<Cow<'_, str>>> {
        let mut rest = id.strip_prefix(self.prefix())?;
        let mut values = Vec::with_capacity(self.holes);
        for behind in self.behind() {
            // What ends a value does not stand in it.
            let end = match behind.chars().next() {
                Some(stop) => rest.find(stop)?,
                None => rest.len(),
            };
            values.push(plain(&rest[..end], behind)?);
            rest = rest[end..].strip_prefix(behind)?;
        }
        rest.is_empty().then_some(values)
    }
}

impl Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// Counts the holes of a template; panics when it is malformed.
const fn count(text: &[u8]) -> usize {
    assert!(!text.is_empty() && text[0] != b'{', "the template begins with a text that tells it from others");
    let (mut holes, mut length, mut at) = (0, 0, 0);
    while at < text.len() {
        match text[at] {
            b'{' => {
                holes += 1;
                at += 1;
                while at < text.len() && text[at] != b'}' {
                    assert!(text[at] != b'{', "there is a `{{` in a hole of the template");
                    at += 1;
                }
                assert!(at < text.len(), "a hole of the template has no `}}` at its end");
                if at + 1 < text.len() {
                    assert!(
                        text[at + 1].is_ascii_punctuation() && text[at + 1] != b'{' && text[at + 1] != b'%',
                        "a punctuation mark stands behind a hole of the template, or nothing"
                    );
                }
            }
            b'}' => panic!("there is a `}}` outside of the template's holes"),
            // The later bytes of a character are not counted.
            byte if byte & 0b1100_0000 != 0b1000_0000 => length += 1,
            _ => {}
        }
        at += 1;
    }
    assert!(length <= MAX_CUSTOM_ID, "the template alone has more than 100 characters");
    holes
}

/// Whether a character stands for itself in a value, before this text.
pub(super) fn is_plain(c: char, behind: &str) -> bool {
    let is_mark = c.is_ascii_punctuation() && !matches!(c, '-' | '_' | '.');
    !is_mark && !c.is_ascii_control() && !behind.starts_with(c)
}

fn escape(value: &str, behind: &str, id: &mut String) {
    for c in value.chars() {
        if is_plain(c, behind) {
            id.push(c);
        } else {
            // What is not plain is ASCII; and writing into a string cannot fail.
            let _ = write!(id, "%{:02X}", u32::from(c));
        }
    }
}

/// The value that was escaped, unless it cannot have been.
fn plain<'a>(escaped: &'a str, behind: &str) -> Option<Cow<'a, str>> {
    if escaped.chars().all(|c| is_plain(c, behind)) {
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
            value.push(Some(c).filter(|c| is_plain(*c, behind))?);
        }
    }
    Some(value.into())
}
