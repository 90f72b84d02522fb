//! Writes a recording, on a separate thread: neither a shard nor a request waits for the disk.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::line::{self, Call, Connection, Dropped, Event, Header, Line, Text};
use super::mask::Mask;
use super::settings::Recording;
use crate::error::Error;
use crate::replace_file::with_suffix;
use crate::sync::{Condvar, Mutex};
use crate::token::Token;

/// Maximum size in bytes of what waits for the disk. What comes beyond that is dropped.
const MAX_WAITING: usize = 16 * 1024 * 1024;

/// What an entry takes in addition to its texts, in bytes.
const ENTRY_SIZE: usize = 200;

/// The size in bytes that is kept for the line that says what was dropped.
const LAST_LINE: u64 = 300;

/// The end of the name of the recording before.
const OLD: &str = ".old";

const STACK: usize = 256 * 1024;

/// What was sent and received of a request.
pub(crate) struct RecordedCall<'a> {
    pub(crate) begun: Instant,
    pub(crate) method: &'static str,
    pub(crate) route: &'static str,
    pub(crate) path: &'a str,
    pub(crate) body: Option<&'a [u8]>,
    pub(crate) files: usize,
    /// The status and the body of the response, or why there is none.
    pub(crate) response: Result<(u16, &'a [u8]), String>,
    pub(crate) retry_after: Option<&'a str>,
    pub(crate) scope: Option<&'a str>,
}

/// The bot's own texts, which are not masked.
pub(crate) struct Vocabulary {
    /// The choices of its commands.
    pub(crate) choices: HashSet<String>,
    /// The words by which messages call its commands.
    pub(crate) words: Vec<String>,
}

/// Takes what a bot receives and sends. Ends when it is dropped or [finished](Recorder::finish).
#[derive(Debug)]
pub(crate) struct Recorder {
    start: Instant,
    queue: Arc<Queue>,
}

/// What the threads of the bot give to the writing thread.
#[derive(Debug, Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    entries: Vec<Entry>,
    /// The size of the entries, in bytes.
    size: usize,
    /// What did not fit since the last entry.
    dropped: Option<Dropped>,
    is_closed: bool,
    has_ended: bool,
}

#[derive(Debug)]
enum Entry {
    Event { at: u64, shard: u32, seq: Option<u64>, name: String, data: String },
    Call(Box<Call>),
    Connection(Connection),
    Dropped(Dropped),
}

impl Recorder {
    /// Creates the file, and starts the thread that writes it. `report` gets what a
    /// person has to know.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] if the file cannot be created.
    pub(crate) fn start(
        recording: &Recording,
        token: &Token,
        intents: u64,
        vocabulary: Vocabulary,
        report: impl Fn(&str) + Send + 'static,
    ) -> Result<Recorder, Error> {
        let path = &recording.path;
        let refused = |error: &io::Error| {
            Error::setup(format!(
                "the recording {} cannot be created: {error}; give bot.record(..) a file in a folder that exists and \
                 that the program may write to",
                path.display()
            ))
        };
        let file = create(path).map_err(|error| refused(&error))?;
        let Vocabulary { choices, words: own } = vocabulary;
        let words: Vec<String> = recording.words.iter().cloned().chain(own).collect();
        let header = Header {
            format: line::FORMAT,
            version: line::VERSION.to_owned(),
            started: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |time| u64::try_from(time.as_millis()).unwrap_or(0)),
            intents,
            masked: !recording.has_content,
            words: words.clone(),
        };
        let mask = Mask { has_content: recording.has_content, words: words.into_iter().collect(), choices };
        let queue = Arc::<Queue>::default();
        let writer = Writer {
            file,
            path: path.display().to_string(),
            left: recording.max_size.saturating_sub(LAST_LINE),
            mask,
            token: token.clone(),
            full: None,
        };
        let to_write = Arc::clone(&queue);
        let work = move || {
            let _end = EndOnDrop(&to_write);
            writer.run(&header, &to_write, &report);
        };
        let builder = thread::Builder::new().name("syncord-record".to_owned()).stack_size(STACK);
        builder.spawn(work).map_err(|error| refused(&error))?;
        Ok(Recorder { start: Instant::now(), queue })
    }

    /// `data` begins with the data of the event.
    pub(crate) fn event(&self, shard: u32, seq: Option<u64>, name: &str, data: &str) {
        let at = self.micros(Instant::now());
        let (name, data) = (name.to_owned(), data.to_owned());
        let size = name.len() + data.len();
        self.push(Entry::Event { at, shard, seq, name, data }, size);
    }

    pub(crate) fn connection(&self, shard: u32, change: String) {
        let at = self.micros(Instant::now());
        let size = change.len();
        self.push(Entry::Connection(Connection { at, shard, change }), size);
    }

    pub(crate) fn call(&self, call: &RecordedCall<'_>) {
        let text = |bytes: &[u8]| Text::Text(String::from_utf8_lossy(bytes).into_owned());
        let begun = self.micros(call.begun);
        let (status, response, error) = match &call.response {
            Ok((status, body)) => (Some(*status), (!body.is_empty()).then(|| text(body)), None),
            Err(error) => (None, None, Some(error.clone())),
        };
        let recorded = Call {
            at: begun,
            took: self.micros(Instant::now()).saturating_sub(begun),
            method: call.method.to_owned(),
            route: call.route.to_owned(),
            path: call.path.to_owned(),
            body: call.body.map(text),
            files: call.files,
            status,
            response,
            retry_after: call.retry_after.map(str::to_owned),
            scope: call.scope.map(str::to_owned),
            error,
        };
        let bodies = [&recorded.body, &recorded.response].into_iter().flatten();
        let size = bodies.map(|text| text.as_str().len()).sum::<usize>() + recorded.path.len();
        self.push(Entry::Call(Box::new(recorded)), size);
    }

    fn micros(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.start).as_micros()).unwrap_or(u64::MAX)
    }

    fn push(&self, entry: Entry, size: usize) {
        let mut waiting = self.queue.waiting.lock();
        if waiting.is_closed || waiting.has_ended {
            return;
        }
        let size = size + ENTRY_SIZE;
        if waiting.size + size > MAX_WAITING {
            let lost = entry.lost();
            let why = || "the disk was too slow".to_owned();
            let dropped = waiting.dropped.get_or_insert_with(|| Dropped {
                at: lost.at,
                why: why(),
                ..Dropped::default()
            });
            dropped.add(&lost);
            return;
        }
        let dropped = waiting.take_dropped();
        waiting.entries.extend(dropped);
        waiting.size += size;
        waiting.entries.push(entry);
        drop(waiting);
        self.queue.changed.notify_all();
    }

    /// Writes what is waiting, and ends the recording. Waits for that at most this long. Returns whether it has ended.
    pub(crate) fn finish(&self, timeout: Duration) -> bool {
        let mut waiting = self.queue.waiting.lock();
        waiting.is_closed = true;
        self.queue.changed.notify_all();
        let (waiting, _) =
            self.queue.changed.wait_timeout_while(waiting, timeout, |waiting| !waiting.has_ended);
        waiting.has_ended
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.queue.waiting.lock().is_closed = true;
        self.queue.changed.notify_all();
    }
}

impl Entry {
    /// What is lost if it is not written.
    fn lost(&self) -> Dropped {
        let one = |at, events, calls| Dropped { at, events, calls, why: String::new() };
        match self {
            Entry::Event { at, .. } => one(*at, 1, 0),
            Entry::Call(call) => one(call.at, 0, 1),
            Entry::Connection(connection) => one(connection.at, 0, 0),
            Entry::Dropped(dropped) => dropped.clone(),
        }
    }
}

impl Dropped {
    fn add(&mut self, other: &Dropped) {
        self.events += other.events;
        self.calls += other.calls;
    }
}

impl Waiting {
    /// What was dropped since the last entry, as an entry.
    fn take_dropped(&mut self) -> Option<Entry> {
        self.dropped.take().map(Entry::Dropped)
    }
}

/// Says that the writing thread has ended, also by a panic.
struct EndOnDrop<'a>(&'a Queue);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        let mut waiting = self.0.waiting.lock();
        waiting.has_ended = true;
        waiting.entries = Vec::new();
        drop(waiting);
        self.0.changed.notify_all();
    }
}

/// The writing thread.
struct Writer {
    file: File,
    path: String,
    /// The bytes that the file may still grow.
    left: u64,
    mask: Mask,
    token: Token,
    /// What was dropped since the file is full.
    full: Option<Dropped>,
}

impl Writer {
    fn run(mut self, header: &Header, queue: &Queue, report: &dyn Fn(&str)) {
        let written = self.write(&Line::Header(header.clone())).and_then(|_| self.write_all(queue, report));
        if let Err(error) = written {
            let path = &self.path;
            report(&format!(
                "the recording {path} ends here, because it cannot be written: {error}; the bot goes on"
            ));
        }
    }

    /// Writes until the recording is closed.
    fn write_all(&mut self, queue: &Queue, report: &dyn Fn(&str)) -> io::Result<()> {
        loop {
            let waiting = queue.waiting.lock();
            let mut waiting =
                queue.changed.wait_while(waiting, |waiting| waiting.entries.is_empty() && !waiting.is_closed);
            waiting.size = 0;
            let entries = std::mem::take(&mut waiting.entries);
            let dropped = waiting.take_dropped();
            let is_closed = waiting.is_closed;
            drop(waiting);
            for entry in entries.into_iter().chain(dropped) {
                self.add(entry, report)?;
            }
            if is_closed {
                let Some(full) = self.full.take() else { return Ok(()) };
                let line = self.text(&Line::Dropped(full))?;
                return self.file.write_all(line.as_bytes());
            }
        }
    }

    /// Writes an entry, or counts it if the file is full.
    fn add(&mut self, entry: Entry, report: &dyn Fn(&str)) -> io::Result<()> {
        let lost = entry.lost();
        if self.full.is_none() {
            let line = self.line(entry);
            if self.write(&line)? {
                return Ok(());
            }
            report(&format!("the recording {} is full: what follows is not recorded", self.path));
            self.full =
                Some(Dropped { at: lost.at, why: "the recording is full".to_owned(), ..Dropped::default() });
        }
        if let Some(full) = &mut self.full {
            full.add(&lost);
        }
        Ok(())
    }

    fn line(&self, entry: Entry) -> Line {
        let mask = &self.mask;
        match entry {
            Entry::Event { at, shard, seq, name, data } => {
                Line::Event(Event { at, shard, seq, name, data: mask.json(&data) })
            }
            Entry::Call(call) => Line::Call(masked_call(mask, *call)),
            Entry::Connection(connection) => Line::Connection(connection),
            Entry::Dropped(dropped) => Line::Dropped(dropped),
        }
    }

    /// Writes a line. Returns false if the file would grow too large.
    fn write(&mut self, line: &Line) -> io::Result<bool> {
        let text = self.text(line)?;
        let Some(left) = self.left.checked_sub(text.len() as u64) else { return Ok(false) };
        self.left = left;
        self.file.write_all(text.as_bytes())?;
        Ok(true)
    }

    /// A line as it is written, without the bot's token, wherever that was in it.
    fn text(&self, line: &Line) -> io::Result<String> {
        let mut text = serde_json::to_string(line)?;
        let token = self.token.reveal();
        if text.contains(token) {
            text = text.replace(token, "(the token)");
        }
        text.push('\n');
        Ok(text)
    }
}

fn masked_call(mask: &Mask, call: Call) -> Call {
    // Commands and their descriptions are the bot's own, and the bot compares them with its code. Error messages are Discord's.
    let is_own = call.route.contains("/commands");
    let is_error = call.status.is_some_and(|status| status >= 400);
    let masked = |text: Text, is_plain: bool| {
        let text = text.as_str();
        if is_plain { mask.own_json(text) } else { mask.json(text) }
    };
    Call {
        path: mask.path(&call.route, &call.path),
        body: call.body.map(|body| masked(body, is_own)),
        response: call.response.map(|response| masked(response, is_own || is_error)),
        ..call
    }
}

/// Creates the file. Only its owner can read it. A recording that is there stays, with another name: it may be that of a crash.
fn create(path: &Path) -> io::Result<File> {
    if fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() > 0) {
        fs::rename(path, with_suffix(path, OLD))?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests;
