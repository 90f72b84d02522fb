//! The texts that the library says to users can be replaced, each of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use syncord::bot::Prompt;
use syncord::events::{InteractionCreate, MessageCreate};
use syncord::id::SkuId;
use syncord::model::component::{ActionRow, Button};
use syncord::model::{ChannelType, Permissions};
use syncord::rest::CreateMessage;
use syncord::sim::Discord;
use syncord::texts::LibraryText;
use syncord::tree::{
    Check, Tree, boolean, bot_has_permissions, channel, command, cooldown, duration, group, guild_only,
    has_permissions, integer, max_concurrency, number, owner_only, premium, role, string, user,
};
use syncord::{Bot, Error};

use crate::scene::Scene;

/// A bot that says the key of each text instead of the text, with what is in it.
fn keyed(scene: &Scene) -> Bot<'static> {
    let mut bot = scene.bot();
    bot.replace_texts(|about| Some(format!("<{}>", about.text.key())));
    bot
}

#[test]
fn refusals_of_checks_are_replaced() {
    let few = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let scene = Scene::of(Discord::builder().guild("harbour", |guild| guild.bot_permissions(few)));
    let mut bot = keyed(&scene);
    let check = |name: &str, check: Check| command(name, "Checks").check(check).run(|cx| cx.reply("passed"));
    bot.command(check("owner", owner_only()));
    bot.command(check("one", has_permissions(Permissions::BAN_MEMBERS)));
    bot.command(check("two", has_permissions(Permissions::BAN_MEMBERS | Permissions::KICK_MEMBERS)));
    bot.command(check("bot", bot_has_permissions(Permissions::BAN_MEMBERS)));
    let two = Permissions::BAN_MEMBERS | Permissions::KICK_MEMBERS;
    bot.command(check("bots", bot_has_permissions(two)));
    bot.command(check("premium", premium(SkuId::new(1))));
    bot.command(check("cooldown", cooldown(0, Duration::from_secs(9)).into()));
    bot.command(check("busy", max_concurrency(0).into()));
    bot.command(check("none", Check::any::<Check>([])));
    scene.play(bot, || {
        for (name, key) in [
            ("owner", "owner_only"),
            ("one", "needs_permission"),
            ("two", "needs_permissions"),
            ("bot", "bot_needs_permission"),
            ("bots", "bot_needs_permissions"),
            ("premium", "premium_only"),
            ("cooldown", "cooldown"),
            ("busy", "in_use"),
            ("none", "refused"),
        ] {
            let used = scene.bob.uses(&scene.general, &format!("/{name}"))?;
            assert_eq!(used.reply()?.content, format!("<{key}>"), "{name}");
        }
        Ok(())
    });
}

#[test]
fn what_is_said_in_place_of_a_handler_is_replaced() {
    let scene = Scene::new();
    let mut bot = keyed(&scene);
    bot.command(command("fails", "Fails").run(|_| Err("no".into())));
    bot.command(command("silent", "Says nothing").run(|_| Ok(())));
    bot.on_message(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let row = ActionRow::new([Button::danger("unknown", "Click")]);
        cx.send(message.channel_id, CreateMessage::text("A button").component(row))?;
        Ok(())
    });
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/fails")?, "<failed>");
        assert_eq!(scene.ann_uses("/silent")?, "<no_response>");
        scene.ann.says(&scene.general, "a button, please");
        let message = scene.general.next_message()?;
        assert_eq!(scene.ann.clicks(&message, "unknown")?.reply()?.content, "<no_longer_active>");
        Ok(())
    });
}

#[test]
fn explanations_of_text_commands_are_replaced_in_all_their_parts() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    // Each text keeps its parts, and shows its key.
    bot.replace_texts(|about| match about.text {
        LibraryText::Expected { expected } => Some(format!("expected({expected})")),
        LibraryText::Usage { usage } => Some(format!("usage({usage})")),
        _ => None,
    });
    bot.text_prefix("!");
    bot.command(
        command("roll", "Rolls")
            .option("sides", "Faces", integer(2..=6))
            .text_only()
            .run(|cx, _| cx.reply("4")),
    );
    scene.play(bot, || {
        scene.ann.says(&scene.general, "!roll");
        assert_eq!(
            scene.general.next_message()?.content,
            "`sides`: expected(an integer from 2 to 6)\n```\n!roll\n     ^\n```usage(!roll <sides>)"
        );
        Ok(())
    });
}

#[test]
fn options_that_cannot_be_read_are_explained_by_replaced_texts() {
    let scene = Scene::new();
    let mut bot = keyed(&scene);
    bot.replace_texts(|about| match about.text {
        LibraryText::OptionProblem { problem, .. } => {
            Some(format!("<option_problem {}>", problem.library().map_or("", LibraryText::key)))
        }
        LibraryText::Usage { .. } => Some("<usage>".to_owned()),
        text => Some(format!("<{}>", text.key())),
    });
    bot.text_prefix("!").mount(
        Tree::new("all")
            .text_only()
            .add(command("whole", "Takes a number").option("n", "N", integer(1..)).run(|cx, _| cx.reply("x")))
            .add(command("wait", "Takes a time").option("t", "T", duration(..)).run(|cx, _| cx.reply("x")))
            .add(command("who", "Takes a user").option("u", "U", user()).run(|cx, _| cx.reply("x")))
            .add(
                command("long", "Takes a text")
                    .option("s", "S", string().min_length(5))
                    .run(|cx, _| cx.reply("x")),
            )
            .add(
                command("short", "Takes a text")
                    .option("s", "S", string().max_length(2))
                    .run(|cx, _| cx.reply("x")),
            )
            .add(
                command("where", "Takes a channel")
                    .option("c", "C", channel().channel_types([ChannelType::GUILD_VOICE]))
                    .run(|cx, _| cx.reply("x")),
            )
            .add(group("many", "Has more").add(command("one", "One").run(|cx| cx.reply("x")))),
    );
    scene.play(bot, || {
        let said = |text: &str| -> Result<String, Error> {
            scene.ann.says(&scene.general, text);
            Ok(scene.general.next_message()?.content)
        };
        for (text, key) in [
            ("!whole", "<option_problem expected>"),
            ("!whole x", "<option_problem expected_other>"),
            ("!whole 0", "<option_problem minimum>"),
            ("!whole 1 1", "<too_much>"),
            ("!whole n:1 n:2", "<option_problem given_twice>"),
            ("!wait x", "<option_problem expected>"),
            ("!who zed", "<option_problem not_found>"),
            ("!long abc", "<option_problem minimum_length>"),
            ("!short abc", "<option_problem maximum_length>"),
            ("!where general", "<option_problem wrong_channel_type>"),
            ("!many", "<expected_command>"),
        ] {
            let shown = said(text)?;
            assert!(shown.starts_with(key), "{text}: {shown}");
        }
        Ok(())
    });
}

#[test]
fn what_an_option_takes_is_replaced() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let keys = Arc::new(Mutex::new(BTreeSet::new()));
    let seen = Arc::clone(&keys);
    bot.replace_texts(move |about| {
        seen.lock().unwrap().insert(about.text.key());
        None
    });
    bot.command(
        command("all", "Takes everything")
            .option("s", "S", string())
            .option("i", "I", integer(1..=2))
            .option("n", "N", number(1.0..))
            .option("m", "M", number(..=9.0))
            .option("b", "B", boolean())
            .option("u", "U", user())
            .option("c", "C", channel())
            .option("r", "R", role().optional())
            .run(|cx, _, _, _, _, _, _, _, _| cx.reply("x")),
    );
    bot.help();
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/help command:all")?.reply()?;
        assert!(used.content.contains("- `n`: N (a number of at least 1)"), "{}", used.content);
        assert!(used.content.contains("- `r`: R (a role (a mention, an ID or a name), optional)"));
        assert_eq!(
            scene.ann.uses(&scene.general, "/help command:nothing")?.reply()?.content,
            "There is no such command that you can use here."
        );
        Ok(())
    });
    let keys = keys.lock().unwrap();
    for key in [
        "help_line",
        "help_option",
        "help_optional_option",
        "help_unknown",
        "a_text",
        "an_integer",
        "from_to",
        "a_number",
        "limited",
        "at_least",
        "at_most",
        "yes_or_no",
        "a_user",
        "a_channel",
        "a_role",
    ] {
        assert!(keys.contains(key), "{key} is not in {keys:?}");
    }
}

#[test]
fn labels_and_texts_of_prompts_are_replaced() {
    let scene = Scene::new();
    let mut bot = keyed(&scene);
    let wipe = command("wipe", "Deletes all").waits_for::<InteractionCreate>();
    bot.command(wipe.run(|cx| Ok(cx.spawn(|task| task.confirm("Sure?").map(drop).map_err(Into::into))?)));
    let pages = command("pages", "Shows pages").waits_for::<InteractionCreate>();
    bot.command(pages.run(|cx| Ok(cx.spawn(|task| Ok(task.pages(Prompt::default(), ["a", "b", "c"])?))?)));
    let ask = command("ask", "Asks").waits_for::<MessageCreate>();
    bot.command(ask.run(|cx| {
        Ok(cx.spawn(|task| {
            task.ask::<u8>(Prompt::new("Age?").expects("a number").tries(1))?;
            task.ask::<u8>("Size?")?;
            Ok(())
        })?)
    }));
    scene.play(bot, || {
        let labels = |used: &syncord::sim::Message| {
            let raw = used.raw.to_string();
            let keys = raw.split("\"label\":\"<").skip(1).filter_map(|rest| rest.split_once('>'));
            keys.map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
        };
        let question = scene.ann.uses(&scene.general, "/wipe")?.reply()?;
        assert_eq!(labels(&question), ["yes", "no"]);
        assert_eq!(scene.bob.clicks(&question, "prompt/yes")?.reply()?.content, "<other_user>");
        scene.ann.clicks(&question, "prompt/no")?.wait_for_acknowledgement()?;
        let shown = scene.ann.uses(&scene.general, "/pages")?.reply()?;
        assert_eq!(labels(&shown), ["first_page", "previous_page", "next_page", "last_page", "close_pages"]);
        scene.ann.clicks(&shown, "prompt/close")?.wait_for_acknowledgement()?;
        scene.ann.uses(&scene.general, "/ask")?.reply()?;
        scene.ann.says(&scene.general, "old");
        assert_eq!(scene.general.next_message()?.content, "<prompt_expected>.");
        assert_eq!(scene.general.next_message()?.content, "Size?");
        scene.ann.says(&scene.general, "large");
        assert_eq!(scene.general.next_message()?.content, "<try_again>");
        scene.ann.says(&scene.general, "1");
        Ok(())
    });
}

#[test]
fn an_empty_text_is_not_sent() {
    for text in ["", " \n"] {
        says_nothing_with(text);
    }
}

fn says_nothing_with(text: &'static str) {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.replace_texts(|_| Some(text.to_owned()));
    bot.text_prefix("!");
    bot.command(
        command("mine", "Refuses")
            .check(guild_only())
            .check(owner_only())
            .text_only()
            .run(|cx| cx.reply("x")),
    );
    bot.command(command("fails", "Fails").text_only().run(|_| Err("no".into())));
    bot.command(command("last", "Replies").text_only().run(|cx| cx.reply("last")));
    scene.play(bot, || {
        for text in ["!mine", "!fails", "!fails more", "!last"] {
            scene.bob.says(&scene.general, text);
        }
        assert_eq!(scene.general.next_message()?.content, "last");
        Ok(())
    });
}

#[test]
fn a_text_that_is_too_long_is_truncated() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.replace_texts(|_| Some("é".repeat(5000)));
    bot.text_prefix("!");
    bot.command(command("mine", "Refuses").check(owner_only()).text().run(|cx| cx.reply("x")));
    bot.command(command("fails", "Fails").text().run(|_| Err("no".into())));
    bot.command(command("silent", "Says nothing").run(|_| Ok(())));
    scene.play(bot, || {
        let is_truncated = |text: &str| text.chars().count() == 2000 && text.ends_with("é…");
        for text in ["/mine", "/fails", "/silent"] {
            assert!(is_truncated(&scene.bob.uses(&scene.general, text)?.reply()?.content), "{text}");
        }
        for text in ["!mine", "!fails"] {
            scene.bob.says(&scene.general, text);
            assert!(is_truncated(&scene.general.next_message()?.content), "{text}");
        }
        Ok(())
    });
}

#[test]
fn a_closure_that_panics_keeps_the_text() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.replace_texts(|about| panic!("no text for {}", about.text.key()));
    bot.command(command("mine", "Refuses").check(owner_only()).run(|cx| cx.reply("x")));
    scene.play(bot, || {
        assert_eq!(scene.bob.uses(&scene.general, "/mine")?.reply()?.content, "Only my owner can use this.");
        Ok(())
    });
}

/// The source files below a folder.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn no_text_for_users_is_outside_of_the_table() {
    // The calls that say something to a user. A literal in one of them would be a text that cannot be translated.
    const CALLS: [&str; 12] = [
        "Refusal::new(",
        "Refusal::from(",
        "ArgumentError::invalid(",
        ".notify(",
        ".reply_ephemeral(",
        ".follow_up_ephemeral(",
        ".reply(",
        ".follow_up(",
        ".update(",
        "InteractionMessage::text(",
        "Button::secondary(",
        "Button::success(",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    for folder in ["bot", "command", "interaction"] {
        sources(&root.join(folder), &mut files);
    }
    assert!(files.len() > 100, "the sources are not there");
    let is_test = |file: &Path| file.ends_with("tests.rs") || file.iter().any(|part| part == "tests");
    for file in files.iter().filter(|file| !is_test(file.strip_prefix(&root).unwrap())) {
        let source = fs::read_to_string(file).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().map(str::trim_start).filter(|line| !line.starts_with("//")) {
            for call in CALLS {
                let argument = line.split_once(call).map_or("", |(_, argument)| argument);
                let is_literal = argument.starts_with('"') || argument.starts_with("format!");
                let is_label = call.starts_with("Button::") && argument.contains(", \"");
                assert!(
                    !is_literal && !is_label,
                    "{}: {line}: put the text into LibraryText",
                    file.display()
                );
            }
        }
    }
}
