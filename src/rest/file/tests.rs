#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{LargeFile, MAX_READ_AT_ONCE, OpenFile, open, read};

const LARGE: usize = MAX_READ_AT_ONCE as usize + 10;

/// A folder that is removed at the end of its test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        let path = std::env::temp_dir().join(format!("syncord-file-{:016x}", fastrand::u64(..)));
        fs::create_dir(&path).unwrap();
        Folder(path)
    }

    fn file(&self, content: &[u8]) -> PathBuf {
        let path = self.0.join("tide.bin");
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn large(path: &Path) -> LargeFile {
    match open(path).unwrap() {
        OpenFile::Large(file) => file,
        OpenFile::Read(_) => panic!("it was read"),
    }
}

fn sent(file: &mut LargeFile) -> std::io::Result<Vec<u8>> {
    let mut sent = Vec::new();
    file.reader()?.read_to_end(&mut sent)?;
    Ok(sent)
}

#[test]
fn a_large_file_can_be_sent_again() {
    let folder = Folder::new();
    let mut file = large(&folder.file(&[7; LARGE]));
    assert_eq!(file.length(), LARGE as u64);
    assert_eq!(sent(&mut file).unwrap(), [7; LARGE]);
    assert_eq!(sent(&mut file).unwrap(), [7; LARGE]);
}

#[test]
fn a_file_that_shrinks_while_it_is_sent_is_an_error_with_both_lengths() {
    let folder = Folder::new();
    let path = folder.file(&[7; LARGE]);
    let mut file = large(&path);
    let mut reader = file.reader().unwrap();
    reader.read_exact(&mut [0; 100]).unwrap();
    File::options().write(true).open(&path).unwrap().set_len(1000).unwrap();
    let error = reader.read_to_end(&mut Vec::new()).unwrap_err().to_string();
    assert_eq!(error, format!("it had {LARGE} bytes and now has 1000"));
}

#[test]
fn a_file_that_grows_is_sent_with_the_length_that_it_had() {
    let folder = Folder::new();
    let path = folder.file(&[7; LARGE]);
    let mut file = large(&path);
    let mut reader = file.reader().unwrap();
    let mut sent = vec![0; 100];
    reader.read_exact(&mut sent).unwrap();
    File::options().append(true).open(&path).unwrap().write_all(b"more").unwrap();
    reader.read_to_end(&mut sent).unwrap();
    assert_eq!(sent, [7; LARGE]);
}

#[test]
fn a_file_that_is_written_while_it_is_sent_fails_before_its_last_byte() {
    let folder = Folder::new();
    let path = folder.file(&[7; LARGE]);
    let mut file = large(&path);
    let mut reader = file.reader().unwrap();
    let mut sent = vec![0; 100];
    reader.read_exact(&mut sent).unwrap();
    touch(&path);
    let error = reader.read_to_end(&mut sent).unwrap_err().to_string();
    assert_eq!(error, "it has changed while it was sent");
    assert!(sent.len() < LARGE);
}

/// Sets another time of modification, as a write does.
fn touch(path: &Path) {
    let later = SystemTime::now() + Duration::from_secs(60);
    File::options().write(true).open(path).unwrap().set_modified(later).unwrap();
}

#[test]
fn a_file_that_has_changed_is_not_sent_again() {
    for change in ["written", "grown"] {
        let folder = Folder::new();
        let path = folder.file(&[7; LARGE]);
        let mut file = large(&path);
        assert!(sent(&mut file).is_ok());
        match change {
            "written" => touch(&path),
            _ => File::options().append(true).open(&path).unwrap().write_all(b"more").unwrap(),
        }
        let error = sent(&mut file).unwrap_err().to_string();
        assert_eq!(error, "it has changed since the first attempt to send it", "{change}");
    }
}

/// As while a call waits for a rate limit.
#[test]
fn before_the_first_attempt_a_file_may_only_grow() {
    let folder = Folder::new();
    let path = folder.file(&[7; LARGE]);
    let mut file = large(&path);
    File::options().append(true).open(&path).unwrap().write_all(b"more").unwrap();
    assert_eq!(sent(&mut file).unwrap(), [7; LARGE]);
    assert_eq!(sent(&mut file).unwrap(), [7; LARGE]);
    for length in [LARGE as u64, 7] {
        let mut file = large(&folder.file(&[7; LARGE]));
        File::options().write(true).open(&path).unwrap().set_len(length).unwrap();
        touch(&path);
        assert_eq!(
            sent(&mut file).unwrap_err().to_string(),
            "it has changed since it was opened",
            "{length}"
        );
    }
}

#[test]
fn a_file_that_is_written_again_with_more_content_has_not_grown() {
    let folder = Folder::new();
    let path = folder.file(&[7; LARGE]);
    let mut file = large(&path);
    folder.file(&[8; LARGE + 5]);
    assert_eq!(sent(&mut file).unwrap_err().to_string(), "it has changed since it was opened");
    let mut file = large(&path);
    let mut reader = file.reader().unwrap();
    let mut sent = vec![0; 100];
    reader.read_exact(&mut sent).unwrap();
    folder.file(&[9; LARGE + 10]);
    let error = reader.read_to_end(&mut sent).unwrap_err().to_string();
    assert_eq!(error, "it has changed while it was sent");
    assert!(sent.len() < LARGE + 5);
}

// Windows decides what becomes of a file that is open and removed.
#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_is_sent_as_it_was_opened() {
    let folder = Folder::new();
    let path = folder.file(&[7; LARGE]);
    let mut file = large(&path);
    fs::remove_file(&path).unwrap();
    folder.file(b"another");
    assert_eq!(sent(&mut file).unwrap(), [7; LARGE]);
}

#[test]
fn a_small_file_is_read_when_it_is_opened() {
    let folder = Folder::new();
    for length in [0, 1, LARGE - 10] {
        let path = folder.file(&vec![7; length]);
        let Ok(OpenFile::Read(content)) = open(&path) else { panic!("{length}") };
        assert_eq!(content, vec![7; length]);
    }
}

#[test]
fn at_most_the_maximum_and_one_byte_are_read() {
    let folder = Folder::new();
    let path = folder.file(b"12345");
    for (max, content) in [(9, &b"12345"[..]), (5, b"12345"), (3, b"1234")] {
        assert_eq!(read(&path, max).unwrap(), content);
    }
}

#[test]
fn a_directory_is_not_opened() {
    let folder = Folder::new();
    for error in [open(&folder.0).err(), read(&folder.0, 9).err()] {
        let text = error.unwrap().to_string();
        assert!(text.contains(folder.0.to_str().unwrap()) && text.contains("is a directory"), "{text}");
    }
}

/// Creates a named pipe, if the system can.
#[cfg(unix)]
fn pipe(folder: &Folder) -> Option<PathBuf> {
    let pipe = folder.0.join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: there is no mkfifo");
        return None;
    }
    Some(pipe)
}

/// The result of a function that must not wait.
#[cfg(unix)]
fn at_once<T: Send + 'static>(function: impl FnOnce() -> T + Send + 'static) -> T {
    let (result, done) = std::sync::mpsc::channel();
    std::thread::spawn(move || result.send(function()));
    done.recv_timeout(Duration::from_secs(30)).unwrap()
}

#[cfg(unix)]
#[test]
fn a_named_pipe_or_a_device_is_refused_and_never_waited_for() {
    let folder = Folder::new();
    let Some(pipe) = pipe(&folder) else { return };
    for (path, kind) in [(pipe, "a named pipe"), ("/dev/zero".into(), "a device")] {
        let error = at_once(move || open(&path).err());
        let text = error.unwrap().to_string();
        assert!(text.contains(&format!("is {kind}, not a regular file")), "{text}");
    }
}

/// The case that a pipe takes the place of a file between the check and the opening.
#[cfg(unix)]
#[test]
fn to_open_a_named_pipe_does_not_wait_for_a_writer() {
    let folder = Folder::new();
    let Some(pipe) = pipe(&folder) else { return };
    let file = at_once(move || {
        let mut options = File::options();
        options.read(true);
        super::never_wait(&mut options);
        options.open(&pipe)
    });
    assert!(super::check_regular(&file.unwrap().metadata().unwrap()).is_err());
}

#[cfg(target_os = "linux")]
#[test]
fn files_whose_metadata_has_another_length_are_sent_whole() {
    let Ok(metadata) = fs::metadata("/proc/self/status") else {
        println!("skipped: there is no /proc");
        return;
    };
    assert_eq!(metadata.len(), 0);
    let Ok(OpenFile::Read(content)) = open("/proc/self/status".as_ref()) else { panic!() };
    assert!(String::from_utf8(content).unwrap().contains("Pid:"));
    if let Ok(expected) = fs::read("/sys/kernel/mm/transparent_hugepage/enabled") {
        let Ok(OpenFile::Read(content)) = open("/sys/kernel/mm/transparent_hugepage/enabled".as_ref()) else {
            panic!()
        };
        assert_eq!(content, expected);
    }
}

/// A file that says 0 and has more than is read at once.
#[cfg(target_os = "linux")]
#[test]
fn a_large_file_of_unknown_length_is_an_error() {
    let Ok(content) = fs::read("/proc/kallsyms") else {
        println!("skipped: there is no /proc/kallsyms");
        return;
    };
    if content.len() as u64 <= MAX_READ_AT_ONCE {
        println!("skipped: /proc/kallsyms is small");
        return;
    }
    let text = open("/proc/kallsyms".as_ref()).err().unwrap().to_string();
    assert!(text.contains("says that it has 0 bytes, and it has more"), "{text}");
}
