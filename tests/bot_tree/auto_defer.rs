//! The auto-defer settings of a node.

use std::sync::Mutex;
use std::sync::mpsc;
use std::time::Duration;

use syncord::model::component::{ActionRow, Button, Label, TextInput};
use syncord::rest::{InteractionMessage, Modal};
use syncord::tree::{CustomId, Tree, command, group};

use crate::scene::Scene;

const TIMEOUT: Duration = Duration::from_secs(30);
const SOON: Duration = Duration::from_millis(20);

/// The response types of a deferred message and of a modal.
const DEFERRED: u64 = 5;
const MODAL: u64 = 9;

#[test]
fn commands_of_an_ephemeral_group_are_deferred_as_ephemeral_at_their_own_time() {
    let scene = Scene::new();
    let (seen, wait) = mpsc::channel();
    let wait = Mutex::new(wait);
    let mut bot = scene.bot();
    bot.no_auto_defer().mount(Tree::new("slow").add(group("slow", "Takes its time").ephemeral().add(
        command("answer", "x").defer_after(SOON).run(|cx| {
            let _ = wait.lock().unwrap().recv_timeout(TIMEOUT);
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
fn a_command_without_auto_defer_can_open_a_modal_later() {
    let scene = Scene::new();
    let (seen, wait) = mpsc::channel();
    let wait = Mutex::new(wait);
    let mut bot = scene.bot();
    bot.auto_defer_after(SOON)
        .command(command("ask", "x").no_auto_defer().run(|cx| {
            let _ = wait.lock().unwrap().recv_timeout(TIMEOUT);
            let field = Label::new("Why?", TextInput::short("why"));
            cx.modal(&Modal::new("why", "Why").component(field))
        }))
        .command(command("other", "x").run(|cx| cx.reply("other")));
    scene.play(bot, || {
        let interaction = scene.ann.uses(&scene.general, "/ask")?;
        // This one waits behind the first and is deferred, so the first would have been deferred by now.
        let other = scene.bob.uses(&scene.general, "/other")?;
        assert_eq!(other.wait_for_acknowledgement()?.kind, DEFERRED);
        seen.send(()).unwrap();
        assert_eq!(interaction.wait_for_acknowledgement()?.kind, MODAL);
        assert_eq!(other.reply()?.content, "other");
        Ok(())
    });
}

/// The response type of a message.
const MESSAGE: u64 = 4;

#[test]
fn a_defer_time_near_discords_limit_does_not_defer_at_once() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.auto_defer_after(Duration::MAX)
        .command(command("late", "x").defer_after(Duration::from_millis(2800)).run(|cx| cx.reply("late")))
        .command(command("later", "x").defer_after(Duration::from_secs(5)).run(|cx| cx.reply("later")))
        .command(command("never", "x").run(|cx| {
            // An interaction that is deferred at once would be deferred by now.
            std::thread::sleep(Duration::from_millis(300));
            cx.reply("never")
        }));
    scene.play(bot, || {
        let interactions =
            ["/never", "/late", "/later"].map(|line| scene.ann.uses(&scene.general, line).unwrap());
        for used in interactions {
            assert_eq!(used.wait_for_acknowledgement()?.kind, MESSAGE, "{}", used.name());
        }
        Ok(())
    });
}

/// The response type of a deferred update.
const DEFERRED_UPDATE: u64 = 6;

const OPEN: CustomId<()> = CustomId::new("open");
const SLOW: CustomId<()> = CustomId::new("slow");
const WHY: CustomId<()> = CustomId::new("why");

#[test]
fn components_and_their_modals_are_deferred_as_updates_but_modals_of_commands_as_messages() {
    let scene = Scene::new();
    let (seen, wait) = mpsc::channel();
    let wait = Mutex::new(wait);
    let pause = || wait.lock().unwrap().recv_timeout(TIMEOUT);
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
        assert_eq!(click.wait_for_acknowledgement()?.kind, DEFERRED_UPDATE);
        seen.send(()).unwrap();
        scene
            .discord
            .wait_until("the update", |_| general.message(shown).is_some_and(|m| m.content == "slow"))?;

        ann.clicks(shown, "open")?;
        let sent = ann.submits(&ann.next_modal()?, [("why", "so")])?;
        assert_eq!(sent.wait_for_acknowledgement()?.kind, DEFERRED_UPDATE);
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
