//! Conversations: threads that wait for what people do.

use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use syncord::Error;
use syncord::bot::Problem;
use syncord::events::{MessageCreate, MessageReactionAdd};

use crate::scene::{Diary, PATIENCE, bot, discord};

#[test]
fn a_task_holds_a_conversation_and_the_other_closures_hear_it_too() {
    let discord = discord().start().unwrap();
    let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    let diary = Diary::default();
    let mut bot = bot(&discord);
    bot.waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        diary.note(format!("heard {}", message.content));
        if message.content == "!order" {
            let (channel, user) = (message.channel_id, message.author.id);
            cx.spawn(move |task| {
                task.send(channel, "What will it be?")?;
                let answer = task.next_message(channel, user, PATIENCE)?.unwrap();
                task.reply(&answer, format!("one {}", answer.content))?;
                Ok(())
            })?;
        }
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "!order");
        assert_eq!(general.next_message()?.content, "What will it be?");
        bob.says(&general, "noise");
        ann.says(&general, "tea");
        assert_eq!(general.next_message()?.content, "one tea");
        diary.wait_for("heard tea");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_closure_that_sleeps_delays_no_conversation() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let (release, held) = mpsc::channel::<()>();
    let diary = Diary::default();
    let mut bot = bot(&discord);
    bot.waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        match message.content.as_str() {
            "begin" => {
                let (channel, user) = (message.channel_id, message.author.id);
                cx.spawn(move |task| {
                    let answer = task.next_message(channel, user, PATIENCE)?.unwrap();
                    task.send(channel, format!("got {}", answer.content))?;
                    Ok(())
                })?;
                diary.note("spawned");
            }
            // Until the script has seen the task answer.
            "block" => drop(held.recv_timeout(PATIENCE)),
            _ => {}
        }
        Ok(())
    });
    let diary = &diary;
    bot.during(move || {
        ann.says(&general, "begin");
        diary.wait_for("spawned");
        ann.says(&general, "block");
        assert_eq!(general.next_message()?.content, "got block");
        release.send(())?;
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_end_of_the_time_is_an_ordinary_result() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = bot(&discord);
    bot.waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let (channel, user) = (message.channel_id, message.author.id);
        Ok(cx.spawn(move |task| {
            let answer = task.next_message(channel, user, Duration::from_millis(50))?;
            assert!(answer.is_none());
            task.send(channel, "too late")?;
            Ok(())
        })?)
    });
    bot.during(|| {
        ann.says(&general, "hello");
        assert_eq!(general.next_message()?.content, "too late");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_wait_that_was_not_declared_fails_at_once_and_names_the_line_to_add() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let diary = Diary::default();
    let mut bot = bot(&discord);
    bot.on_message(|cx, _| {
        Ok(cx.spawn(|task| {
            let began = Instant::now();
            let result = task.next::<MessageReactionAdd>(|_| true, PATIENCE);
            assert!(began.elapsed() < PATIENCE / 2);
            result?;
            Ok(())
        })?)
    });
    bot.on_error(|_, error| diary.note(error));
    bot.during(|| {
        ann.says(&general, "hello");
        diary.wait_for("task at ");
        let line = &diary.lines()[0];
        assert!(line.contains("tasks.rs:") && line.contains("failed on task"), "{line}");
        assert!(line.ends_with("add .waits_for::<MessageReactionAdd>() to it"), "{line}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_panic_costs_its_task_and_is_reported_on_the_bots_thread() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let diary = Diary::default();
    let bots_thread = thread::current().id();
    let mut bot = bot(&discord);
    bot.on_message(|cx, message| match message.content.as_str() {
        "panic" => Ok(cx.spawn(|_| panic!("no way"))?),
        _ => Ok(diary.note("still here")),
    });
    bot.on_error(|_, error| {
        assert_eq!(thread::current().id(), bots_thread);
        assert!(matches!(&error.problem, Problem::Panicked(message) if message == "no way"));
        diary.note("reported");
    });
    bot.during(|| {
        ann.says(&general, "panic");
        diary.wait_for("reported");
        ann.says(&general, "hello");
        diary.wait_for("still here");
        Ok(())
    })
    .unwrap();
}

#[test]
fn when_the_pool_is_full_the_caller_gets_an_error() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let diary = Diary::default();
    let mut bot = bot(&discord);
    bot.max_tasks(1).waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        let (channel, user) = (message.channel_id, message.author.id);
        match cx.spawn(move |task| task.next_message(channel, user, PATIENCE).map(drop).map_err(Into::into)) {
            Ok(()) => diary.note("spawned"),
            Err(error) => {
                assert!(matches!(error, Error::Busy { .. }) && error.is_temporary());
                diary.note(error);
            }
        }
        // One more, at once.
        let error = cx.spawn(|_| Ok(())).unwrap_err().to_string();
        assert!(error.contains("bot.max_tasks"), "{error}");
        Ok(diary.note("second refused"))
    });
    bot.during(|| {
        ann.says(&general, "hello");
        diary.wait_for("second refused");
        assert_eq!(diary.lines(), ["spawned", "second refused"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_stop_ends_tasks_that_wait_without_an_error_report() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let diary = Diary::default();
    let (began, begun) = mpsc::channel();
    let begun = Mutex::new(begun);
    let mut bot = bot(&discord);
    bot.grace(PATIENCE).waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        let (channel, user, began) = (message.channel_id, message.author.id, began.clone());
        let sleeps = began.clone();
        cx.spawn(move |task| {
            sleeps.send(())?;
            Ok(task.sleep(10 * PATIENCE)?)
        })?;
        Ok(cx.spawn(move |task| {
            began.send(())?;
            task.next_message(channel, user, 10 * PATIENCE)?;
            Ok(())
        })?)
    });
    bot.on_error(|_, error| diary.note(error));
    let start = Instant::now();
    bot.during(|| {
        ann.says(&general, "hello");
        begun.lock().unwrap().recv_timeout(PATIENCE)?;
        begun.lock().unwrap().recv_timeout(PATIENCE)?;
        Ok(())
    })
    .unwrap();
    assert!(start.elapsed() < PATIENCE);
    assert_eq!(diary.lines(), [""; 0]);
}

#[test]
fn after_a_stop_what_tasks_post_still_runs_and_their_errors_are_still_reported() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let diary = Diary::default();
    let (began, begun) = mpsc::channel();
    let begun = Mutex::new(begun);
    let mut bot = bot(&discord);
    bot.grace(10 * PATIENCE);
    bot.on_message(|cx, _| {
        let began = began.clone();
        cx.spawn(move |task| {
            began.send(())?;
            // Until the stop.
            let stopped = task.sleep(10 * PATIENCE);
            assert!(matches!(stopped, Err(Error::Stopped)));
            // Only tasks are still at work then.
            thread::sleep(Duration::from_millis(500));
            let (tell, told) = mpsc::channel();
            task.poster().post(move |_| Ok(tell.send("posted")?))?;
            Err(told.recv_timeout(PATIENCE)?.into())
        })?;
        Ok(())
    });
    bot.on_error(|_, error| diary.note(error));
    bot.during(|| {
        ann.says(&general, "hello");
        Ok(begun.lock().unwrap().recv_timeout(PATIENCE)?)
    })
    .unwrap();
    let lines = diary.lines();
    assert!(lines.len() == 1 && lines[0].ends_with("failed on task: posted"), "{lines:?}");
}
