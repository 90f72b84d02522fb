//! `?` and tail expressions with the results of all calls, in handlers and in functions of the program.

use std::io;

use syncord::events::MessageCreate;
use syncord::model::Message;
use syncord::rest::Modal;
use syncord::tree::{CommandContext, ComponentContext, InteractionContext, ModalContext, command};
use syncord::{BoxError, Context, Error};

use crate::scene::Scene;

/// Calls that return a boxed error, and calls that return an `Error`.
fn responds(cx: &InteractionContext) -> Result<(), Error> {
    cx.reply("one")?;
    cx.edit("two")?;
    cx.follow_up("three")?;
    cx.fetch_reply()?;
    Ok(())
}

fn responds_to_a_command(cx: &CommandContext, modal: Option<&Modal>) -> Result<(), Error> {
    cx.defer()?;
    cx.defer_ephemeral()?;
    cx.reply_ephemeral("one")?;
    cx.delete_reply()?;
    modal.map_or(Ok(()), |modal| cx.modal(modal))?;
    Ok(())
}

fn updates(component: &ComponentContext, modal: &ModalContext) -> Result<(), Error> {
    component.update("one")?;
    component.defer_update()?;
    modal.update("two")?;
    modal.defer_update()?;
    Ok(())
}

fn answers(cx: &Context, message: &Message) -> Result<Message, Error> {
    cx.react(message, "👍")?;
    cx.reply(message, "one")
}

/// The same calls in a function that has its own errors.
fn answers_with_own_errors(cx: &InteractionContext, number: &str) -> syncord::Result {
    let number: u8 = number.parse()?;
    cx.reply(number.to_string())?;
    cx.edit("two")?;
    responds(cx)?;
    Ok(())
}

#[test]
#[expect(clippy::todo, reason = "the test is about it")]
fn helpers_that_return_the_crates_error_may_make_every_call() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("count", "Counts").run(|cx| {
        responds(cx)?;
        Ok(())
    }));
    // Each form of the last expression compiles.
    bot.command(command("tail", "Replies").run(|cx| cx.reply("tail")));
    bot.command(command("early", "Replies").run(|cx| {
        if cx.guild_id().is_some() {
            return cx.reply("early");
        }
        Ok(())
    }));
    bot.command(command("nothing", "Does nothing").run(|_| Ok(())));
    bot.command(command("later", "Is not written yet").run(|_| todo!()));
    bot.command(command("mine", "Has errors of its own").run(|cx| answers_with_own_errors(cx, "x")));
    bot.command(command("text", "Fails with a text").run(|_| Err("no".into())));
    bot.on(|cx, message: &MessageCreate| {
        answers(cx, message)?;
        Ok(())
    });
    let _unused = (responds_to_a_command, updates);
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/count")?;
        scene.discord.wait_until("the follow-up", |_| !used.followups().is_empty())?;
        assert_eq!((&*used.reply()?.content, &*used.followups()[0].content), ("two", "three"));
        assert_eq!(scene.ann_uses("/tail")?, "tail");
        assert_eq!(scene.ann_uses("/early")?, "early");
        Ok(())
    });
}

#[test]
fn an_error_keeps_its_kind_through_a_box() {
    let boxed = BoxError::from(Error::Stopped);
    assert!(matches!(Error::from(boxed), Error::Stopped));
    let other = Error::from(BoxError::from(io::Error::other("disk full")));
    assert_eq!(other.to_string(), "disk full");
    assert!(!other.is_temporary() && other.retry_after().is_none());
    let Error::Other(other) = other else { panic!("{other:?}") };
    assert!(other.is::<io::Error>());
}
