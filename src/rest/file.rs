//! Opens files whose content is sent: once, and only regular ones.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

/// Files up to this size are read when they are opened, so that nothing can change them afterwards. This includes the files
/// of `/proc` and `/sys`, whose metadata has no or a wrong length.
const MAX_READ_AT_ONCE: u64 = 64 * 1024;

/// A file as it was when it was opened.
pub(super) enum OpenFile {
    /// The content.
    Read(Vec<u8>),
    Large(LargeFile),
}

/// A file that is read while it is sent.
pub(super) struct LargeFile {
    file: File,
    /// The length that is sent.
    length: u64,
    /// The file when it was opened, and after the first attempt when that began.
    seen: Version,
    /// The first and the last bytes of what is sent.
    ends: Vec<u8>,
    is_attempted: bool,
}

/// How many bytes at each end of a file show whether it was only added to, or written again.
const END: u64 = 4 * 1024;

/// What shows whether a file was changed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Version {
    length: u64,
    modified: Option<SystemTime>,
}

impl Version {
    fn of(metadata: &Metadata) -> Version {
        Version { length: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// Reads the first and the last bytes of a file of this length. Moves its position.
fn ends(mut file: &File, length: u64) -> io::Result<Vec<u8>> {
    let mut ends = Vec::new();
    for start in [0, length.saturating_sub(END)] {
        file.seek(SeekFrom::Start(start))?;
        file.take(END.min(length)).read_to_end(&mut ends)?;
    }
    Ok(ends)
}

/// Opens a file, and reads it if it is small.
///
/// # Errors
///
/// The error has the path in its text.
pub(super) fn open(path: &Path) -> io::Result<OpenFile> {
    open_unnamed(path).map_err(|error| named(path, &error))
}

/// Reads a file of at most `max` bytes. Of a larger one it reads one byte more than that.
///
/// # Errors
///
/// The error has the path in its text.
pub(super) fn read(path: &Path, max: usize) -> io::Result<Vec<u8>> {
    let read = || {
        let mut content = Vec::new();
        open_regular(path)?.0.take(max as u64 + 1).read_to_end(&mut content)?;
        Ok(content)
    };
    read().map_err(|error| named(path, &error))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} cannot be read: {error}", path.display()))
}

fn open_unnamed(path: &Path) -> io::Result<OpenFile> {
    let (mut file, metadata) = open_regular(path)?;
    let length = metadata.len();
    if length <= MAX_READ_AT_ONCE {
        let mut content = Vec::new();
        file.by_ref().take(MAX_READ_AT_ONCE + 1).read_to_end(&mut content)?;
        if content.len() as u64 <= MAX_READ_AT_ONCE {
            return Ok(OpenFile::Read(content));
        }
        // It has grown meanwhile, or its metadata is wrong.
        return Err(io::Error::other(format!(
            "the system says that it has {length} bytes, and it has more; read it in the program, and send its bytes"
        )));
    }
    let (seen, ends) = (Version::of(&metadata), ends(&file, length)?);
    Ok(OpenFile::Large(LargeFile { file, length, seen, ends, is_attempted: false }))
}

fn open_regular(path: &Path) -> io::Result<(File, Metadata)> {
    // To open a named pipe waits for a writer, and to open some devices has an effect.
    check_regular(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    never_wait(&mut options);
    let file = options.open(path)?;
    // Something else may have taken its place since.
    let metadata = file.metadata()?;
    check_regular(&metadata)?;
    Ok((file, metadata))
}

fn check_regular(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    let kind = kind(metadata);
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("it is {kind}, not a regular file; read it in the program, and send its bytes"),
    ))
}

#[cfg(unix)]
fn kind(metadata: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;

    let kind = metadata.file_type();
    if kind.is_dir() {
        "a directory"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind(metadata: &Metadata) -> &'static str {
    if metadata.is_dir() { "a directory" } else { "a device" }
}

/// Sets `O_NONBLOCK`, in case that a named pipe takes the place of the file before it is opened. It changes nothing for
/// regular files.
#[cfg(unix)]
fn never_wait(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;

    // The standard library has no name for the flag. Where the number is not known, the checks of the metadata remain.
    const NONBLOCK: i32 = if cfg!(any(target_os = "linux", target_os = "android")) {
        if cfg!(any(target_arch = "mips", target_arch = "mips64")) {
            0x80
        } else if cfg!(any(target_arch = "sparc", target_arch = "sparc64")) {
            0x4000
        } else {
            0x800
        }
    } else if cfg!(any(
        target_vendor = "apple",
        target_os = "freebsd",
        target_os = "dragonfly",
        target_os = "netbsd",
        target_os = "openbsd"
    )) {
        0x4
    } else {
        0
    };
    options.custom_flags(NONBLOCK);
}

#[cfg(not(unix))]
fn never_wait(_: &mut OpenOptions) {}

impl LargeFile {
    /// The length when it was opened.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Reads the file from its start, with exactly the length that it had when it was opened. What was added at its end since
    /// then is not read.
    ///
    /// # Errors
    ///
    /// It has changed, so that it is not what was opened, or not what an earlier attempt has sent.
    pub(super) fn reader(&mut self) -> io::Result<LargeFileReader<'_>> {
        let now = self.version()?;
        if self.is_attempted && now != self.seen {
            return Err(io::Error::other("it has changed since the first attempt to send it"));
        }
        if !self.has_only_grown_to(now)? {
            return Err(io::Error::other("it has changed since it was opened"));
        }
        (self.seen, self.is_attempted) = (now, true);
        (&self.file).rewind()?;
        Ok(LargeFileReader { left: self.length, file: self })
    }

    fn version(&self) -> io::Result<Version> {
        self.file.metadata().map(|metadata| Version::of(&metadata))
    }

    /// Whether a later version only has an addition at the end, as with a log. Moves the
    /// file's position.
    fn has_only_grown_to(&self, later: Version) -> io::Result<bool> {
        let has_grown = later.length > self.seen.length;
        Ok(later == self.seen || (has_grown && ends(&self.file, self.length)? == self.ends))
    }

    /// Checks the file after its last byte was read.
    fn check_after(&self) -> io::Result<()> {
        if self.has_only_grown_to(self.version()?)? {
            return Ok(());
        }
        Err(io::Error::other("it has changed while it was sent"))
    }
}

/// Reads exactly the announced length of a file, or fails.
pub(super) struct LargeFileReader<'a> {
    file: &'a LargeFile,
    left: u64,
}

impl Read for LargeFileReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if wanted == 0 {
            return Ok(0);
        }
        let count = (&self.file.file).read(&mut buffer[..wanted])?;
        if count == 0 {
            let length = self.file.length;
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                format!("it had {length} bytes and now has {}", length - self.left),
            ));
        }
        self.left -= count as u64;
        if self.left == 0 {
            // Without its last bytes the request is incomplete, so a server drops it.
            self.file.check_after()?;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
