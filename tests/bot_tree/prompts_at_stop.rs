//! A stop of the bot disables the components of prompts that wait, and reports those for which that failed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use syncord::bot::Prompt;
use syncord::bot::health::StopReport;
use syncord::rest::InteractionMessage;
use syncord::sim::{ErrorBody, Fault};

use crate::prompts::{bot_of_task, now, shown};
use crate::scene::{Scene, TIMEOUT, ephemeral_reply};

#[test]
fn a_stop_disables_the_components_of_all_prompts_that_wait() {
    let scene = Scene::new();
    let calls = Arc::new(AtomicUsize::new(0));
    let (bot, results) = bot_of_task(&scene, move |task| match calls.fetch_add(1, Ordering::Relaxed) {
        0 => task.confirm("Sure?").map(drop),
        1 => {
            task.reply("First.")?;
            task.confirm("Sure?").map(drop)
        }
        2 => task.confirm(Prompt::new("Sure?").in_channel(task.channel()?)).map(drop),
        3 => task.confirm(Prompt::new(InteractionMessage::text("Psst?").ephemeral(true))).map(drop),
        4 => task.choose_many("Which?", (0..60).map(|n| (format!("No. {n}"), n)), 1..=2).map(drop),
        _ => task.pages(Prompt::default(), (1..=9).map(|n| format!("Page {n}"))),
    });
    let handle = bot.handle();
    let mut prompts = Vec::new();
    scene.play(bot, || {
        for number in 0..6 {
            let used = scene.ann.uses(&scene.general, "/go")?;
            prompts.push(match number {
                1 => {
                    assert_eq!(used.reply()?.content, "First.");
                    scene.general.next_message()?
                }
                2 => scene.general.next_message()?,
                _ => used.reply()?,
            });
        }
        // These were edited by the token of the click last.
        scene.ann.clicks(&prompts[4], "prompt/next")?.wait_for_acknowledgement()?;
        scene.ann.clicks(&prompts[5], "prompt/next")?.wait_for_acknowledgement()?;
        Ok(())
    });
    for prompt in &prompts {
        let after = now(&scene, prompt.id);
        let components = shown(&after);
        assert!(!components.is_empty() && components.iter().all(|id| id.starts_with('-')), "{}", after.raw);
    }
    assert_eq!(now(&scene, prompts[5].id).content, "Page 2");
    let results = results.lock().unwrap();
    assert!(results.iter().all(|result| result == "Err(the bot was stopped)"), "{results:?}");
    assert_eq!(results.len(), 6);
    let report = handle.stop_report().unwrap();
    assert!(report.is_empty(), "{report}");
}

#[test]
fn prompts_that_cannot_be_disabled_do_not_delay_the_stop_and_are_in_its_report() {
    let scene = Scene::new();
    let (mut bot, _) = bot_of_task(&scene, |task| task.confirm("Sure?"));
    bot.grace(TIMEOUT);
    let handle = bot.handle();
    scene.play(bot, || {
        for _ in 0..2 {
            let question = scene.ann.uses(&scene.general, "/go")?.reply()?;
            // A prompt that answers other users waits.
            ephemeral_reply(&scene.bob.clicks(&question, "prompt/yes")?)?;
        }
        let body = ErrorBody::Json;
        scene.discord.fault(Fault::HttpStatus { status: 500, body, retry_after: None, times: 1000 });
        Ok(())
    });
    let report = handle.stop_report().unwrap();
    assert_eq!((report.prompts, report.tasks), (2, 0), "{report}");
    assert!(report.to_string().ends_with(": 2 prompts not disabled"), "{report}");
    assert!(report.took < Duration::from_secs(10), "{report}");
}

#[test]
fn prompts_that_have_ended_are_not_in_the_report_of_the_stop() {
    let scene = Scene::new();
    let (bot, results) = bot_of_task(&scene, |task| {
        let question = Prompt::new("Sure?").in_channel(task.channel()?);
        task.confirm(question.timeout(Duration::from_millis(1)))?;
        task.confirm("Really?")
    });
    let handle = bot.handle();
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/go")?;
        scene.ann.clicks(&used.reply()?, "prompt/yes")?;
        crate::prompts::result(&scene.discord, &results, 1).map(drop)
    });
    let report = handle.stop_report().unwrap();
    assert!(report.is_empty(), "{report}");
}

const SEND: &str = "POST /channels/{channel_id}/messages";

/// Stops the bot while Discord takes this long to accept a prompt.
fn stop_while_a_prompt_is_sent(scene: &Scene, grace: Duration, delay: Duration) -> StopReport {
    let (mut bot, _) = bot_of_task(scene, |task| {
        let prompt = Prompt::new("Sure?").in_channel(task.channel()?);
        task.confirm(prompt)
    });
    bot.grace(grace);
    let handle = bot.handle();
    scene.play(bot, || {
        scene.discord.fault_at(SEND, 1, Fault::Delay(delay));
        scene.ann.uses(&scene.general, "/go")?;
        Ok(scene.discord.wait_until("the prompt", |discord| !discord.requests_to(SEND).is_empty())?)
    });
    handle.stop_report().unwrap()
}

#[test]
fn a_prompt_that_is_being_sent_when_the_bot_stops_is_in_the_report() {
    let scene = Scene::new();
    let report = stop_while_a_prompt_is_sent(&scene, Duration::from_millis(50), TIMEOUT);
    assert_eq!(report.prompts, 1, "{report}");
}

#[test]
fn a_prompt_that_arrives_after_the_stop_is_disabled() {
    let scene = Scene::new();
    let report = stop_while_a_prompt_is_sent(&scene, TIMEOUT, Duration::from_millis(100));
    let prompt = scene.general.next_message().unwrap();
    assert_eq!(shown(&now(&scene, prompt.id)), ["-prompt/yes", "-prompt/no"]);
    assert_eq!(report.prompts, 0, "{report}");
}
