//! Guards answer the users whom they refuse.

use std::time::Duration;

use syncord::model::Permissions;
use syncord::tree::{
    Check, bot_has_permissions, command, cooldown, guild_only, has_permissions, integer, owner_only,
};

use crate::scene::{Scene, told_privately};

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn who_is_refused_is_told_why_and_the_closure_does_not_run() {
    let scene = Scene::new();
    let mut ran = Vec::new();
    let even = Check::new(|cx| {
        let number = cx.interaction().command().and_then(|data| data.value("number")?.as_i64());
        if number.is_some_and(|number| number % 2 == 0) { Ok(()) } else { Err("Even ones only.".into()) }
    });
    let cell = std::cell::RefCell::new(&mut ran);
    let ran_as = |name: &'static str| cell.borrow_mut().push(name);
    let mut bot = scene.bot();
    bot.command(command("guild", "x").check(guild_only()).run(|cx| {
        ran_as("guild");
        cx.reply("ok")
    }))
    .command(command("owner", "x").check(owner_only()).run(|cx| {
        ran_as("owner");
        cx.reply("ok")
    }))
    .command(command("ban", "x").check(has_permissions(Permissions::BAN_MEMBERS)).run(|cx| {
        ran_as("ban");
        cx.reply("ok")
    }))
    .command(command("bot", "x").check(bot_has_permissions(Permissions::ADMINISTRATOR)).run(|cx| {
        ran_as("bot");
        cx.reply("ok")
    }))
    .command(command("even", "x").option("number", "x", integer(..)).check(even).run(|cx, _| {
        ran_as("even");
        cx.reply("ok")
    }));
    scene.play(bot, || {
        let (ann, bob, general) = (&scene.ann, &scene.bob, &scene.general);
        let direct = scene.discord.direct(bob);
        assert_eq!(told_privately(&bob.uses(&direct, "/guild")?)?, "This works on servers only.");
        assert_eq!(bob.uses(general, "/guild")?.reply()?.content, "ok");
        assert_eq!(told_privately(&bob.uses(general, "/owner")?)?, "Only my owner can use this.");
        assert_eq!(told_privately(&bob.uses(general, "/ban")?)?, "You need the permissions BAN_MEMBERS.");
        assert_eq!(ann.uses(general, "/ban")?.reply()?.content, "ok");
        assert_eq!(told_privately(&ann.uses(general, "/bot")?)?, "I need the permissions ADMINISTRATOR.");
        assert_eq!(told_privately(&ann.uses(general, "/even number:3")?)?, "Even ones only.");
        assert_eq!(ann.uses(general, "/even number:4")?.reply()?.content, "ok");
        Ok(())
    });
    assert_eq!(ran, ["guild", "ban", "even"]);
}

#[test]
fn a_cooldown_counts_for_each_user_or_for_the_whole_guild() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("mine", "x").check(cooldown(1, HOUR)).run(|cx| cx.reply("ok")))
        .command(command("ours", "x").check(cooldown(2, HOUR).by_guild()).run(|cx| cx.reply("ok")));
    scene.play(bot, || {
        let (ann, bob, general) = (&scene.ann, &scene.bob, &scene.general);
        assert_eq!(ann.uses(general, "/mine")?.reply()?.content, "ok");
        let told = told_privately(&ann.uses(general, "/mine")?)?;
        assert!(told.starts_with("Not so fast: try again in "), "{told}");
        assert_eq!(bob.uses(general, "/mine")?.reply()?.content, "ok");
        for who in [ann, bob] {
            assert_eq!(who.uses(general, "/ours")?.reply()?.content, "ok");
        }
        assert!(told_privately(&ann.uses(general, "/ours")?)?.starts_with("Not so fast"));
        Ok(())
    });
}
