//! Keeps the values that cannot be read, for the program.
//!
//! The reader remembers where they are in the text. Their paths are only computed if something collects them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::{self, Write as _};

use super::error::{Error, Result};
use super::lenient;
use super::lost::Lost;
use super::reader::{Mark, Reader};

/// The maximum number of values that are kept. All are counted.
const MAX_PARTS: usize = 64;

/// The maximum length of a kept value, in bytes.
const MAX_JSON: usize = 4096;

thread_local! {
    /// What [`collect_unreadable`] collects while it runs.
    static COLLECTED: RefCell<Option<Vec<Unreadable>>> = const { RefCell::new(None) };
}

/// A value from Discord that could not be read: a field, or an element of a list or map. The object around it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// Where the value was, such as `embeds[1].title`. Empty for the whole data of an event.
    pub path: String,
    /// The value as Discord sent it, as JSON. It is cut off after 4,096 bytes.
    pub json: String,
    /// Why it could not be read.
    pub problem: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}: {}", self.path, self.json, self.problem)
    }
}

/// Calls a function. Returns what could not be read of Discord's data in the meantime, on this thread.
///
/// A field that cannot be read has its default. This returns what Discord sent instead, for example in the response to a
/// call. Of data with more than 64 such values, only the first 64 are kept; [`unreadable_counts`] counts all.
///
/// A handler of events calls [`Context::unreadable`](crate::bot::Context::unreadable).
///
/// ```
/// use syncord::model::{Message, collect_unreadable};
///
/// let json = r#"{"id":"7","content":"Ahoy","pinned":"maybe","author":{"id":"3","bot":null}}"#;
/// let (message, unreadable) = collect_unreadable(|| serde_json::from_str::<Message>(json));
/// assert_eq!(message?.content, "Ahoy");
/// let [pinned, bot] = &unreadable[..] else { panic!("{unreadable:?}") };
/// assert_eq!((pinned.path.as_str(), pinned.json.as_str()), ("pinned", "\"maybe\""));
/// assert_eq!((bot.path.as_str(), bot.json.as_str()), ("author.bot", "null"));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// With a call of the REST API:
///
/// ```
/// # let discord = syncord::sim::Discord::start()?;
/// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
/// use syncord::model::collect_unreadable;
///
/// let (me, unreadable) = collect_unreadable(|| client.current_user());
/// println!("I am {}", me?.username);
/// for part in &unreadable {
///     println!("could not be read: {part}");
/// }
/// # assert_eq!(unreadable, []);
/// # Ok::<(), syncord::Error>(())
/// ```
///
/// [`unreadable_counts`]: crate::model::unreadable_counts
pub fn collect_unreadable<T>(read: impl FnOnce() -> T) -> (T, Vec<Unreadable>) {
    let mut collector = Collector::begin();
    let value = read();
    (value, collector.finish())
}

/// Collects on this thread until it is dropped. Not generic, so that it is compiled only once.
pub(crate) struct Collector {
    /// What the call around this one collects. `None` if this one has ended.
    outer: Option<Option<Vec<Unreadable>>>,
}

impl Collector {
    pub(crate) fn begin() -> Collector {
        Collector { outer: Some(COLLECTED.replace(Some(Vec::new()))) }
    }

    /// Ends it, and returns what it has collected.
    pub(crate) fn finish(&mut self) -> Vec<Unreadable> {
        let Some(outer) = self.outer.take() else { return Vec::new() };
        COLLECTED.replace(outer).unwrap_or_default()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.finish();
    }
}

impl<'de> Reader<'de> {
    /// Skips a value that could not be read, counts it, and returns its text.
    ///
    /// # Errors
    ///
    /// Only if the text is not JSON.
    #[cold]
    #[inline(never)]
    pub(crate) fn leave_out(&mut self, mark: Mark, name: &'static str, error: Error) -> Result<&'de str> {
        self.reset(mark);
        // What could not be read inside of the value is a part of it.
        while self.lost.last().is_some_and(|inner| inner.start >= mark.at) {
            self.lost.pop();
        }
        let text = self.raw()?;
        lenient::count(name, &error);
        if self.lost.len() < MAX_PARTS {
            self.lost.push(Lost { start: self.at - text.len(), end: self.at, error });
        }
        Ok(text)
    }

    /// Gives the values that could not be read to the function that collects them, if there is one.
    #[cold]
    #[inline(never)]
    pub(super) fn hand_out_lost(&self) {
        COLLECTED.with_borrow_mut(|collected| {
            let Some(collected) = collected else { return };
            let room = MAX_PARTS.saturating_sub(collected.len());
            let lost = &self.lost[..self.lost.len().min(room)];
            // This text was read before, so the paths are found.
            let paths = paths(self.text, lost).unwrap_or_default();
            collected.extend(lost.iter().zip(paths).map(|(lost, path)| Unreadable {
                path,
                json: cut(&self.text[lost.start..lost.end]).to_owned(),
                problem: lost.error.to_string(),
            }));
        });
    }
}

fn cut(json: &str) -> &str {
    let end = (0..=json.len().min(MAX_JSON)).rev().find(|end| json.is_char_boundary(*end));
    &json[..end.unwrap_or(0)]
}

/// An object or list around a position.
enum Around<'de> {
    Object(Cow<'de, str>),
    List(usize),
}

/// Returns the paths of places in a text. The places are in the order of the text, and not inside each other.
fn paths(text: &str, places: &[Lost]) -> Result<Vec<String>> {
    let mut reader = Reader::new(text);
    let (mut around, mut paths) = (Vec::new(), Vec::new());
    while let Some(place) = places.get(paths.len()) {
        // A value begins here.
        let first = reader.peek()?;
        match first {
            _ if reader.at == place.start => {
                paths.push(path(&around));
                reader.skip()?;
            }
            b'{' | b'[' => {
                reader.at += 1;
                around.push(if first == b'{' { Around::Object("".into()) } else { Around::List(0) });
            }
            _ => reader.skip()?,
        }
        // Close what ends here, and go to the next value.
        while let Some(inner) = around.last_mut() {
            let byte = reader.peek()?;
            if matches!(byte, b'}' | b']') {
                reader.at += 1;
                around.pop();
                continue;
            }
            let follows = usize::from(byte == b',');
            reader.at += follows;
            match inner {
                Around::Object(name) => {
                    *name = reader.string()?;
                    reader.expect(b':')?;
                }
                Around::List(index) => *index += follows,
            }
            break;
        }
    }
    Ok(paths)
}

fn path(around: &[Around<'_>]) -> String {
    around.iter().fold(String::new(), |mut path, step| {
        let written = match step {
            Around::Object(name) if path.is_empty() => write!(path, "{name}"),
            Around::Object(name) => write!(path, ".{name}"),
            Around::List(index) => write!(path, "[{index}]"),
        };
        debug_assert!(written.is_ok(), "writing to a string does not fail");
        path
    })
}

#[cfg(test)]
mod tests;
