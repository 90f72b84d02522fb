//! An echo bot, somebody who talks to it, and a diary of what happened.

use std::fmt::Display;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use syncord::Bot;
use syncord::events::{Disconnected, Gap};
use syncord::sim::{Builder, Channel, Discord, Log, Member};

/// How long anything may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A Discord that is waited for patiently.
pub(crate) fn discord() -> Builder {
    Discord::builder().timeout(PATIENCE)
}

/// A Discord that asks for a heartbeat each second, and forgives late ones.
pub(crate) fn quick() -> Builder {
    let tolerant = Duration::from_secs(15);
    discord().heartbeat_interval(Duration::from_secs(1)).rules(|rules| rules.heartbeat_tolerance = tolerant)
}

/// A bot of that Discord's, with nothing registered.
pub(crate) fn bot<'a>(discord: &Discord) -> Bot<'a> {
    let mut bot = Bot::new(&discord.token()).unwrap();
    bot.api_url(discord.api_url());
    bot
}

/// Lines in the order in which things happened, written on the bot's thread and read on others.
#[derive(Default)]
pub(crate) struct Diary {
    lines: Mutex<Vec<String>>,
    changed: Condvar,
}

impl Diary {
    pub(crate) fn note(&self, line: impl Display) {
        self.lines.lock().unwrap().push(line.to_string());
        self.changed.notify_all();
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// Waits until so many lines begin like this.
    pub(crate) fn wait_for_several(&self, count: usize, beginning: &str) {
        let missing =
            |lines: &mut Vec<String>| lines.iter().filter(|l| l.starts_with(beginning)).count() < count;
        let lines = self.lines.lock().unwrap();
        let (lines, timeout) = self.changed.wait_timeout_while(lines, PATIENCE, missing).unwrap();
        let lines = lines.clone();
        assert!(!timeout.timed_out(), "waited for {count} times {beginning:?} in vain: {lines:?}");
    }

    pub(crate) fn wait_for(&self, beginning: &str) {
        self.wait_for_several(1, beginning);
    }

    /// Notes what happens to the bot's connection, READY, and what people say.
    pub(crate) fn keep<'a>(&'a self, bot: &mut Bot<'a>) {
        bot.on_ready(|_, _| Ok(self.note("ready")));
        bot.on_connected(|_, connected| {
            Ok(self.note(if connected.resumed { "resumed" } else { "connected" }))
        });
        bot.on(|_, gone: &Disconnected| {
            Ok(self.note(format!("disconnected {:?} {:?}: {}", gone.code, gone.after, gone.why)))
        });
        bot.on(|_, gap: &Gap| Ok(self.note(format!("gap after {:?}: {}", gap.last_seq, gap.why))));
        bot.on_message(|_, message| {
            if !message.author.bot {
                self.note(format!("heard {}", message.content));
            }
            Ok(())
        });
    }
}

/// Ann, a channel, and an echo bot that keeps a diary.
pub(crate) struct Scene {
    pub(crate) discord: Discord,
    pub(crate) diary: Diary,
    pub(crate) ann: Member,
    general: Channel,
}

impl Scene {
    pub(crate) fn new(discord: Builder) -> Scene {
        let discord = discord.start().unwrap();
        let (ann, general) = (discord.member("ann"), discord.channel("general"));
        Scene { discord, diary: Diary::default(), ann, general }
    }

    /// An echo bot, not yet running.
    pub(crate) fn echo_bot(&self) -> Bot<'_> {
        let mut bot = bot(&self.discord);
        self.diary.keep(&mut bot);
        bot.on_error(|_, error| self.diary.note(format!("error: {error}")));
        bot.on_message(|cx, message| {
            if !message.author.bot {
                cx.reply(message, &message.content)?;
                self.diary.note(format!("echoed {}", message.content));
            }
            Ok(())
        });
        bot
    }

    /// Runs an echo bot while the script does.
    pub(crate) fn play(&self, script: impl FnOnce() + Send) {
        self.echo_bot().during(|| Ok(script())).unwrap();
    }

    pub(crate) fn says(&self, text: &str) {
        self.ann.says(&self.general, text);
    }

    /// Takes the bot's next messages: these, and no other in between.
    pub(crate) fn hears(&self, texts: &[&str]) {
        for text in texts {
            let message = self.general.next_message().unwrap();
            assert_eq!(message.content, *text, "{:?}", self.diary.lines());
        }
    }

    pub(crate) fn wait_until(&self, what: &str, so: impl Fn(&Log) -> bool) {
        let waited = self.discord.wait_until(what, |discord| so(&discord.log()));
        waited.unwrap_or_else(|error| panic!("{error}; {:?}", self.diary.lines()));
    }

    /// What the simulated Discord counted, which no rule was broken for.
    pub(crate) fn log(&self) -> Log {
        let log = self.discord.log();
        assert_eq!(log.violations(), [""; 0]);
        log
    }
}

/// Plays an echo bot that must come through the trouble with its session: what is said before, meanwhile and
/// afterwards is echoed once each, in order, and it logs in only once.
pub(crate) fn resumes(discord: Builder, trouble: impl FnOnce(&Scene) + Send) -> Log {
    let scene = Scene::new(discord);
    scene.play(|| {
        scene.says("before");
        scene.hears(&["before"]);
        // The echo can be heard before the bot knows that it was sent.
        scene.diary.wait_for("echoed before");
        trouble(&scene);
        scene.says("meanwhile");
        scene.wait_until("the session to go on", |log| log.resumes() > 0);
        scene.says("afterwards");
        scene.hears(&["meanwhile", "afterwards"]);
        scene.diary.wait_for("resumed");
    });
    let (log, diary) = (scene.log(), scene.diary.lines());
    assert_eq!(log.identifies(), 1, "{diary:?}");
    assert!(diary.iter().all(|line| !line.starts_with("gap") && !line.starts_with("error")), "{diary:?}");
    log
}

/// Does several things that mostly wait at the same time.
pub(crate) fn at_once<T: Sync>(cases: &[T], play: impl Fn(&T) + Sync) {
    thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| play(case));
        }
    });
}

/// Waits until something is so that wakes nobody.
pub(crate) fn eventually(what: &str, so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !so() {
        assert!(Instant::now() < end, "waited for {what} in vain");
        thread::sleep(Duration::from_millis(5));
    }
}
