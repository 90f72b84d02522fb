//! Checks that are made of others, and checks that count.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use syncord::id::SkuId;
use syncord::tree::{Check, Refusal, command, cooldown, guild_only, max_concurrency, owner_only, premium};
use syncord::{Error, Lanes};

use crate::scene::{Scene, TIMEOUT, ephemeral_reply};

const HOUR: Duration = Duration::from_secs(3600);

fn refuses(reason: &'static str) -> Check {
    Check::new(move |_| Err(reason.into()))
}

fn passes() -> Check {
    Check::new(|_| Ok(()))
}

#[test]
fn combined_checks_give_the_reason_of_the_first_that_refuses() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let checks = [
        ("all", Check::all([passes(), refuses("First."), refuses("Second.")])),
        ("any", Check::any([refuses("First."), refuses("Second.")])),
        ("one", Check::any([refuses("First."), passes()])),
        ("not", Check::not(passes(), "First.")),
        ("nots", Check::not(refuses("Second."), "First.")),
        ("deep", Check::any([Check::all([passes(), Check::not(guild_only(), "First.")]), owner_only()])),
        ("none", Check::any::<Check>([])),
        ("empty", Check::all::<Check>([])),
    ];
    for (name, check) in checks {
        bot.command(command(name, "x").check(check).run(|cx| cx.reply("ok")));
    }
    scene.play(bot, || {
        for name in ["all", "any", "not", "deep"] {
            let used = scene.bob.uses(&scene.general, &format!("/{name}"))?;
            assert_eq!(ephemeral_reply(&used)?, "First.", "{name}");
        }
        assert_eq!(ephemeral_reply(&scene.bob.uses(&scene.general, "/none")?)?, "You cannot use this.");
        for name in ["one", "nots", "empty"] {
            assert_eq!(scene.bob.uses(&scene.general, &format!("/{name}"))?.reply()?.content, "ok", "{name}");
        }
        // Ann is the owner.
        assert_eq!(scene.ann_uses("/deep")?, "ok");
        Ok(())
    });
}

#[test]
fn only_the_check_that_lets_the_user_pass_counts_a_use() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let (first, second) = (cooldown(1, HOUR), cooldown(1, HOUR));
    bot.command(command("either", "x").check(Check::any([first, second.clone()])).run(|cx| cx.reply("ok")))
        .command(command("not", "x").check(Check::not(second, "Second is free.")).run(|cx| cx.reply("ok")));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/either")?, "ok");
        assert_eq!(scene.ann_uses("/not")?, "Second is free.", "the first counted");
        assert_eq!(scene.ann_uses("/either")?, "ok");
        assert_eq!(scene.ann_uses("/not")?, "ok");
        assert!(scene.ann_uses("/either")?.starts_with("Not so fast"));
        Ok(())
    });
}

#[test]
fn a_cooldown_counts_by_member_or_globally() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("mine", "x").check(cooldown(1, HOUR).by_member()).run(|cx| cx.reply("ok")))
        .command(command("ours", "x").check(cooldown(1, HOUR).global()).run(|cx| cx.reply("ok")));
    scene.play(bot, || {
        let (ann, bob, general) = (&scene.ann, &scene.bob, &scene.general);
        let direct = scene.discord.dm_channel(ann);
        assert_eq!(ann.uses(general, "/mine")?.reply()?.content, "ok");
        assert!(ann.uses(general, "/mine")?.reply()?.content.starts_with("Not so fast"));
        assert_eq!(ann.uses(&direct, "/mine")?.reply()?.content, "ok", "outside of the guild");
        assert_eq!(bob.uses(general, "/mine")?.reply()?.content, "ok");
        assert_eq!(ann.uses(&direct, "/ours")?.reply()?.content, "ok");
        assert!(bob.uses(general, "/ours")?.reply()?.content.starts_with("Not so fast"));
        Ok(())
    });
}

#[test]
fn a_use_whose_handler_failed_is_refunded() {
    let scene = Scene::new();
    let results = Mutex::new(vec![]);
    let mut bot = scene.bot();
    bot.on_error(|_, _| {});
    let run = |name: &'static str, limit| {
        let results = &results;
        let mut runs = 0;
        command(name, "x").check(limit).run(move |cx| {
            runs += 1;
            results.lock().unwrap().push(format!("{name} {runs}"));
            match runs {
                1 => Err("broken".into()),
                2 => Err(Refusal::new("Not yet.").into()),
                _ => cx.reply("ok"),
            }
        })
    };
    bot.command(run("kind", cooldown(1, HOUR).refund_failures())).command(run("strict", cooldown(1, HOUR)));
    scene.play(bot, || {
        scene.ann_uses("/kind")?;
        assert_eq!(scene.ann_uses("/kind")?, "Not yet.");
        assert_eq!(scene.ann_uses("/kind")?, "ok");
        assert!(scene.ann_uses("/kind")?.starts_with("Not so fast"));
        scene.ann_uses("/strict")?;
        assert!(scene.ann_uses("/strict")?.starts_with("Not so fast"));
        Ok(())
    });
    assert_eq!(*results.lock().unwrap(), ["kind 1", "kind 2", "kind 3", "strict 1"]);
}

/// Uses a command until the reply is this one.
fn until_reply(scene: &Scene, line: &str, reply: &str) -> Result<(), Error> {
    let began = std::time::Instant::now();
    while scene.ann_uses(line)? != reply {
        assert!(began.elapsed() < TIMEOUT, "{line} is still in use");
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

#[test]
fn no_more_uses_run_at_the_same_time_than_allowed() {
    let scene = Scene::new();
    let (release, released): (Sender<()>, Receiver<()>) = channel();
    let (released, blocked) = (Arc::new(Mutex::new(released)), Arc::new(AtomicBool::new(true)));
    let in_lane = Arc::clone(&blocked);
    let waits = Arc::clone(&released);
    let mut bot = scene.bot();
    bot.command(command("export", "x").check(max_concurrency(1)).run_in(
        &Lanes::new(4).by_user(),
        move |cx| {
            if in_lane.swap(false, Ordering::SeqCst) {
                cx.reply("working")?;
                waits.lock().unwrap().recv()?;
                return Ok(());
            }
            cx.reply("done")
        },
    ));
    scene.play(bot, || {
        let first = scene.bob.uses(&scene.general, "/export")?;
        assert_eq!(first.reply()?.content, "working");
        let second = scene.ann.uses(&scene.general, "/export")?;
        assert_eq!(ephemeral_reply(&second)?, "This is in use: try again when it has ended.");
        release.send(()).unwrap();
        until_reply(&scene, "/export", "done")
    });
}

#[test]
fn a_use_runs_until_its_tasks_have_ended() {
    let scene = Scene::new();
    let (release, released): (Sender<()>, Receiver<()>) = channel();
    let released = Arc::new(Mutex::new(released));
    let runs = Arc::new(AtomicUsize::new(0));
    let mut bot = scene.bot();
    bot.command(command("count", "x").check(max_concurrency(1).by_guild()).run(move |cx| {
        if runs.fetch_add(1, Ordering::SeqCst) > 0 {
            return cx.reply("done");
        }
        let released = Arc::clone(&released);
        cx.reply("working")?;
        Ok(cx.spawn(move |_| Ok(released.lock().unwrap().recv()?))?)
    }));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/count")?, "working");
        assert_eq!(scene.ann_uses("/count")?, "This is in use: try again when it has ended.");
        release.send(()).unwrap();
        until_reply(&scene, "/count", "done")
    });
}

#[test]
fn premium_commands_need_an_entitlement_that_is_left() {
    let scene = Scene::new();
    let sku = SkuId::new(7);
    let mut bot = scene.bot();
    bot.command(command("forecast", "x").check(premium(sku)).run(|cx| cx.reply("06:12 high")));
    scene.play(bot, || {
        let refused = "This is for subscribers and buyers only.";
        let (rest, application) = scene.rest();
        assert_eq!(scene.ann_uses("/forecast")?, refused);
        rest.create_test_entitlement(application, SkuId::new(8), scene.ann.id())?;
        assert_eq!(scene.ann_uses("/forecast")?, refused, "another SKU");
        let own = rest.create_test_entitlement(application, sku, scene.ann.id())?;
        assert_eq!(scene.ann_uses("/forecast")?, "06:12 high");
        assert_eq!(scene.bob.uses(&scene.general, "/forecast")?.reply()?.content, refused);
        rest.consume_entitlement(application, own.id)?;
        assert_eq!(scene.ann_uses("/forecast")?, refused, "consumed");
        rest.create_test_entitlement(application, sku, scene.discord.guild_id())?;
        assert_eq!(scene.bob.uses(&scene.general, "/forecast")?.reply()?.content, "06:12 high");
        Ok(())
    });
}
