//! Timers run on the bot's thread, between events.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

use super::scene::{Scene, bot, discord};

#[test]
fn a_timer_rings_again_and_again_not_before_its_time_and_on_the_bots_thread() {
    let discord = discord().start().unwrap();
    let (begin, here) = (Instant::now(), thread::current().id());
    let mut rings = Vec::new();
    let mut bot = bot(&discord);
    bot.every(Duration::from_millis(50), |cx| {
        assert_eq!((thread::current().id(), cx.shard().index), (here, 0));
        rings.push(begin.elapsed());
        if rings.len() == 4 {
            cx.stop();
        }
        Ok(())
    });
    bot.run().unwrap();
    assert_eq!(rings.len(), 4);
    for (n, at) in rings.iter().enumerate() {
        assert!(*at >= Duration::from_millis(50) * (n as u32 + 1), "{rings:?}");
    }
}

#[test]
fn neither_timers_nor_posted_closures_nor_events_starve_each_other() {
    let scene = Scene::new(discord());
    let (rings, posts) = (Cell::new(0), Cell::new(0));
    let mut heard = 0;
    let mut bot = bot(&scene.discord);
    // Always due again by the time it has run.
    bot.every(Duration::from_nanos(1), |cx| {
        rings.set(rings.get() + 1);
        if posts.get() < 100 {
            posts.set(posts.get() + 1);
            cx.poster().post(|_| Ok(()))?;
        }
        Ok(())
    });
    bot.on_message(|cx, message| {
        heard += 1;
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
    assert_eq!(heard, 51);
    assert!(rings.get() >= 50, "{}", rings.get());
    assert_eq!(posts.get(), 100);
}

#[test]
fn times_missed_while_a_closure_blocks_are_skipped() {
    let discord = discord().start().unwrap();
    let mut rings = Vec::new();
    let mut bot = bot(&discord);
    bot.every(Duration::from_millis(100), |cx| {
        rings.push(Instant::now());
        match rings.len() {
            1 => thread::sleep(Duration::from_millis(450)),
            2 => {}
            _ => cx.stop(),
        }
        Ok(())
    });
    bot.run().unwrap();
    // One late ring for the four that were missed, and the next on the grid.
    assert!(rings[2] - rings[0] > Duration::from_millis(450), "{rings:?}");
    assert_eq!(rings.len(), 3);
}
