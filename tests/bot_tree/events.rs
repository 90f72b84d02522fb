//! Events in trees: their intents are asked for, and their tasks wait.

use std::cell::RefCell;
use std::time::Duration;

use syncord::Intents;
use syncord::events::{InteractionCreate, MessageCreate, MessageReactionAdd, TypingStart};
use syncord::model::component::{ActionRow, Button};
use syncord::rest::CreateMessage;
use syncord::tree::{Tree, command, group, on};

use crate::scene::{PATIENCE, Scene};

#[test]
fn an_event_of_a_tree_is_heard_as_one_of_the_bots() {
    let scene = Scene::new();
    let heard = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.on_message(|_, message| {
        if !message.author.bot {
            heard.borrow_mut().push(format!("first {}", message.content));
        }
        Ok(())
    });
    bot.mount(Tree::new("ears").add(on::<MessageCreate>(|cx, message| {
        if !message.author.bot {
            heard.borrow_mut().push(format!("second {}", message.content));
            cx.reply(message, "heard")?;
        }
        Ok(())
    })));
    scene.play(bot, || {
        scene.ann.says(&scene.general, "hello");
        assert_eq!(scene.general.next_message()?.content, "heard");
        Ok(())
    });
    assert_eq!(*heard.borrow(), ["first hello", "second hello"]);
}

#[test]
fn what_a_commands_tasks_wait_for_is_asked_for_and_comes() {
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
        scene.general.next_message()?;
        scene.ann.says(&scene.general, "42");
        assert_eq!(scene.general.next_message()?.content, "You said 42.");
        Ok(())
    });
}

#[test]
fn an_undeclared_wait_names_the_node_and_the_line_to_add() {
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
    let tree = Tree::new("ears").add(on::<MessageReactionAdd>(|_, _| Ok(())));
    let intents = Intents::GUILD_MESSAGE_REACTIONS | Intents::DIRECT_MESSAGE_REACTIONS;
    assert_eq!(tree.to_string(), format!("ears\n└── on::<MessageReactionAdd>: {intents}"));
}

#[test]
fn a_node_that_declared_nothing_is_named_too() {
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
fn what_tree_group_and_bot_wait_for_adds_up() {
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
fn a_task_of_an_event_is_given_the_clicks_it_waits_for_though_nothing_else_answers_any() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let ask = on::<MessageCreate>(|cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let channel = message.channel_id;
        Ok(cx.spawn(move |task| {
            let button = ActionRow::new([Button::primary("aye", "Aye")]);
            let asked = task.send(channel, CreateMessage::text("well?").component(button))?;
            let click = task.next_click(&asked, PATIENCE)?.ok_or("nobody clicked")?;
            click.reply("so be it")
        })?)
    });
    bot.mount(Tree::new("polls").add(ask.waits_for::<InteractionCreate>()));
    scene.play(bot, || {
        scene.ann.says(&scene.general, "go");
        let asked = scene.general.next_message()?;
        assert_eq!(scene.ann.clicks(asked.id, "aye")?.reply()?.content, "so be it");
        Ok(())
    });
}
