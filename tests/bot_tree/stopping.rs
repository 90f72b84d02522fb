//! At a stop, who waits for an answer is told so.

use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::Duration;

use syncord::Lanes;
use syncord::sim::{Discord, Interaction};
use syncord::tree::{command, integer};

use crate::scene::Scene;

const PATIENCE: Duration = Duration::from_secs(30);
const STOPPING: &str = "The bot is stopping, and could not do this.";

/// Waits until everybody was told, after whatever was said before.
fn told(discord: &Discord, all: &[Interaction]) {
    let is_told = |used: &Interaction| {
        let mut messages = used.current_reply().into_iter().chain(used.followups());
        messages.any(|message| message.content == STOPPING)
    };
    discord.wait_until("everybody to be told", |_| all.iter().all(is_told)).unwrap();
}

#[test]
fn who_stands_behind_a_slow_closure_at_a_stop_is_told_so() {
    let scene = Scene::new();
    let (blocks, blocked) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let mut bot = scene.bot();
    let handle = bot.handle();
    // Of these some are deferred before the end.
    bot.grace(Duration::ZERO).auto_defer_after(Duration::from_millis(100));
    bot.command(command("slow", "x").option("n", "x", integer(..)).run(move |cx, n| {
        blocks.send(())?;
        released.recv_timeout(PATIENCE)?;
        cx.reply(n.to_string())
    }));
    let (scene, mut all) = (&scene, Vec::new());
    let known = &mut all;
    bot.during(move || {
        let first = scene.ann.uses(&scene.general, "/slow n:0")?;
        blocked.recv_timeout(PATIENCE)?;
        known.extend((1..4).map(|n| scene.ann.uses(&scene.general, &format!("/slow n:{n}")).unwrap()));
        known[0].wait_for_acknowledgement()?;
        handle.stop();
        release.send(())?;
        assert_eq!(first.reply()?.content, "0");
        Ok(())
    })
    .unwrap();
    told(&scene.discord, &all);
    assert_eq!(scene.discord.log().violations(), [""; 0]);
}

#[test]
fn who_waits_in_a_lane_at_a_stop_is_told_so_and_nothing_is_deferred_after_the_end() {
    let scene = Scene::new();
    let (busy, release) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let lanes = Lanes::new(1);
    let mut bot = scene.bot();
    bot.grace(Duration::from_millis(200)).auto_defer_after(Duration::from_millis(1500));
    let (now_busy, go_on) = (Arc::clone(&busy), Arc::clone(&release));
    bot.command(command("slow", "x").option("n", "x", integer(..)).run_in(&lanes, move |_, n| {
        assert_eq!(n, 0);
        now_busy.wait();
        go_on.wait();
        Ok(())
    }));
    let mut all = Vec::new();
    bot.during(|| {
        all.push(scene.ann.uses(&scene.general, "/slow n:0")?);
        busy.wait();
        all.extend((1..4).map(|n| scene.ann.uses(&scene.general, &format!("/slow n:{n}")).unwrap()));
        scene.discord.wait_until("them to be in the lane", |_| lanes.queued() == 3)?;
        Ok(())
    })
    .unwrap();
    // The bot has ended.
    told(&scene.discord, &all);
    let requests = scene.discord.requests().len();
    release.wait();
    thread::sleep(Duration::from_millis(1600));
    assert_eq!(scene.discord.requests().len(), requests);
}

#[test]
fn a_bot_that_is_dropped_defers_nobody_afterwards() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.auto_defer_after(Duration::from_millis(300))
        .command(command("roll", "x").run(|cx| cx.reply("never")));
    let mut running = bot.start().unwrap();
    while scene.discord.live_sessions() == 0 || scene.discord.wait_until_ready().is_err() {
        running.poll(Duration::from_millis(10)).unwrap();
    }
    let used = scene.ann.uses(&scene.general, "/roll").unwrap();
    // It is read, and never polled for.
    scene.discord.wait_until("the deferral", |_| used.acknowledgement().is_some()).unwrap();
    let late = scene.ann.uses(&scene.general, "/roll").unwrap();
    drop(running);
    told(&scene.discord, &[used]);
    let answered = late.acknowledgement().map(|answer| answer.kind);
    thread::sleep(Duration::from_millis(400));
    assert_eq!(late.acknowledgement().map(|answer| answer.kind), answered);
}
