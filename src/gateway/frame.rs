//! The envelope of a gateway frame, read without looking at what is in it.
//!
//! Every frame that Discord sends is a JSON object with the keys `op`, `s`, `t` and `d`
//! ([payload structure](https://docs.discord.com/developers/events/gateway-events#payload-structure)).
//! Discord puts `d`, which can be megabytes, last; so on its frames the reader stops where `d` begins.
//! Every other order, and whatever else JSON allows, is read as well, only more slowly.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

/// A frame's opcode, sequence number and event name, and where its data begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// What the frame is for.
    pub op: u64,
    /// The sequence number; only dispatches have one.
    pub seq: Option<u64>,
    /// The event's name; only dispatches have one.
    pub name: Option<Cow<'a, str>>,
    /// The text that begins with the value of `d`; `null` when the frame has no `d`.
    ///
    /// Where `d` stood last it was not looked at: the text then runs to the end of the frame and may hold
    /// anything. [`value`] and [`parse`] read the one value at its beginning.
    pub data: &'a str,
}

/// Why a text is not a gateway frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameError {
    problem: String,
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
    /// [`FrameError`] when the text is not a JSON object, when `op` is missing, or when `op`, `s` or `t`
    /// is of the wrong kind. What is wrong inside `d` may be found out only by [`value`] or [`parse`].
    pub fn read(text: &'a str) -> Result<Envelope<'a>, FrameError> {
        match Scan::new(text).envelope() {
            Some(envelope) => Ok(envelope),
            None => Envelope::read_unusual(text),
        }
    }

    /// Reads any order of keys, any spelling, and finds out what is wrong.
    fn read_unusual(text: &'a str) -> Result<Envelope<'a>, FrameError> {
        // serde would take an array for a struct as well.
        if !text.trim_start_matches([' ', '\t', '\n', '\r']).starts_with('{') {
            return Err(FrameError { problem: "not a JSON object".to_owned() });
        }
        let Fields { op, s, t, d } =
            serde_json::from_str(text).map_err(|e| FrameError { problem: e.to_string() })?;
        Ok(Envelope { op, seq: s, name: t.map(|Name(name)| name), data: d.map_or("null", RawValue::get) })
    }
}

/// Cuts out the one JSON value at the beginning of [`Envelope::data`].
///
/// # Errors
///
/// When no JSON value stands there.
pub fn value(data: &str) -> Result<&str, serde_json::Error> {
    parse::<&RawValue>(data).map(RawValue::get)
}

/// Parses the one JSON value at the beginning of [`Envelope::data`]; what follows it is ignored.
///
/// # Errors
///
/// When no JSON value stands there, or one that is not a `T`.
pub fn parse<'a, T: Deserialize<'a>>(data: &'a str) -> Result<T, serde_json::Error> {
    T::deserialize(&mut serde_json::Deserializer::from_str(data))
}

#[derive(Deserialize)]
struct Fields<'a> {
    op: u64,
    s: Option<u64>,
    #[serde(borrow)]
    t: Option<Name<'a>>,
    #[serde(borrow)]
    d: Option<&'a RawValue>,
}

/// serde borrows for a `Cow`, but not for an `Option<Cow>`.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// The short way through a usual frame.
///
/// Every method answers `None` for anything that is not plainly usual, and never guesses.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Scan { text, at: 0 }
    }

    /// The envelope, if `op`, `s` and `t` and nothing else stand before `d`.
    fn envelope(mut self) -> Option<Envelope<'a>> {
        let (mut op, mut seq, mut name) = (None, None, None);
        self.punctuation(b'{')?;
        loop {
            let key = self.string()?;
            self.punctuation(b':')?;
            self.space();
            match key {
                "op" if op.is_none() => op = Some(self.number()?),
                "s" if seq.is_none() => seq = Some(self.or_null(Scan::number)?),
                "t" if name.is_none() => name = Some(self.or_null(Scan::string)?),
                "d" => {
                    let data = &self.text[self.at..];
                    return Some(Envelope { op: op?, seq: seq?, name: name?.map(Cow::Borrowed), data });
                }
                _ => return None,
            }
            self.punctuation(b',')?;
        }
    }

    fn or_null<T>(&mut self, read: fn(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.text.as_bytes()[self.at..].starts_with(b"null") {
            self.at += "null".len();
            return Some(None);
        }
        read(self).map(Some)
    }

    /// An unsigned integer below 10^19, so that it cannot overflow.
    fn number(&mut self) -> Option<u64> {
        let digits = self.text.as_bytes()[self.at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let number = &self.text.as_bytes()[self.at..self.at + digits];
        if digits == 0 || digits > 19 || (digits > 1 && number[0] == b'0') {
            return None;
        }
        self.at += digits;
        Some(number.iter().fold(0, |n, digit| n * 10 + u64::from(digit - b'0')))
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<&'a str> {
        self.punctuation(b'"')?;
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
        self.at += length;
        self.punctuation(b'"')?;
        Some(&rest[..length])
    }

    fn punctuation(&mut self, byte: u8) -> Option<()> {
        self.space();
        (self.text.as_bytes().get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.as_bytes().get(self.at) {
            self.at += 1;
        }
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a gateway frame: {}", self.problem)
    }
}

impl std::error::Error for FrameError {}

#[cfg(test)]
mod tests;
