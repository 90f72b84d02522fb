//! Commands that are called by messages.

use std::time::Duration;

use serde_json::json;
use syncord::bot::Lanes;
use syncord::interaction::ResponseError;
use syncord::model::Permissions;
use syncord::rest::{InteractionMessage, Modal};
use syncord::sim::Discord;
use syncord::tree::{
    Tree, attachment, boolean, bot_has_permissions, channel, choices, command, cooldown, group,
    has_permissions, integer, member, mentionable, role, string, user,
};
use syncord::{Bot, Error, Intents};

use crate::scene::Scene;

/// What the bot replies to a message of ann.
fn reply(scene: &Scene, text: &str) -> Result<String, Error> {
    scene.ann.says(&scene.general, text);
    Ok(scene.general.next_message()?.content)
}

fn gift<'a>() -> Tree<'a> {
    Tree::new("gift").text().add(
        command("gift", "Gives coins to a user")
            .option("whom", "Who gets them", user())
            .option("coins", "How many", integer(1..=500).optional())
            .option("loud", "For all to see", boolean().optional())
            .option("note", "Why", string().max_length(20).optional())
            .run(|cx, whom, coins, loud, note| {
                cx.reply(format!("{} {coins:?} {loud:?} {note:?}", whom.username))
            }),
    )
}

#[test]
fn one_handler_serves_the_slash_command_and_the_message() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(gift());
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/gift whom:@bob coins:20")?, "bob Some(20) None None");
        let mention = scene.bob.mention();
        assert_eq!(reply(&scene, &format!("!gift {mention} 20"))?, "bob Some(20) None None");
        let answer = scene.ann.sees(&scene.general).pop().unwrap();
        assert_eq!(answer.raw["referenced_message"]["content"], format!("!gift {mention} 20"));
        for (text, expected) in [
            ("!gift bob", "bob None None None"),
            ("!GIFT @bob thank  you", "bob None None Some(\"thank  you\")"),
            ("!gift note:\"to you\" bob --loud", "bob None Some(true) Some(\"to you\")"),
            ("! gift bob 5 no reason", "bob Some(5) Some(false) Some(\"reason\")"),
        ] {
            assert_eq!(reply(&scene, text)?, expected, "{text}");
        }
        let id = scene.bob.id().get();
        assert_eq!(reply(&scene, &format!("!gift {id}"))?, "bob None None None");
        Ok(())
    });
}

#[test]
fn what_cannot_be_read_is_answered_with_what_was_expected_and_where() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(gift());
    scene.play(bot, || {
        let usage = "Usage: `!gift <whom> [coins] [loud] [note…]`";
        for (text, expected) in [
            ("!gift", "`whom`: Expected a user (a mention, an ID or a name).\n```\n!gift\n     ^\n```"),
            (
                "!gift nemo",
                "`whom`: I do not find a user (a mention, an ID or a name).\n```\n!gift nemo\n      ^^^^\n```",
            ),
            ("!gift bob 900", "`coins`: The maximum is 500.\n```\n!gift bob 900\n          ^^^\n```"),
            (
                "!gift bob coins:many",
                "`coins`: Expected an integer from 1 to 500, not \"many\".\n```\n!gift bob coins:many\n          ^^^^^^^^^^\n```",
            ),
            (
                "!gift bob it is more than twenty long",
                "`note`: The maximum is 20 characters.\n```\n!gift bob it is more than twenty long\n          ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n```",
            ),
        ] {
            assert_eq!(reply(&scene, text)?, format!("{expected}{usage}"), "{text}");
        }
        Ok(())
    });
}

#[test]
fn every_kind_of_option_is_read_from_text() {
    let scene = Scene::new();
    scene.discord.channel("harbour");
    let mut bot = scene.bot();
    bot.text_prefix("!")
        .command(
            command("channel", "x")
                .text_only()
                .option("c", "x", channel())
                .run(|cx, channel| cx.reply(channel.name.unwrap_or_default())),
        )
        .command(
            command("role", "x").text_only().option("r", "x", role()).run(|cx, role| cx.reply(role.name)),
        )
        .command(
            command("member", "x").text_only().option("m", "x", member()).run(|cx, member| {
                cx.reply(format!("{} {}", member.user.username, member.joined_at.is_some()))
            }),
        )
        .command(
            command("either", "x")
                .text_only()
                .option("e", "x", mentionable())
                .run(|cx, either| cx.reply(either.id().to_string())),
        )
        .command(
            command("colour", "x")
                .text_only()
                .option("c", "x", choices([("Dark red", 3), ("Blue", 7)]))
                .run(|cx, colour| cx.reply(colour.to_string())),
        )
        .command(
            command("file", "x")
                .text_only()
                .option("f", "x", attachment())
                .run(|cx, file| cx.reply(format!("{} {}", file.filename, file.size))),
        );
    scene.play(bot, || {
        let (rest, _) = scene.rest();
        let guild = scene.discord.guild_id();
        let pilots = rest.guild_roles(guild)?.iter().find(|role| role.id.get() == guild.get()).unwrap().id;
        for (text, expected) in [
            ("!channel harbour", "harbour".to_owned()),
            ("!channel #harbour", "harbour".to_owned()),
            (&format!("!channel <#{}>", scene.general.id()), "general".to_owned()),
            ("!role @everyone", "@everyone".to_owned()),
            (&format!("!role <@&{pilots}>"), "@everyone".to_owned()),
            ("!member bob", "bob true".to_owned()),
            (&format!("!either {}", scene.bob.mention()), scene.bob.id().to_string()),
            ("!either everyone", pilots.to_string()),
            ("!colour dark red", "This is more than the command takes.".to_owned()),
            ("!colour \"dark red\"", "3".to_owned()),
            ("!colour 7", "7".to_owned()),
            ("!file", "`f`: Expected an attached file.".to_owned()),
        ] {
            let reply = reply(&scene, text)?;
            assert_eq!(reply.lines().next(), Some(expected.as_str()), "{text}");
        }
        scene.ann.posts_with_files(&scene.general, &json!({"content": "!file"}), &[("tide.txt", b"high")]);
        assert_eq!(scene.general.next_message()?.content, "tide.txt 4");
        Ok(())
    });
}

#[test]
fn a_channel_that_the_author_cannot_see_cannot_be_named() {
    let hidden = Permissions::VIEW_CHANNEL;
    let scene = Scene::of(
        Discord::builder()
            .guild("harbour", |guild| guild.channel("bridge", |it| it.deny("@everyone", hidden))),
    );
    let mut bot = scene.bot();
    let show = command("show", "x").option("c", "x", channel()).run(|cx, it| cx.reply(it.id.to_string()));
    bot.text_prefix("!").mount(Tree::new("it").text().add(show));
    let (owner, member) = (&scene.ann, &scene.bob);
    let bridge = scene.discord.channel("bridge");
    scene.play(bot, || {
        let thread = owner.starts_thread(&scene.general, "log")?;
        let path = format!("channels/{}/threads", scene.general.id());
        let private = owner.requests("POST", &path, json!({"name": "plans", "type": 12}))?;
        let private = private["id"].as_str().unwrap().to_owned();
        let finds = |who: &syncord::sim::Member, named: &str| -> Result<bool, Error> {
            who.says(&scene.general, &format!("!show {named}"));
            Ok(!scene.general.next_message()?.content.starts_with("`c`: I do not find a channel"))
        };
        for named in [format!("<#{}>", bridge.id()), bridge.id().to_string(), "bridge".to_owned()] {
            assert!(!finds(member, &named)?, "{named}");
            assert!(finds(owner, &named)?, "the owner sees it: {named}");
        }
        assert!(finds(member, &format!("<#{}>", thread.id()))?);
        assert!(!finds(member, &format!("<#{private}>"))?, "not a member of the private thread");
        owner.requests("PUT", &format!("channels/{private}/thread-members/{}", member.id()), json!({}))?;
        assert!(finds(member, &format!("<#{private}>"))?);
        Ok(())
    });
}

#[test]
fn a_channel_of_another_guild_and_direct_messages_cannot_be_named() {
    let scene = Scene::of(
        Discord::builder()
            .guild("harbour", |guild| guild)
            .guild("island", |guild| guild.channel("secret", |channel| channel)),
    );
    let mut bot = scene.bot();
    bot.text_prefix("!").command(
        command("channel", "x")
            .text_only()
            .option("c", "x", channel())
            .run(|cx, channel| cx.reply(channel.name.unwrap_or_default())),
    );
    let secret = scene.discord.guild("island").unwrap().channel("secret").id();
    scene.play(bot, || {
        let direct = scene.discord.dm_channel(&scene.bob).id();
        for id in [secret, direct] {
            for text in [format!("!channel <#{id}>"), format!("!channel {id}")] {
                let reply = reply(&scene, &text)?;
                assert!(reply.starts_with("`c`: I do not find a channel"), "{reply}");
            }
        }
        Ok(())
    });
}

#[test]
fn groups_hand_down_text_prefixes_aliases_and_checks() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!").command(
        group("admin", "Moderation")
            .text()
            .alias("a")
            .text_prefix("?")
            .check(has_permissions(Permissions::BAN_MEMBERS))
            .add(
                command("ban", "Bans")
                    .alias("b")
                    .option("whom", "x", user())
                    .run(|cx, whom| cx.reply(format!("{} is banned", whom.username))),
            )
            .add(group("role", "Roles").add(command("list", "Lists").run(|cx| cx.reply("none")))),
    );
    scene.play(bot, || {
        for text in ["!admin ban bob", "!a b bob", "?admin b bob", "?A ban bob"] {
            assert_eq!(reply(&scene, text)?, "bob is banned", "{text}");
        }
        assert_eq!(reply(&scene, "!a role list")?, "none");
        assert_eq!(reply(&scene, "?admin")?, "Expected one of `?admin ban`, `?admin role`.");
        assert_eq!(reply(&scene, "!a role")?, "Expected one of `!a role list`.");
        scene.bob.says(&scene.general, "!a b ann");
        assert_eq!(scene.general.next_message()?.content, "You need the permission Ban Members.");
        Ok(())
    });
}

#[test]
fn only_prefixes_of_the_bot_call_its_commands_and_bots_call_none() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!")
        .text_prefix("hey bot,")
        .text_prefix_by(|message| message.guild_id.map(|_| "%".to_owned()))
        .text_prefix_mention()
        .command(command("ping", "x").text().run(|cx| {
            // The reply begins as a call does, and calls nothing.
            cx.reply(format!("!ping {}", cx.message().is_some()))
        }))
        .command(command("only_slash", "x").run(|cx| cx.reply("slash")));
    scene.play(bot, || {
        let (general, ann) = (&scene.general, &scene.ann);
        for text in ["ping", "?ping", "!pong", "!", "!only_slash", "x !ping", "hey ping"] {
            ann.says(general, text);
        }
        let mention = format!("<@{}> ping", scene.discord.bot_id());
        for text in ["!ping", "hey bot, ping", "%ping", &mention] {
            assert_eq!(reply(&scene, text)?, "!ping true", "{text}");
        }
        let direct = scene.discord.dm_channel(ann);
        ann.says(&direct, "!ping");
        assert_eq!(direct.next_message()?.content, "!ping true");
        assert_eq!(scene.ann_uses("/ping")?, "!ping false");
        assert!(general.try_next_message().is_none());
        Ok(())
    });
}

#[test]
fn a_command_that_is_text_only_is_not_registered() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(
        Tree::new("all")
            .add(command("slash", "x").run(|cx| cx.reply("x")))
            .add(command("text", "x").text_only().run(|cx| cx.reply("x")))
            .add(
                group("mixed", "x")
                    .add(command("slash", "x").run(|cx| cx.reply("x")))
                    .add(command("text", "x").text_only().run(|cx| cx.reply("in the group"))),
            )
            .add(group("texts", "x").text_only().add(command("one", "x").run(|cx| cx.reply("x")))),
    );
    scene.play(bot, || {
        assert_eq!(scene.command_names(), ["mixed", "slash"]);
        let mixed =
            scene.discord.commands(None).into_iter().find(|command| command["name"] == "mixed").unwrap();
        assert_eq!(mixed["options"].as_array().unwrap().len(), 1);
        assert_eq!(reply(&scene, "!mixed text")?, "in the group");
        Ok(())
    });
}

#[test]
fn what_discord_enforces_for_a_slash_command_holds_for_text() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!")
        .command(
            command("kick", "x")
                .default_member_permissions(Permissions::KICK_MEMBERS)
                .text()
                .run(|cx| cx.reply("kicked")),
        )
        .command(command("guild", "x").guild_only().text().run(|cx| cx.reply("here")))
        .command(command("adult", "x").nsfw().text().run(|cx| cx.reply("hm")))
        .command(
            command("bot", "x")
                .check(bot_has_permissions(Permissions::ADMINISTRATOR))
                .text()
                .run(|cx| cx.reply("ok")),
        );
    scene.play(bot, || {
        assert_eq!(reply(&scene, "!kick")?, "kicked");
        scene.bob.says(&scene.general, "!kick");
        assert_eq!(scene.general.next_message()?.content, "You do not have the permissions for this.");
        assert_eq!(reply(&scene, "!guild")?, "here");
        let direct = scene.discord.dm_channel(&scene.bob);
        scene.bob.says(&direct, "!guild");
        assert_eq!(direct.next_message()?.content, "This works on servers only.");
        assert_eq!(reply(&scene, "!adult")?, "This works in age-restricted channels only.");
        Ok(())
    });
}

#[test]
fn a_text_command_is_answered_edited_and_followed_up_by_messages() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!")
        .command(command("count", "x").text_only().run(|cx| {
            assert!(matches!(cx.edit("0"), Err(Error::Response(ResponseError::NoResponseYet { .. }))));
            cx.defer()?;
            assert_eq!(cx.edit("3")?.content, "3");
            assert!(cx.reply("again").is_err());
            cx.edit("2")?;
            assert_eq!(cx.fetch_reply()?.content, "2");
            cx.follow_up("1")?;
            cx.delete_reply()
        }))
        .command(command("secret", "x").text_only().run(|cx| cx.reply_ephemeral("psst")))
        .command(command("hidden", "x").text_only().ephemeral().run(|cx| cx.reply("psst too")))
        .command(command("announced", "x").text_only().run(|cx| {
            cx.defer_ephemeral()?;
            cx.reply("psst again")
        }))
        .command(command("form", "x").text_only().run(|cx| {
            let error = cx.modal(&Modal::new("m", "Title")).unwrap_err();
            cx.reply(InteractionMessage::text(error.to_string()))
        }))
        .command(command("fails", "x").text_only().run(|_| Err("no".into())))
        .on_error(|_, _| {});
    scene.play(bot, || {
        let general = &scene.general;
        scene.ann.says(general, "!count");
        let (first, second) = (general.next_message()?, general.next_message()?);
        assert_eq!(second.content, "1");
        scene.discord.wait_until("the deletion", |_| general.message(first.id).is_none())?;
        let direct = scene.discord.dm_channel(&scene.ann);
        scene.ann.says(general, "!secret");
        assert_eq!(direct.next_message()?.content, "psst");
        scene.ann.says(general, "!hidden");
        assert_eq!(direct.next_message()?.content, "psst too");
        scene.ann.says(general, "!announced");
        assert_eq!(direct.next_message()?.content, "psst again");
        assert!(
            reply(&scene, "!form")?
                .starts_with("modal is not possible for a command that was called by a message")
        );
        assert_eq!(reply(&scene, "!fails")?, "Something went wrong, and the bot could not do this.");
        Ok(())
    });
}

#[test]
fn text_commands_run_in_lanes_and_share_cooldowns() {
    let scene = Scene::new();
    let lanes = Lanes::new(2);
    let mut bot = scene.bot();
    bot.text_prefix("!").command(
        command("slow", "x")
            .option("n", "x", integer(..))
            .check(cooldown(2, Duration::from_secs(3600)))
            .text()
            .run_in(&lanes, |cx, n| cx.reply(format!("{n} in a lane"))),
    );
    scene.play(bot, || {
        assert_eq!(reply(&scene, "!slow 7")?, "7 in a lane");
        assert_eq!(
            reply(&scene, "!slow seven")?.lines().next(),
            Some("`n`: Expected an integer, not \"seven\".")
        );
        assert_eq!(scene.ann_uses("/slow n:8")?, "8 in a lane");
        assert!(reply(&scene, "!slow 9")?.starts_with("Not so fast"));
        Ok(())
    });
}

#[test]
fn edits_of_a_call_change_its_response_if_they_are_followed() {
    let scene = Scene::new();
    let runs = std::cell::Cell::new(0);
    let mut bot = scene.bot();
    bot.text_prefix("!").follow_edits(Duration::from_secs(3600)).command(
        command("double", "x").text_only().option("n", "x", integer(..)).run(|cx, n| {
            runs.set(runs.get() + 1);
            cx.reply(
                InteractionMessage::text((2 * n).to_string())
                    .embed(syncord::model::Embed::new().title("double")),
            )
        }),
    );
    scene.play(bot, || {
        let (ann, general) = (&scene.ann, &scene.general);
        let call = ann.says(general, "!double three");
        let response = general.next_message()?;
        assert!(response.content.contains("Expected an integer"));
        let becomes = |text: &str| {
            scene.discord.wait_until("the change", |_| {
                general.message(response.id).is_some_and(|now| now.content == text)
            })
        };
        ann.edits(call, "!double 3");
        becomes("6")?;
        assert_eq!(general.message(response.id).unwrap().raw["embeds"][0]["title"], "double");
        ann.edits(call, "!double x");
        scene.discord.wait_until("the problem", |_| {
            general
                .message(response.id)
                .is_some_and(|now| now.content.contains("Expected") && now.raw["embeds"] == json!([]))
        })?;
        // A deleted response is sent again, and a message that called nothing may call something.
        ann.deletes(response.id);
        ann.edits(call, "!double 4");
        assert_eq!(general.next_message()?.content, "8");
        let other = ann.says(general, "double 5");
        ann.edits(other, "!double 5");
        assert_eq!(general.next_message()?.content, "10");
        Ok(())
    });
    assert_eq!(runs.get(), 3);
}

#[test]
fn the_intents_follow_from_the_prefixes() {
    let ping = || command("ping", "x").text().run(|cx| cx.reply("pong"));
    let intents = |bot: &Bot<'_>| bot.to_string().lines().last().unwrap().to_owned();
    let mut bot = Bot::new("token").unwrap();
    bot.command(ping()).text_prefix_mention();
    assert_eq!(intents(&bot), format!("intents: {}", Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES));
    bot.text_prefix("!");
    assert!(intents(&bot).contains("MESSAGE_CONTENT"), "{bot}");
}

#[test]
fn mistakes_with_text_commands_are_reported_at_start() {
    let ping = || command("ping", "x").text().run(|cx| cx.reply("pong"));
    let problems = |prepare: &dyn Fn(&mut Bot<'static>)| {
        let mut bot = Bot::new("token").unwrap();
        prepare(&mut bot);
        bot.start().map(drop).unwrap_err().to_string()
    };
    let text = problems(&|bot| {
        bot.command(ping());
    });
    assert!(text.contains("with no prefix: add bot.text_prefix(\"!\")"), "{text}");
    let text = problems(&|bot| {
        bot.text_prefix("!")
            .command(ping())
            .command(command("pong", "x").text().alias("PING").run(|cx| cx.reply("x")));
    });
    assert!(text.contains("another text command is called \"PING\" already"), "{text}");
    let text = problems(&|bot| {
        bot.text_prefix("!").command(command("ping", "x").run(|cx| cx.reply("pong")));
    });
    assert!(text.contains("no command can be called by text: add .text()"), "{text}");
    for prefix in ["", " ", "\t!"] {
        let text = problems(&|bot| {
            bot.text_prefix(prefix).command(ping());
        });
        assert!(text.contains(&format!("no message begins with the prefix {prefix:?}")), "{text}");
    }
    let text = problems(&|bot| {
        bot.text_prefix("hey bot ").command(ping().alias("p i"));
    });
    assert!(text.contains("/ping: the alias \"p i\" has white space") && !text.contains("hey bot"), "{text}");
    let text = problems(&|bot| {
        let stop = command("stop", "x").text_prefix("?").run(|cx| cx.reply("x"));
        let group =
            group("crew", "x").alias("c").add(command("list", "x").alias("ls").run(|cx| cx.reply("x")));
        bot.text_prefix("!").command(ping()).command(stop).command(group);
    });
    for problem in ["/stop: .text_prefix(..)", "/crew: .alias(..)", "/crew list: .alias(..)"] {
        assert!(text.contains(&format!("{problem} is only for text commands: add .text()")), "{text}");
    }
    let text = problems(&|bot| {
        bot.text_prefix("!").add(syncord::tree::on::<syncord::events::Ready>(|_, _| Ok(())).text());
    });
    assert!(text.contains(".text() does nothing here"), "{text}");
    let text = problems(&|bot| {
        bot.text_prefix("!").add(syncord::tree::user_command("Wave").text().run(|cx, _| cx.reply("x")));
    });
    assert!(text.contains(".text() does nothing for a command of a context menu"), "{text}");
}
