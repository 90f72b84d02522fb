//! Every kind of response can have files.

use std::sync::mpsc;

use syncord::model::component::{ActionRow, Button};
use syncord::rest::{EditResponse, InteractionMessage, Upload};
use syncord::sim::Message;
use syncord::tree::{CustomId, command};
use syncord::{BoxError, Error, Limit};

use crate::scene::Scene;

const MORE: CustomId<()> = CustomId::new("more");

fn chart() -> Upload {
    Upload::bytes("chart.txt", "rocks").title("The chart").description("All the rocks")
}

fn with_chart(text: &str) -> InteractionMessage {
    InteractionMessage::text(text).file(chart())
}

/// The names and descriptions of the files of a message.
fn files(message: &Message) -> Vec<(String, String)> {
    let text = |file: &serde_json::Value, field: &str| file[field].as_str().unwrap_or_default().to_owned();
    let attachments = message.raw["attachments"].as_array().cloned().unwrap_or_default();
    attachments.iter().map(|file| (text(file, "filename"), text(file, "description"))).collect()
}

fn described() -> Vec<(String, String)> {
    vec![("chart.txt".to_owned(), "All the rocks".to_owned())]
}

#[test]
fn a_reply_has_its_file_and_description_deferred_or_not() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("now", "x").run(|cx| cx.reply(with_chart("now"))))
        .command(command("filled", "x").run(|cx| {
            cx.defer()?;
            cx.reply(with_chart("filled"))
        }))
        .command(command("followed", "x").run(|cx| {
            cx.defer()?;
            cx.follow_up(with_chart("followed"))?;
            Ok(())
        }))
        .command(command("replaced", "x").run(|cx| {
            cx.defer()?;
            cx.reply_ephemeral(with_chart("replaced"))
        }));
    scene.play(bot, || {
        for line in ["/now", "/filled", "/followed"] {
            let reply = scene.ann.uses(&scene.general, line)?.reply()?;
            assert_eq!((reply.content.as_str(), files(&reply)), (&line[1..], described()), "{line}");
        }
        scene.ann.uses(&scene.general, "/replaced")?;
        assert_eq!(files(&scene.ann.next_ephemeral_message()?), described());
        Ok(())
    });
}

#[test]
fn edits_updates_and_followups_add_files() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    let plain = || Upload::bytes("log.txt", "calm");
    bot.command(command("log", "x").run(move |cx| {
        let row = ActionRow::new([Button::success("more", "More")]);
        cx.reply(InteractionMessage::text("first").component(row))?;
        cx.edit(EditResponse::new().file(plain()))?;
        cx.follow_up(with_chart("then"))?;
        Ok(())
    }))
    .component(MORE.run(move |cx| cx.update(EditResponse::text("second").file(plain()))));
    scene.play(bot, || {
        let used = scene.ann.uses(&scene.general, "/log")?;
        scene.discord.wait_until("the followup", |_| !used.followups().is_empty())?;
        assert_eq!(files(&used.followups()[0]), described());
        let log = ("log.txt".to_owned(), String::new());
        let reply = used.reply()?;
        assert_eq!(files(&reply), vec![log.clone()]);
        scene.ann.clicks(reply.id, "more")?.wait_for_acknowledgement()?;
        let message = scene.general.message(reply.id).unwrap();
        assert_eq!((message.content.as_str(), files(&message)), ("second", vec![log.clone(), log]));
        Ok(())
    });
}

/// The limit in the error of a reply that was not sent.
fn limit(error: &BoxError) -> Option<u64> {
    match error.downcast_ref() {
        Some(Error::Invalid { field, limit: Some(Limit::Bytes { max, .. }), .. }) if field == "files[0]" => {
            Some(*max)
        }
        _ => None,
    }
}

#[test]
fn a_file_over_the_limit_of_the_interaction_or_of_the_bot_is_not_sent() {
    for (own, expected) in [(None, 10 << 20), (Some(100), 100)] {
        let scene = Scene::new();
        let mut bot = scene.bot();
        if let Some(own) = own {
            bot.upload_limit(own);
        }
        let (sent, limits) = mpsc::channel();
        bot.command(command("film", "x").run(move |cx| {
            let film = Upload::bytes("film.bin", vec![0; 11 << 20]);
            let error = cx.reply(InteractionMessage::new().file(film)).unwrap_err();
            sent.send(limit(&error).ok_or_else(|| error.to_string()))?;
            // The response is still free.
            cx.reply("too large")
        }));
        scene.play(bot, || {
            let reply = scene.ann.uses(&scene.general, "/film")?.reply()?;
            assert_eq!(reply.content, "too large");
            Ok(())
        });
        assert_eq!(limits.recv().unwrap(), Ok(expected));
    }
}
