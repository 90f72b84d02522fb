//! Autocomplete handlers of options.

use std::cell::Cell;

use serde_json::json;
use syncord::Lanes;
use syncord::tree::{AutocompleteContext, command, group, integer, number, string};

use crate::scene::Scene;

#[test]
fn autocomplete_works_for_texts_integers_and_numbers() {
    let ports = ["Kiel", "Kiruna", "Oslo"];
    let calls = Cell::new(0);
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(
        command("sail", "Sails")
            .option("from", "Where from", string())
            .option(
                "to",
                "Where to",
                string().autocomplete(|cx, typed| {
                    calls.set(calls.get() + 1);
                    let from = cx.value("from").and_then(|from| from.as_str()).unwrap_or_default().to_owned();
                    let matches = |port: &&str| port.starts_with(typed) && *port != from;
                    ports
                        .into_iter()
                        .filter(matches)
                        .map(|port| (format!("{port} by sea"), port))
                        .collect::<Vec<_>>()
                }),
            )
            .option(
                "days",
                "How long",
                integer(1..).autocomplete(|_, typed| typed.parse::<i64>().map(|n| n * 10)).optional(),
            )
            .option(
                "speed",
                "How fast",
                number(..).autocomplete(|_, typed| [(format!("{typed}?"), 1.5)]).optional(),
            )
            .run(|cx, from, to, days, speed| {
                calls.set(calls.get() + 100);
                cx.reply(format!("{from} {to} {days:?} {speed:?}"))
            }),
    );
    scene.play(bot, || {
        let complete = |line| -> Result<Vec<_>, syncord::Error> {
            let choices = scene.ann.autocompletes(&scene.general, line)?;
            Ok(choices.into_iter().map(|choice| (choice.name, choice.value)).collect())
        };
        assert_eq!(
            complete("/sail from:Oslo to:Ki")?,
            [("Kiel by sea".to_owned(), json!("Kiel")), ("Kiruna by sea".to_owned(), json!("Kiruna"))]
        );
        assert_eq!(complete("/sail from:Kiel to:K")?, [("Kiruna by sea".to_owned(), json!("Kiruna"))]);
        assert_eq!(complete("/sail from:a to:b days:4")?, [("40".to_owned(), json!(40))]);
        assert_eq!(complete("/sail from:a to:b days:soon")?, [], "a text instead of a number");
        assert_eq!(complete("/sail from:a to:b speed:fa")?, [("fa?".to_owned(), json!(1.5))]);
        assert_eq!(scene.ann_uses("/sail from:a to:b days:3")?, "a b Some(3) None");
        Ok(())
    });
    assert_eq!(calls.get(), 102);
}

#[test]
fn invalid_choices_are_left_out_without_an_error() {
    let scene = Scene::new();
    let mut errors = 0;
    let mut bot = scene.bot();
    bot.on_error(|_, _| errors += 1);
    bot.command(
        command("sail", "Sails")
            .option("to", "Where to", string().autocomplete(|_, typed| [typed.to_owned(), "Kiel".to_owned()]))
            .option(
                "far",
                "How far",
                number(..).autocomplete(|_, _| [("Nowhere", f64::NAN), ("Near", 1.0)]).optional(),
            )
            .run(|cx, to, _| cx.reply(to)),
    );
    scene.play(bot, || {
        let names = |line| -> Result<Vec<_>, syncord::Error> {
            let choices = scene.ann.autocompletes(&scene.general, line)?;
            Ok(choices.into_iter().map(|choice| choice.name).collect())
        };
        assert_eq!(names("/sail to:")?, ["Kiel"]);
        assert_eq!(names("/sail to:Oslo")?, ["Oslo", "Kiel"]);
        assert_eq!(names("/sail to:a far:1")?, ["Near"]);
        Ok(())
    });
    assert_eq!(errors, 0);
}

#[test]
fn a_handler_that_panics_gives_no_choices_and_is_reported() {
    let scene = Scene::new();
    let mut errors = Vec::new();
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.push(error.to_string()));
    bot.command(
        command("sail", "Sails")
            .option(
                "to",
                "Where to",
                string().autocomplete(|_, typed| -> Vec<String> { panic!("no {typed}") }),
            )
            .run(|cx, to| cx.reply(to)),
    );
    scene.play(bot, || {
        assert_eq!(scene.ann.autocompletes(&scene.general, "/sail to:Atlantis")?, []);
        assert_eq!(scene.ann_uses("/sail to:Kiel")?, "Kiel");
        Ok(())
    });
    assert_eq!(errors.len(), 1);
    assert!(errors[0].starts_with("/sail at ") && errors[0].ends_with("no Atlantis"), "{errors:?}");
}

#[test]
fn subcommands_and_commands_in_lanes_support_autocomplete() {
    let scene = Scene::new();
    let lanes = Lanes::new(1).by_user();
    let add = |suffix: &'static str| {
        let names = move |_: &AutocompleteContext, typed: &str| [format!("{typed}{suffix}")];
        command("add", "Adds").option("who", "Who is added", string().autocomplete(names))
    };
    let mut bot = scene.bot();
    bot.command(
        group("crew", "The crew")
            .add(add("!").run(|cx, who| cx.reply(who)))
            .add(group("deck", "The deck").add(add("?").run_in(&lanes, |cx, who| cx.reply(who)))),
    );
    scene.play(bot, || {
        let names = |line| -> Result<Vec<_>, syncord::Error> {
            let choices = scene.ann.autocompletes(&scene.general, line)?;
            Ok(choices.into_iter().map(|choice| choice.name).collect())
        };
        assert_eq!(names("/crew add who:an")?, ["an!"]);
        assert_eq!(names("/crew deck add who:an")?, ["an?"]);
        assert_eq!(scene.ann_uses("/crew deck add who:an")?, "an");
        Ok(())
    });
}
