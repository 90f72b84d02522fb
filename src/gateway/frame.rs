//! The envelope of a gateway frame, read without parsing its data.
//!
//! Every frame that Discord sends is a JSON object with the keys `op`, `s`, `t` and `d`
//! ([payload structure](https://docs.discord.com/developers/events/gateway-events#payload-structure)).
//! Discord sends `d`, which can be megabytes, as the last key, so the reader of dispatches stops where `d` begins. Any other
//! order, and everything else that JSON allows, is read by the crate's JSON reader, which reads all of the frame.
//!
//! Other servers than Discord write numbers as floats or texts, so these are read as well. A sequence number or a name that
//! cannot be read costs only itself. A frame with a name is a dispatch even if its opcode cannot be read.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, Reader, plain_length};

/// The opcode, sequence number and event name of a frame, and where its data begins.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// The opcode.
    pub op: u64,
    /// The sequence number. Only dispatches have one.
    pub seq: Option<u64>,
    /// The event's name. Only dispatches have one.
    pub name: Option<Cow<'a, str>>,
    /// The text that begins with the value of `d`; `null` when the frame has no `d`.
    ///
    /// Of a dispatch as Discord writes it, `d` was not parsed: the text is the rest of the frame, and may not be valid JSON.
    /// [`value`] and [`parse`] read the value at its beginning.
    pub data: &'a str,
}

/// Why a text is not a valid gateway frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameError {
    problem: String,
    is_object: bool,
}

impl FrameError {
    /// Whether the text is a JSON object whose opcode is missing or cannot be read. Otherwise it is not a JSON object.
    pub fn is_object(&self) -> bool {
        self.is_object
    }
}

/// The data of an interaction and of a voice server contains a token, so only its length is shown.
impl fmt::Debug for Envelope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Envelope { op, seq, name, data } = self;
        f.debug_struct("Envelope")
            .field("op", op)
            .field("seq", seq)
            .field("name", name)
            .field("data", &format_args!("{} bytes", data.len()))
            .finish()
    }
}

impl<'a> Envelope<'a> {
    /// Reads the envelope of a frame.
    ///
    /// ```
    /// use syncord::gateway::frame::{Envelope, parse};
    ///
    /// let text = r#"{"t":"RESUMED","s":7,"op":0,"d":{"_trace":[]}}"#;
    /// let frame = Envelope::read(text)?;
    /// assert_eq!((frame.op, frame.seq, frame.name.as_deref()), (0, Some(7), Some("RESUMED")));
    ///
    /// let data: serde_json::Value = parse(frame.data)?;
    /// assert_eq!(data["_trace"], serde_json::json!([]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FrameError`] when the text is not a JSON object, and when it has neither an opcode that can be read nor a name. An
    /// error inside `d` may be found only by [`value`] or [`parse`].
    pub fn read(text: &'a str) -> Result<Envelope<'a>, FrameError> {
        match read_usual(text) {
            Some(envelope) => Ok(envelope),
            None => Envelope::read_unusual(text),
        }
    }

    /// Reads keys in any order, and everything that JSON allows. Of a key that appears twice, the last value counts.
    fn read_unusual(text: &'a str) -> Result<Envelope<'a>, FrameError> {
        let Fields { op, s, t, d } = json::read_with(text, Fields::read)
            .map_err(|e| FrameError { problem: e.to_string(), is_object: false })?;
        let name = t.and_then(|t| optional(t, "name of an event", |t| Reader::new(t).string().ok()));
        // Only dispatches have a name.
        let op = op.and_then(whole).or(name.is_some().then_some(0)).ok_or_else(|| FrameError {
            problem: "it has no opcode that can be read".to_owned(),
            is_object: true,
        })?;
        let seq = s.and_then(|s| optional(s, "sequence number", whole));
        Ok(Envelope { op, seq, name, data: d.unwrap_or("null") })
    }
}

/// Reads a value that may be null. One that cannot be read is counted.
fn optional<'a, T>(json: &'a str, what: &'static str, read: impl FnOnce(&'a str) -> Option<T>) -> Option<T> {
    if json == "null" {
        return None;
    }
    let value = read(json);
    if value.is_none() {
        json::count(what, &json::Error::new("it has the wrong type"));
    }
    value
}

/// Reads a number that is whole and not negative: an integer, a float, or a text that contains one.
fn whole(json: &str) -> Option<u64> {
    let text = json::read::<String>(json).ok();
    let number = text.as_deref().map_or(json, str::trim);
    // The reader ignores what follows a number.
    let is_number =
        number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    if is_number { json::read(number).ok() } else { None }
}

/// Returns the text of the JSON value at the beginning of [`Envelope::data`].
///
/// # Errors
///
/// When there is no valid JSON value.
pub fn value(data: &str) -> Result<&str, serde_json::Error> {
    parse::<&RawValue>(data).map(RawValue::get)
}

/// Parses the JSON value at the beginning of [`Envelope::data`], and ignores what follows it.
///
/// # Errors
///
/// When there is no valid JSON value, or it is not a `T`.
pub fn parse<'a, T: Deserialize<'a>>(data: &'a str) -> Result<T, serde_json::Error> {
    T::deserialize(&mut serde_json::Deserializer::from_str(data))
}

/// The texts of the values of a frame.
#[derive(Default)]
struct Fields<'a> {
    op: Option<&'a str>,
    s: Option<&'a str>,
    t: Option<&'a str>,
    d: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn read(reader: &mut Reader<'a>) -> json::Result<Fields<'a>> {
        let mut found = Fields::default();
        let mut fields = reader.object()?;
        while let Some(key) = reader.next_field(&mut fields)? {
            let value = Some(reader.raw()?);
            match &*key {
                "op" => found.op = value,
                "s" => found.s = value,
                "t" => found.t = value,
                "d" => found.d = value,
                _ => {}
            }
        }
        match reader.peek() {
            Ok(_) => Err(json::Error::new("text after the end of the object")),
            Err(_) => Ok(found),
        }
    }
}

/// Reads a frame as Discord writes dispatches: `{"t":"NAME","s":1,"op":0,"d":`. Returns `None` for any other.
fn read_usual(text: &str) -> Option<Envelope<'_>> {
    let rest = text.strip_prefix("{\"t\":\"")?;
    let (name, rest) = rest.split_at_checked(plain_length(rest.as_bytes()))?;
    let (seq, rest) = number(rest.strip_prefix("\",\"s\":")?)?;
    let (op, rest) = number(rest.strip_prefix(",\"op\":")?)?;
    let data = rest.strip_prefix(",\"d\":")?;
    Some(Envelope { op, seq: Some(seq), name: Some(Cow::Borrowed(name)), data })
}

/// Reads an unsigned integer below 10^19, which cannot overflow. Returns it and the text after it.
fn number(text: &str) -> Option<(u64, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(count)?;
    if digits.is_empty() || digits.len() > 19 || (digits.len() > 1 && digits.starts_with('0')) {
        return None;
    }
    Some((digits.bytes().fold(0, |number, digit| number * 10 + u64::from(digit - b'0')), rest))
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a gateway frame: {}", self.problem)
    }
}

impl std::error::Error for FrameError {}

#[cfg(test)]
mod tests;
