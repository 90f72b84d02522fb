//! Groups and subgroups, whose settings apply to all commands in them.

use syncord::model::{InteractionContextType, Permissions};
use syncord::sim::SimError;
use syncord::tree::{Check, Tree, command, group, user};

use crate::scene::{Scene, ephemeral_reply};

#[test]
fn subcommands_are_found_on_both_levels() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.mount(
        Tree::new("crew").add(
            group("crew", "The crew").add(command("count", "Counts it").run(|cx| cx.reply("2"))).add(
                group("rota", "The rota").add(
                    command("add", "Adds a member")
                        .option("who", "Who is added", user())
                        .run(|cx, who| cx.reply(format!("{} is on it", who.username))),
                ),
            ),
        ),
    );
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/crew count")?, "2");
        assert_eq!(scene.ann_uses("/crew rota add who:@bob")?, "bob is on it");
        Ok(())
    });
}

#[test]
fn checks_of_the_tree_and_the_group_run_before_those_of_the_command() {
    let closed = |door: &'static str| Check::new(move |_| Err(format!("The {door} is closed.").into()));
    let passes = Check::new(|_| Ok(()));
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.mount(
        Tree::new("house").check(passes.clone()).add(
            group("house", "A house")
                .check(passes)
                .add(command("cellar", "Below").check(closed("cellar")).run(|cx| cx.reply("dark")))
                .add(
                    group("attic", "Above")
                        .check(closed("attic"))
                        .add(command("chest", "In it").check(closed("chest")).run(|cx| cx.reply("gold"))),
                )
                .add(command("hall", "In the middle").run(|cx| cx.reply("wide"))),
        ),
    );
    scene.play(bot, || {
        let reply = |line| ephemeral_reply(&scene.ann.uses(&scene.general, line)?);
        assert_eq!(reply("/house cellar")?, "The cellar is closed.");
        assert_eq!(reply("/house attic chest")?, "The attic is closed.");
        assert_eq!(scene.ann_uses("/house hall")?, "wide");
        Ok(())
    });
}

#[test]
fn permissions_and_contexts_of_a_group_are_registered() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(
        group("admin", "Moderation")
            .default_member_permissions(Permissions::BAN_MEMBERS)
            .contexts([InteractionContextType::GUILD])
            .add(command("ban", "Bans").run(|cx| cx.reply("gone"))),
    );
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/admin ban")?, "gone");
        assert!(matches!(scene.bob.uses(&scene.general, "/admin ban"), Err(SimError::NotPossible { .. })));
        Ok(())
    });
    let registered = &scene.discord.commands(None)[0];
    assert_eq!(registered["default_member_permissions"], "4");
    assert_eq!(registered["contexts"], serde_json::json!([0]));
}
