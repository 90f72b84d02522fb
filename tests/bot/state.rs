//! Values that all handlers share, and inboxes.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use syncord::events::MessageCreate;
use syncord::tree::Tree;
use syncord::{Error, Lanes};

use super::scene::{Scene, bot, discord};

/// A value of its own type.
#[derive(Default)]
struct Count(AtomicU32);

#[test]
fn handlers_lanes_and_tasks_read_the_same_provided_value() {
    let scene = Scene::new(discord());
    let lanes = Lanes::new(2);
    let mut bot = bot(&scene.discord);
    bot.provide(Count::default()).provide("harbour".to_owned()).waits_for::<MessageCreate>();
    bot.on_message(|cx, message| {
        if message.content == "go" {
            cx.get::<Count>()?.0.fetch_add(1, Ordering::Relaxed);
            let channel = message.channel_id;
            cx.spawn(move |task| {
                let count = task.get::<Count>()?;
                while count.0.load(Ordering::Relaxed) < 2 {
                    task.sleep(Duration::from_millis(1))?;
                }
                task.send(channel, task.get::<String>()?.as_str())?;
                Ok(())
            })?;
        }
        Ok(())
    });
    bot.on_in::<MessageCreate>(&lanes, |cx, message| {
        if message.content == "go" {
            cx.get::<Count>()?.0.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    });
    bot.during(|| {
        scene.says("go");
        assert_eq!(scene.discord.channel("general").next_message()?.content, "harbour");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_value_that_was_not_provided_is_an_error_that_names_its_type() {
    let scene = Scene::new(discord());
    let errors = RefCell::new(Vec::new());
    let mut bot = bot(&scene.discord);
    bot.on_ready(|cx, _| {
        let error = cx.get::<Count>().map(drop).unwrap_err();
        assert!(matches!(error, Error::Setup { .. }));
        errors.borrow_mut().push(error.to_string());
        Ok(cx.stop())
    });
    bot.run().unwrap();
    assert!(errors.borrow()[0].contains("state::Count: add bot.provide(..)"), "{errors:?}");
}

#[test]
fn two_values_of_one_type_are_a_mistake() {
    let scene = Scene::new(discord());
    let mut bot = bot(&scene.discord);
    bot.provide(7_u32).mount(Tree::new("tree").provide(8_u32)).on_ready(|_, _| Ok(()));
    let error = bot.start().map(drop).unwrap_err().to_string();
    assert!(error.contains("was called twice with a value of the type u32"), "{error}");
}

#[test]
fn an_inbox_borrows_and_receives_values_of_other_threads_in_order() {
    let scene = Scene::new(discord());
    let mut received = Vec::new();
    let mut bot = bot(&scene.discord);
    let inbox = bot.inbox(|cx, (thread, number): (u8, u32)| {
        received.push((thread, number));
        if received.len() == 200 {
            cx.stop();
        }
        Ok(())
    });
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let inbox = inbox.clone();
            scope.spawn(move || (0..100).for_each(|number| inbox.send((thread, number)).unwrap()));
        }
        bot.run().unwrap();
    });
    for thread in 0..2 {
        let own: Vec<_> =
            received.iter().filter(|(from, _)| *from == thread).map(|(_, number)| *number).collect();
        assert_eq!(own, (0..100).collect::<Vec<_>>());
    }
    assert!(matches!(inbox.send((0, 0)), Err(Error::Stopped)));
}

#[test]
fn errors_of_an_inbox_are_reported_under_its_name() {
    let scene = Scene::new(discord());
    let errors = RefCell::new(Vec::new());
    let mut bot = bot(&scene.discord);
    let inbox = bot.inbox(|_, number: u32| if number == 1 { Err("odd".into()) } else { Ok(()) });
    bot.on_error(|cx, error| {
        errors.borrow_mut().push(error.to_string());
        cx.stop();
    });
    inbox.send(0).unwrap();
    inbox.send(1).unwrap();
    bot.run().unwrap();
    assert!(errors.borrow()[0].starts_with("inbox::<u32> at tests/bot/state.rs"), "{errors:?}");
}
