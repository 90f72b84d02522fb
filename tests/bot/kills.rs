//! A bot process that is killed again and again loses no event.

use std::collections::HashMap;
use std::env;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use syncord::Bot;
use syncord::sim::Discord;

use super::child;
use super::kill_on_drop::KillOnDrop;
use super::remember::Folder;
use super::scene::{TIMEOUT, discord};

/// How many events come in a second.
const RATE: u32 = 500;

/// The number of kills. More in `SYNCORD_KILLS`.
const KILLS: u32 = 8;

/// After a crash, what was handled in this time before it may come again: the documented 100 ms, and time for a machine that is
/// busy with other things.
const BOUND: Duration = Duration::from_millis(100);
const BUSY: Duration = Duration::from_secs(2);

/// An event that a process has handled, and when, since the Unix epoch.
#[derive(Clone, Copy, Debug)]
struct Line {
    event: u64,
    at: Duration,
}

/// The events that the processes have handled, in order. A line is written by one system call, so a kill does not lose it.
fn ledger(path: &Path) -> Vec<Line> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = |line: &str| {
        let (event, at) = line.split_once(' ').unwrap();
        Line { event: event.parse().unwrap(), at: Duration::from_micros(at.parse().unwrap()) }
    };
    // The last line may be in the middle of being read.
    let complete = text.rfind('\n').map_or("", |end| &text[..end]);
    complete.lines().map(line).collect()
}

struct Files {
    _folder: Folder,
    ledger: PathBuf,
    sessions: PathBuf,
}

impl Files {
    fn new() -> Files {
        let folder = Folder::new();
        Files { ledger: folder.0.join("ledger"), sessions: folder.file(), _folder: folder }
    }

    fn start_bot(&self, discord: &Discord) -> KillOnDrop {
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        let variables = [
            ("DISCORD_TOKEN", discord.token()),
            ("DISCORD_API_URL", discord.api_url()),
            ("SYNCORD_LEDGER", path(&self.ledger)),
            ("SYNCORD_SESSIONS", path(&self.sessions)),
        ];
        let mut command = child::command("kills::child_that_keeps_a_ledger", &variables);
        command.stdout(std::process::Stdio::null());
        KillOnDrop(command.spawn().unwrap())
    }

    /// Whether the session was saved. What is saved before it is when the bot identified.
    fn has_session(&self) -> bool {
        fs::read_to_string(&self.sessions).is_ok_and(|text| text.contains("session_id"))
    }

    /// The last event that was handled so far.
    fn last_event(&self) -> u64 {
        ledger(&self.ledger).iter().map(|line| line.event).max().unwrap_or(0)
    }

    fn wait_for_event(&self, event: u64) {
        let end = Instant::now() + TIMEOUT;
        while self.last_event() < event {
            assert!(Instant::now() < end, "timed out waiting for event {event}, after {}", self.last_event());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

#[test]
fn child_that_keeps_a_ledger() {
    if !child::is_child() {
        return;
    }
    let mut ledger =
        OpenOptions::new().create(true).append(true).open(env::var("SYNCORD_LEDGER").unwrap()).unwrap();
    let mut bot = Bot::from_env().unwrap();
    bot.remember(env::var("SYNCORD_SESSIONS").unwrap());
    bot.on_message(|_, message| {
        let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
        Ok(ledger.write_all(format!("{} {}\n", message.content, at.as_micros()).as_bytes())?)
    });
    let handle = bot.handle();
    ctrlc::set_handler(move || handle.stop()).unwrap();
    bot.run().unwrap();
}

/// Posts numbered messages at the rate until it is told to end. Returns the number of the last one.
fn post(discord: &Discord, ends: &AtomicBool, posted: &AtomicU64) {
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let began = Instant::now();
    while !ends.load(Ordering::Relaxed) {
        let due = u64::from(RATE) * u64::try_from(began.elapsed().as_millis()).unwrap() / 1000;
        while posted.load(Ordering::Relaxed) < due {
            let number = posted.fetch_add(1, Ordering::Relaxed) + 1;
            ann.says(&general, &number.to_string());
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Ends the posting.
struct EndOnDrop<'e>(&'e AtomicBool);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What a ledger shows.
#[derive(Debug, Default)]
struct Findings {
    events: u64,
    /// Events that came twice.
    twice: usize,
    /// The longest time that passed between the first handling of an event and the kill after which it came again.
    oldest: Duration,
    /// The most events that came again after one kill.
    most: usize,
}

/// Reads the ledger: every event must be in it, in order, but for repetitions that begin with the process after a kill.
fn read(lines: &[Line], posted: u64) -> Findings {
    let mut findings = Findings { events: posted, ..Findings::default() };
    let mut first = HashMap::new();
    let (mut last, mut again) = (None::<Line>, 0);
    for line in lines {
        if let Some(last) = last.filter(|last| line.event <= last.event) {
            let Some(&at) = first.get(&line.event) else { panic!("event {} came too late", line.event) };
            findings.oldest = findings.oldest.max(last.at.saturating_sub(at));
            again = 0;
        } else {
            let expected = last.map_or(1, |last| last.event + 1);
            assert_eq!(line.event, expected, "events were lost");
        }
        if first.insert(line.event, line.at).is_some() {
            findings.twice += 1;
            again += 1;
            findings.most = findings.most.max(again);
        }
        last = Some(*line);
    }
    assert_eq!(last.map(|last| last.event), Some(posted), "the last events were lost");
    findings
}

/// Runs a bot that this ends again and again, under load.
fn run(end: impl Fn(&mut Child)) -> (Findings, u32, Duration) {
    let kills = env::var("SYNCORD_KILLS").map_or(KILLS, |count| count.parse().unwrap());
    let discord = discord().rules(|rules| rules.replay_limit = 1_000_000).start().unwrap();
    let (files, ends, posted) = (Files::new(), AtomicBool::new(false), AtomicU64::new(0));
    let began = Instant::now();
    let mut bot = files.start_bot(&discord);
    // Before the first save, a kill would begin a new session.
    discord.wait_until("the first save", |_| files.has_session()).unwrap();
    thread::scope(|scope| {
        // Also when this panics: the scope waits for the poster.
        let _end = EndOnDrop(&ends);
        let poster = scope.spawn(|| post(&discord, &ends, &posted));
        for kill in 0..kills {
            // At another moment of the bot's life each time.
            files.wait_for_event(files.last_event() + 20 + 37 * u64::from(kill % 5));
            end(&mut bot.0);
            bot.0.wait().unwrap();
            bot = files.start_bot(&discord);
        }
        ends.store(true, Ordering::Relaxed);
        poster.join().unwrap();
    });
    let count = posted.load(Ordering::Relaxed);
    let limit = Instant::now() + TIMEOUT;
    while ledger(&files.ledger).last().is_none_or(|line| line.event < count) {
        assert!(
            Instant::now() < limit,
            "the last events are missing: {:?} of {count}",
            ledger(&files.ledger).last()
        );
        thread::sleep(Duration::from_millis(20));
    }
    drop(bot);
    let log = discord.log();
    assert_eq!((log.identifies(), log.resumes_rejected()), (1, 0), "each start resumes");
    assert_eq!(log.violations(), [""; 0]);
    (read(&ledger(&files.ledger), count), kills, began.elapsed())
}

#[test]
fn no_kill_loses_an_event_and_only_the_last_moments_come_again() {
    let (findings, kills, took) = run(|bot| bot.kill().unwrap());
    println!("{kills} kills in {took:?}, {} events: {findings:?}", findings.events);
    assert!(findings.oldest <= BOUND + BUSY, "{findings:?}");
}

#[test]
fn after_a_stop_no_event_is_lost_and_none_comes_twice() {
    if cfg!(windows) {
        println!("skipped: Windows has no SIGTERM");
        return;
    }
    let (findings, kills, took) = run(|bot| {
        let status = Command::new("kill").args(["-TERM", &bot.id().to_string()]).status().unwrap();
        assert!(status.success());
        assert!(bot.wait().unwrap().success(), "the bot ended with an error");
    });
    println!("{kills} stops in {took:?}, {} events: {findings:?}", findings.events);
    assert_eq!(findings.twice, 0, "{findings:?}");
}
