//! Commands that run in lanes, beside the bot's thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};

use syncord::Lanes;
use syncord::tree::{command, integer};

use crate::scene::{Scene, told_privately};

#[test]
fn a_command_in_lanes_leaves_the_bots_thread_free() {
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
        // The second is what the first waits for.
        let slow = scene.ann.uses(&scene.general, "/slow n:3")?;
        let quick = scene.ann.uses(&scene.general, "/quick")?;
        assert_eq!(quick.reply()?.content, "quick");
        assert_eq!(slow.reply()?.content, "slow 3");
        Ok(())
    });
}

#[test]
fn one_users_commands_stay_in_order_and_errors_reach_on_error() {
    let scene = Scene::new();
    let (seen, errors) = (Arc::new(Mutex::new(Vec::new())), AtomicUsize::new(0));
    let lanes = Lanes::new(4).by_user();
    let mut bot = scene.bot();
    bot.on_error(|_, error| {
        assert!(error.to_string().starts_with("/count at "), "{error}");
        errors.fetch_add(1, Ordering::Relaxed);
    });
    let notes = Arc::clone(&seen);
    bot.command(command("count", "x").option("n", "x", integer(0..)).run_in(&lanes, move |cx, n| {
        notes.lock().unwrap().push(n);
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
fn checks_hold_in_lanes_too() {
    let scene = Scene::new();
    let lanes = Lanes::new(1);
    let mut bot = scene.bot();
    let refuses = syncord::tree::Check::new(|_| Err("Not now.".into()));
    bot.command(command("slow", "x").check(refuses).run_in(&lanes, |cx| cx.reply("never")));
    scene.play(bot, || {
        assert_eq!(told_privately(&scene.ann.uses(&scene.general, "/slow")?)?, "Not now.");
        Ok(())
    });
}
