//! Closures in lanes: beside the bot's thread, in order where order matters.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use syncord::Lanes;
use syncord::bot::Problem;
use syncord::events::MessageCreate;

use crate::logged;
use crate::scene::{Diary, PATIENCE, bot, discord};

/// Something that waits until it is opened.
#[derive(Default)]
struct Door {
    open: Mutex<bool>,
    opened: Condvar,
}

impl Door {
    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }

    fn pass(&self) {
        let open = self.open.lock().unwrap();
        let (_open, timeout) = self.opened.wait_timeout_while(open, PATIENCE, |open| !*open).unwrap();
        assert!(!timeout.timed_out());
    }
}

#[test]
fn a_lane_keeps_its_order_while_others_and_the_bots_thread_go_on() {
    let discord = discord().start().unwrap();
    let (ann, general, random) =
        (discord.member("ann"), discord.channel("general"), discord.channel("random"));
    let (diary, door) = (Arc::new(Diary::default()), Arc::new(Door::default()));
    let lanes = Lanes::new(4).by_channel();
    let mut bot = bot(&discord);
    let (in_lane, held) = (diary.clone(), door.clone());
    bot.on_in::<MessageCreate>(&lanes, move |_, message| {
        if message.content == "wait" {
            held.pass();
        }
        in_lane.note(format!("lane {}", message.content));
        Ok(())
    });
    bot.on_message(|_, message| Ok(diary.note(format!("bot {}", message.content))));
    bot.during(|| {
        ann.says(&general, "wait");
        ann.says(&general, "after");
        ann.says(&random, "elsewhere");
        diary.wait_for("lane elsewhere");
        diary.wait_for("bot after");
        assert!(!diary.lines().contains(&"lane after".to_owned()));
        assert_eq!(lanes.queued(), 1);
        door.open();
        diary.wait_for("lane after");
        let lines = diary.lines();
        let place = |line: &str| lines.iter().position(|l| l == line).unwrap();
        assert!(place("lane wait") < place("lane after"));
        Ok(())
    })
    .unwrap();
}

#[test]
fn errors_and_panics_in_lanes_are_reported_on_the_bots_thread() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let diary = Diary::default();
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
            Problem::Failed(cause) => diary.note(format!("failed: {cause}")),
            Problem::Panicked(message) => diary.note(format!("panicked: {message}")),
            other => panic!("{other:?}"),
        }
    });
    bot.during(|| {
        ann.says(&general, "panic");
        ann.says(&general, "oh");
        diary.wait_for("failed: oh");
        assert_eq!(diary.lines(), ["panicked: no way", "failed: oh"]);
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
    bot.grace(PATIENCE);
    let (began, begun) = mpsc::channel();
    let begun = Mutex::new(begun);
    let count = done.clone();
    bot.on_in::<MessageCreate>(&lanes, move |_, _| {
        let _ = began.send(());
        thread::sleep(Duration::from_millis(200));
        count.fetch_add(1, Ordering::Relaxed);
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "one");
        ann.says(&general, "two");
        begun.lock().unwrap().recv_timeout(PATIENCE)?;
        begun.lock().unwrap().recv_timeout(PATIENCE)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(done.load(Ordering::Relaxed), 2);
}

#[test]
fn what_lanes_leave_undone_at_the_end_of_the_grace_period_is_reported() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let door = Arc::new(Door::default());
    let lanes = Lanes::new(1);
    let mut bot = bot(&discord);
    bot.grace(Duration::from_millis(100));
    let (began, begun) = mpsc::channel();
    let begun = Mutex::new(begun);
    let held = door.clone();
    bot.on_in::<MessageCreate>(&lanes, move |_, _| {
        let _ = began.send(());
        held.pass();
        Ok(())
    });
    let watched = lanes.clone();
    let ((), lines) = logged::during(|| {
        bot.during(|| {
            ann.says(&general, "one");
            begun.lock().unwrap().recv_timeout(PATIENCE)?;
            ann.says(&general, "two");
            while watched.queued() == 0 {
                thread::sleep(Duration::from_millis(5));
            }
            Ok(())
        })
        .unwrap();
    });
    door.open();
    let report = lines.iter().find(|line| line.contains("unhandled")).unwrap();
    assert!(report.contains("0 events, 0 posted closures and 1 events in lanes"), "{report}");
}
