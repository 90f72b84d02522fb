//! An echo bot, a member who talks to it, and a journal of what happened.

use std::fmt::Display;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use syncord::Bot;
use syncord::events::{Disconnected, Gap};
use syncord::sim::{Builder, Channel, Discord, Log, Member};

/// The timeout for everything, long enough for a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

/// A simulated Discord with this timeout.
pub(crate) fn discord() -> Builder {
    Discord::builder().timeout(TIMEOUT)
}

/// A simulated Discord with a heartbeat interval of one second, which accepts late heartbeats.
pub(crate) fn fast_heartbeats() -> Builder {
    let tolerant = Duration::from_secs(15);
    discord().heartbeat_interval(Duration::from_secs(1)).rules(|rules| rules.heartbeat_tolerance = tolerant)
}

/// A bot of this simulated Discord, without handlers.
pub(crate) fn bot<'a>(discord: &Discord) -> Bot<'a> {
    let mut bot = Bot::new(&discord.token()).unwrap();
    bot.api_url(discord.api_url());
    bot
}

/// Lines in the order of what happened, written on the bot's thread and read on others.
#[derive(Default)]
pub(crate) struct Journal {
    lines: Mutex<Vec<String>>,
    changed: Condvar,
}

impl Journal {
    pub(crate) fn add(&self, line: impl Display) {
        self.lines.lock().unwrap().push(line.to_string());
        self.changed.notify_all();
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// Waits until this number of lines starts with `beginning`.
    pub(crate) fn wait_for_count(&self, count: usize, beginning: &str) {
        let missing =
            |lines: &mut Vec<String>| lines.iter().filter(|l| l.starts_with(beginning)).count() < count;
        let lines = self.lines.lock().unwrap();
        let (lines, timeout) = self.changed.wait_timeout_while(lines, TIMEOUT, missing).unwrap();
        let lines = lines.clone();
        assert!(!timeout.timed_out(), "timed out waiting for {count} times {beginning:?}: {lines:?}");
    }

    pub(crate) fn wait_for(&self, beginning: &str) {
        self.wait_for_count(1, beginning);
    }

    /// Adds a line for each change of the connection, each READY and each message of a person.
    pub(crate) fn record<'a>(&'a self, bot: &mut Bot<'a>) {
        bot.on_ready(|_, _| Ok(self.add("ready")));
        bot.on_connected(|_, connected| {
            Ok(self.add(if connected.resumed { "resumed" } else { "connected" }))
        });
        bot.on(|_, disconnected: &Disconnected| {
            Ok(self.add(format!(
                "disconnected {:?} {:?}: {}",
                disconnected.code, disconnected.after, disconnected.why
            )))
        });
        bot.on(|_, gap: &Gap| Ok(self.add(format!("gap after {:?}: {}", gap.last_seq, gap.why))));
        bot.on_message(|_, message| {
            if !message.author.bot {
                self.add(format!("received {}", message.content));
            }
            Ok(())
        });
    }
}

/// A simulated Discord with a member Ann, a channel, and an echo bot with its journal.
pub(crate) struct Scene {
    pub(crate) discord: Discord,
    pub(crate) journal: Journal,
    pub(crate) ann: Member,
    general: Channel,
}

impl Scene {
    pub(crate) fn new(discord: Builder) -> Scene {
        let discord = discord.start().unwrap();
        let (ann, general) = (discord.member("ann"), discord.channel("general"));
        Scene { discord, journal: Journal::default(), ann, general }
    }

    /// An echo bot that does not run yet.
    pub(crate) fn echo_bot(&self) -> Bot<'_> {
        let mut bot = bot(&self.discord);
        self.journal.record(&mut bot);
        bot.on_error(|_, error| self.journal.add(format!("error: {error}")));
        bot.on_message(|cx, message| {
            if !message.author.bot {
                cx.reply(message, &message.content)?;
                self.journal.add(format!("echoed {}", message.content));
            }
            Ok(())
        });
        bot
    }

    /// Runs an echo bot while the script runs.
    pub(crate) fn run(&self, script: impl FnOnce() + Send) {
        self.echo_bot().during(|| Ok(script())).unwrap();
    }

    pub(crate) fn says(&self, text: &str) {
        self.ann.says(&self.general, text);
    }

    /// Asserts that the bot's next messages are exactly these.
    pub(crate) fn expect_messages(&self, texts: &[&str]) {
        for text in texts {
            let message = self.general.next_message().unwrap();
            assert_eq!(message.content, *text, "{:?}", self.journal.lines());
        }
    }

    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn(&Log) -> bool) {
        let waited = self.discord.wait_until(what, |discord| condition(&discord.log()));
        waited.unwrap_or_else(|error| panic!("{error}; {:?}", self.journal.lines()));
    }

    /// The log of the simulated Discord, which must show no violation of a rule.
    pub(crate) fn log(&self) -> Log {
        let log = self.discord.log();
        assert_eq!(log.violations(), [""; 0]);
        log
    }
}

/// Runs an echo bot that must keep its session across a fault: messages before, during and after the fault are echoed
/// once each, in order, with a single identify.
pub(crate) fn assert_resumes(discord: Builder, fault: impl FnOnce(&Scene) + Send) -> Log {
    let scene = Scene::new(discord);
    scene.run(|| {
        scene.says("before");
        scene.expect_messages(&["before"]);
        // The echo can arrive before the handler returns.
        scene.journal.wait_for("echoed before");
        fault(&scene);
        scene.says("meanwhile");
        scene.wait_until("the session to continue", |log| log.resumes() > 0);
        scene.says("afterwards");
        scene.expect_messages(&["meanwhile", "afterwards"]);
        scene.journal.wait_for("resumed");
    });
    let (log, journal) = (scene.log(), scene.journal.lines());
    assert_eq!(log.identifies(), 1, "{journal:?}");
    assert!(journal.iter().all(|line| !line.starts_with("gap") && !line.starts_with("error")), "{journal:?}");
    log
}

/// Runs the cases on one thread each; they mostly wait.
pub(crate) fn in_parallel<T: Sync>(cases: &[T], run: impl Fn(&T) + Sync) {
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| run(case));
        }
    });
}

/// Polls until a condition holds.
pub(crate) fn eventually(what: &str, condition: impl Fn() -> bool) {
    let end = Instant::now() + TIMEOUT;
    while !condition() {
        assert!(Instant::now() < end, "timed out waiting for {what}");
        thread::sleep(Duration::from_millis(5));
    }
}
