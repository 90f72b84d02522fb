//! Tasks: threads that wait for events in a conversation.

use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use syncord::bot::Problem;
use syncord::events::{MessageCreate, MessageReactionAdd};
use syncord::{Bot, Error};

use crate::child;
use crate::scene::{Journal, TIMEOUT, bot, discord};

#[test]
fn a_task_and_the_handlers_receive_the_same_messages() {
    let discord = discord().start().unwrap();
    let (ann, bob, general) = (discord.member("ann"), discord.member("bob"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = bot(&discord);
    bot.waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        journal.add(format!("received {}", message.content));
        if message.content == "!order" {
            let (channel, user) = (message.channel_id, message.author.id);
            cx.spawn(move |task| {
                task.send(channel, "What will it be?")?;
                let answer = task.next_message(channel, user, TIMEOUT)?.unwrap();
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
        journal.wait_for("received tea");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_blocking_handler_does_not_delay_a_task() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let (release, released) = mpsc::channel::<()>();
    let journal = Journal::default();
    let mut bot = bot(&discord);
    bot.waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        match message.content.as_str() {
            "begin" => {
                let (channel, user) = (message.channel_id, message.author.id);
                cx.spawn(move |task| {
                    let answer = task.next_message(channel, user, TIMEOUT)?.unwrap();
                    task.send(channel, format!("got {}", answer.content))?;
                    Ok(())
                })?;
                journal.add("spawned");
            }
            // Until the script has received the message of the task.
            "block" => drop(released.recv_timeout(TIMEOUT)),
            _ => {}
        }
        Ok(())
    });
    let journal = &journal;
    bot.during(move || {
        ann.says(&general, "begin");
        journal.wait_for("spawned");
        ann.says(&general, "block");
        assert_eq!(general.next_message()?.content, "got block");
        release.send(())?;
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_timeout_returns_none() {
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
fn an_undeclared_wait_fails_at_once_and_names_the_line_to_add() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = bot(&discord);
    bot.on_message(|cx, _| {
        Ok(cx.spawn(|task| {
            let start = Instant::now();
            let result = task.next::<MessageReactionAdd>(|_| true, TIMEOUT);
            assert!(start.elapsed() < TIMEOUT / 2);
            result?;
            Ok(())
        })?)
    });
    bot.on_error(|_, error| journal.add(error));
    bot.during(|| {
        ann.says(&general, "hello");
        journal.wait_for("task at ");
        let line = &journal.lines()[0];
        assert!(line.contains("tasks.rs:") && line.contains("failed on task"), "{line}");
        assert!(line.ends_with("add .waits_for::<MessageReactionAdd>() to it"), "{line}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_panic_ends_its_task_and_is_reported_on_the_bots_thread() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let bots_thread = thread::current().id();
    let mut bot = bot(&discord);
    bot.on_message(|cx, message| match message.content.as_str() {
        "panic" => Ok(cx.spawn(|_| panic!("no way"))?),
        _ => Ok(journal.add("still here")),
    });
    bot.on_error(|_, error| {
        assert_eq!(thread::current().id(), bots_thread);
        assert!(matches!(&error.problem, Problem::Panicked(message) if message == "no way"));
        journal.add("reported");
    });
    bot.during(|| {
        ann.says(&general, "panic");
        journal.wait_for("reported");
        ann.says(&general, "hello");
        journal.wait_for("still here");
        Ok(())
    })
    .unwrap();
}

#[test]
fn spawning_beyond_max_tasks_returns_an_error() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = bot(&discord);
    bot.max_tasks(1).waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        let (channel, user) = (message.channel_id, message.author.id);
        match cx.spawn(move |task| task.next_message(channel, user, TIMEOUT).map(drop).map_err(Into::into)) {
            Ok(()) => journal.add("spawned"),
            Err(error) => {
                assert!(matches!(error, Error::Busy { .. }) && error.is_temporary());
                journal.add(error);
            }
        }
        // A second task at the same time.
        let error = cx.spawn(|_| Ok(())).unwrap_err().to_string();
        assert!(error.contains("bot.max_tasks"), "{error}");
        Ok(journal.add("second refused"))
    });
    bot.during(|| {
        ann.says(&general, "hello");
        journal.wait_for("second refused");
        assert_eq!(journal.lines(), ["spawned", "second refused"]);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_task_for_which_the_system_has_no_thread_is_an_error_and_takes_no_place() {
    if cfg!(windows) {
        println!("skipped: on Windows, the test runner of the child needs a thread too");
        return;
    }
    let discord = discord().start().unwrap();
    let token = ("DISCORD_TOKEN", discord.token());
    let api = ("DISCORD_API_URL", discord.api_url());
    // No machine has room for such a stack. Those of the shards have their own size.
    let stack = ("RUST_MIN_STACK", (1_u64 << 46).to_string());
    child::run("tasks::child_without_threads_for_tasks", &[token, api, stack]);
}

/// Runs only as a child process of the test above.
#[test]
fn child_without_threads_for_tasks() {
    if !child::is_child() {
        return;
    }
    let mut errors = Vec::new();
    let mut bot = Bot::from_env().unwrap();
    bot.max_tasks(1).on_ready(|cx, _| {
        errors.extend((0..2).filter_map(|_| cx.spawn(|_| Ok(())).err()));
        Ok(cx.stop())
    });
    bot.run().unwrap();
    assert_eq!(errors.len(), 2);
    for error in errors {
        assert!(matches!(error, Error::Busy { .. }) && error.is_temporary(), "{error}");
        assert!(error.to_string().starts_with("the system gives no thread for a task: "), "{error}");
    }
}

#[test]
fn a_stop_ends_waiting_tasks_without_an_error_report() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let (sender, started) = mpsc::channel();
    let started = Mutex::new(started);
    let mut bot = bot(&discord);
    bot.grace(TIMEOUT).waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        let (channel, user, sender) = (message.channel_id, message.author.id, sender.clone());
        let sleeper = sender.clone();
        cx.spawn(move |task| {
            sleeper.send(())?;
            Ok(task.sleep(10 * TIMEOUT)?)
        })?;
        Ok(cx.spawn(move |task| {
            sender.send(())?;
            task.next_message(channel, user, 10 * TIMEOUT)?;
            Ok(())
        })?)
    });
    bot.on_error(|_, error| journal.add(error));
    let start = Instant::now();
    bot.during(|| {
        ann.says(&general, "hello");
        started.lock().unwrap().recv_timeout(TIMEOUT)?;
        started.lock().unwrap().recv_timeout(TIMEOUT)?;
        Ok(())
    })
    .unwrap();
    assert!(start.elapsed() < TIMEOUT);
    assert_eq!(journal.lines(), [""; 0]);
}

#[test]
fn a_task_that_outlives_the_bot_cannot_call_discord() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let (ended, is_over) = mpsc::channel();
    let (sender, result) = mpsc::channel();
    let (is_over, result) = (Mutex::new(Some(is_over)), Mutex::new(result));
    let mut bot = bot(&discord);
    bot.grace(Duration::from_millis(100));
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let (is_over, sender) = (is_over.lock().unwrap().take().unwrap(), sender.clone());
        let channel = message.channel_id;
        Ok(cx.spawn(move |task| {
            sender.send(task.send(channel, "still here").map(drop))?;
            is_over.recv()?;
            sender.send(task.send(channel, "too late").map(drop))?;
            Ok(())
        })?)
    });
    bot.during(|| {
        ann.says(&general, "hello");
        Ok(result.lock().unwrap().recv_timeout(TIMEOUT)??)
    })
    .unwrap();
    ended.send(()).unwrap();
    let late = result.lock().unwrap().recv_timeout(TIMEOUT).unwrap();
    assert!(matches!(late, Err(Error::Stopped)), "{late:?}");
}

#[test]
fn tasks_may_post_and_report_errors_after_a_stop() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let (sender, started) = mpsc::channel();
    let started = Mutex::new(started);
    let mut bot = bot(&discord);
    bot.grace(10 * TIMEOUT);
    bot.on_message(|cx, _| {
        let sender = sender.clone();
        cx.spawn(move |task| {
            sender.send(())?;
            // Until the stop.
            let stopped = task.sleep(10 * TIMEOUT);
            assert!(matches!(stopped, Err(Error::Stopped)));
            // By now only tasks run.
            thread::sleep(Duration::from_millis(500));
            let (sender, receiver) = mpsc::channel();
            task.handle().post(move |_| Ok(sender.send("posted")?))?;
            Err(receiver.recv_timeout(TIMEOUT)?.into())
        })?;
        Ok(())
    });
    bot.on_error(|_, error| journal.add(error));
    bot.during(|| {
        ann.says(&general, "hello");
        Ok(started.lock().unwrap().recv_timeout(TIMEOUT)?)
    })
    .unwrap();
    let lines = journal.lines();
    assert!(lines.len() == 1 && lines[0].ends_with("failed on task: posted"), "{lines:?}");
}
