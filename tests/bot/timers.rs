//! Timers run on the bot's thread, between events.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

use super::scene::{Scene, bot, discord};

#[test]
fn a_timer_fires_repeatedly_never_early_and_on_the_bots_thread() {
    let discord = discord().start().unwrap();
    let (start, bots_thread) = (Instant::now(), thread::current().id());
    let mut calls = Vec::new();
    let mut bot = bot(&discord);
    bot.every(Duration::from_millis(50), |cx| {
        assert_eq!((thread::current().id(), cx.shard().index), (bots_thread, 0));
        calls.push(start.elapsed());
        if calls.len() == 4 {
            cx.stop();
        }
        Ok(())
    });
    bot.run().unwrap();
    assert_eq!(calls.len(), 4);
    for (n, at) in calls.iter().enumerate() {
        assert!(*at >= Duration::from_millis(50) * (n as u32 + 1), "{calls:?}");
    }
}

#[test]
fn neither_timers_nor_posted_closures_nor_events_starve_each_other() {
    let scene = Scene::new(discord());
    let (calls, posts) = (Cell::new(0), Cell::new(0));
    let mut received = 0;
    let mut bot = bot(&scene.discord);
    // Always due again when its handler returns.
    bot.every(Duration::from_nanos(1), |cx| {
        calls.set(calls.get() + 1);
        if posts.get() < 100 {
            posts.set(posts.get() + 1);
            cx.handle().post(|_| Ok(()))?;
        }
        Ok(())
    });
    bot.on_message(|cx, message| {
        received += 1;
        if message.content == "end" {
            cx.stop();
        }
        Ok(())
    });
    bot.during(|| {
        (0..50).for_each(|_| scene.says("hello"));
        scene.says("end");
        Ok(scene.discord.wait_until("the end", |discord| discord.live_sessions() == 0)?)
    })
    .unwrap();
    assert_eq!(received, 51);
    assert!(calls.get() >= 50, "{}", calls.get());
    assert_eq!(posts.get(), 100);
}

#[test]
fn times_missed_while_a_handler_blocks_are_skipped() {
    let discord = discord().start().unwrap();
    let mut calls = Vec::new();
    let mut bot = bot(&discord);
    bot.every(Duration::from_millis(100), |cx| {
        calls.push(Instant::now());
        match calls.len() {
            1 => thread::sleep(Duration::from_millis(450)),
            2 => {}
            _ => cx.stop(),
        }
        Ok(())
    });
    bot.run().unwrap();
    // One late call for the four that were missed, then the next regular one.
    assert!(calls[2] - calls[0] > Duration::from_millis(450), "{calls:?}");
    assert_eq!(calls.len(), 3);
}

#[test]
fn closures_for_later_are_called_once_in_the_order_of_their_times() {
    let discord = discord().start().unwrap();
    let order = std::cell::RefCell::new(Vec::new());
    let mut bot = bot(&discord);
    bot.after(Duration::from_millis(60), |cx| {
        order.borrow_mut().push("after");
        let (handle, add) = (cx.handle(), |_: &syncord::Context| Ok(()));
        handle.post_after(Duration::ZERO, add)?;
        handle.post_after(Duration::from_millis(20), move |cx| Ok(cx.stop()))?;
        Ok(())
    });
    bot.at(std::time::SystemTime::UNIX_EPOCH, |_| Ok(order.borrow_mut().push("at")));
    let skipped = bot.at(std::time::SystemTime::UNIX_EPOCH, |_| Ok(order.borrow_mut().push("skipped")));
    skipped.skip_missed();
    let stopped = bot.after(Duration::ZERO, |_| Ok(order.borrow_mut().push("stopped")));
    stopped.stop();
    bot.run().unwrap();
    assert_eq!(*order.borrow(), ["at", "after"]);
    assert!(skipped.is_over());
}

#[test]
fn a_timer_is_stopped_from_another_thread() {
    let discord = discord().start().unwrap();
    let calls = Cell::new(0);
    let mut bot = bot(&discord);
    let timer = bot.every(Duration::from_millis(1), |_| Ok(calls.set(calls.get() + 1)));
    let handle = bot.handle();
    thread::scope(|scope| {
        scope.spawn(|| {
            discord.wait_until_ready().unwrap();
            timer.stop();
            // A call may be in progress.
            handle
                .post(move |cx| {
                    cx.handle()
                        .post_after(Duration::from_millis(30), |cx| Ok(cx.stop()))
                        .map(drop)
                        .map_err(Into::into)
                })
                .unwrap();
        });
        bot.run().unwrap();
    });
    assert!(timer.is_over());
}
