//! A closure that panics or errs costs that one call.

use std::cell::Cell;
use std::sync::mpsc;
use std::time::Duration;

use syncord::Result;
use syncord::bot::Problem;

use super::scene::{Diary, Scene, bot, discord};

#[test]
fn a_panic_costs_one_call_and_leaves_what_the_closure_captured() {
    let scene = Scene::new(discord());
    let mut heard = Vec::new();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        heard.push(message.content.clone());
        assert_ne!(message.content, "bad", "the bad word");
        cx.reply(message, format!("number {}", heard.len()))?;
        Ok(())
    });
    bot.during(|| {
        for text in ["good", "bad", "good again"] {
            scene.says(text);
        }
        scene.hears(&["number 1", "number 3"]);
        Ok(())
    })
    .unwrap();
    assert_eq!(heard, ["good", "bad", "good again"]);
    assert_eq!(scene.log().connections(), 1);
}

#[test]
fn errors_and_panics_are_reported_with_event_and_handler_and_other_closures_go_on() {
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
fn a_panic_in_on_error_is_contained_too() {
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
fn timers_and_posted_closures_are_contained_and_named() {
    let discord = discord().start().unwrap();
    let diary = Diary::default();
    let mut rings = 0;
    let mut bot = bot(&discord);
    bot.every(Duration::from_millis(20), |cx| {
        rings += 1;
        match rings {
            1 => panic!("the first ring"),
            2 => Err("the second ring".into()),
            _ => Ok(cx.stop()),
        }
    });
    bot.on_error(|_, error| diary.note(format!("{} {}", error.event, error)));
    let poster = bot.poster();
    poster.post(|_| panic!("a post")).unwrap();
    poster.post(|_| Err("another post".into())).unwrap();
    bot.run().unwrap();
    let lines = diary.lines();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for (beginning, end) in [
        ("timer every(20ms) at ", " panicked on timer: the first ring"),
        ("timer every(20ms) at ", " failed on timer: the second ring"),
        ("post post at ", " panicked on post: a post"),
        ("post post at ", " failed on post: another post"),
    ] {
        let is_so = |line: &&String| {
            line.starts_with(beginning) && line.ends_with(end) && line.contains("tests/bot/contained.rs:")
        };
        assert_eq!(lines.iter().filter(is_so).count(), 1, "{beginning}…{end}: {lines:?}");
    }
}

#[test]
fn an_event_that_cannot_be_read_is_reported_and_the_next_one_comes() {
    let scene = Scene::new(discord());
    let (told, reports) = mpsc::channel();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.reply(message, "read")?;
        }
        Ok(())
    });
    bot.on_error(|_, error| told.send(error.to_string()).unwrap());
    bot.during(|| -> Result {
        let guild =
            serde_json::json!({"id": "1", "channel_id": "2", "guild_id": "0", "content": "a message?"});
        scene.discord.dispatch("MESSAGE_CREATE", guild);
        scene.says("hello");
        scene.hears(&["read"]);
        Ok(())
    })
    .unwrap();
    let report = reports.try_recv().unwrap();
    assert!(report.contains("was not called, because MESSAGE_CREATE could not be read: "), "{report}");
}
