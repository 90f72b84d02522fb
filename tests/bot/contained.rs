//! A handler that panics or fails ends only that one call.

use std::cell::Cell;
use std::error::Error as StdError;
use std::fmt;
use std::panic::panic_any;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use syncord::bot::{HandlerError, Problem};
use syncord::events::{Event, MessageCreate};
use syncord::{Bot, Lanes, Result};

use super::scene::{Journal, Scene, bot, discord, eventually};

#[test]
fn a_panic_ends_one_call_and_keeps_what_the_handler_captured() {
    let scene = Scene::new(discord());
    let mut received = Vec::new();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        received.push(message.content.clone());
        assert_ne!(message.content, "bad", "the bad word");
        cx.reply(message, format!("number {}", received.len()))?;
        Ok(())
    });
    bot.during(|| {
        for text in ["good", "bad", "good again"] {
            scene.says(text);
        }
        scene.expect_messages(&["number 1", "number 3"]);
        Ok(())
    })
    .unwrap();
    assert_eq!(received, ["good", "bad", "good again"]);
    assert_eq!(scene.log().connections(), 1);
}

#[test]
fn errors_and_panics_are_reported_with_event_and_handler_and_other_handlers_run() {
    let scene = Scene::new(discord());
    let (mut reports, called) = (Vec::new(), Cell::new(0));
    let mut bot = bot(&scene.discord);
    let line = line!();
    bot.on_message(|_, _| panic!("at the {}", "disco"));
    bot.on_message(|_, _| Err("no good".into()));
    bot.on_message(|cx, _| {
        called.set(called.get() + 1);
        cx.stop();
        Ok(())
    });
    bot.on_error(|_, error| {
        let kind = match &error.problem {
            Problem::Panicked(_) => "panicked",
            Problem::Failed(_) => "failed",
            _ => "other",
        };
        reports.push((error.event.clone(), error.handler.clone(), kind, error.to_string()));
    });
    bot.during(|| {
        scene.says("hello");
        Ok(scene.discord.wait_until("the end", |discord| discord.live_sessions() == 0)?)
    })
    .unwrap();
    assert_eq!(called.get(), 1);
    let handler = |below| format!("on_message at {}:{}", file!(), line + below);
    let text = |below, what: &str| format!("{} {what}", handler(below));
    let event = || "MESSAGE_CREATE".to_owned();
    assert_eq!(
        reports,
        [
            (event(), handler(1), "panicked", text(1, "panicked on MESSAGE_CREATE: at the disco")),
            (event(), handler(2), "failed", text(2, "failed on MESSAGE_CREATE: no good")),
        ]
    );
}

#[test]
fn a_panic_in_on_error_is_caught() {
    let scene = Scene::new(discord());
    let mut reports = 0;
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if message.content == "end" {
            cx.stop();
            return Ok(());
        }
        Err("no good".into())
    });
    bot.on_error(|_, _| {
        reports += 1;
        panic!("on top of it");
    });
    bot.during(|| {
        for text in ["one", "two", "end"] {
            scene.says(text);
        }
        Ok(scene.discord.wait_until("the end", |discord| discord.live_sessions() == 0)?)
    })
    .unwrap();
    assert_eq!(reports, 2);
}

#[test]
fn panics_and_errors_of_timers_and_posted_closures_are_reported_by_name() {
    let discord = discord().start().unwrap();
    let journal = Journal::default();
    let mut calls = 0;
    let mut bot = bot(&discord);
    bot.every(Duration::from_millis(20), |cx| {
        calls += 1;
        match calls {
            1 => panic!("the first ring"),
            2 => Err("the second ring".into()),
            _ => Ok(cx.stop()),
        }
    });
    bot.on_error(|_, error| journal.add(format!("{} {}", error.event, error)));
    let handle = bot.handle();
    handle.post(|_| panic!("a post")).unwrap();
    handle.post(|_| Err("another post".into())).unwrap();
    bot.run().unwrap();
    let lines = journal.lines();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for (beginning, end) in [
        ("timer every(20ms) at ", " panicked on timer: the first ring"),
        ("timer every(20ms) at ", " failed on timer: the second ring"),
        ("post post at ", " panicked on post: a post"),
        ("post post at ", " failed on post: another post"),
    ] {
        let matches = |line: &&String| {
            line.starts_with(beginning) && line.ends_with(end) && line.contains("tests/bot/contained.rs:")
        };
        assert_eq!(lines.iter().filter(matches).count(), 1, "{beginning}…{end}: {lines:?}");
    }
}

#[test]
fn an_event_that_cannot_be_read_is_reported_and_the_next_one_is_handled() {
    let scene = Scene::new(discord());
    let (sender, reports) = mpsc::channel();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.reply(message, "read")?;
        }
        Ok(())
    });
    bot.on_error(|_, error| sender.send(error.to_string()).unwrap());
    bot.during(|| -> Result {
        let guild =
            serde_json::json!({"id": null, "channel_id": "2", "guild_id": "0", "content": "a message?"});
        scene.discord.dispatch("MESSAGE_CREATE", guild);
        scene.says("hello");
        scene.expect_messages(&["read"]);
        Ok(())
    })
    .unwrap();
    let report = reports.try_recv().unwrap();
    assert!(report.contains("was not called, because MESSAGE_CREATE could not be read: "), "{report}");
}

/// Panics when it is dropped, with a payload that panics when it is dropped, and so on for this number of levels.
struct Bomb(u32);

impl Drop for Bomb {
    fn drop(&mut self) {
        // A panic during a panic aborts the process; that is the program's.
        if self.0 > 0 && !thread::panicking() {
            panic_any(Bomb(self.0 - 1));
        }
    }
}

/// An error whose `Display` and `Drop` panic with such payloads.
#[derive(Debug)]
struct Hostile;

impl fmt::Display for Hostile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half of it")?;
        panic_any(Bomb(3));
    }
}

impl StdError for Hostile {}

impl Drop for Hostile {
    fn drop(&mut self) {
        if !thread::panicking() {
            panic_any(Bomb(20));
        }
    }
}

fn fails() -> Result {
    Err(Hostile.into())
}

fn panics() -> Result {
    panic_any(Bomb(20))
}

/// Runs a bot in which everything fails in hostile ways. Returns after it has handled a message after all that.
fn run_hostile_bot<'a>(journal: &'a Journal, set_up: impl FnOnce(&mut Bot<'a>)) {
    let scene = Scene::new(discord());
    let lanes = Lanes::new(1);
    let mut bot = bot(&scene.discord);
    bot.on_message(|_, _| fails());
    bot.on_message(|_, _| panics());
    bot.on_in::<MessageCreate>(&lanes, |_, _| fails());
    bot.on_in::<MessageCreate>(&lanes, |_, _| panics());
    bot.on_message(|cx, message| {
        cx.spawn(|_| fails())?;
        cx.spawn(|_| panics())?;
        journal.add(&message.content);
        Ok(())
    });
    for fails in [fails, panics] {
        bot.every(Duration::from_millis(30), move |_| {
            journal.add("timer");
            fails()
        });
    }
    set_up(&mut bot);
    let handle = bot.handle();
    handle.post(|_| fails()).unwrap();
    handle.post(|_| panics()).unwrap();
    bot.during(|| {
        for text in ["first", "second", "third"] {
            scene.says(text);
            journal.wait_for(text);
        }
        journal.wait_for_count(3, "timer");
        eventually("the end of the lanes", || lanes.queued() + lanes.running() == 0);
        // The job of each message ran, so no panic has stopped the lane.
        Ok(())
    })
    .unwrap();
}

fn messages(journal: &Journal) -> Vec<String> {
    journal.lines().into_iter().filter(|line| line != "timer").collect()
}

#[test]
fn errors_and_payloads_that_panic_when_they_are_shown_or_dropped_are_contained() {
    let journal = Journal::default();
    run_hostile_bot(&journal, |_| {});
    assert_eq!(messages(&journal), ["first", "second", "third"]);
}

#[test]
fn what_on_error_does_with_a_hostile_error_is_contained_too() {
    let (journal, reports) = (Journal::default(), Journal::default());
    run_hostile_bot(&journal, |bot| {
        bot.on_error(|_, error: &HandlerError| {
            reports.add(format!("{}: {error}", error.event));
            if let Problem::Failed(error) = &error.problem {
                let _ = error.to_string();
            }
            panic_any(Bomb(20));
        });
    });
    assert_eq!(messages(&journal), ["first", "second", "third"]);
    for event in ["MESSAGE_CREATE", "task", "timer", "post"] {
        for problem in
            [": half of it (its Display panicked: a panic without a message)", "a panic without a message"]
        {
            let is_it = |line: &&String| line.starts_with(event) && line.ends_with(problem);
            assert!(
                reports.lines().iter().any(|line| is_it(&line)),
                "{event}: {problem}: {:?}",
                reports.lines()
            );
        }
    }
}

/// A type of the program for messages, which panics when it is dropped.
#[derive(Deserialize)]
struct Said {
    content: String,
}

impl Event for Said {
    const NAME: &'static str = "MESSAGE_CREATE";
}

impl Drop for Said {
    fn drop(&mut self) {
        if !thread::panicking() {
            panic_any(Bomb(20));
        }
    }
}

#[test]
fn an_event_that_panics_when_it_is_dropped_reaches_every_handler() {
    let (scene, journal) = (Scene::new(discord()), Journal::default());
    let mut bot = bot(&scene.discord);
    bot.on_message(|_, message| Ok(journal.add(format!("1 {}", message.content))));
    bot.on::<Said>(|_, said| Ok(journal.add(format!("2 {}", said.content))));
    bot.on_message(|_, message| Ok(journal.add(format!("3 {}", message.content))));
    bot.on_error(|_, _| {});
    bot.during(|| {
        scene.says("ahoy");
        journal.wait_for("3 ahoy");
        Ok(())
    })
    .unwrap();
    assert_eq!(journal.lines(), ["1 ahoy", "2 ahoy", "3 ahoy"]);
}
