//! Event handlers in trees: their intents, and the events that tasks wait for.

use std::cell::RefCell;
use std::time::Duration;

use syncord::Intents;
use syncord::events::{InteractionCreate, MessageCreate, MessageReactionAdd, TypingStart};
use syncord::model::component::{ActionRow, Button};
use syncord::rest::CreateMessage;
use syncord::tree::{Tree, command, group, on};

use crate::scene::{Scene, TIMEOUT};

#[test]
fn an_event_handler_of_a_tree_runs_after_those_of_the_bot() {
    let scene = Scene::new();
    let received = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.on_message(|_, message| {
        if !message.author.bot {
            received.borrow_mut().push(format!("first {}", message.content));
        }
        Ok(())
    });
    bot.mount(Tree::new("events").add(on::<MessageCreate>(|cx, message| {
        if !message.author.bot {
            received.borrow_mut().push(format!("second {}", message.content));
            cx.reply(message, "received")?;
        }
        Ok(())
    })));
    scene.play(bot, || {
        scene.ann.says(&scene.general, "hello");
        assert_eq!(scene.general.next_message()?.content, "received");
        Ok(())
    });
    assert_eq!(*received.borrow(), ["first hello", "second hello"]);
}

#[test]
fn intents_include_the_events_that_tasks_of_a_command_wait_for() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("quiz", "Asks").waits_for::<MessageCreate>().run(|cx| {
        let (channel, user) = (cx.channel_id().unwrap(), cx.user().id);
        cx.spawn(move |task| {
            task.reply("What is 6 times 7?")?;
            let answer = task.next_message(channel, user, Duration::from_secs(30))?;
            task.send(channel, format!("You said {}.", answer.map_or(String::new(), |m| m.content.clone())))?;
            Ok(())
        })?;
        Ok(())
    }));
    let drawn = bot.to_string();
    assert!(drawn.contains("/quiz — Asks\n    └── waits for MessageCreate: "), "{drawn}");
    assert!(drawn.contains("MESSAGE_CONTENT"), "{drawn}");
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/quiz")?, "What is 6 times 7?");
        scene.ann.says(&scene.general, "42");
        assert_eq!(scene.general.next_message()?.content, "You said 42.");
        Ok(())
    });
}

#[test]
fn the_error_of_an_undeclared_wait_names_the_node_and_the_missing_call() {
    let scene = Scene::new();
    let mut errors = Vec::new();
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.push(error.to_string()));
    bot.command(command("quiz", "Asks").waits_for::<MessageCreate>().run(|cx| {
        cx.spawn(|task| {
            let end = task.next::<MessageReactionAdd>(|_| true, Duration::from_secs(30));
            task.reply("never mind")?;
            end.map(drop).map_err(Into::into)
        })?;
        Ok(())
    }));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/quiz")?, "never mind");
        Ok(())
    });
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("/quiz"), "{errors:?}");
    assert!(errors[0].ends_with("add .waits_for::<MessageReactionAdd>() to it"), "{errors:?}");
}

#[test]
fn the_intents_of_a_tree_are_drawn_with_it() {
    let tree = Tree::new("events").add(on::<MessageReactionAdd>(|_, _| Ok(())));
    let intents = Intents::GUILD_MESSAGE_REACTIONS | Intents::DIRECT_MESSAGE_REACTIONS;
    assert_eq!(tree.to_string(), format!("events\n└── on::<MessageReactionAdd>: {intents}"));
}

#[test]
fn the_error_of_a_node_without_declared_waits_names_the_node() {
    let scene = Scene::new();
    let mut errors = Vec::new();
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.push(error.to_string()));
    bot.mount(Tree::new("games").add(command("quiz", "Asks").run(|cx| {
        cx.spawn(|task| {
            let end = task.next::<MessageReactionAdd>(|_| true, Duration::from_secs(30));
            task.reply("never mind")?;
            end.map(drop).map_err(Into::into)
        })?;
        Ok(())
    })));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/quiz")?, "never mind");
        Ok(())
    });
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains("a task of games /quiz waits for MessageReactionAdd"), "{errors:?}");
}

#[test]
fn waits_of_the_tree_the_group_and_the_bot_are_combined() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.waits_for::<InteractionCreate>();
    let quiz = command("quiz", "Asks").waits_for::<MessageReactionAdd>().run(|cx| {
        cx.spawn(|task| {
            task.next::<MessageCreate>(|_| true, Duration::ZERO)?;
            task.next::<MessageReactionAdd>(|_| true, Duration::ZERO)?;
            task.next::<TypingStart>(|_| true, Duration::ZERO)?;
            task.next_interaction(|_| true, Duration::ZERO)?;
            task.reply("all of them")
        })?;
        Ok(())
    });
    let group = group("games", "All of them").waits_for::<TypingStart>().add(quiz);
    bot.mount(Tree::new("games").waits_for::<MessageCreate>().add(group));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/games quiz")?, "all of them");
        Ok(())
    });
}

#[test]
fn a_task_of_an_event_receives_clicks_in_a_bot_without_other_interactions() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let ask = on::<MessageCreate>(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let channel = message.channel_id;
        Ok(cx.spawn(move |task| {
            let button = ActionRow::new([Button::primary("aye", "Aye")]);
            let question = task.send(channel, CreateMessage::text("well?").component(button))?;
            let click = task.next_click(&question, TIMEOUT)?.ok_or("no click")?;
            click.reply("so be it")
        })?)
    });
    bot.mount(Tree::new("polls").add(ask.waits_for::<InteractionCreate>()));
    scene.play(bot, || {
        scene.ann.says(&scene.general, "go");
        let question = scene.general.next_message()?;
        assert_eq!(scene.ann.clicks(question.id, "aye")?.reply()?.content, "so be it");
        Ok(())
    });
}
