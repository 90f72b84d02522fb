//! Prompts: who can answer, where they are sent, and what is left of them at the end.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use syncord::bot::{Prompt, Task, TaskContext};
use syncord::events::{InteractionCreate, MessageCreate};
use syncord::id::MessageId;
use syncord::model::component::{ActionRow, Button, TextDisplay};
use syncord::rest::InteractionMessage;
use syncord::sim::{Discord, Interaction, Message};
use syncord::tree::{CommandContext, command};
use syncord::{Bot, Error, Result};

use crate::scene::{Scene, ephemeral_reply};

/// Long enough for a message to arrive, and over soon.
pub(crate) const SOON: Duration = Duration::from_millis(20);

/// What a task returned, in order.
pub(crate) type Results = Arc<Mutex<Vec<String>>>;

/// A bot whose command `/go` runs a task, with its results.
pub(crate) fn bot_of_task<'a, T: std::fmt::Debug>(
    scene: &Scene,
    work: impl Fn(&Task<CommandContext>) -> Result<T, Error> + Clone + Send + 'static,
) -> (Bot<'a>, Results) {
    let results = Results::default();
    let mut bot = scene.bot();
    bot.text_prefix("!");
    bot.on_error(|_, error| panic!("{error}"));
    let go = command("go", "Goes").text().waits_for::<InteractionCreate>().waits_for::<MessageCreate>();
    let kept = Arc::clone(&results);
    bot.command(go.run(move |cx| {
        let (work, results) = (work.clone(), Arc::clone(&kept));
        Ok(cx.spawn(move |task| {
            let result = format!("{:?}", work(task));
            Ok(results.lock().unwrap().push(result))
        })?)
    }));
    (bot, results)
}

/// Waits for the number of results, and returns the last one.
pub(crate) fn result(discord: &Discord, results: &Results, number: usize) -> Result<String, Error> {
    discord.wait_until("the result of the task", |_| results.lock().unwrap().len() >= number)?;
    Ok(results.lock().unwrap()[number - 1].clone())
}

/// The components in the rows of a message, as `custom_id`, with a `-` in front if they are disabled.
pub(crate) fn shown(message: &Message) -> Vec<String> {
    let rows = message.raw["components"].as_array().unwrap().iter();
    let components = rows.flat_map(|row| row["components"].as_array().cloned().unwrap_or_default());
    components
        .map(|c| {
            format!("{}{}", if c["disabled"] == true { "-" } else { "" }, c["custom_id"].as_str().unwrap())
        })
        .collect()
}

/// A message as Ann sees it now.
pub(crate) fn now(scene: &Scene, message: MessageId) -> Message {
    scene.ann.sees(&scene.general).into_iter().find(|seen| seen.id == message).unwrap()
}

/// Waits until the components of a message are disabled.
fn wait_until_disabled(scene: &Scene, message: MessageId) -> Result<(), Error> {
    let is_disabled = || shown(&now(scene, message)).iter().all(|id| id.starts_with('-'));
    Ok(scene.discord.wait_until("the end of the prompt", |_| is_disabled())?)
}

fn go(scene: &Scene) -> Result<(Interaction, Message), Error> {
    let used = scene.ann.uses(&scene.general, "/go")?;
    let question = used.reply()?;
    Ok((used, question))
}

#[test]
fn a_click_on_yes_or_no_is_returned_and_the_buttons_are_disabled() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| task.confirm("Sure?"));
    scene.play(bot, || {
        for (number, (button, expected)) in
            [("yes", "Ok(Some(true))"), ("no", "Ok(Some(false))")].iter().enumerate()
        {
            let (used, question) = go(&scene)?;
            assert_eq!(question.content, "Sure?");
            assert_eq!(shown(&question), ["prompt/yes", "prompt/no"]);
            let click = scene.ann.clicks(&question, &format!("prompt/{button}"))?;
            assert_eq!(click.wait_for_acknowledgement()?.kind, 7);
            assert_eq!(result(&scene.discord, &results, number + 1)?, *expected);
            let after = used.current_reply().unwrap();
            assert_eq!(after.content, "Sure?");
            assert_eq!(shown(&after), ["-prompt/yes", "-prompt/no"]);
        }
        Ok(())
    });
}

#[test]
fn a_click_of_another_user_is_refused_in_private_and_the_prompt_still_waits() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        task.confirm("Sure?")?;
        task.confirm(Prompt::new("Very?").refusal("Not you."))
    });
    scene.play(bot, || {
        let (_, question) = go(&scene)?;
        let foreign = scene.bob.clicks(&question, "prompt/yes")?;
        assert_eq!(ephemeral_reply(&foreign)?, "This is for another user.");
        assert_eq!(shown(&now(&scene, question.id)), ["prompt/yes", "prompt/no"]);
        scene.ann.clicks(&question, "prompt/no")?;
        let second = scene.general.next_message()?;
        assert_eq!(ephemeral_reply(&scene.bob.clicks(&second, "prompt/yes")?)?, "Not you.");
        scene.ann.clicks(&second, "prompt/no")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(Some(false))");
        Ok(())
    });
}

#[test]
fn after_the_timeout_the_buttons_are_disabled_and_the_result_is_none() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let short = || Prompt::new("Sure?").timeout(SOON);
        // The response, a followup message, a message in a channel, and one that only the user sees.
        task.confirm(short())?;
        task.confirm(short())?;
        task.confirm(short().in_channel(task.channel()?))?;
        task.confirm(Prompt::new(InteractionMessage::text("Psst?").ephemeral(true)).timeout(SOON))
    });
    scene.play(bot, || {
        scene.ann.uses(&scene.general, "/go")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(None)");
        let prompts = scene.ann.sees(&scene.general);
        assert_eq!(prompts.len(), 4, "{prompts:?}");
        assert!(prompts[3].is_ephemeral());
        for prompt in prompts {
            assert_eq!(shown(&prompt), ["-prompt/yes", "-prompt/no"], "{}", prompt.raw);
        }
        Ok(())
    });
}

#[test]
fn a_prompt_that_was_deleted_is_no_error() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        task.confirm(Prompt::new("Sure?").in_channel(task.channel()?).timeout(SOON * 10))
    });
    scene.play(bot, || {
        scene.ann.uses(&scene.general, "/go")?;
        let question = scene.general.next_message()?;
        scene.rest().0.delete_message(scene.general.id(), question.id)?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(None)");
        Ok(())
    });
}

#[test]
fn a_prompt_of_a_text_command_is_a_reply_to_the_message() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        task.confirm("Sure?")?;
        task.confirm(Prompt::new("Very?").timeout(SOON))
    });
    scene.play(bot, || {
        let called = scene.ann.says(&scene.general, "!go");
        let question = scene.general.next_message()?;
        assert_eq!((question.content.as_str(), question.reply_to), ("Sure?", Some(called)));
        assert_eq!(
            ephemeral_reply(&scene.bob.clicks(&question, "prompt/yes")?)?,
            "This is for another user."
        );
        scene.ann.clicks(&question, "prompt/yes")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(None)");
        wait_until_disabled(&scene, question.id)?;
        wait_until_disabled(&scene, scene.general.next_message()?.id)
    });
}

#[test]
fn a_prompt_can_end_after_the_token_of_its_interaction() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| task.confirm(Prompt::new("Sure?").timeout(SOON * 25)));
    scene.play(bot, || {
        let (used, _) = go(&scene)?;
        let is_known = |discord: &Discord| {
            discord
                .requests()
                .iter()
                .any(|sent| sent.method == "GET" && sent.path.ends_with("@original") && sent.status.is_some())
        };
        scene.discord.wait_until("the bot to know its message", is_known)?;
        scene.discord.advance(Duration::from_secs(15 * 60 + 1));
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(None)");
        assert_eq!(shown(&used.current_reply().unwrap()), ["-prompt/yes", "-prompt/no"]);
        Ok(())
    });
}

#[test]
fn the_components_of_the_message_itself_stay() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let link = ActionRow::new([Button::secondary("own", "Own")]);
        task.confirm(InteractionMessage::text("Sure?").component(link))?;
        task.confirm(InteractionMessage::new().component(TextDisplay::new("Second version?")))
    });
    scene.play(bot, || {
        let (_, question) = go(&scene)?;
        assert_eq!(shown(&question), ["own", "prompt/yes", "prompt/no"]);
        // No component of the prompt: nothing of this bot handles it.
        let other = scene.ann.clicks(&question, "own")?;
        scene.ann.clicks(&question, "prompt/yes")?;
        let second = scene.general.next_message()?;
        assert_eq!(shown(&now(&scene, question.id)), ["own", "-prompt/yes", "-prompt/no"]);
        scene.ann.clicks(&second, "prompt/yes")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(Some(true))");
        let second = now(&scene, second.id);
        assert_eq!(second.raw["components"][0]["content"], "Second version?");
        assert_eq!(second.raw["components"][1]["components"][0]["disabled"], true);
        assert_eq!(ephemeral_reply(&other)?, "This is no longer active.");
        Ok(())
    });
}

/// What a prompt of a task without an interaction returns.
fn without_interaction(
    prompt: impl Fn(&syncord::model::Message) -> Prompt + Send + 'static,
    script: impl FnOnce(&Scene) -> Result<(), Error> + Send,
) -> String {
    let scene = Scene::new();
    let results = Results::default();
    let mut bot = scene.bot();
    bot.waits_for::<InteractionCreate>();
    bot.on_error(|_, error| panic!("{error}"));
    let (prompt, kept) = (Arc::new(Mutex::new(prompt)), Arc::clone(&results));
    bot.on_message(move |cx, message| {
        if message.author.bot {
            return Ok(());
        }
        let (prompt, results, message) = (Arc::clone(&prompt), Arc::clone(&kept), message.0.clone());
        Ok(cx.spawn(move |task| {
            let prompt = prompt.lock().unwrap()(&message);
            let result =
                task.confirm(prompt).map_or_else(|error| error.to_string(), |answer| format!("{answer:?}"));
            Ok(results.lock().unwrap().push(result))
        })?)
    });
    scene.play(bot, || {
        scene.ann.says(&scene.general, "hello");
        script(&scene)?;
        result(&scene.discord, &results, 1).map(drop)
    });
    assert_eq!(results.lock().unwrap().len(), 1);
    results.lock().unwrap().remove(0)
}

#[test]
fn a_reply_to_a_message_is_for_its_author() {
    let answer = without_interaction(
        |message| Prompt::new("Sure?").reply_to(message),
        |scene| {
            let question = scene.general.next_message()?;
            assert_eq!(question.reply_to, Some(scene.ann.sees(&scene.general)[0].id));
            ephemeral_reply(&scene.bob.clicks(&question, "prompt/no")?)?;
            scene.ann.clicks(&question, "prompt/yes")?;
            Ok(())
        },
    );
    assert_eq!(answer, "Some(true)");
}

#[test]
fn a_prompt_for_anyone_takes_the_first_answer() {
    let answer = without_interaction(
        |message| Prompt::new("Sure?").in_channel(message.channel_id).for_anyone(),
        |scene| {
            scene.bob.clicks(&scene.general.next_message()?, "prompt/no")?.wait_for_acknowledgement()?;
            Ok(())
        },
    );
    assert_eq!(answer, "Some(false)");
}

#[test]
fn a_prompt_without_a_place_or_a_user_is_an_error_that_says_what_to_call() {
    let sends_nothing = |scene: &Scene| Ok(assert!(scene.general.try_next_message().is_none()));
    let error =
        without_interaction(|message| Prompt::new("Sure?").for_user(message.author.id), sends_nothing);
    assert!(error.ends_with("has no place: call in_channel or reply_to"), "{error}");
    let error =
        without_interaction(|message| Prompt::new("Sure?").in_channel(message.channel_id), sends_nothing);
    assert!(error.ends_with("who may answer: call for_user or for_anyone"), "{error}");
    let secret = |message: &syncord::model::Message| {
        Prompt::new(InteractionMessage::text("Psst?").ephemeral(true)).reply_to(message)
    };
    let error = without_interaction(secret, sends_nothing);
    assert!(error.contains("only the response to an interaction can be ephemeral"), "{error}");
}

#[test]
fn nothing_is_sent_if_the_task_did_not_declare_that_it_waits() {
    let scene = Scene::new();
    let results = Results::default();
    let mut bot = scene.bot();
    let kept = Arc::clone(&results);
    bot.command(command("go", "Goes").run(move |cx| {
        let results = Arc::clone(&kept);
        Ok(cx.spawn(move |task| {
            let errors = [
                task.confirm("Sure?").unwrap_err(),
                task.choose("Which?", [("a", 1)]).unwrap_err(),
                task.pages(Prompt::default(), ["one", "two"]).unwrap_err(),
                task.ask::<String>("What?").unwrap_err(),
            ];
            let errors = errors.map(|error| error.to_string());
            results.lock().unwrap().extend(errors);
            task.reply("nothing else")
        })?)
    }));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/go")?, "nothing else");
        let results = results.lock().unwrap();
        for error in &results[..3] {
            assert!(error.ends_with("add .waits_for::<InteractionCreate>() to it"), "{error}");
        }
        assert!(results[3].ends_with("add .waits_for::<MessageCreate>() to it"), "{results:?}");
        Ok(())
    });
}

#[test]
fn a_function_can_prompt_in_any_task() {
    fn is_sure<C: TaskContext>(task: &Task<C>) -> Result<bool, Error> {
        Ok(task.confirm("Sure?")?.unwrap_or(false))
    }
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, is_sure);
    scene.play(bot, || {
        let (_, question) = go(&scene)?;
        scene.ann.clicks(&question, "prompt/yes")?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok(true)");
        Ok(())
    });
}

#[test]
fn up_to_five_choices_are_buttons_and_more_are_a_select() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let few = (0..5).map(|number| (format!("No. {number}"), number * number));
        let many = (0..25).map(|number| (format!("No. {number}"), number * number));
        let first = task.choose("Few?", few)?;
        Ok((first, task.choose(Prompt::new("Many?").placeholder("One of these"), many)?))
    });
    scene.play(bot, || {
        let (used, few) = go(&scene)?;
        assert_eq!(shown(&few), (0..5).map(|number| format!("prompt/{number}")).collect::<Vec<_>>());
        scene.ann.clicks(&few, "prompt/3")?;
        let many = scene.general.next_message()?;
        let select = |message: &Message| message.raw["components"][0]["components"][0].clone();
        assert_eq!(select(&many)["placeholder"], "One of these");
        assert_eq!(select(&many)["options"].as_array().unwrap().len(), 25);
        scene.ann.selects(&many, "prompt/choices", [24])?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok((Some(9), Some(576)))");
        // What was chosen stays visible.
        let styles: Vec<_> = used.current_reply().unwrap().raw["components"][0]["components"]
            .as_array()
            .unwrap()
            .iter()
            .map(|button| (button["style"].as_u64().unwrap(), button["disabled"] == true))
            .collect();
        assert_eq!(styles, [(2, true), (2, true), (2, true), (1, true), (2, true)]);
        let select = select(&now(&scene, many.id));
        assert_eq!(select["disabled"], true);
        let chosen: Vec<_> =
            select["options"].as_array().unwrap().iter().filter(|option| option["default"] == true).collect();
        assert_eq!(chosen.iter().map(|option| &option["value"]).collect::<Vec<_>>(), [&Value::from("24")]);
        Ok(())
    });
}

#[test]
fn several_choices_are_returned_in_the_order_of_the_choices() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let choices = [("Olives", 'o'), ("Basil", 'b'), ("Squid", 's')];
        let first = task.choose_many("Which?", choices, 1..=10)?;
        let none = task.choose_many("More?", choices, 0..=1)?;
        Ok((first, none, task.choose_many(Prompt::new("Again?").timeout(SOON), choices, 1..=1)?))
    });
    scene.play(bot, || {
        let (_, question) = go(&scene)?;
        assert!(scene.ann.selects(&question, "prompt/choices", [0; 0]).is_err());
        scene.ann.selects(&question, "prompt/choices", [2, 0])?;
        let second = scene.general.next_message()?;
        scene.ann.selects(&second, "prompt/choices", [0; 0])?;
        assert_eq!(result(&scene.discord, &results, 1)?, "Ok((Some(['o', 's']), Some([]), None))");
        Ok(())
    });
}

#[test]
fn choices_beyond_the_limits_are_errors_and_nothing_is_sent() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let error = |result: Result<Option<usize>, Error>| result.unwrap_err().to_string();
        let numbered = |count: usize| (0..count).map(|number| (number.to_string(), number));
        let errors = [
            error(task.choose("Which?", (0..26).map(|n| ("x".repeat(4 * n + 1), n)))),
            error(task.choose("Which?", numbered(0))),
            error(task.choose("Which?", [("x".repeat(101), 1)])),
            error(task.choose_many("Which?", numbered(2), 3..=4).map(|_| None)),
            error(task.confirm(Prompt::new("Sure?").yes("x".repeat(81))).map(|_| None)),
        ];
        task.reply(errors.join("\n"))?;
        Ok(())
    });
    scene.play(bot, || {
        let reply = scene.ann_uses("/go")?;
        let errors: Vec<_> = reply.lines().collect();
        assert!(errors[0].starts_with("choices[25]: 1 to 100 characters, and this has 101"), "{reply}");
        assert!(errors[1].starts_with("choices: there are none"), "{reply}");
        assert!(errors[2].starts_with("choices[0]: 1 to 100 characters"), "{reply}");
        assert!(errors[3].starts_with("choices: 3 or more are to be chosen, and only 2 can be"), "{reply}");
        assert!(errors[4].contains("label"), "{reply}");
        assert_eq!(scene.ann.sees(&scene.general).len(), 1);
        result(&scene.discord, &results, 1).map(drop)
    });
}
