//! Files to be sent: [uploading files](https://docs.discord.com/developers/reference#uploading-files).

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::Error;
use crate::model::limits::MAX_ATTACHMENT_DESCRIPTION;
use crate::rest::check::{at_field, chars};
use crate::sync::Mutex;

/// A file to be sent with a message, a sticker, or whatever else takes one.
///
/// It is read while it is sent and never held whole by this library. Discord's limit on its size depends
/// on where it is sent: [10 MiB](https://docs.discord.com/developers/reference#uploading-files) unless the
/// server has been boosted.
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
    /// Empty once it has been sent.
    Reader(Arc<Mutex<Option<Box<dyn Read + Send>>>>),
}

impl Upload {
    /// A file of this name with this content.
    pub fn bytes(name: impl Into<String>, content: impl AsRef<[u8]>) -> Upload {
        Upload::new(name.into(), Content::Bytes(content.as_ref().into()))
    }

    /// A file of this machine, under its own name. It is opened when it is sent.
    pub fn path(path: impl AsRef<Path>) -> Upload {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Upload::new(name.unwrap_or_default(), Content::Path(path.to_owned()))
    }

    /// A file of this name with what can be read from there.
    ///
    /// It can be sent once: neither a failed call nor a second one reads it again.
    pub fn reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Upload {
        let reader: Box<dyn Read + Send> = Box::new(reader);
        Upload::new(name.into(), Content::Reader(Arc::new(Mutex::new(Some(reader)))))
    }

    fn new(name: String, content: Content) -> Upload {
        Upload { name, title: None, description: None, content }
    }

    /// Names it otherwise.
    pub fn filename(mut self, name: impl Into<String>) -> Upload {
        self.name = name.into();
        self
    }

    /// Gives it a title: at most 1,024 characters.
    pub fn title(mut self, title: impl Into<String>) -> Upload {
        self.title = Some(title.into());
        self
    }

    /// Describes it to those who cannot see it: at most 1,024 characters.
    pub fn description(mut self, description: impl Into<String>) -> Upload {
        self.description = Some(description.into());
        self
    }

    /// Hides it until it is clicked, by a name that begins with `SPOILER_`.
    pub fn spoiler(mut self) -> Upload {
        if !self.name.starts_with("SPOILER_") {
            self.name.insert_str(0, "SPOILER_");
        }
        self
    }

    /// Its name; `attachment://name` shows it in an embed or a component.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its title.
    pub fn title_text(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Its description.
    pub fn description_text(&self) -> Option<&str> {
        self.description.as_deref()
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.name.is_empty() {
            return Err(Error::invalid("filename", "is empty: a file needs a name, best with an extension"));
        }
        for (name, text) in [("title", &self.title), ("description", &self.description)] {
            let text = text.as_deref().unwrap_or_default();
            at_field(chars(0..=MAX_ATTACHMENT_DESCRIPTION)(text), || name.to_owned())?;
        }
        Ok(())
    }

    /// Whether there is something to be said of it beside its name.
    pub(super) fn is_described(&self) -> bool {
        self.title.is_some() || self.description.is_some()
    }

    /// How many bytes it has, where that is known before it is opened.
    pub(super) fn size(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Path(path) => {
                fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
            }
            Content::Reader(_) => None,
        }
    }

    /// Whether it can be read again.
    pub(super) fn is_repeatable(&self) -> bool {
        !matches!(self.content, Content::Reader(_))
    }

    /// What it holds, and how much where that is known.
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
