//! Commands that run in lanes, off the bot's thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};

use syncord::Lanes;
use syncord::tree::{command, integer};

use crate::scene::{Scene, ephemeral_reply};

#[test]
fn a_command_in_lanes_does_not_block_the_bots_thread() {
    let scene = Scene::new();
    let both = Arc::new(Barrier::new(2));
    let lanes = Lanes::new(2).by_user();
    let mut bot = scene.bot();
    let in_lane = Arc::clone(&both);
    bot.command(command("slow", "x").option("n", "x", integer(..)).run_in(&lanes, move |cx, n| {
        in_lane.wait();
        cx.reply(format!("slow {n}"))
    }))
    .command(command("quick", "x").run(|cx| {
        both.wait();
        cx.reply("quick")
    }));
    scene.play(bot, || {
        // The first command waits for the second.
        let slow = scene.ann.uses(&scene.general, "/slow n:3")?;
        let quick = scene.ann.uses(&scene.general, "/quick")?;
        assert_eq!(quick.reply()?.content, "quick");
        assert_eq!(slow.reply()?.content, "slow 3");
        Ok(())
    });
}

#[test]
fn commands_of_one_user_keep_their_order_and_errors_reach_on_error() {
    let scene = Scene::new();
    let (seen, errors) = (Arc::new(Mutex::new(Vec::new())), AtomicUsize::new(0));
    let lanes = Lanes::new(4).by_user();
    let mut bot = scene.bot();
    bot.on_error(|_, error| {
        assert!(error.to_string().starts_with("/count at "), "{error}");
        errors.fetch_add(1, Ordering::Relaxed);
    });
    let record = Arc::clone(&seen);
    bot.command(command("count", "x").option("n", "x", integer(0..)).run_in(&lanes, move |cx, n| {
        record.lock().unwrap().push(n);
        cx.reply(n.to_string())?;
        if n == 3 { Err("three is too many".into()) } else { Ok(()) }
    }));
    scene.play(bot, || {
        let used: Result<Vec<_>, _> =
            (0..8).map(|n| scene.ann.uses(&scene.general, &format!("/count n:{n}"))).collect();
        for (n, used) in used?.iter().enumerate() {
            assert_eq!(used.reply()?.content, n.to_string());
        }
        Ok(())
    });
    assert_eq!(*seen.lock().unwrap(), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(errors.load(Ordering::Relaxed), 1);
}

#[test]
fn checks_apply_in_lanes() {
    let scene = Scene::new();
    let lanes = Lanes::new(1);
    let mut bot = scene.bot();
    let rejects = syncord::tree::Check::new(|_| Err("Not now.".into()));
    bot.command(command("slow", "x").check(rejects).run_in(&lanes, |cx| cx.reply("never")));
    scene.play(bot, || {
        assert_eq!(ephemeral_reply(&scene.ann.uses(&scene.general, "/slow")?)?, "Not now.");
        Ok(())
    });
}

#[test]
fn a_command_dropped_by_full_lanes_gets_a_reply_and_is_reported() {
    let scene = Scene::new();
    let (busy, release) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let errors = Mutex::new(Vec::new());
    let lanes = Lanes::new(1).limit(1).drop_when_full();
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.lock().unwrap().push(error.to_string()));
    let (is_busy, may_continue) = (Arc::clone(&busy), Arc::clone(&release));
    bot.command(command("slow", "x").option("n", "x", integer(..)).run_in(&lanes, move |cx, n| {
        if n == 1 {
            is_busy.wait();
            may_continue.wait();
        }
        cx.reply(n.to_string())
    }));
    scene.play(bot, || {
        let first = scene.ann.uses(&scene.general, "/slow n:1")?;
        busy.wait();
        let second = scene.ann.uses(&scene.general, "/slow n:2")?;
        let third = scene.ann.uses(&scene.general, "/slow n:3")?;
        assert!(ephemeral_reply(&third)?.starts_with("Something went wrong"));
        release.wait();
        assert_eq!(first.reply()?.content, "1");
        assert_eq!(second.reply()?.content, "2");
        Ok(())
    });
    let errors = errors.into_inner().unwrap();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].ends_with("its lanes are full, so it was dropped"), "{errors:?}");
}

#[test]
fn a_lane_key_that_panics_fails_one_call_with_a_reply() {
    let scene = Scene::new();
    let errors = Mutex::new(Vec::new());
    let lanes = Lanes::new(1).by_key(|scope| match scope.guild_id {
        Some(guild) => guild.get(),
        None => panic!("no guild"),
    });
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.lock().unwrap().push(error.to_string()));
    bot.command(command("slow", "x").run_in(&lanes, |cx| cx.reply("done")));
    scene.play(bot, || {
        let direct = scene.discord.dm_channel(&scene.ann);
        let used = scene.ann.uses(&direct, "/slow")?;
        assert!(ephemeral_reply(&used)?.starts_with("Something went wrong"));
        assert_eq!(scene.ann_uses("/slow")?, "done");
        Ok(())
    });
    let errors = errors.into_inner().unwrap();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].starts_with("/slow at ") && errors[0].ends_with("no guild"), "{errors:?}");
}

#[test]
fn events_and_commands_with_one_lane_key_keep_their_order() {
    let scene = Scene::new();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let lanes = Lanes::new(4).by_channel();
    let mut bot = scene.bot();
    let (from_events, from_commands) = (Arc::clone(&seen), Arc::clone(&seen));
    bot.on_in::<syncord::events::MessageCreate>(&lanes, move |_, message| {
        if !message.author.bot {
            from_events.lock().unwrap().push(message.content.clone());
        }
        Ok(())
    });
    bot.command(command("count", "x").option("n", "x", integer(0..)).run_in(&lanes, move |cx, n| {
        from_commands.lock().unwrap().push(n.to_string());
        cx.reply(n.to_string())
    }));
    scene.play(bot, || {
        let mut last = None;
        for n in 0..20 {
            if n % 2 == 0 {
                scene.ann.says(&scene.general, &n.to_string());
            } else {
                last = Some(scene.ann.uses(&scene.general, &format!("/count n:{n}"))?);
            }
        }
        last.unwrap().reply()?;
        Ok(())
    });
    let expected: Vec<String> = (0..20).map(|n| n.to_string()).collect();
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
fn full_lanes_block_the_bots_thread_and_drop_nothing() {
    let scene = Scene::new();
    let release = Arc::new(Barrier::new(2));
    let ran = Arc::new(AtomicUsize::new(0));
    let lanes = Lanes::new(1).limit(1);
    let mut bot = scene.bot();
    let (may_continue, count) = (Arc::clone(&release), Arc::clone(&ran));
    bot.command(command("slow", "x").option("n", "x", integer(0..)).run_in(&lanes, move |cx, n| {
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            may_continue.wait();
        }
        cx.reply(n.to_string())
    }))
    .command(command("quick", "x").run(|cx| cx.reply(format!("after {}", ran.load(Ordering::SeqCst)))));
    scene.play(bot, || {
        let used: Result<Vec<_>, _> =
            (0..4).map(|n| scene.ann.uses(&scene.general, &format!("/slow n:{n}"))).collect();
        let quick = scene.ann.uses(&scene.general, "/quick")?;
        // One runs and one waits. The third blocks the bot's thread, and so the commands behind it.
        scene.discord.wait_until("the lane to be full", |_| lanes.queued() == 1)?;
        assert_eq!(lanes.dropped(), 0);
        release.wait();
        for (n, used) in used?.iter().enumerate() {
            assert_eq!(used.reply()?.content, n.to_string());
        }
        let after = quick.reply()?.content;
        assert!(["after 2", "after 3", "after 4"].contains(&after.as_str()), "{after}");
        Ok(())
    });
    assert_eq!(ran.load(Ordering::SeqCst), 4);
}
