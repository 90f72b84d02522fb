//! When the bot stops, users with an open interaction receive a message.

use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::Duration;

use syncord::Lanes;
use syncord::sim::{Discord, Interaction};
use syncord::tree::{command, integer};

use crate::scene::Scene;

const TIMEOUT: Duration = Duration::from_secs(30);
const STOPPING: &str = "The bot is stopping, and could not do this.";

/// Waits until all interactions have the shutdown message, as a reply or a followup.
fn wait_for_shutdown_message(discord: &Discord, all: &[Interaction]) {
    let has_message = |used: &Interaction| {
        let mut messages = used.current_reply().into_iter().chain(used.followups());
        messages.any(|message| message.content == STOPPING)
    };
    discord.wait_until("the shutdown messages", |_| all.iter().all(has_message)).unwrap();
}

#[test]
fn interactions_behind_a_slow_handler_get_the_shutdown_message() {
    let scene = Scene::new();
    let (blocks, blocked) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let mut bot = scene.bot();
    let handle = bot.handle();
    // Some of the interactions are deferred before the stop.
    bot.grace(Duration::ZERO).auto_defer_after(Duration::from_millis(100));
    bot.command(command("slow", "x").option("n", "x", integer(..)).run(move |cx, n| {
        blocks.send(())?;
        released.recv_timeout(TIMEOUT)?;
        cx.reply(n.to_string())
    }));
    let (scene, mut all) = (&scene, Vec::new());
    let waiting = &mut all;
    bot.during(move || {
        let first = scene.ann.uses(&scene.general, "/slow n:0")?;
        blocked.recv_timeout(TIMEOUT)?;
        waiting.extend((1..4).map(|n| scene.ann.uses(&scene.general, &format!("/slow n:{n}")).unwrap()));
        waiting[0].wait_for_acknowledgement()?;
        handle.stop();
        release.send(())?;
        assert_eq!(first.reply()?.content, "0");
        Ok(())
    })
    .unwrap();
    wait_for_shutdown_message(&scene.discord, &all);
    assert_eq!(scene.discord.log().violations(), [""; 0]);
}

#[test]
fn interactions_in_a_lane_get_the_shutdown_message_and_nothing_is_deferred_later() {
    let scene = Scene::new();
    let (busy, release) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let lanes = Lanes::new(1);
    let mut bot = scene.bot();
    bot.grace(Duration::from_millis(200)).auto_defer_after(Duration::from_millis(1500));
    let (is_busy, may_continue) = (Arc::clone(&busy), Arc::clone(&release));
    bot.command(command("slow", "x").option("n", "x", integer(..)).run_in(&lanes, move |_, n| {
        assert_eq!(n, 0);
        is_busy.wait();
        may_continue.wait();
        Ok(())
    }));
    let mut all = Vec::new();
    bot.during(|| {
        all.push(scene.ann.uses(&scene.general, "/slow n:0")?);
        busy.wait();
        all.extend((1..4).map(|n| scene.ann.uses(&scene.general, &format!("/slow n:{n}")).unwrap()));
        scene.discord.wait_until("the commands in the lane", |_| lanes.queued() == 3)?;
        Ok(())
    })
    .unwrap();
    // The bot has stopped.
    wait_for_shutdown_message(&scene.discord, &all);
    let requests = scene.discord.requests().len();
    release.wait();
    thread::sleep(Duration::from_millis(1600));
    assert_eq!(scene.discord.requests().len(), requests);
}

#[test]
fn a_dropped_bot_defers_no_interactions() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.auto_defer_after(Duration::from_millis(300))
        .command(command("roll", "x").run(|cx| cx.reply("never")));
    let mut running = bot.start().unwrap();
    while scene.discord.live_sessions() == 0 || scene.discord.wait_until_ready().is_err() {
        running.poll(Duration::from_millis(10)).unwrap();
    }
    let used = scene.ann.uses(&scene.general, "/roll").unwrap();
    // The event is received, but never polled.
    scene.discord.wait_until("the deferral", |_| used.acknowledgement().is_some()).unwrap();
    let late = scene.ann.uses(&scene.general, "/roll").unwrap();
    drop(running);
    wait_for_shutdown_message(&scene.discord, &[used]);
    let response = late.acknowledgement().map(|response| response.kind);
    thread::sleep(Duration::from_millis(400));
    assert_eq!(late.acknowledgement().map(|response| response.kind), response);
}
