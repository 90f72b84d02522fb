//! What a bot shows of its interactions and of the handlers of its nodes.

use std::sync::mpsc;
use std::time::Duration;

use syncord::bot::health::{Health, InteractionOutcome};
use syncord::model::component::{ActionRow, Button};
use syncord::rest::InteractionMessage;
use syncord::tree::{CustomId, command};
use syncord::{Handle, Lanes};

use crate::scene::Scene;

const TIMEOUT: Duration = Duration::from_secs(30);

/// Waits until the health is like this, and returns it.
fn wait_for(scene: &Scene, handle: &Handle, what: &str, condition: impl Fn(&Health) -> bool) -> Health {
    scene.discord.wait_until(what, |_| condition(&handle.health())).unwrap();
    handle.health()
}

#[test]
fn interactions_count_by_what_became_of_them() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let (release, released) = mpsc::channel::<()>();
    bot.command(command("quick", "x").run(|cx| cx.reply("done")));
    bot.command(command("deferring", "x").run(|cx| {
        cx.defer()?;
        cx.reply("done")
    }));
    bot.command(command("slow", "x").defer_after(Duration::from_millis(50)).run(move |cx| {
        released.recv_timeout(TIMEOUT)?;
        cx.reply("done")
    }));
    bot.command(command("failing", "x").run(|_| Err("on purpose".into())));
    bot.on_error(|_, _| {});
    let handle = bot.handle();
    scene.play(bot, || {
        let uses = |line| scene.ann.uses(&scene.general, line).unwrap();
        for line in ["/quick", "/quick", "/deferring", "/failing"] {
            uses(line).reply()?;
        }
        let slow = uses("/slow");
        slow.wait_for_acknowledgement()?;
        let outcomes = [
            (InteractionOutcome::Responded, 2),
            (InteractionOutcome::Deferred, 1),
            (InteractionOutcome::AutoDeferred, 1),
            (InteractionOutcome::Notified, 1),
        ];
        let is_counted = |health: &Health| health.interactions.outcomes == outcomes;
        let interactions = wait_for(&scene, &handle, "the outcomes", is_counted).interactions;
        assert_eq!((interactions.received, interactions.waiting), (5, 1), "{interactions:?}");
        assert_eq!(interactions.first_response.count(), 5);
        assert!(interactions.first_response.sum() >= Duration::from_millis(50), "{interactions:?}");
        release.send(()).unwrap();
        slow.reply()?;
        let health = wait_for(&scene, &handle, "the end", |health| health.interactions.waiting == 0);
        assert_eq!(health.interactions.outcomes, outcomes, "a deferred one is counted once");
        let calls = |name: &str| {
            let found = health.handlers.iter().find(|handler| handler.name.starts_with(name)).unwrap();
            (found.calls, found.errors, found.panics)
        };
        assert_eq!(
            ["/quick", "/deferring", "/slow", "/failing"].map(calls),
            [(2, 0, 0), (1, 0, 0), (1, 0, 0), (1, 1, 0)]
        );
        Ok(())
    });
}

#[test]
fn an_interaction_that_discord_does_not_accept_any_more_counts_as_too_late() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.no_auto_defer().on_error(|_, _| {});
    bot.command(command("late", "x").run(|cx| {
        std::thread::sleep(Duration::from_millis(3100));
        cx.reply("done")
    }));
    let handle = bot.handle();
    scene.play(bot, || {
        scene.ann.uses(&scene.general, "/late")?;
        let is_late = |health: &Health| health.interactions.outcomes == [(InteractionOutcome::TooLate, 1)];
        let health = wait_for(&scene, &handle, "the outcome", is_late);
        assert_eq!(health.interactions.first_response.count(), 0);
        Ok(())
    });
}

#[test]
fn interactions_that_were_not_answered_at_a_stop_are_in_its_report() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let (blocks, blocked) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    bot.grace(Duration::ZERO);
    bot.command(command("slow", "x").run(move |cx| {
        blocks.send(())?;
        released.recv_timeout(TIMEOUT)?;
        cx.reply("done")
    }));
    let handle = bot.handle();
    let (scene, stopping) = (&scene, handle.clone());
    scene.play(bot, move || {
        (0..4).for_each(|_| drop(scene.ann.uses(&scene.general, "/slow").unwrap()));
        blocked.recv_timeout(TIMEOUT).unwrap();
        let all_received = |health: &Health| health.interactions.received == 4;
        wait_for(scene, &stopping, "the interactions", all_received);
        stopping.stop();
        Ok(release.send(()).unwrap())
    });
    let report = handle.stop_report().unwrap();
    assert_eq!((report.interactions, report.unnotified), (3, 0), "{report:?}");
}

#[test]
fn a_component_in_lanes_and_its_panics_count_once() {
    const CLICK: CustomId<(u32,)> = CustomId::new("click/{n}");
    let scene = Scene::new();
    let lanes = Lanes::new(2);
    let mut bot = scene.bot();
    bot.on_error(|_, _| {});
    bot.command(command("panel", "x").run(|cx| {
        let first = Button::success(CLICK.with(1)?, "1");
        let second = Button::success(CLICK.with(2)?, "2");
        cx.reply(InteractionMessage::text("Well?").component(ActionRow::new([first, second])))
    }));
    bot.component(CLICK.run_in(&lanes, |cx, n| {
        assert!(n < 2, "on purpose");
        cx.reply("done")
    }));
    let handle = bot.handle();
    scene.play(bot, || {
        let panel = scene.ann.uses(&scene.general, "/panel")?.reply()?.id;
        for n in [1, 2] {
            scene.ann.clicks(panel, &CLICK.with(n)?)?.reply()?;
        }
        let health = wait_for(&scene, &handle, "the clicks", |health| {
            health
                .handlers
                .iter()
                .any(|handler| handler.name.starts_with("component click/{n}") && handler.calls == 2)
        });
        let click = health.handlers.iter().find(|handler| handler.name.starts_with("component")).unwrap();
        assert_eq!((click.calls, click.panics, click.errors), (2, 1, 0));
        Ok(())
    });
}
