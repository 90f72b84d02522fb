//! What the closures of a bot may borrow.

use syncord::prelude::*;

use crate::scene::Scene;

/// A value that lives long is one that lives shorter. This compiles only if the types are covariant.
fn shorter<'short, 'long: 'short>(
    (bot, tree, node): (Bot<'long>, Tree<'long>, Node<'long>),
) -> (Bot<'short>, Tree<'short>, Node<'short>) {
    (bot, tree, node)
}

/// Adds handlers to a bot that was created elsewhere. They borrow locals of this function.
fn play(scene: &Scene, bot: Bot<'_>) -> u32 {
    let mut count = 0;
    let mut bot = bot;
    bot.command(command("count", "x").run(|cx| {
        count += 1;
        cx.reply(format!("{count}"))
    }));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/count")?, "1");
        assert_eq!(scene.ann_uses("/count")?, "2");
        Ok(())
    });
    count
}

#[test]
fn handlers_borrow_locals_that_are_younger_than_the_bot() {
    let scene = Scene::new();
    let node = on::<MessageCreate>(|_, _| Ok(())).into();
    let (bot, tree, node) = shorter((scene.bot(), Tree::new("empty"), node));
    let mut bot = bot;
    bot.mount(tree.add(node));
    assert_eq!(play(&scene, bot), 2);
}
