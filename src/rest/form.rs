//! A request body with files: `multipart/form-data`, whose files are read while they are sent.
//!
//! ureq's own multipart support is unversioned and has further dependencies, and it cannot send a form again.
//!
//! See [uploading files](https://docs.discord.com/developers/reference#uploading-files).

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Cursor, Read};

use super::upload::Upload;
use crate::error::Error;

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

    /// Whether the form can be sent again.
    pub(super) fn is_repeatable(&self) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Text { .. } => true,
            Part::File { upload, .. } => upload.is_repeatable(),
        })
    }

    /// Opens the files.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if a file cannot be opened.
    pub(super) fn open(&self, boundary: &str) -> Result<OpenForm, Error> {
        let mut form = OpenForm { parts: VecDeque::new(), length: Some(0) };
        for part in &self.parts {
            match part {
                Part::Text { name, media_type, text } => {
                    let media_type =
                        media_type.map_or_else(String::new, |kind| format!("\r\nContent-Type: {kind}"));
                    form.push(format!(
                        "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{media_type}\r\n\r\n"
                    ));
                    form.push(text.clone());
                }
                Part::File { name, media_type, upload } => {
                    let (content, length) =
                        upload.open().map_err(|e| Error::invalid(name.as_str(), e.to_string()))?;
                    form.push(format!(
                        "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\nContent-Type: {media_type}\r\n\r\n",
                        quoted(upload.name())
                    ));
                    let content =
                        Content { field: name.clone(), file: upload.name().to_owned(), inner: content };
                    form.length = form.length.zip(length).map(|(sum, length)| sum + length);
                    // A file that grows meanwhile must not exceed the announced length.
                    form.parts.push_back(match length {
                        Some(length) => Box::new(content.take(length)),
                        None => Box::new(content),
                    });
                }
            }
            form.push("\r\n");
        }
        form.push(format!("--{boundary}--\r\n"));
        Ok(form)
    }
}

/// Escapes a file name for a quoted string; see
/// [the HTML standard](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A form with open files.
pub(super) struct OpenForm {
    parts: VecDeque<Box<dyn Read + Send>>,
    length: Option<u64>,
}

impl OpenForm {
    /// The length in bytes, if it is known.
    pub(super) fn length(&self) -> Option<u64> {
        self.length
    }

    fn push(&mut self, bytes: impl Into<Vec<u8>>) {
        let bytes = bytes.into();
        self.length = self.length.map(|sum| sum + bytes.len() as u64);
        self.parts.push_back(Box::new(Cursor::new(bytes)));
    }
}

impl Read for OpenForm {
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

/// The content of a file. It marks its errors, so that they are not taken for network errors.
struct Content {
    field: String,
    file: String,
    inner: Box<dyn Read + Send>,
}

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| {
            let problem = format!("{} cannot be read: {error}", self.file);
            io::Error::new(error.kind(), Unreadable { field: self.field.clone(), problem })
        })
    }
}

/// The error of a file that could not be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    field: String,
    problem: String,
}

impl From<Unreadable> for Error {
    fn from(error: Unreadable) -> Self {
        Error::invalid(error.field, error.problem)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl StdError for Unreadable {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::{Cursor, Read};

    use super::{Form, Upload};

    #[test]
    fn a_form_has_its_parts_between_boundaries_and_a_length() {
        let mut form = Form::with_payload(b"{}".to_vec());
        form.text("name", "Ann");
        form.file("files[0]", &Upload::bytes("a \"b\".txt", "hello"));
        let mut open = form.open("XX").unwrap();
        let mut text = String::new();
        open.read_to_string(&mut text).unwrap();
        assert_eq!(
            text,
            "--XX\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n{}\r\n\
             --XX\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\n\
             --XX\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a %22b%22.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nhello\r\n\
             --XX--\r\n"
        );
        assert_eq!(open.length(), Some(text.len() as u64));
        assert!(form.is_repeatable());
        assert!(form.open("XX").is_ok());
    }

    #[test]
    fn a_reader_is_sent_once_and_has_no_length() {
        let mut form = Form::default();
        form.file("file", &Upload::reader("a", Cursor::new(b"abc")));
        assert!(!form.is_repeatable());
        assert_eq!(form.open("XX").unwrap().length(), None);
        let problem = form.open("XX").err().unwrap().to_string();
        assert!(problem.starts_with("file: ") && problem.contains("sent already"), "{problem}");
    }

    #[test]
    fn the_error_of_a_missing_file_names_it() {
        let mut form = Form::default();
        form.file("files[2]", &Upload::path("no-such-folder/cat.png"));
        let problem = form.open("XX").err().unwrap().to_string();
        assert!(problem.starts_with("files[2]: no-such-folder/cat.png cannot be read: "), "{problem}");
    }
}
