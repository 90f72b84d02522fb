//! A lock that one process at a time can hold, and that the system releases when the process ends, however it ends.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Holds the lock until it is dropped.
#[derive(Debug)]
pub(super) struct FileLock {
    _file: File,
}

/// Why there is no lock.
#[derive(Debug)]
pub(super) enum NotLocked {
    /// Another process holds it, or another store of this one.
    InUse,
    /// The file of the lock cannot be used.
    Failed(io::Error),
}

impl FileLock {
    /// Takes the lock of this file, which is created if there is none. It stays when the lock is released: if it were removed,
    /// two processes could hold locks of two files with the same path.
    pub(super) fn take(path: &Path) -> Result<FileLock, NotLocked> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        lock(&mut options, path).map(|file| FileLock { _file: file })
    }
}

// `File::try_lock` of the standard library needs Rust 1.89.
#[cfg(unix)]
fn lock(options: &mut OpenOptions, path: &Path) -> Result<File, NotLocked> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;

    let file = options.mode(0o600).open(path).map_err(NotLocked::Failed)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(Errno::WOULDBLOCK) => Err(NotLocked::InUse),
        Err(error) => Err(NotLocked::Failed(error.into())),
    }
}

#[cfg(windows)]
fn lock(options: &mut OpenOptions, path: &Path) -> Result<File, NotLocked> {
    use std::os::windows::fs::OpenOptionsExt;

    /// The system's code for a file that is open elsewhere.
    const ERROR_SHARING_VIOLATION: i32 = 32;

    options.share_mode(0).open(path).map_err(|error| match error.raw_os_error() {
        Some(ERROR_SHARING_VIOLATION) => NotLocked::InUse,
        _ => NotLocked::Failed(error),
    })
}

#[cfg(not(any(unix, windows)))]
fn lock(options: &mut OpenOptions, path: &Path) -> Result<File, NotLocked> {
    options.open(path).map_err(NotLocked::Failed)
}
