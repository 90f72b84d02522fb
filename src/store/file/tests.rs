#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use super::FileStore;
use crate::error::Error;
use crate::gateway::intents::Intents;
use crate::id::ApplicationId;
use crate::replace_file::with_suffix;
use crate::store::{IdentifyRecord, SessionRecord, SessionStore};

/// A folder that is removed with its files.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("syncord-store-{}-{number}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("sessions.json")
    }

    #[cfg(unix)]
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn time(millis: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

fn session(shard: u32, sequence: u64) -> SessionRecord {
    let mut record =
        SessionRecord::new(ApplicationId::new(7), shard, 4, format!("session {shard}"), sequence);
    record.resume_url = Some("wss://gateway.example".to_owned());
    record.intents = Intents::GUILD_MESSAGES | Intents::GUILDS;
    (record.caught_up_at, record.saved_at) = (time(1_700_000_000_123), time(1_700_000_000_456));
    record
}

fn open(path: &Path) -> FileStore {
    FileStore::open(path).unwrap()
}

#[test]
fn records_are_found_again_by_the_next_process() {
    let folder = Folder::new();
    let identify = IdentifyRecord::new(ApplicationId::new(7), 2, time(5), time(9));
    let store = open(&folder.file());
    assert_eq!(store.load(0..4).unwrap(), []);
    store.save(&[session(0, 10), session(2, 20), session(3, 30)]).unwrap();
    store.save(&[session(2, 21)]).unwrap();
    store.save_identifies(std::slice::from_ref(&identify)).unwrap();
    store.remove(3..4).unwrap();
    drop(store);
    let store = open(&folder.file());
    assert_eq!(store.load(0..4).unwrap(), [session(0, 10), session(2, 21)]);
    assert_eq!(store.load(1..4).unwrap(), [session(2, 21)], "only the shards that were asked for");
    assert_eq!(store.load_identifies(0..4).unwrap(), [identify]);
}

#[test]
fn a_save_keeps_the_records_of_other_shards_that_were_not_loaded() {
    let folder = Folder::new();
    open(&folder.file()).save(&[session(0, 10)]).unwrap();
    open(&folder.file()).save(&[session(1, 5)]).unwrap();
    assert_eq!(open(&folder.file()).load(0..4).unwrap(), [session(0, 10), session(1, 5)]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    // What a process that was killed has left, with wrong permissions.
    fs::write(with_suffix(&folder.file(), ".new"), "half").unwrap();
    let store = open(&folder.file());
    store.save(&[session(0, 10)]).unwrap();
    for name in folder.names() {
        let mode = fs::metadata(folder.0.join(&name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    assert_eq!(folder.names(), ["sessions.json", "sessions.json.lock"]);
}

#[test]
fn one_store_at_a_time_uses_a_file() {
    let folder = Folder::new();
    let first = open(&folder.file());
    let error = FileStore::open(folder.file()).unwrap_err();
    assert!(
        matches!(&error, Error::Setup { problem } if problem.contains("in use by another process")),
        "{error}"
    );
    drop(first);
    open(&folder.file());
}

#[test]
fn a_path_that_can_never_work_is_an_error_at_the_start() {
    let folder = Folder::new();
    let error = FileStore::open(&folder.0).unwrap_err();
    assert!(error.to_string().contains("is a folder"), "{error}");
    let error = FileStore::open(folder.0.join("missing").join("sessions.json")).unwrap_err();
    assert!(error.to_string().contains("does not exist: create it"), "{error}");
}

#[test]
fn a_file_that_cannot_be_read_is_reported_once_and_kept_aside() {
    let record = serde_json::to_string(&session(0, 10)).unwrap();
    for (text, problem) in [
        (String::new(), "it is damaged"),
        (r#"{"format":1,"sessions":[{"for"#.to_owned(), "it is damaged"),
        ("[program]\nname = \"settings\"\n".to_owned(), "not a file of sessions"),
        (r#"{"format":1,"sessions":[{}],"identifies":[]}"#.to_owned(), "it is damaged"),
        (
            format!(r#"{{"format":2,"sessions":[{record}],"identifies":[]}}"#),
            "later version of syncord (format 2",
        ),
    ] {
        let folder = Folder::new();
        fs::write(folder.file(), &text).unwrap();
        let store = open(&folder.file());
        let error = store.load(0..4).unwrap_err().to_string();
        assert!(error.contains(problem) && error.contains("sessions.json.invalid"), "{error}");
        assert_eq!(store.load(0..4).unwrap(), [], "{text}");
        store.save(&[session(1, 5)]).unwrap();
        assert_eq!(store.load(0..4).unwrap(), [session(1, 5)], "{text}");
        assert_eq!(fs::read_to_string(with_suffix(&folder.file(), ".invalid")).unwrap(), text);
    }
}

/// A directory that is not empty cannot be replaced by a file, even if root runs the test.
fn block(path: &Path) {
    fs::create_dir_all(path.join("child")).unwrap();
}

#[test]
fn a_file_that_cannot_be_kept_aside_is_not_overwritten() {
    let folder = Folder::new();
    fs::write(folder.file(), "precious").unwrap();
    block(&with_suffix(&folder.file(), ".invalid"));
    let store = open(&folder.file());
    let error = store.load(0..4).unwrap_err().to_string();
    assert!(error.contains("the file is not written"), "{error}");
    assert!(store.save(&[session(0, 1)]).unwrap_err().to_string().contains("the file is not written"));
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), "precious");
}

#[test]
fn a_save_that_fails_leaves_the_old_file_and_the_next_one_catches_up() {
    let folder = Folder::new();
    let store = open(&folder.file());
    store.save(&[session(0, 10)]).unwrap();
    let before = fs::read(folder.file()).unwrap();
    block(&with_suffix(&folder.file(), ".new"));
    let error = store.save(&[session(1, 5)]).unwrap_err().to_string();
    assert!(error.contains("sessions.json cannot be written"), "{error}");
    assert_eq!(fs::read(folder.file()).unwrap(), before);
    fs::remove_dir_all(with_suffix(&folder.file(), ".new")).unwrap();
    store.save(&[session(2, 6)]).unwrap();
    drop(store);
    assert_eq!(
        open(&folder.file()).load(0..4).unwrap(),
        [session(0, 10), session(1, 5), session(2, 6)],
        "what could not be saved before is in the next save"
    );
}
