//! The bot types while it works.

use syncord::tree::command;

use crate::scene::Scene;

#[test]
fn the_bot_types_while_the_closure_runs() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("go", "Goes").run(|cx| {
        cx.typing_while(cx.channel()?, || {
            scene.discord.wait_until("the bot to type", |_| !scene.general.typing().is_empty())
        })?;
        cx.reply(format!("typed {} times", scene.general.typing().len()))
    }));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/go")?, "typed 1 times");
        Ok(())
    });
}

#[test]
fn the_closure_runs_if_the_bot_may_not_type() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("go", "Goes").run(|cx| {
        let value = cx.typing_while(syncord::id::ChannelId::new(1), || "done");
        cx.reply(value)
    }));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/go")?, "done");
        Ok(())
    });
}
