//! Pages that a user turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use syncord::Error;
use syncord::bot::Prompt;
use syncord::model::Embed;
use syncord::rest::{InteractionMessage, Upload};
use syncord::sim::{ErrorBody, Fault, Interaction, Message};

use crate::prompts::{SOON, bot_of_task, result, shown};
use crate::scene::{Scene, ephemeral_reply};

/// Clicks a button of the page that a command shows, and returns what is shown then.
fn turn(scene: &Scene, used: &Interaction, button: &str) -> Result<Message, Error> {
    let shown = used.current_reply().unwrap();
    let click = scene.ann.clicks(&shown, &format!("prompt/{button}"))?;
    assert_eq!(click.wait_for_acknowledgement()?.kind, 7);
    Ok(used.current_reply().unwrap())
}

/// The buttons of a page, without their prefix.
fn buttons(page: &Message) -> String {
    shown(page).join(" ").replace("prompt/", "")
}

#[test]
fn a_page_is_made_when_it_is_shown_first() {
    let scene = Scene::new();
    let made = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&made);
    let (bot, results) = bot_of_task(&scene, move |task| {
        let endless = (1..).map(|number| {
            counter.fetch_add(1, Ordering::SeqCst);
            format!("page {number}")
        });
        task.pages(Prompt::default(), endless)
    });
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        assert_eq!(used.reply()?.content, "page 1");
        assert_eq!(made.load(Ordering::SeqCst), 1);
        for (button, page, count) in
            [("next", 2, 2), ("next", 3, 3), ("back", 2, 3), ("first", 1, 3), ("next", 2, 3)]
        {
            assert_eq!(turn(&scene, &used, button)?.content, format!("page {page}"));
            assert_eq!(made.load(Ordering::SeqCst), count);
        }
        let closed = turn(&scene, &used, "close")?;
        assert_eq!(
            (closed.content.as_str(), buttons(&closed).as_str()),
            ("page 2", "-first -back -next -close")
        );
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(())");
        Ok(())
    });
}

#[test]
fn the_buttons_fit_what_is_known_of_the_number_of_pages() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        task.pages(Prompt::default(), ["1", "2", "3"])?;
        task.pages(Prompt::default(), ["1", "2"])?;
        task.pages(Prompt::default(), ["only"])
    });
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        assert_eq!(buttons(&used.reply()?), "-first -back next last close");
        assert_eq!(buttons(&turn(&scene, &used, "next")?), "first back next last close");
        let last = turn(&scene, &used, "last")?;
        assert_eq!((last.content.as_str(), buttons(&last).as_str()), ("3", "first back -next -last close"));
        turn(&scene, &used, "close")?;
        let two = scene.general.next_message()?;
        assert_eq!(buttons(&two), "-back next close");
        scene.ann.clicks(&two, "prompt/close")?;
        // A single page has no buttons, and the task goes on.
        let one = scene.general.next_message()?;
        assert_eq!((one.content.as_str(), shown(&one).len()), ("only", 0));
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(())");
        Ok(())
    });
}

#[test]
fn an_end_that_was_not_known_is_shown_once_it_is_reached() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        task.pages_by(Prompt::default(), |number| Ok((number < 3).then(|| format!("page {number}"))))
    });
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        assert_eq!(buttons(&used.reply()?), "-first -back next close");
        turn(&scene, &used, "next")?;
        assert_eq!(buttons(&turn(&scene, &used, "next")?), "first back next close");
        let end = turn(&scene, &used, "next")?;
        assert_eq!(
            (end.content.as_str(), buttons(&end).as_str()),
            ("page 2", "first back -next -last close")
        );
        assert_eq!(turn(&scene, &used, "first")?.content, "page 0");
        assert_eq!(turn(&scene, &used, "last")?.content, "page 2");
        turn(&scene, &used, "close")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(())");
        Ok(())
    });
}

#[test]
fn the_buttons_are_disabled_after_the_timeout_with_and_without_a_click_before() {
    let scene = Scene::new();
    let (bot, results) =
        bot_of_task(&scene, |task| task.pages(Prompt::default().timeout(SOON * 10), ["1", "2"]));
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(())");
        assert_eq!(buttons(&used.current_reply().unwrap()), "-back -next -close");
        // On a busy machine the click may come too late.
        for number in 2..100 {
            let used = scene.ann.uses(&scene.general, "/go")?;
            let _ = scene.ann.clicks(&used.reply()?, "prompt/next");
            assert_eq!(result(&scene.discord, &results, number)?, "Ok(())");
            let page = used.current_reply().unwrap();
            if page.content == "2" {
                assert_eq!(buttons(&page), "-back -next -close");
                return Ok(());
            }
        }
        panic!("no click was ever in time");
    });
}

#[test]
fn a_page_replaces_all_of_the_one_before_and_the_prompt_fills_what_it_lacks() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let file = Upload::bytes("chart.txt", "~~~~");
        let pages = [
            InteractionMessage::from(Embed::new().title("embed")),
            InteractionMessage::text("text").file(file),
            InteractionMessage::from(Embed::new().title("another")),
        ];
        task.pages("heading", pages)
    });
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        let parts = |page: &Message| {
            let count = |name: &str| page.raw[name].as_array().map_or(0, Vec::len);
            (page.content.clone(), count("embeds"), count("attachments"))
        };
        assert_eq!(parts(&used.reply()?), ("heading".to_owned(), 1, 0));
        assert_eq!(parts(&turn(&scene, &used, "next")?), ("text".to_owned(), 0, 1));
        assert_eq!(parts(&turn(&scene, &used, "next")?), ("heading".to_owned(), 1, 0));
        turn(&scene, &used, "close")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(())");
        Ok(())
    });
}

#[test]
fn other_users_cannot_turn_the_pages() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| task.pages(Prompt::default(), ["1", "2"]));
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        let page = used.reply()?;
        assert_eq!(ephemeral_reply(&scene.bob.clicks(&page, "prompt/next")?)?, "This is for another user.");
        assert_eq!(used.current_reply().unwrap().content, "1");
        turn(&scene, &used, "close")?;
        result(&scene.discord, &results, 1).map(drop)
    });
}

#[test]
fn no_pages_are_an_error_and_nothing_is_sent() {
    let scene = Scene::new();
    let (bot, _) = bot_of_task(&scene, |task| {
        let error = task.pages(Prompt::default(), [""; 0]).unwrap_err();
        Ok(task.reply(error.to_string())?)
    });
    scene.play(bot, || {
        assert!(scene.ann_uses("/go")?.starts_with("pages: there are none"));
        Ok(())
    });
}

#[test]
fn the_error_of_a_page_ends_the_prompt_and_the_user_is_notified() {
    let scene = Scene::new();
    let mut errors = Vec::new();
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.push(error.to_string()));
    let go = syncord::tree::command("go", "Goes").waits_for::<syncord::events::InteractionCreate>();
    bot.command(go.run(|cx| {
        Ok(cx.spawn(|task| {
            task.pages_by(Prompt::default(), |number| match number {
                0 => Ok(Some("page")),
                _ => Err("no connection to the database".into()),
            })?;
            Ok(())
        })?)
    }));
    scene.play(bot, || {
        let page = scene.ann.uses(&scene.general, "/go")?.reply()?;
        let click = scene.ann.clicks(&page, "prompt/next")?;
        ephemeral_reply(&click)?;
        Ok(())
    });
    assert!(errors[0].contains("no connection to the database"), "{errors:?}");
}

#[test]
fn a_prompt_that_ends_in_an_error_leaves_no_buttons_that_can_be_clicked() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let pages = ["short".to_owned(), "short again".to_owned(), "x".repeat(3000)];
        task.pages(Prompt::default(), pages)
    });
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        used.reply()?;
        turn(&scene, &used, "next")?;
        let click = scene.ann.clicks(&used.current_reply().unwrap(), "prompt/next")?;
        assert!(result(&scene.discord, &results, 1)?.contains("content"), "{results:?}");
        let page = used.current_reply().unwrap();
        assert_eq!(page.content, "short again");
        assert!(shown(&page).iter().all(|id| id.starts_with('-')), "{}", page.raw);
        ephemeral_reply(&click).map(drop)
    });
}

#[test]
fn choices_that_end_in_an_error_leave_nothing_that_can_be_clicked() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        task.choose("Which?", (0..60).map(|number| (format!("No. {number}"), number)))
    });
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        let question = used.reply()?;
        let (status, times) = (400, 1);
        let refused = Fault::HttpStatus { status, body: ErrorBody::Json, retry_after: None, times };
        scene.discord.fault_at("POST /interactions/{id}/{token}/callback", 1, refused);
        scene.ann.clicks(&question, "prompt/next")?;
        assert!(result(&scene.discord, &results, 1)?.starts_with("Err("), "{results:?}");
        let after = used.current_reply().unwrap();
        assert!(shown(&after).iter().all(|id| id.starts_with('-')), "{}", after.raw);
        Ok(())
    });
}
