//! What a node says about how its interactions are deferred.

use std::sync::Mutex;
use std::sync::mpsc;
use std::time::Duration;

use syncord::model::component::{ActionRow, Button, Label, TextInput};
use syncord::rest::{InteractionMessage, Modal};
use syncord::tree::{CustomId, Tree, command, group};

use crate::scene::Scene;

const PATIENCE: Duration = Duration::from_secs(30);
const SOON: Duration = Duration::from_millis(20);

/// The kind of answer that says "thinking", and that of a modal.
const DEFERRED: u64 = 5;
const MODAL: u64 = 9;

#[test]
fn a_private_group_defers_privately_each_command_in_its_own_time() {
    let scene = Scene::new();
    let (seen, wait) = mpsc::channel();
    let wait = Mutex::new(wait);
    let mut bot = scene.bot();
    bot.no_auto_defer().mount(Tree::new("slow").add(group("slow", "Takes its time").ephemeral().add(
        command("answer", "x").defer_after(SOON).run(|cx| {
            let _ = wait.lock().unwrap().recv_timeout(PATIENCE);
            cx.reply_ephemeral("at last")
        }),
    )));
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/slow answer")?;
        let deferred = used.wait_for_acknowledgement()?;
        assert_eq!((deferred.kind, deferred.ephemeral), (DEFERRED, true));
        seen.send(()).unwrap();
        let reply = used.reply()?;
        assert_eq!((reply.content.as_str(), reply.raw["flags"].as_u64().unwrap() & 64), ("at last", 64));
        Ok(())
    });
}

#[test]
fn a_command_that_never_defers_can_open_a_modal_after_a_while() {
    let scene = Scene::new();
    let (seen, wait) = mpsc::channel();
    let wait = Mutex::new(wait);
    let mut bot = scene.bot();
    bot.auto_defer_after(SOON)
        .command(command("ask", "x").no_auto_defer().run(|cx| {
            let _ = wait.lock().unwrap().recv_timeout(PATIENCE);
            let field = Label::new("Why?", TextInput::short("why"));
            cx.modal(&Modal::new("why", "Why").component(field))
        }))
        .command(command("other", "x").run(|cx| cx.reply("other")));
    scene.play(bot, || {
        let asked = scene.ann.uses(&scene.general, "/ask")?;
        // This one stands behind it, and is deferred: so the first would have been by now.
        let other = scene.bob.uses(&scene.general, "/other")?;
        assert_eq!(other.wait_for_acknowledgement()?.kind, DEFERRED);
        seen.send(()).unwrap();
        assert_eq!(asked.wait_for_acknowledgement()?.kind, MODAL);
        assert_eq!(other.reply()?.content, "other");
        Ok(())
    });
}

/// The kind of answer that is a message.
const MESSAGE: u64 = 4;

#[test]
fn a_time_near_the_end_of_discords_patience_is_not_now() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.auto_defer_after(Duration::MAX)
        .command(command("late", "x").defer_after(Duration::from_millis(2800)).run(|cx| cx.reply("late")))
        .command(command("later", "x").defer_after(Duration::from_secs(5)).run(|cx| cx.reply("later")))
        .command(command("never", "x").run(|cx| {
            // What would be deferred at once would be by now.
            std::thread::sleep(Duration::from_millis(300));
            cx.reply("never")
        }));
    scene.play(bot, || {
        let all = ["/never", "/late", "/later"].map(|line| scene.ann.uses(&scene.general, line).unwrap());
        for used in all {
            assert_eq!(used.wait_for_acknowledgement()?.kind, MESSAGE, "{}", used.name());
        }
        Ok(())
    });
}

/// The kind of answer that shows nothing.
const UNSEEN: u64 = 6;

const OPEN: CustomId<()> = CustomId::new("open");
const SLOW: CustomId<()> = CustomId::new("slow");
const WHY: CustomId<()> = CustomId::new("why");

#[test]
fn a_component_and_its_modal_are_deferred_unseen_and_the_modal_of_a_command_is_not() {
    let scene = Scene::new();
    let (seen, wait) = mpsc::channel();
    let wait = Mutex::new(wait);
    let pause = || wait.lock().unwrap().recv_timeout(PATIENCE);
    let modal = || Modal::new("why", "Why").component(Label::new("Why?", TextInput::short("why")));
    let mut bot = scene.bot();
    bot.command(command("ask", "x").no_auto_defer().run(|cx| cx.modal(&modal())))
        .command(command("show", "x").no_auto_defer().run(|cx| {
            let row = ActionRow::new([Button::success("open", "Open"), Button::success("slow", "Slow")]);
            cx.reply(InteractionMessage::text("shown").component(row))
        }))
        .component(OPEN.run(|cx| cx.modal(&modal())).no_auto_defer())
        .component(
            SLOW.run(|cx| {
                pause()?;
                cx.update("slow")
            })
            .defer_after(SOON),
        )
        .modal(
            WHY.run_modal(|cx| {
                pause()?;
                cx.reply("so")
            })
            .defer_after(SOON),
        );
    scene.play(bot, || {
        let (ann, general) = (&scene.ann, &scene.general);
        let shown = ann.uses(general, "/show")?.reply()?.id;
        let click = ann.clicks(shown, "slow")?;
        assert_eq!(click.wait_for_acknowledgement()?.kind, UNSEEN);
        seen.send(()).unwrap();
        scene
            .discord
            .wait_until("the update", |_| general.message(shown).is_some_and(|m| m.content == "slow"))?;

        ann.clicks(shown, "open")?;
        let sent = ann.submits(&ann.next_modal()?, [("why", "so")])?;
        assert_eq!(sent.wait_for_acknowledgement()?.kind, UNSEEN);
        seen.send(()).unwrap();
        scene.discord.wait_until("the reply", |_| !sent.followups().is_empty())?;

        ann.uses(general, "/ask")?;
        let sent = ann.submits(&ann.next_modal()?, [("why", "so")])?;
        assert_eq!(sent.wait_for_acknowledgement()?.kind, DEFERRED);
        seen.send(()).unwrap();
        assert_eq!(sent.reply()?.content, "so");
        Ok(())
    });
}
