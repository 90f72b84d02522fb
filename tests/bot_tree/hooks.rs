//! Closures before and after commands, and for their errors.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use syncord::bot::CommandFailure;
use syncord::events::InteractionCreate;
use syncord::interaction::InteractionKind;
use syncord::model::component::{ActionRow, Button};
use syncord::rest::CreateMessage;
use syncord::texts::LibraryText;
use syncord::tree::{
    CustomId, Refusal, Tree, command, cooldown, duration, group, integer, owner_only, string,
};
use syncord::{Error, Lanes};

use crate::scene::Scene;

const VOTE: CustomId<(u8,)> = CustomId::new("vote/{choice}");

/// The kind of a failure, and its text.
fn shown(failure: CommandFailure<'_>) -> String {
    match failure {
        CommandFailure::Refused(refusal) => format!("refused {refusal}"),
        CommandFailure::Argument(error) => format!("argument {error}"),
        CommandFailure::Failed(cause) => format!("failed {cause}"),
        CommandFailure::Panicked(message) => format!("panicked {message}"),
        CommandFailure::TooLate(_) => "too late".to_owned(),
        other => panic!("{other:?}"),
    }
}

/// All ways of failing, by slash command, text command, component and in lanes.
fn failing(lanes: &Lanes) -> Tree<'static> {
    let wait = || duration(..=Duration::from_secs(60));
    Tree::new("all")
        .text()
        .add(command("mine", "Refuses").check(owner_only()).run(|cx| cx.reply("x")))
        .add(command("time", "Takes a time").option("in", "In", wait()).run(|cx, _| cx.reply("x")))
        .add(command("fails", "Fails").run(|_| Err("no fuel".into())))
        .add(command("panics", "Panics").run(|_| panic!("leak")))
        .add(command("refuses", "Refuses").run(|_| Err(Refusal::new("Not today.").into())))
        .add(
            group("lane", "In lanes")
                .check(cooldown(100, Duration::from_secs(1)))
                .add(command("mine", "Refuses").check(owner_only()).run_in(lanes, |cx| cx.reply("x")))
                .add(
                    command("time", "Takes a time")
                        .option("in", "In", wait())
                        .run_in(lanes, |cx, _| cx.reply("x")),
                )
                .add(command("fails", "Fails").run_in(lanes, |_| Err("no fuel".into())))
                .add(command("panics", "Panics").run_in(lanes, |_| panic!("leak")))
                .add(command("refuses", "Refuses").run_in(lanes, |_| Err(Refusal::new("Not today.").into()))),
        )
}

const FAILURES: [(&str, &str, &str); 5] = [
    ("mine", "", "refused Only my owner can use this."),
    ("time", "soon", "argument in: Expected a duration"),
    ("fails", "", "failed no fuel"),
    ("panics", "", "panicked leak"),
    ("refuses", "", "refused Not today."),
];

#[test]
fn every_failure_of_a_command_is_seen_on_the_bots_thread_and_answered_there() {
    let (scene, lanes) = (Scene::new(), Lanes::new(2));
    let (bots_thread, seen) = (thread::current().id(), RefCell::new(Vec::new()));
    let errors = Cell::new(0);
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(failing(&lanes));
    bot.on_command_error(|cx, error| {
        assert_eq!(thread::current().id(), bots_thread);
        assert!(error.handler.contains("hooks.rs:"), "{}", error.handler);
        assert_eq!(error.kind, InteractionKind::Command);
        let text = format!("{}: {}", error.name, shown(error.failure));
        seen.borrow_mut().push(text.clone());
        cx.notify(format!("<{text}>"))
    });
    bot.on_error(|_, error| {
        assert!(error.to_string().contains("no fuel") || error.to_string().contains("leak"), "{error}");
        errors.set(errors.get() + 1);
    });
    scene.play(bot, || {
        for prefix in ["", "lane "] {
            for (name, value, failure) in FAILURES {
                let option = if value.is_empty() { String::new() } else { format!(" in:{value}") };
                let used = scene.bob.uses(&scene.general, &format!("/{prefix}{name}{option}"))?;
                let reply = used.reply()?;
                let wanted = format!("<{prefix}{name}: {failure}");
                assert!(
                    reply.content.starts_with(&wanted) && reply.is_ephemeral(),
                    "{} {wanted}",
                    reply.content
                );
                scene.bob.says(&scene.general, &format!("!{prefix}{name}{option}"));
                let reply = scene.general.next_message()?;
                assert!(reply.content.starts_with(&wanted), "{} {wanted}", reply.content);
                assert!(used.followups().is_empty());
            }
        }
        // The library says nothing in addition.
        scene.bob.says(&scene.general, "!refuses");
        assert_eq!(scene.general.next_message()?.content, "<refuses: refused Not today.>");
        Ok(())
    });
    assert_eq!(seen.borrow().len(), 21);
    // Errors and panics go to on_error too, refusals do not.
    assert_eq!(errors.get(), 8);
}

#[test]
fn the_library_answers_where_the_closure_does_not() {
    let (scene, lanes) = (Scene::new(), Lanes::new(2));
    let seen = Cell::new(0);
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(failing(&lanes));
    bot.on_command_error(|_, _| {
        seen.set(seen.get() + 1);
        if seen.get() % 2 == 0 { Err("the log is full".into()) } else { Ok(()) }
    });
    scene.play(bot, || {
        for prefix in ["", "lane "] {
            for (name, reply) in [
                ("mine", "Only my owner can use this."),
                ("fails", "Something went wrong, and the bot could not do this."),
                ("panics", "Something went wrong, and the bot could not do this."),
                ("refuses", "Not today."),
            ] {
                let used = scene.bob.uses(&scene.general, &format!("/{prefix}{name}"))?;
                assert_eq!(used.reply()?.content, reply, "{prefix}{name}");
                scene.bob.says(&scene.general, &format!("!{prefix}{name}"));
                assert_eq!(scene.general.next_message()?.content, reply, "{prefix}{name}");
            }
        }
        Ok(())
    });
    assert_eq!(seen.get(), 16);
}

#[test]
fn a_closure_can_keep_the_library_silent() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.text_prefix("!").mount(failing(&Lanes::new(1)));
    bot.on_command_error(|_, error| Ok(error.keep_silent()));
    bot.command(command("last", "Replies").text().run(|cx| cx.reply("last")));
    scene.play(bot, || {
        for name in ["mine", "fails", "lane mine", "lane fails"] {
            scene.bob.says(&scene.general, &format!("!{name}"));
        }
        scene.bob.uses(&scene.general, "/mine")?;
        scene.bob.uses(&scene.general, "/lane fails")?;
        // They are not deferred either, which would show the bot as thinking.
        thread::sleep(Duration::from_millis(2_500));
        scene.bob.says(&scene.general, "!last");
        assert_eq!(scene.general.next_message()?.content, "last");
        let silent =
            scene.discord.requests().iter().filter(|request| request.path.contains("/callback")).count();
        assert_eq!(silent, 0);
        Ok(())
    });
}

#[test]
fn components_and_autocomplete_have_their_kind_and_name() {
    let scene = Scene::new();
    let seen = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.component(VOTE.run(|_, choice| Err(format!("no {choice}").into())));
    bot.command(
        command("sail", "Sails")
            .option(
                "to",
                "Where",
                string().autocomplete(|_, typed: &str| -> Vec<String> { panic!("no {typed}") }),
            )
            .run(|cx, _| cx.reply("x")),
    );
    bot.command(
        command("secret", "Hides")
            .check(owner_only())
            .option("to", "Where", string().autocomplete(|_, _| vec!["Kiel".to_owned()]))
            .run(|cx, _| cx.reply("x")),
    );
    bot.on_message(|cx, message| {
        if !message.author.bot {
            let row =
                ActionRow::new([Button::danger(VOTE.with(3)?, "3"), Button::danger("vote/many", "many")]);
            cx.send(message.channel_id, CreateMessage::text("Vote").component(row))?;
        }
        Ok(())
    });
    bot.on_command_error(|_, error| {
        Ok(seen.borrow_mut().push(format!("{:?} {}: {}", error.kind, error.name, shown(error.failure))))
    });
    scene.play(bot, || {
        scene.ann.says(&scene.general, "vote");
        let vote = scene.general.next_message()?;
        scene.ann.clicks(&vote, "vote/3")?.reply()?;
        scene.ann.clicks(&vote, "vote/many")?.reply()?;
        scene.bob.autocompletes(&scene.general, "/sail to:Ki")?;
        scene.bob.autocompletes(&scene.general, "/secret to:Ki")?;
        scene.discord.settle()?;
        Ok(())
    });
    let seen = seen.borrow();
    assert_eq!(seen[0], "Component vote/3: failed no 3");
    assert!(seen[1].starts_with("Component vote/many: argument "), "{}", seen[1]);
    assert_eq!(
        seen[2..],
        ["Autocomplete sail: panicked no Ki", "Autocomplete secret: refused Only my owner can use this."]
    );
}

#[test]
fn closures_before_a_command_run_in_order_and_may_refuse() {
    let (scene, lanes) = (Scene::new(), Lanes::new(1));
    let (bots_thread, order) = (thread::current().id(), RefCell::new(Vec::new()));
    let note = |text: String| order.borrow_mut().push(text);
    static RAN: AtomicUsize = AtomicUsize::new(0);
    let mut bot = scene.bot();
    bot.text_prefix("!");
    bot.before_command(|cx| {
        assert_eq!(thread::current().id(), bots_thread);
        Ok(note(format!("first {} {}", cx.name(), cx.user().username)))
    });
    bot.before_command(|cx| {
        note("second".to_owned());
        let is_blocked = cx.user().username == "bob";
        if is_blocked { Err(Refusal::new("You are blocked.").into()) } else { Ok(()) }
    });
    bot.after_command(|_, outcome| {
        let failure = outcome.failure.map(shown).unwrap_or_default();
        Ok(note(format!("after {} [{failure}]", outcome.name)))
    });
    bot.on_command_error(|_, error| Ok(note(format!("error {}", error.failure))));
    bot.command(command("ping", "Answers").text().run(|cx| {
        note("handler".to_owned());
        cx.reply("pong")
    }));
    bot.command(command("far", "Answers elsewhere").text().run_in(&lanes, |cx| {
        RAN.fetch_add(1, Ordering::Relaxed);
        cx.reply("far")
    }));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/ping")?, "pong");
        for line in ["/ping", "/far"] {
            assert_eq!(scene.bob.uses(&scene.general, line)?.reply()?.content, "You are blocked.");
        }
        scene.bob.says(&scene.general, "!far");
        assert_eq!(scene.general.next_message()?.content, "You are blocked.");
        assert_eq!(scene.ann_uses("/far")?, "far");
        scene.discord.settle()?;
        Ok(())
    });
    assert_eq!(RAN.load(Ordering::Relaxed), 1);
    let refused = |name: &str| {
        [
            format!("first {name} bob"),
            "second".to_owned(),
            "error refused: You are blocked.".to_owned(),
            format!("after {name} [refused You are blocked.]"),
        ]
    };
    let mut wanted: Vec<String> =
        ["first ping ann", "second", "handler", "after ping []"].map(str::to_owned).to_vec();
    wanted.extend(["ping", "far", "far"].into_iter().flat_map(refused));
    wanted.extend(["first far ann", "second", "after far []"].map(str::to_owned));
    assert_eq!(*order.borrow(), wanted);
}

#[test]
fn the_time_of_a_command_is_that_of_its_handler() {
    let (scene, lanes) = (Scene::new(), Lanes::new(1));
    let times = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.after_command(|_, outcome| Ok(times.borrow_mut().push(outcome.duration)));
    let nap = Duration::from_millis(30);
    bot.command(command("here", "Sleeps").run(move |cx| {
        thread::sleep(nap);
        cx.reply("x")
    }));
    bot.command(command("far", "Sleeps elsewhere").run_in(&lanes, move |cx| {
        thread::sleep(nap);
        cx.reply("x")
    }));
    scene.play(bot, || {
        scene.ann_uses("/here")?;
        scene.ann_uses("/far")?;
        scene.discord.settle()?;
        Ok(())
    });
    let times = times.borrow();
    assert!(times.len() == 2 && times.iter().all(|time| *time >= nap), "{times:?}");
}

#[test]
fn a_task_that_fails_is_seen_too_and_its_interaction_stays_open_for_the_answer() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("later", "Fails later").waits_for::<InteractionCreate>().run(|cx| {
        Ok(cx.spawn(|task| {
            task.sleep(Duration::from_millis(20))?;
            Err("too deep".into())
        })?)
    }));
    bot.command(command("no", "Refuses later").run(|cx| Ok(cx.spawn(|_| Err(Refusal::new("No.").into()))?)));
    bot.on_command_error(|cx, error| match error.failure {
        CommandFailure::Failed(cause) => Ok(cx.notify(format!("{}: {cause}", error.name))?),
        _ => Ok(()),
    });
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/later")?, "later: too deep");
        assert_eq!(scene.ann_uses("/no")?, "No.");
        Ok(())
    });
}

#[test]
fn a_reason_of_the_library_can_be_matched() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(
        command("horn", "Sounds").check(cooldown(0, Duration::from_secs(60))).run(|cx| cx.reply("x")),
    );
    bot.on_command_error(|cx, error| {
        let CommandFailure::Refused(refusal) = error.failure else { return Ok(()) };
        match refusal.library_text() {
            Some(LibraryText::Cooldown { wait }) => Ok(cx.notify(format!("{} s", wait.as_secs()))?),
            _ => Ok(()),
        }
    });
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/horn")?, "60 s");
        Ok(())
    });
}

#[test]
fn a_response_that_is_too_late_is_a_separate_kind() {
    let scene = Scene::new();
    let seen = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.no_auto_defer();
    bot.command(command("slow", "Takes long").option("n", "N", integer(..)).run(|cx, _| {
        thread::sleep(Duration::from_millis(3_200));
        cx.reply("too late")
    }));
    bot.on_command_error(|_, error| Ok(seen.borrow_mut().push(shown(error.failure))));
    bot.on_error(|cx, _| cx.stop());
    bot.on_ready(|_, _| Ok(drop(scene.ann.uses(&scene.general, "/slow n:1")?)));
    bot.run().unwrap();
    assert_eq!(*seen.borrow(), ["too late"]);
}

#[test]
fn an_error_that_is_dropped_because_lanes_are_full_is_seen() {
    let scene = Scene::new();
    let lanes = Lanes::new(1).limit(1).drop_when_full();
    let seen = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.command(command("far", "Takes long").run_in(&lanes, |cx| {
        thread::sleep(Duration::from_millis(400));
        cx.reply("x")
    }));
    bot.on_command_error(|_, error| match error.failure {
        CommandFailure::Failed(cause) => {
            assert!(matches!(cause.downcast_ref(), Some(Error::Busy { .. })), "{cause}");
            Ok(seen.borrow_mut().push(error.name.to_owned()))
        }
        _ => Ok(()),
    });
    scene.play(bot, || {
        let used: Result<Vec<_>, _> = (0..4).map(|_| scene.ann.uses(&scene.general, "/far")).collect();
        for used in used? {
            used.reply()?;
        }
        Ok(())
    });
    assert!(seen.borrow().len() >= 2, "{:?}", seen.borrow());
}
