//! Questions that a user answers with a message.

use syncord::bot::Prompt;
use syncord::rest::InteractionMessage;

use crate::prompts::{SOON, bot_of_task, result};
use crate::scene::Scene;

#[test]
fn an_answer_that_cannot_be_read_is_asked_for_again() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let name = task.ask::<String>("Name?")?;
        let age = task.ask::<u8>(Prompt::new("Age?").expects("a number from 0 to 255."))?;
        Ok((name, age))
    });
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/go")?, "Name?");
        scene.bob.says(&scene.general, "Bob");
        scene.ann.says(&scene.general, " Ann ");
        assert_eq!(scene.general.next_message()?.content, "Age?");
        let wrong = scene.ann.says(&scene.general, "old");
        let hint = scene.general.next_message()?;
        assert_eq!(hint.content, "Expected: a number from 0 to 255. Please try again.");
        assert_eq!(hint.reply_to, Some(wrong));
        scene.bob.says(&scene.general, "7");
        scene.ann.says(&scene.general, "42");
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok((Some(\"Ann\"), Some(42)))");
        Ok(())
    });
}

#[test]
fn the_question_ends_after_the_last_try() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| task.ask::<u8>(Prompt::new("Age?").tries(2)));
    scene.play(bot, || {
        scene.ann_uses("/go")?;
        scene.ann.says(&scene.general, "old");
        assert_eq!(
            scene.general.next_message()?.content,
            "Expected an integer from 0 to 255. Please try again."
        );
        scene.ann.says(&scene.general, "256");
        assert_eq!(scene.general.next_message()?.content, "Expected an integer from 0 to 255.");
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(None)");
        Ok(())
    });
}

#[test]
fn without_an_answer_the_result_is_none() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| task.ask::<u8>(Prompt::new("Age?").timeout(SOON)));
    scene.play(bot, || {
        scene.ann_uses("/go")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(None)");
        Ok(())
    });
}

#[test]
fn a_message_from_before_the_question_is_no_answer() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        task.reply("Say something.")?;
        // The mailbox has the message by now: another wait finds it, and leaves it there.
        let channel = task.channel()?;
        task.next::<syncord::events::MessageCreate>(
            |message| message.content == "now",
            crate::scene::TIMEOUT,
        )?;
        task.ask::<String>(Prompt::new("What?").in_channel(channel))
    });
    scene.play(bot, || {
        scene.ann_uses("/go")?;
        scene.ann.says(&scene.general, "early");
        scene.bob.says(&scene.general, "now");
        assert_eq!(scene.general.next_message()?.content, "What?");
        scene.ann.says(&scene.general, "late");
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(Some(\"late\"))");
        Ok(())
    });
}

#[test]
fn a_question_for_anyone_is_not_answered_by_bots() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let channel = task.channel()?;
        task.reply("Wait.")?;
        let prompt = Prompt::new(InteractionMessage::text("What?")).in_channel(channel).for_anyone();
        task.ask_with(prompt, |answer| {
            if answer.content == "no" {
                // A message of the bot itself, after the question.
                task.send(channel, "by a bot").map_err(|error| error.to_string())?;
                return Err("Something else!".to_owned());
            }
            Ok(format!("{} by {}", answer.content, answer.author.username))
        })
    });
    scene.play(bot, || {
        scene.ann_uses("/go")?;
        assert_eq!(scene.general.next_message()?.content, "What?");
        scene.bob.says(&scene.general, "no");
        assert_eq!(scene.general.next_message()?.content, "by a bot");
        assert_eq!(scene.general.next_message()?.content, "Something else! Please try again.");
        scene.bob.says(&scene.general, "yes");
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(Some(\"yes by bob\"))");
        Ok(())
    });
}
