//! Files to send: [uploading files](https://docs.discord.com/developers/reference#uploading-files).

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::Error;
use crate::model::limits::MAX_ATTACHMENT_DESCRIPTION;
use crate::rest::check::{at_field, chars};
use crate::sync::Mutex;

/// A file to send, for example with a message or as a sticker.
///
/// The file is read while it is sent, so it is never in memory as a whole. Discord's limit on its size depends on the
/// guild: [10 MiB](https://docs.discord.com/developers/reference#uploading-files), or more in a boosted one.
///
/// ```
/// use syncord::rest::Upload;
///
/// let note = Upload::bytes("note.txt", "The tide is in.").description("The state of the tide");
/// let map = Upload::path("charts/north.png").spoiler();
/// assert_eq!((note.name(), map.name()), ("note.txt", "SPOILER_north.png"));
/// ```
#[derive(Clone)]
#[must_use]
pub struct Upload {
    name: String,
    title: Option<String>,
    description: Option<String>,
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

    /// Creates a file from a path, under the name in the path. The file is opened when it is sent.
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
        Upload { name, title: None, description: None, content }
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

    /// Hides the file until a user clicks it, by the prefix `SPOILER_` in its name.
    pub fn spoiler(mut self) -> Upload {
        if !self.name.starts_with("SPOILER_") {
            self.name.insert_str(0, "SPOILER_");
        }
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

    /// Whether it has a title or a description.
    pub(super) fn is_described(&self) -> bool {
        self.title.is_some() || self.description.is_some()
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

    /// Opens the file. Returns its content, and its length if that is known.
    pub(super) fn open(&self) -> io::Result<(Box<dyn Read + Send>, Option<u64>)> {
        match &self.content {
            Content::Bytes(bytes) => {
                let length = bytes.len() as u64;
                Ok((Box::new(io::Cursor::new(bytes.clone())), Some(length)))
            }
            Content::Path(path) => {
                let file = File::open(path).map_err(|e| {
                    io::Error::new(e.kind(), format!("{} cannot be read: {e}", path.display()))
                })?;
                let metadata = file.metadata()?;
                Ok((Box::new(file), metadata.is_file().then_some(metadata.len())))
            }
            Content::Reader(reader) => {
                let reader = reader.lock().take();
                let reader = reader.ok_or_else(|| {
                    io::Error::other(format!(
                        "{} comes from a reader, which has been sent already",
                        self.name
                    ))
                })?;
                Ok((reader, None))
            }
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("name", &self.name).finish_non_exhaustive()
    }
}
