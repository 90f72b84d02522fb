//! Replaces a file as a whole, so that no reader and no crash sees half of it.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The end of the name of the temporary file.
pub(crate) const NEW: &str = ".new";

/// Writes a file that only its owner can read. It stays as it was if that fails. `sync`: waits until it is on the disk.
pub(crate) fn replace(path: &Path, content: &[u8], sync: bool) -> io::Result<()> {
    let new = with_suffix(path, NEW);
    let written = create(&new).and_then(|mut file| {
        file.write_all(content)?;
        if sync { file.sync_all() } else { Ok(()) }
    });
    let replaced = written.and_then(|()| fs::rename(&new, path));
    if replaced.is_err() {
        // It takes room on a disk that may be full.
        let _ = fs::remove_file(&new);
    }
    replaced
}

/// The path with something after its name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Creates an empty file that only its owner can read. One that an earlier process has left is replaced.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            options.open(path)
        }
        result => result,
    }
}
