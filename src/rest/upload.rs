//! Files to send: [uploading files](https://docs.discord.com/developers/reference#uploading-files).

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{self, LargeFile, OpenFile};
use crate::error::Error;
use crate::model::limits::MAX_ATTACHMENT_DESCRIPTION;
use crate::rest::check::{at_field, chars};
use crate::sync::Mutex;

/// A file to send, for example with a message or as a sticker.
///
/// A large file is read while it is sent, so it is never in memory as a whole. A file that is larger than
/// [Discord takes](crate::rest::Client::upload_limit) is not sent.
///
/// ```
/// use syncord::rest::Upload;
///
/// let note = Upload::bytes("note.txt", "The tide is in.").description("The state of the tide");
/// let map = Upload::path("charts/north.png").spoiler();
/// assert_eq!((note.name(), map.name()), ("note.txt", "north.png"));
/// ```
#[doc(alias = "send file")]
#[doc(alias = "attachment")]
#[doc(alias = "file")]
#[derive(Clone)]
#[must_use]
pub struct Upload {
    name: String,
    title: Option<String>,
    description: Option<String>,
    is_spoiler: bool,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Bytes(Arc<[u8]>),
    Path(PathBuf),
    /// Empty after it was sent.
    Reader(Arc<Mutex<Option<Box<dyn Read + Send>>>>),
}

impl Upload {
    /// Creates a file from its name and content.
    pub fn bytes(name: impl Into<String>, content: impl AsRef<[u8]>) -> Upload {
        Upload::new(name.into(), Content::Bytes(content.as_ref().into()))
    }

    /// Creates a file from a path, under the name in the path.
    ///
    /// The call that sends it opens it once, and only if it is a regular file. It sends the length that the file has then:
    /// what is added to the file meanwhile is not sent, and after any other change the call fails without an attachment.
    /// What is no regular file, such as a named pipe, can be sent with [`reader`](Self::reader).
    pub fn path(path: impl AsRef<Path>) -> Upload {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Upload::new(name.unwrap_or_default(), Content::Path(path.to_owned()))
    }

    /// Creates a file from its name and a reader.
    ///
    /// It can be sent only once: a failed call is not retried, and a second call fails.
    pub fn reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Upload {
        let reader: Box<dyn Read + Send> = Box::new(reader);
        Upload::new(name.into(), Content::Reader(Arc::new(Mutex::new(Some(reader)))))
    }

    fn new(name: String, content: Content) -> Upload {
        Upload { name, title: None, description: None, is_spoiler: false, content }
    }

    /// Sets the name.
    pub fn filename(mut self, name: impl Into<String>) -> Upload {
        self.name = name.into();
        self
    }

    /// Sets the title: at most 1,024 characters.
    pub fn title(mut self, title: impl Into<String>) -> Upload {
        self.title = Some(title.into());
        self
    }

    /// Sets the description for users who cannot see the file: at most 1,024 characters.
    pub fn description(mut self, description: impl Into<String>) -> Upload {
        self.description = Some(description.into());
        self
    }

    /// Hides the file until a user clicks it.
    pub fn spoiler(mut self) -> Upload {
        self.is_spoiler = true;
        self
    }

    /// The name. `attachment://name` shows the file in an embed or a component.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The title.
    pub fn title_text(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The description.
    pub fn description_text(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Whether the file is hidden until a user clicks it.
    pub fn is_spoiler(&self) -> bool {
        self.is_spoiler
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.name.is_empty() {
            return Err(Error::invalid(
                "filename",
                "is empty: a file needs a name, preferably with an extension",
            ));
        }
        for (name, text) in [("title", &self.title), ("description", &self.description)] {
            let text = text.as_deref().unwrap_or_default();
            at_field(chars(0..=MAX_ATTACHMENT_DESCRIPTION)(text), || name.to_owned())?;
        }
        Ok(())
    }

    /// Whether it has a field that only the `attachments` of a message can carry.
    pub(super) fn is_described(&self) -> bool {
        self.title.is_some() || self.description.is_some() || self.is_spoiler
    }

    /// The size in bytes, if it is known before the file is opened.
    pub(super) fn size(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Path(path) => {
                fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
            }
            Content::Reader(_) => None,
        }
    }

    /// Whether the file can be read again.
    pub(super) fn is_repeatable(&self) -> bool {
        !matches!(self.content, Content::Reader(_))
    }

    /// Opens the file.
    pub(super) fn open(&self) -> io::Result<Opened> {
        match &self.content {
            Content::Bytes(bytes) => Ok(Opened::Bytes(bytes.clone())),
            Content::Path(path) => Ok(match file::open(path)? {
                OpenFile::Read(content) => Opened::Bytes(content.into()),
                OpenFile::Large(file) => Opened::File(file),
            }),
            Content::Reader(reader) => {
                let reader = reader.lock().take();
                let reader = reader.ok_or_else(|| {
                    io::Error::other(format!(
                        "{} comes from a reader, which has been sent already",
                        self.name
                    ))
                })?;
                Ok(Opened::Reader(reader))
            }
        }
    }
}

/// The content of a file that is open.
pub(super) enum Opened {
    Bytes(Arc<[u8]>),
    File(LargeFile),
    Reader(Box<dyn Read + Send>),
}

impl Opened {
    /// The length in bytes, if it is known.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Opened::Bytes(bytes) => Some(bytes.len() as u64),
            Opened::File(file) => Some(file.length()),
            Opened::Reader(_) => None,
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("name", &self.name).finish_non_exhaustive()
    }
}
