//! The generated help command.

use syncord::model::Permissions;
use syncord::tree::{Tree, command, group, integer, owner_only, string, user};
use syncord::{Bot, Error};

use crate::scene::Scene;

fn tree<'a>() -> Tree<'a> {
    Tree::new("harbour")
        .add(
            command("roll", "Rolls dice")
                .option("sides", "Faces", integer(2..=20))
                .text()
                .run(|cx, _| cx.reply("4")),
        )
        .add(
            group("admin", "Moderation").requires(Permissions::BAN_MEMBERS).text().add(
                command("ban", "Bans a user")
                    .option("whom", "The user", user())
                    .option("why", "The reason", string().optional())
                    .run(|cx, _, _| cx.reply("x")),
            ),
        )
        .add(command("quit", "Stops me").check(owner_only()).run(|cx| cx.reply("x")))
        .add(command("old", "An old one").text_only().run(|cx| cx.reply("x")))
}

#[test]
fn the_help_lists_only_what_the_user_may_use() -> Result<(), Error> {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(tree()).help();
    scene.play(bot, || {
        let general = &scene.general;
        let used = scene.bob.uses(general, "/help")?.reply()?;
        assert!(used.is_ephemeral());
        assert_eq!(
            used.content,
            "`/help [command…]` — Shows what I can do\n`!old` — An old one\n`/roll <sides>` — Rolls dice"
        );
        scene.ann.says(general, "!help");
        assert_eq!(
            general.next_message()?.content,
            "`!admin ban <whom> [why…]` — Bans a user\n`!help [command…]` — Shows what I can do\n`!old` — An old one\n\
             `/quit` — Stops me\n`!roll <sides>` — Rolls dice"
        );
        scene.bob.says(general, "!help");
        assert!(!general.next_message()?.content.contains("ban"));
        Ok(())
    });
    Ok(())
}

#[test]
fn the_help_is_a_text_command_whether_the_prefix_is_added_before_or_after_it() -> Result<(), Error> {
    type Add = fn(&mut Bot<'_>);
    let prefixes: [(Add, &str); 3] = [
        (|bot| _ = bot.text_prefix("!"), "!help"),
        (|bot| _ = bot.text_prefix_by(|_| Some("?".to_owned())), "?help"),
        (|bot| _ = bot.text_prefix_mention(), "@bot help"),
    ];
    for (add, call) in prefixes {
        let scene = Scene::new();
        let mut bot = scene.bot();
        bot.help();
        assert!(!bot.to_string().contains("also by text"), "{bot}");
        add(&mut bot);
        bot.text_prefix("&");
        assert_eq!(bot.to_string().matches("also by text").count(), 1, "{bot}");
        let call = call.replace("@bot", &format!("<@{}>", scene.discord.bot_id()));
        scene.play(bot, || {
            scene.ann.says(&scene.general, &call);
            assert!(scene.general.next_message()?.content.contains("Shows what I can do"), "{call}");
            Ok(())
        });
    }
    Ok(())
}

#[test]
fn the_help_describes_a_command_with_its_options_and_a_group() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.mount(
        Tree::new("all")
            .add(
                command("roll", "Rolls dice")
                    .option("sides", "Faces", integer(2..=20))
                    .run(|cx, _| cx.reply("4")),
            )
            .add(group("admin", "Moderation").add(command("ban", "Bans").run(|cx| cx.reply("x")))),
    )
    .help();
    scene.play(bot, || {
        let ask = |line: &str| scene.ann_uses(line);
        assert_eq!(
            ask("/help command:roll")?,
            "`/roll <sides>` — Rolls dice\n- `sides`: Faces (an integer from 2 to 20)"
        );
        assert_eq!(ask("/help command:/admin")?, "`/admin ban` — Bans");
        assert_eq!(ask("/help command:sink")?, "There is no such command that you can use here.");
        Ok(())
    });
}

#[test]
fn a_long_list_has_pages() {
    for commands in [20, 30] {
        turn_pages(commands);
    }
}

/// Turns to the second page and back. With the help itself, 20 commands are two pages and 30 are three.
fn turn_pages(commands: usize) {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!");
    for number in 10..10 + commands {
        bot.command(command(&format!("c{number}"), "One of many").text().run(|cx| cx.reply("x")));
    }
    bot.help();
    scene.play(bot, || {
        scene.ann.says(&scene.general, "!help");
        let first = scene.general.next_message()?;
        assert_eq!(
            (first.content.lines().count(), first.content.lines().next()),
            (15, Some("`!c10` — One of many"))
        );
        let more = first.raw["components"][0]["components"][1]["custom_id"].as_str().unwrap().to_owned();
        scene.ann.clicks(first.id, &more)?.wait_for_acknowledgement()?;
        let second = scene.general.message(first.id).unwrap();
        assert_eq!(second.content.lines().next(), Some("`!c25` — One of many"));
        let back = second.raw["components"][0]["components"][0]["custom_id"].as_str().unwrap().to_owned();
        scene.ann.clicks(first.id, &back)?.wait_for_acknowledgement()?;
        assert_eq!(scene.general.message(first.id).unwrap().content, first.content);
        Ok(())
    });
}
