//! Choices that do not fit into one select menu.

use serde_json::Value;
use syncord::sim::Message;

use crate::prompts::{SOON, bot_of_task, now, result, shown};
use crate::scene::Scene;
use syncord::bot::Prompt;

/// The labels and the state of the choices that a message shows.
fn choices(message: &Message) -> Vec<(String, bool)> {
    let options = message.raw["components"][0]["components"][0]["options"].as_array().unwrap();
    let read = |option: &Value| (option["label"].as_str().unwrap().to_owned(), option["default"] == true);
    options.iter().map(read).collect()
}

#[test]
fn more_than_25_choices_have_pages() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let harbours = (0..60).map(|number| (format!("Harbour {number}"), number * number));
        task.choose("Where to?", harbours)
    });
    scene.play(bot, || {
        let question = scene.ann.uses(&scene.general, "/go")?.reply()?;
        assert_eq!(choices(&question).len(), 25);
        assert_eq!(shown(&question), ["prompt/choices", "-prompt/back", "-prompt/page", "prompt/next"]);
        for _ in 0..2 {
            scene.ann.clicks(&question, "prompt/next")?.wait_for_acknowledgement()?;
        }
        let last = now(&scene, question.id);
        assert_eq!(last.content, "Where to?");
        assert_eq!(shown(&last), ["prompt/choices", "prompt/back", "-prompt/page", "-prompt/next"]);
        assert_eq!(choices(&last).first().unwrap().0, "Harbour 50");
        scene.ann.selects(&question, "prompt/choices", [57])?.wait_for_acknowledgement()?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(Some(3249))");
        let end = now(&scene, question.id);
        assert!(shown(&end).iter().all(|id| id.starts_with('-')), "{:?}", shown(&end));
        assert_eq!(choices(&end)[7], ("Harbour 57".to_owned(), true));
        Ok(())
    });
}

#[test]
fn several_choices_of_several_pages_end_with_a_button() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let harbours = (0..30).map(|number| (format!("Harbour {number}"), number));
        let first = task.choose_many("Where to?", harbours.clone(), 2..=3)?;
        Ok((first, task.choose_many(Prompt::new("Again?").timeout(SOON), harbours, 1..=2)?))
    });
    scene.play(bot, || {
        let question = scene.ann.uses(&scene.general, "/go")?.reply()?;
        scene.ann.selects(&question, "prompt/choices", [3])?.wait_for_acknowledgement()?;
        assert!(scene.ann.clicks(&question, "prompt/done").is_err(), "one is too few");
        scene.ann.clicks(&question, "prompt/next")?.wait_for_acknowledgement()?;
        scene.ann.selects(&question, "prompt/choices", [29, 27])?.wait_for_acknowledgement()?;
        scene.ann.clicks(&question, "prompt/done")?.wait_for_acknowledgement()?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok((Some([3, 27, 29]), None))");
        Ok(())
    });
}

#[test]
fn a_single_choice_is_a_button() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| task.choose("Where to?", [("Kiel", 54)]));
    scene.play(bot, || {
        let question = scene.ann.uses(&scene.general, "/go")?.reply()?;
        assert_eq!(shown(&question), ["prompt/0"]);
        scene.ann.clicks(&question, "prompt/0")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(Some(54))");
        Ok(())
    });
}

#[test]
fn a_choice_of_none_is_an_error_and_does_not_wait() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let error = task.choose_many("Where to?", [("Kiel", 54)], 0..=0).unwrap_err();
        task.reply(error.to_string())?;
        Ok(())
    });
    scene.play(bot, || {
        let said = scene.ann.uses(&scene.general, "/go")?.reply()?;
        assert!(said.content.starts_with("count: none of them may be chosen"), "{}", said.content);
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(())");
        Ok(())
    });
}
