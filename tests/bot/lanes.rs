//! Handlers in lanes: on other threads than the bot's, in order within a lane.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use syncord::Lanes;
use syncord::bot::Problem;
use syncord::events::MessageCreate;

use crate::logged;
use crate::scene::{Journal, TIMEOUT, bot, discord};

/// Blocks threads until it is opened.
#[derive(Default)]
struct Latch {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Latch {
    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let open = self.open.lock().unwrap();
        let (_open, timeout) = self.opened.wait_timeout_while(open, TIMEOUT, |open| !*open).unwrap();
        assert!(!timeout.timed_out());
    }
}

#[test]
fn a_lane_keeps_its_order_while_other_lanes_and_the_bots_thread_continue() {
    let discord = discord().start().unwrap();
    let (ann, general, random) =
        (discord.member("ann"), discord.channel("general"), discord.channel("random"));
    let (journal, latch) = (Arc::new(Journal::default()), Arc::new(Latch::default()));
    let lanes = Lanes::new(4).by_channel();
    let mut bot = bot(&discord);
    let (in_lane, handler_latch) = (journal.clone(), latch.clone());
    bot.on_in::<MessageCreate>(&lanes, move |_, message| {
        if message.content == "wait" {
            handler_latch.wait();
        }
        in_lane.add(format!("lane {}", message.content));
        Ok(())
    });
    bot.on_message(|_, message| Ok(journal.add(format!("bot {}", message.content))));
    bot.during(|| {
        ann.says(&general, "wait");
        ann.says(&general, "after");
        ann.says(&random, "elsewhere");
        journal.wait_for("lane elsewhere");
        journal.wait_for("bot after");
        assert!(!journal.lines().contains(&"lane after".to_owned()));
        assert_eq!(lanes.queued(), 1);
        latch.open();
        journal.wait_for("lane after");
        let lines = journal.lines();
        let position = |line: &str| lines.iter().position(|l| l == line).unwrap();
        assert!(position("lane wait") < position("lane after"));
        Ok(())
    })
    .unwrap();
}

#[test]
fn errors_and_panics_in_lanes_are_reported_on_the_bots_thread() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let bots_thread = thread::current().id();
    let lanes = Lanes::new(2);
    let mut bot = bot(&discord);
    bot.on_in::<MessageCreate>(&lanes, |_, message| match message.content.as_str() {
        "panic" => panic!("no way"),
        other => Err(other.to_owned().into()),
    });
    bot.on_error(|_, error| {
        assert_eq!(thread::current().id(), bots_thread);
        assert!(error.handler.starts_with("on_in::<MessageCreate> at "), "{}", error.handler);
        match &error.problem {
            Problem::Failed(cause) => journal.add(format!("failed: {cause}")),
            Problem::Panicked(message) => journal.add(format!("panicked: {message}")),
            other => panic!("{other:?}"),
        }
    });
    bot.during(|| {
        ann.says(&general, "panic");
        ann.says(&general, "oh");
        journal.wait_for("failed: oh");
        assert_eq!(journal.lines(), ["panicked: no way", "failed: oh"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_stop_waits_for_the_lanes() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let done = Arc::new(AtomicUsize::new(0));
    let lanes = Lanes::new(1);
    let mut bot = bot(&discord);
    bot.grace(TIMEOUT);
    let (sender, started) = mpsc::channel();
    let started = Mutex::new(started);
    let count = done.clone();
    bot.on_in::<MessageCreate>(&lanes, move |_, _| {
        let _ = sender.send(());
        thread::sleep(Duration::from_millis(200));
        count.fetch_add(1, Ordering::Relaxed);
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "one");
        ann.says(&general, "two");
        started.lock().unwrap().recv_timeout(TIMEOUT)?;
        started.lock().unwrap().recv_timeout(TIMEOUT)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(done.load(Ordering::Relaxed), 2);
}

#[test]
fn events_left_in_lanes_at_the_end_of_the_grace_period_are_reported() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let latch = Arc::new(Latch::default());
    let lanes = Lanes::new(1);
    let mut bot = bot(&discord);
    bot.grace(Duration::from_millis(100));
    let (sender, started) = mpsc::channel();
    let started = Mutex::new(started);
    let handler_latch = latch.clone();
    bot.on_in::<MessageCreate>(&lanes, move |_, _| {
        let _ = sender.send(());
        handler_latch.wait();
        Ok(())
    });
    let (lanes_to_watch, handle) = (lanes.clone(), bot.handle());
    let ((), _) = logged::during(|| {
        bot.during(|| {
            ann.says(&general, "one");
            started.lock().unwrap().recv_timeout(TIMEOUT)?;
            ann.says(&general, "two");
            while lanes_to_watch.queued() == 0 {
                thread::sleep(Duration::from_millis(5));
            }
            Ok(())
        })
        .unwrap();
    });
    latch.open();
    let report = handle.stop_report().unwrap();
    assert_eq!((report.events, report.waiting_jobs, report.running_jobs), (0, 1, 1));
}
