//! A store in a file.

use std::fs;
use std::io::{self, ErrorKind};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::lock::{FileLock, NotLocked};
use super::record::{IdentifyRecord, SessionRecord};
use super::records::Records;
use super::session_store::SessionStore;
use crate::error::{BoxError, Error, Result};
use crate::replace_file::{replace, with_suffix};
use crate::sync::Mutex;

/// How often the system is made to write the file to its disk. The end of the process loses nothing that was saved; only the
/// end of the machine can lose the saves of this time.
const SYNC_INTERVAL: Duration = Duration::from_secs(10);

/// Keeps the records in a file that only its owner can read, and that one process at a time can use.
///
/// The file is replaced as a whole, so it is never half written. A file that cannot be read, or that a later version has
/// written, is kept under its name with `.invalid`, and its records are not used. Next to the file are `.lock`, which stays,
/// and for moments `.new`.
///
/// ```
/// use syncord::store::{FileStore, SessionStore};
///
/// # let directory = std::env::temp_dir().join(format!("syncord-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&directory)?;
/// # let path = directory.join("sessions.json");
/// let store = FileStore::open(&path)?;
/// assert!(FileStore::open(&path).is_err(), "it is in use");
/// assert_eq!(store.load(0..1)?, []);
/// # drop(store);
/// # std::fs::remove_dir_all(&directory)?;
/// # Ok::<(), syncord::BoxError>(())
/// ```
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    state: Mutex<State>,
    /// `None` if the lock's file could not be created, as on a full disk.
    _lock: Option<FileLock>,
}

#[derive(Debug)]
struct State {
    /// What the file has, or is about to have. `None` until it is read.
    records: Option<Records>,
    /// Why the file must not be written: it has something that could neither be read nor moved away.
    blocked: Option<String>,
    synced: Option<Instant>,
}

impl FileStore {
    /// Opens the store in this file. It is created if it does not exist.
    ///
    /// A disk that is full or can only be read is no error here: saving then fails, and the bot reports it.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when another process uses the file, or another store of this one, and when its folder does not exist.
    pub fn open(path: impl AsRef<Path>) -> Result<FileStore, Error> {
        let path = path.as_ref().to_owned();
        if path.is_dir() {
            return Err(Error::setup(format!(
                "sessions cannot be kept in {}, which is a folder: add the name of a file to it",
                path.display()
            )));
        }
        let lock = match FileLock::take(&with_suffix(&path, ".lock")) {
            Ok(lock) => Some(lock),
            Err(NotLocked::InUse) => {
                return Err(Error::setup(format!(
                    "the sessions in {} are in use by another process, or by another bot of this one: stop it first, or \
                     give each its own file",
                    path.display()
                )));
            }
            Err(NotLocked::Failed(error)) if error.kind() == ErrorKind::NotFound => {
                return Err(Error::setup(format!(
                    "the folder of {} does not exist: create it, or give another path for the sessions",
                    path.display()
                )));
            }
            Err(NotLocked::Failed(error)) => {
                log::warn!(
                    "two processes could use the sessions in {} at once, because the file cannot be locked: {error}",
                    path.display()
                );
                None
            }
        };
        let state = State { records: None, blocked: None, synced: None };
        Ok(FileStore { path, state: Mutex::new(state), _lock: lock })
    }

    /// Changes the records and writes the file.
    fn change(&self, change: impl FnOnce(&mut Records)) -> Result {
        let mut state = self.state.lock();
        let read = self.read(&mut state);
        change(state.records.get_or_insert_default());
        if let Some(problem) = &state.blocked {
            return Err(problem.clone().into());
        }
        // The file has been moved away, so it is reported, but not in the way.
        if let Err(problem) = read {
            log::warn!("{problem}");
        }
        let is_sync_due = state.synced.is_none_or(|synced| synced.elapsed() >= SYNC_INTERVAL);
        let text = state.records.get_or_insert_default().to_json()?;
        replace(&self.path, &text, is_sync_due).map_err(|error| self.problem("written", &error))?;
        if is_sync_due {
            state.synced = Some(Instant::now());
        }
        Ok(())
    }

    /// Reads the file, unless it was read before. The error says why it has no records that can be used.
    fn read(&self, state: &mut State) -> Result {
        if state.records.is_some() {
            return Ok(());
        }
        state.records = Some(Records::default());
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => {
                let problem = self.problem("read", &error);
                state.blocked = Some(problem.to_string());
                return Err(problem);
            }
        };
        let problem = match Records::from_json(&text) {
            Ok(records) => {
                state.records = Some(records);
                return Ok(());
            }
            Err(problem) => problem,
        };
        let (path, kept) = (self.path.display(), with_suffix(&self.path, ".invalid"));
        let problem = match fs::rename(&self.path, &kept) {
            Ok(()) => format!(
                "the sessions in {path} cannot be used: {problem}; the file is now {}",
                kept.display()
            ),
            Err(error) => {
                let problem = format!(
                    "the sessions in {path} cannot be used: {problem}; the file is not written, because it could not be \
                     moved away ({error})"
                );
                state.blocked = Some(problem.clone());
                problem
            }
        };
        Err(problem.into())
    }

    fn problem(&self, what: &str, error: &io::Error) -> BoxError {
        format!("{} cannot be {what}: {error}", self.path.display()).into()
    }
}

impl SessionStore for FileStore {
    fn load(&self, shards: Range<u32>) -> Result<Vec<SessionRecord>> {
        let mut state = self.state.lock();
        self.read(&mut state)?;
        Ok(state.records.as_ref().map(|records| records.sessions(shards)).unwrap_or_default())
    }

    fn save(&self, records: &[SessionRecord]) -> Result {
        self.change(|all| all.put(records))
    }

    fn remove(&self, shards: Range<u32>) -> Result {
        self.change(|all| all.remove(&shards))
    }

    fn load_identifies(&self, shards: Range<u32>) -> Result<Vec<IdentifyRecord>> {
        let mut state = self.state.lock();
        self.read(&mut state)?;
        Ok(state.records.as_ref().map(|records| records.identifies(shards)).unwrap_or_default())
    }

    fn save_identifies(&self, records: &[IdentifyRecord]) -> Result {
        self.change(|all| all.put_identifies(records))
    }
}

#[cfg(test)]
mod tests;
