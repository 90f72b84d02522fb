//! Commands, texts of the library and texts of the bot in the languages of users.

use syncord::bot::TranslationProblemKind;
use syncord::model::Locale;
use syncord::texts::Translations;
use syncord::tree::{
    Tree, choices, command, cooldown, group, guild_only, integer, message_command, owner_only, string,
    user_command,
};
use syncord::{Bot, Error};

use crate::log_capture;
use crate::scene::Scene;

const GERMAN: &str = r#"{
    "commands": {
        "roll": {
            "name": "wurf",
            "description": "Wirft Würfel",
            "options": {
                "sides": {"name": "seiten", "description": "Seiten", "choices": {"Six": "Sechs", "Ten": null}}
            }
        },
        "admin": {
            "name": null,
            "description": "Moderation",
            "commands": {
                "role": {"name": "rolle", "description": "Rollen", "commands": {"list": {"name": "liste", "description": "Listet sie auf"}}}
            }
        },
        "old": {"description": "Ein alter Befehl"}
    },
    "user_commands": {"Wave": {"name": "Winken"}},
    "message_commands": {"Wave": {"name": "Nachwinken"}},
    "library": {"owner_only": "Nur für meinen Besitzer.", "needs_permission": "Dir fehlt: {permission}"},
    "texts": {"rolled": "Gewürfelt: {number}"}
}"#;

const ENGLISH: &str = r#"{"texts": {"rolled": "Rolled: {number}"}}"#;

fn tree<'a>() -> Tree<'a> {
    let faces = choices([("Six", 6), ("Ten", 10)]);
    Tree::new("all")
        .add(
            command("roll", "Rolls dice")
                .option("sides", "Faces", faces)
                .run(|cx, sides| cx.reply(cx.text("rolled", &[("number", &sides)])?)),
        )
        .add(
            group("admin", "Moderation").add(
                group("role", "Roles")
                    .add(command("list", "Lists them").check(owner_only()).run(|cx| cx.reply("x"))),
            ),
        )
        .add(command("old", "An old one").text_only().check(owner_only()).run(|cx| cx.reply("x")))
        .add(user_command("Wave").run(|cx, _| cx.reply("x")))
        .add(message_command("Wave").run(|cx, _| cx.reply("x")))
}

fn both() -> Translations {
    Translations::new().add("de", GERMAN).unwrap().add("en-US", ENGLISH).unwrap()
}

fn translated(scene: &Scene) -> Bot<'static> {
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(tree());
    bot.translations(both()).unwrap();
    bot
}

#[test]
fn names_descriptions_options_and_choices_are_registered_in_all_languages() {
    let scene = Scene::new();
    scene.play(translated(&scene), || {
        let commands = scene.discord.commands(None);
        let find = |name: &str, kind: u64| {
            let is_it = |command: &&serde_json::Value| command["name"] == name && command["type"] == kind;
            commands.iter().find(is_it).unwrap().clone()
        };
        let roll = find("roll", 1);
        assert_eq!(roll["name_localizations"]["de"], "wurf");
        assert_eq!(roll["description_localizations"]["de"], "Wirft Würfel");
        assert_eq!(roll["options"][0]["name_localizations"]["de"], "seiten");
        assert_eq!(roll["options"][0]["choices"][0]["name_localizations"]["de"], "Sechs");
        assert!(roll["options"][0]["choices"][1]["name_localizations"].get("de").is_none());
        let admin = find("admin", 1);
        assert!(admin["name_localizations"].get("de").is_none());
        assert_eq!(admin["options"][0]["name_localizations"]["de"], "rolle");
        assert_eq!(admin["options"][0]["options"][0]["description_localizations"]["de"], "Listet sie auf");
        assert_eq!(find("Wave", 2)["name_localizations"]["de"], "Winken");
        assert_eq!(find("Wave", 3)["name_localizations"]["de"], "Nachwinken");
        Ok(())
    });
}

#[test]
fn a_second_start_with_the_same_translations_changes_nothing_and_another_text_changes_one_command() {
    let scene = Scene::new();
    scene.start_and_stop(translated(&scene));
    let plan = translated(&scene).plan_commands().unwrap();
    assert!(plan.is_empty(), "{plan}");
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(tree());
    let german = GERMAN.replace("Wirft Würfel", "Würfelt");
    bot.translations(Translations::new().add("de", &german).unwrap()).unwrap();
    let plan = bot.plan_commands().unwrap().to_string();
    assert!(plan.contains("~ /roll: description_localizations") && plan.lines().count() == 2, "{plan}");
}

#[test]
fn the_user_of_an_interaction_reads_the_own_language_and_others_the_default_one() {
    let scene = Scene::new();
    scene.ann.chooses_locale("de");
    scene.bob.chooses_locale("fr");
    scene.discord.set_owner(&scene.discord.member("cleo"));
    scene.play(translated(&scene), || {
        let reply = |member: &syncord::sim::Member, line: &str| -> Result<String, Error> {
            Ok(member.uses(&scene.general, line)?.reply()?.content)
        };
        assert_eq!(reply(&scene.ann, "/roll sides:6")?, "Gewürfelt: 6");
        assert_eq!(reply(&scene.bob, "/roll sides:10")?, "Rolled: 10");
        assert_eq!(reply(&scene.ann, "/admin role list")?, "Nur für meinen Besitzer.");
        assert_eq!(reply(&scene.bob, "/admin role list")?, "Only my owner can use this.");
        Ok(())
    });
}

#[test]
fn what_is_said_in_place_of_a_handler_is_in_the_language_of_the_user() {
    let scene = Scene::new();
    scene.ann.chooses_locale("de");
    let mut bot = scene.bot();
    let german = r#"{"library": {"failed": "Das ging schief.", "no_response": "Keine Antwort."}}"#;
    bot.translations(Translations::new().add("de", german).unwrap()).unwrap();
    bot.command(command("fails", "Fails").run(|_| Err("no".into())));
    bot.command(command("silent", "Says nothing").run(|_| Ok(())));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/fails")?, "Das ging schief.");
        assert_eq!(scene.ann_uses("/silent")?, "Keine Antwort.");
        let used = scene.bob.uses(&scene.general, "/silent")?;
        assert_eq!(used.reply()?.content, "The bot gave no answer to this.");
        Ok(())
    });
}

#[test]
fn a_message_is_answered_in_the_language_of_its_guild_which_is_fetched_once() {
    let scene = Scene::of(syncord::sim::Discord::builder());
    let (rest, _) = scene.rest();
    let guild = scene.discord.guild_id();
    let changes = syncord::rest::ModifyGuild::new().preferred_locale(Locale::DE);
    rest.modify_guild(guild, &changes).unwrap();
    scene.play(translated(&scene), || {
        for _ in 0..2 {
            scene.bob.says(&scene.general, "!old");
            assert_eq!(scene.general.next_message()?.content, "Nur für meinen Besitzer.");
        }
        Ok(())
    });
    let path = format!("/guilds/{guild}");
    let fetched =
        scene.discord.requests().iter().filter(|r| r.method == "GET" && r.path.ends_with(&path)).count();
    assert_eq!(fetched, 1);
}

#[test]
fn the_help_describes_commands_in_the_language_of_the_user() {
    let scene = Scene::new();
    scene.ann.chooses_locale("de");
    let mut bot = translated(&scene);
    bot.help();
    scene.play(bot, || {
        let list = scene.ann_uses("/help")?;
        assert!(list.contains("`/roll <sides>` — Wirft Würfel"), "{list}");
        assert!(list.contains("`!old` — Ein alter Befehl"), "{list}");
        let roll = scene.ann_uses("/help command:roll")?;
        assert!(roll.contains("- `sides`: Seiten (one of Sechs, Ten)"), "{roll}");
        Ok(())
    });
}

/// The error of a start with these translations, before anything is sent.
fn refused(json: &str) -> String {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(tree());
    bot.translations(Translations::new().add("de", json).unwrap()).unwrap();
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Setup { .. }), "{error}");
    assert!(scene.discord.requests().is_empty());
    error.to_string()
}

#[test]
fn what_discord_would_refuse_is_refused_with_the_file_and_the_key() {
    for (json, problem) in [
        (
            r#"{"commands": {"roll": {"name": "Wurf"}}}"#,
            "de: commands.roll.name: the name has the upper-case letter `W`; use `w`",
        ),
        (
            r#"{"commands": {"roll": {"options": {"sides": {"name": "zwei wörter"}}}}}"#,
            "de: commands.roll.options.sides.name: the name contains ' '",
        ),
        (
            r#"{"user_commands": {"Wave": {"name": " Winken"}}}"#,
            "de: user_commands.Wave.name: the name begins or ends with white space",
        ),
        (
            r#"{"commands": {"roll": {"description": ""}}}"#,
            "de: commands.roll.description: the description has 0 characters",
        ),
        (
            r#"{"commands": {"roll": {"options": {"sides": {"choices": {"Six": " "}}}}}}"#,
            "de: commands.roll.options.sides.choices.Six: the name of the choice has only white space",
        ),
        (
            r#"{"library": {"cooldown": "Noch {sekunden} s"}}"#,
            "de: library.cooldown: there is no value for {sekunden}: there are {wait}",
        ),
        (
            r#"{"library": {"yes": "Ja {x}"}}"#,
            "de: library.yes: there is no value for {x}: the text takes none",
        ),
    ] {
        let error = refused(json);
        assert!(error.contains(problem) && error.lines().count() == 1, "{error}");
    }
    let long = format!(r#"{{"commands": {{"roll": {{"description": "{}"}}}}}}"#, "ü".repeat(101));
    let error = refused(&long);
    assert!(
        error.contains(
            "de: commands.roll.description: the description has 101 characters; 1 to 100 are allowed"
        )
    );
}

#[test]
fn two_options_with_the_same_translated_name_are_refused() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let two = command("two", "Two").option("a", "A", integer(..)).option("b", "B", string().optional());
    bot.command(two.run(|cx, _, _| cx.reply("x")));
    let json = r#"{"commands": {"two": {"options": {"a": {"name": "x"}, "b": {"name": "x"}}}}}"#;
    bot.translations(Translations::new().add("de", json).unwrap()).unwrap();
    let error = bot.run().unwrap_err().to_string();
    assert!(error.contains("`b` and `a` both have the name `x` in de"), "{error}");
}

#[test]
fn a_label_that_is_too_long_for_a_button_names_the_file_and_the_key() {
    let mut bot = Bot::new("token").unwrap();
    bot.command(command("ping", "Answers").run(|cx| cx.reply("x")));
    let long = format!(r#"{{"library": {{"yes": "{}", "no": "{}"}}}}"#, "ä".repeat(81), "ä".repeat(80));
    bot.translations(Translations::new().add("de", &long).unwrap()).unwrap();
    let error = bot.run().unwrap_err().to_string();
    assert!(
        error.contains("de: library.yes: the label of a button has at most 80 characters, and this has 81"),
        "{error}"
    );
    assert!(!error.contains("library.no"), "{error}");
}

#[test]
fn missing_and_unused_keys_are_reported_and_the_fallback_of_a_language_counts() {
    let problems = |locales: &[(&str, &str)]| {
        let mut bot = Bot::new("token").unwrap();
        bot.command(
            command("ping", "Answers").check(cooldown(1, std::time::Duration::ZERO)).run(|cx| cx.reply("x")),
        );
        let all =
            locales.iter().fold(Translations::new(), |all, (locale, json)| all.add(locale, json).unwrap());
        bot.translations(all).unwrap();
        bot.translation_problems().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let german =
        problems(&[("de", r#"{"commands": {"ping": {"name": null, "desc": "Antwortet"}}, "texts": {}}"#)]);
    assert!(
        german.contains(&"de: commands.ping.description: there is no translation".to_owned()),
        "{german:?}"
    );
    assert!(german.contains(&"de: library.cooldown: there is no translation".to_owned()));
    assert!(german.contains(&"de: commands.ping.desc: nothing uses it".to_owned()));
    assert!(!german.iter().any(|problem| problem.contains("ping.name")));
    // English misses only the bot's own texts, and a fallback stands in.
    assert_eq!(problems(&[("en-US", "{}"), ("en-GB", "{}")]), [""; 0]);
    let own = r#"{"texts": {"hello": "x"}}"#;
    assert_eq!(problems(&[("en-US", own), ("en-GB", "{}")]), [""; 0]);
    // Users of other languages would get an error.
    let only_german = problems(&[("de", own)]);
    assert!(
        only_german.contains(&"en-US: texts.hello: the default language has no such text".to_owned()),
        "{only_german:?}"
    );
    let british = problems(&[("en-GB", own)]);
    assert!(!british.iter().any(|problem| problem.contains("texts.hello")), "{british:?}");
    let latin = problems(&[("es-ES", "{}"), ("es-419", "{}"), ("en-US", own)]);
    assert!(latin.contains(&"es-ES: texts.hello: there is no translation".to_owned()), "{latin:?}");
    let latin = problems(&[("es-ES", own), ("es-419", "{}"), ("en-US", own)]);
    assert!(!latin.iter().any(|problem| problem.contains("texts.hello")), "{latin:?}");
}

#[test]
fn a_problem_has_a_kind_and_says_whether_it_prevents_the_start() {
    use TranslationProblemKind::*;
    let mut bot = Bot::new("token").unwrap();
    bot.command(command("ping", "Answers").run(|cx| cx.reply("x")));
    let german = r#"{"commands": {"ping": {"name": "Ping", "desc": "x"}}, "library": {"cooldown": "{x}"}, "texts": {"hi": "x"}}"#;
    bot.translations(Translations::new().add("de", german).unwrap()).unwrap();
    let problems = bot.translation_problems();
    let of_kind = |kind| problems.iter().filter(|problem| problem.kind == kind).collect::<Vec<_>>();
    for (kind, prevents_start, file, key) in [
        (Invalid, true, "de", "commands.ping.name"),
        (Placeholder, true, "de", "library.cooldown"),
        (MissingInDefault, false, "en-US", "texts.hi"),
        (Unused, false, "de", "commands.ping.desc"),
    ] {
        let [problem] = of_kind(kind)[..] else { panic!("{kind:?}: {problems}") };
        assert_eq!(
            (problem.prevents_start, problem.file.as_str(), problem.key.as_str()),
            (prevents_start, file, key)
        );
    }
    let missing = of_kind(Missing);
    assert!(missing.iter().all(|problem| !problem.prevents_start));
    assert!(missing.iter().any(|problem| problem.key == "commands.ping.description"), "{problems}");
    // Those that prevent the start are first.
    assert!(problems.iter().map(|problem| !problem.prevents_start).is_sorted());
    assert_eq!(problems.to_string().lines().count(), problems.len());
}

#[test]
fn a_placeholder_that_the_default_language_does_not_have_is_a_warning() {
    let problems = |texts: &[(&str, &str)]| {
        let mut bot = Bot::new("token").unwrap();
        bot.on_message(|_, _| Ok(()));
        let add = |all: Translations, (locale, text): &(&str, &str)| {
            all.add(locale, &format!(r#"{{"texts": {{"hello": "{text}"}}}}"#)).unwrap()
        };
        bot.translations(texts.iter().fold(Translations::new(), add)).unwrap();
        let problems = bot.translation_problems();
        let placeholders =
            problems.iter().filter(|problem| problem.kind == TranslationProblemKind::Placeholder);
        placeholders.map(ToString::to_string).collect::<Vec<_>>()
    };
    let english = ("en-US", "Hello, {name}!");
    let expected = "de: texts.hello: {user} is not in the text of en-US, which has {name}";
    assert_eq!(problems(&[english, ("fr", "Salut {name}"), ("de", "Hallo, {user}!")]), [expected]);
    // A language may leave a value out, and a single language has nothing to compare with.
    assert_eq!(problems(&[english, ("de", "Hallo!"), ("fr", "Salut {name} {{x}}")]), [""; 0]);
    assert_eq!(problems(&[("en-US", "Hello, {user}!")]), [""; 0]);
    // Without the default language, the first one counts.
    let expected = "de: texts.hello: {name} is not in the text of fr, which has no placeholders";
    assert_eq!(problems(&[("fr", "Salut"), ("de", "Hallo, {name}!")]), [expected]);
}

#[test]
fn a_placeholder_without_a_value_is_reported_once() {
    log_capture::listen();
    let scene = Scene::new();
    let mut bot = scene.bot();
    let english = r#"{"texts": {"gruss": "Hello, {user}!"}}"#;
    bot.translations(Translations::new().add("en-US", english).unwrap()).unwrap();
    bot.command(command("greet", "Greets").run(|cx| cx.reply(cx.text("gruss", &[("name", &"ann")])?)));
    scene.play(bot, || {
        for _ in 0..3 {
            assert_eq!(scene.ann_uses("/greet")?, "Hello, {user}!");
        }
        Ok(())
    });
    let lines = log_capture::take(|line| line.contains("`gruss`"));
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("WARN ") && lines[0].contains("{user}"), "{lines:?}");
}

#[test]
fn the_template_has_all_keys_and_is_a_complete_english_file() {
    let mut bot = Bot::new("token").unwrap();
    bot.mount(tree());
    bot.translations(both()).unwrap();
    let template = bot.translation_template();
    let json: serde_json::Value = serde_json::from_str(&template).unwrap();
    assert_eq!(json["commands"]["roll"]["options"]["sides"]["choices"]["Six"], "Six");
    assert_eq!(
        json["commands"]["admin"]["commands"]["role"]["commands"]["list"]["description"],
        "Lists them"
    );
    assert_eq!(json["commands"]["old"], serde_json::json!({"description": "An old one"}));
    assert_eq!(json["library"]["failed"], "Something went wrong, and the bot could not do this.");
    assert_eq!(json["texts"]["rolled"], "Rolled: {number}");
    let complete = Translations::new().add("fr", &template).and_then(|all| all.add("en-US", &template));
    bot.translations(complete.unwrap()).unwrap();
    assert!(bot.translation_problems().is_empty(), "{}", bot.translation_problems());
}

#[test]
fn a_text_that_no_language_has_is_an_error_of_the_handler() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.translations(both()).unwrap();
    bot.command(command("say", "Says").check(guild_only()).run(|cx| match cx.text("roled", &[]) {
        Ok(text) => cx.reply(text),
        Err(error) => cx.reply(error.to_string()),
    }));
    scene.play(bot, || {
        assert!(scene.ann_uses("/say")?.contains("no translation has the text `roled`"));
        Ok(())
    });
}
