//! A request body with files: `multipart/form-data`, whose files are read while they are sent.
//!
//! ureq's own multipart support is unversioned and has further dependencies, and it cannot send a form again.
//!
//! See [uploading files](https://docs.discord.com/developers/reference#uploading-files).

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use super::file::LargeFile;
use super::upload::{Opened, Upload};
use crate::error::{Error, Limit, NOTHING_SENT};

/// End the texts of errors that were noticed after a part of the request was sent, or all of it in an earlier attempt.
const PART_SENT: &str = "at most a part of the request was sent, which Discord ignores";
const NOT_SENT_AGAIN: &str = "it was not sent again";

/// The parts of a form.
#[derive(Debug, Default)]
pub(super) struct Form {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text { name: &'static str, media_type: Option<&'static str>, text: Vec<u8> },
    File { name: String, media_type: &'static str, upload: Upload },
}

impl Form {
    /// A form with a JSON payload, to which files are added.
    pub(super) fn with_payload(json: Vec<u8>) -> Form {
        let media_type = Some("application/json");
        Form { parts: vec![Part::Text { name: "payload_json", media_type, text: json }] }
    }

    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        self.parts.push(Part::Text { name, media_type: None, text: text.into() });
    }

    pub(super) fn file(&mut self, name: impl Into<String>, upload: &Upload) {
        self.file_with_type(name, "application/octet-stream", upload);
    }

    /// Adds a file with a media type that Discord evaluates.
    pub(super) fn file_with_type(
        &mut self,
        name: impl Into<String>,
        media_type: &'static str,
        upload: &Upload,
    ) {
        self.parts.push(Part::File { name: name.into(), media_type, upload: upload.clone() });
    }

    /// The JSON payload, if it has one.
    pub(super) fn payload(&self) -> Option<&[u8]> {
        self.parts.iter().find_map(|part| match part {
            Part::Text { name: "payload_json", text, .. } => Some(text.as_slice()),
            Part::Text { .. } | Part::File { .. } => None,
        })
    }

    /// The number of its files.
    pub(super) fn files(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, Part::File { .. })).count()
    }

    /// Whether the form can be sent again.
    pub(super) fn is_repeatable(&self) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Text { .. } => true,
            Part::File { upload, .. } => upload.is_repeatable(),
        })
    }

    /// Opens the files. `max_size` is the maximum size of each, in bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if a file cannot be opened or is too large.
    pub(super) fn open(&self, max_size: Option<u64>) -> Result<OpenForm, Error> {
        let boundary = format!("syncord{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        self.open_with(boundary, max_size)
    }

    fn open_with(&self, boundary: String, max_size: Option<u64>) -> Result<OpenForm, Error> {
        let mut form = OpenForm { boundary, parts: Vec::new(), length: Some(0), is_attempted: false };
        for part in &self.parts {
            match part {
                Part::Text { name, media_type, text } => {
                    let media_type =
                        media_type.map_or_else(String::new, |kind| format!("\r\nContent-Type: {kind}"));
                    form.push(format!(
                        "--{}\r\nContent-Disposition: form-data; name=\"{name}\"{media_type}\r\n\r\n",
                        form.boundary
                    ));
                    form.push(text.clone());
                }
                Part::File { name, media_type, upload } => {
                    form.push(format!(
                        "--{}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\nContent-Type: {media_type}\r\n\r\n",
                        form.boundary,
                        quoted(upload.name())
                    ));
                    let content = upload.open().map_err(|e| Error::invalid(name.as_str(), e.to_string()))?;
                    let label = Label { field: name.clone(), file: upload.name().to_owned() };
                    form.push_file(label, content, max_size)?;
                }
            }
            form.push("\r\n");
        }
        form.push(format!("--{}--\r\n", form.boundary));
        Ok(form)
    }
}

/// Escapes a file name for a quoted string; see
/// [the HTML standard](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A form with open files. It can be read again, if none of its files comes from a reader.
pub(super) struct OpenForm {
    boundary: String,
    parts: Vec<OpenPart>,
    length: Option<u64>,
    /// Whether it was read before, for an earlier attempt.
    is_attempted: bool,
}

enum OpenPart {
    Bytes(Arc<[u8]>),
    File(Label, LargeFile),
    /// `None` after it was sent.
    Reader(Label, Option<Box<dyn Read + Send>>, Option<u64>),
}

impl OpenForm {
    /// The length in bytes, if it is known.
    pub(super) fn length(&self) -> Option<u64> {
        self.length
    }

    /// The value of the header `Content-Type`.
    pub(super) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    fn push(&mut self, bytes: impl Into<Vec<u8>>) {
        self.push_shared(bytes.into().into());
    }

    fn push_shared(&mut self, bytes: Arc<[u8]>) {
        self.length = self.length.map(|sum| sum + bytes.len() as u64);
        self.parts.push(OpenPart::Bytes(bytes));
    }

    fn push_file(&mut self, label: Label, content: Opened, max_size: Option<u64>) -> Result<(), Error> {
        let length = content.length();
        if let (Some(max), Some(actual)) = (max_size, length) {
            if actual > max {
                return Err(too_large(label.field, max, actual));
            }
        }
        match content {
            Opened::Bytes(bytes) => self.push_shared(bytes),
            Opened::File(file) => {
                self.length = self.length.map(|sum| sum + file.length());
                self.parts.push(OpenPart::File(label, file));
            }
            Opened::Reader(reader) => {
                self.length = None;
                self.parts.push(OpenPart::Reader(label, Some(reader), max_size));
            }
        }
        Ok(())
    }

    /// Reads the form from its start.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if a file has changed since it was opened, or comes from a reader that was read already.
    pub(super) fn reader(&mut self) -> Result<FormReader<'_>, Error> {
        let mut form = FormReader { parts: VecDeque::new() };
        let sent = if self.is_attempted { NOT_SENT_AGAIN } else { NOTHING_SENT };
        self.is_attempted = true;
        for part in &mut self.parts {
            let (label, inner): (_, Box<dyn Read>) = match part {
                OpenPart::Bytes(bytes) => {
                    form.parts.push_back(Box::new(&**bytes));
                    continue;
                }
                OpenPart::File(label, file) => {
                    let reader = file.reader().map_err(|error| label.unreadable(&error, sent))?;
                    (label, Box::new(reader))
                }
                OpenPart::Reader(label, reader, max_size) => {
                    let reader = reader.take().ok_or_else(|| {
                        label.unreadable(&io::Error::other("its reader has been sent already"), sent)
                    })?;
                    (label, Box::new(LimitedReader { inner: reader, count: 0, max: *max_size }))
                }
            };
            form.parts.push_back(Box::new(FileReader { label, inner }));
        }
        Ok(form)
    }
}

/// Reads a form from its start to its end.
pub(super) struct FormReader<'a> {
    parts: VecDeque<Box<dyn Read + 'a>>,
}

impl Read for FormReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(part) = self.parts.front_mut() {
            let count = part.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.parts.pop_front();
        }
        Ok(0)
    }
}

/// Names a file in errors.
struct Label {
    field: String,
    file: String,
}

impl Label {
    /// `sent` says how much of the request was sent.
    fn unreadable(&self, error: &io::Error, sent: &str) -> Unreadable {
        let limit =
            error.get_ref().and_then(|error| error.downcast_ref::<TooLarge>()).map(|large| large.limit);
        let problem = match limit {
            Some(_) => format!("{error} ({sent})"),
            None => format!("{} cannot be read: {error} ({sent})", self.file),
        };
        Unreadable { field: self.field.clone(), limit, problem }
    }
}

/// Reads a file. It marks its errors, so that they are not taken for network errors.
struct FileReader<'a> {
    label: &'a Label,
    inner: Box<dyn Read + 'a>,
}

impl Read for FileReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.inner.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => {
                    return result.map_err(|error| {
                        io::Error::new(error.kind(), self.label.unreadable(&error, PART_SENT))
                    });
                }
            }
        }
    }
}

/// Reads from a reader of unknown length. It fails at the byte that is too much.
struct LimitedReader {
    inner: Box<dyn Read + Send>,
    count: u64,
    max: Option<u64>,
}

impl Read for LimitedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        match self.max {
            Some(max) if self.count > max => {
                Err(io::Error::other(TooLarge { limit: Limit::Bytes { max, actual: self.count } }))
            }
            _ => Ok(count),
        }
    }
}

fn too_large(field: String, max: u64, actual: u64) -> Error {
    let limit = Limit::Bytes { max, actual };
    Error::outside(field, limit, TooLarge { limit }.to_string())
}

/// The error of a file that is larger than Discord takes.
#[derive(Debug)]
struct TooLarge {
    limit: Limit,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; where Discord takes larger files, say so with upload_limit", self.limit)
    }
}

impl StdError for TooLarge {}

/// The error of a file that could not be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    field: String,
    limit: Option<Limit>,
    problem: String,
}

impl From<Unreadable> for Error {
    fn from(error: Unreadable) -> Self {
        Error::Invalid { field: error.field, limit: error.limit, problem: error.problem }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl StdError for Unreadable {}

#[cfg(test)]
mod tests;
