//! Interactions without a node get a reply, and a failure affects one interaction only.

use std::sync::Mutex;

use serde_json::{Value, json};
use syncord::events::InteractionCreate;
use syncord::id::MessageId;
use syncord::model::component::{ActionRow, Button};
use syncord::rest::InteractionMessage;
use syncord::tree::{CustomId, Tree, command};

use crate::scene::{Scene, ephemeral_reply};

const OTHER: CustomId<()> = CustomId::new("other");

#[test]
fn an_interaction_without_a_node_gets_an_ephemeral_reply() {
    let scene = Scene::new();
    let mut old = scene.bot();
    old.command(command("old", "x").run(|cx| {
        let row = ActionRow::new([Button::success("gone", "Gone")]);
        cx.reply(InteractionMessage::text("x").component(row))
    }));
    let mut message = MessageId::new(0);
    scene.play(old, || {
        message = scene.ann.uses(&scene.general, "/old")?.reply()?.id;
        Ok(())
    });

    let mut new = scene.bot();
    new.keep_foreign_commands()
        .command(command("new", "x").run(|cx| cx.reply("here")))
        .component(OTHER.run(|_| Ok(())));
    scene.play(new, || {
        let (ann, general) = (&scene.ann, &scene.general);
        assert_eq!(ephemeral_reply(&ann.uses(general, "/old")?)?, "This is no longer active.");
        assert_eq!(ephemeral_reply(&ann.clicks(message, "gone")?)?, "This is no longer active.");
        assert_eq!(ann.uses(general, "/new")?.reply()?.content, "here");
        Ok(())
    });
}

#[test]
fn a_raw_handler_can_respond_to_interactions_without_a_node() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("known", "x").run(|cx| {
        let row = ActionRow::new([Button::success("raw", "Raw")]);
        cx.reply(InteractionMessage::text("x").component(row))
    }));
    bot.on::<InteractionCreate>(|cx, interaction| {
        if interaction.component().is_some() {
            let response = syncord::rest::InteractionResponse::message("by hand");
            cx.rest().create_interaction_response(interaction.id, &interaction.token, &response)?;
        }
        Ok(())
    });
    scene.play(bot, || {
        let message = scene.ann.uses(&scene.general, "/known")?.reply()?.id;
        let clicked = scene.ann.clicks(message, "raw")?;
        assert_eq!(clicked.reply()?.content, "by hand");
        assert_eq!(clicked.rejected_responses(), []);
        Ok(())
    });
}

#[test]
fn a_command_that_fails_or_panics_affects_that_call_only() {
    let scene = Scene::new();
    let mut errors = Vec::new();
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.push((error.event.clone(), error.to_string())));
    bot.command(command("fail", "x").run(|cx| {
        cx.reply("before")?;
        Err("no luck".into())
    }))
    .command(command("panic", "x").run(|cx| {
        cx.reply("before")?;
        panic!("off by one")
    }))
    .command(command("well", "x").run(|cx| cx.reply("well")));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/fail")?, "before");
        assert_eq!(scene.ann_uses("/panic")?, "before");
        assert_eq!(scene.ann_uses("/well")?, "well");
        Ok(())
    });
    assert_eq!(errors.len(), 2);
    assert_eq!(errors[0].0, "INTERACTION_CREATE");
    assert!(errors[0].1.starts_with("/fail at ") && errors[0].1.ends_with("no luck"), "{errors:?}");
    assert!(errors[1].1.starts_with("/panic at ") && errors[1].1.ends_with("off by one"), "{errors:?}");
}

/// The replies that the bot sent to an interaction that the simulator did not create.
fn replies_to(scene: &Scene, token: &str) -> Result<Vec<String>, syncord::Error> {
    let sent = || {
        let requests = scene.discord.requests().into_iter().filter(|request| request.path.contains(token));
        let texts =
            requests.map(|request| request.json()["data"]["content"].as_str().unwrap_or("").to_owned());
        texts.collect::<Vec<_>>()
    };
    scene.discord.wait_until("a reply", |_| !sent().is_empty())?;
    Ok(sent())
}

#[test]
fn an_unreadable_interaction_gets_a_reply_and_is_reported() {
    let scene = Scene::new();
    let errors = Mutex::new(Vec::new());
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.lock().unwrap().push(error.to_string()));
    bot.mount(Tree::new("dice").add(command("roll", "x").run(|cx| cx.reply("rolled"))));
    let interaction = |token: &str, change: fn(&mut Value)| {
        let mut json = json!({
            "id": "77", "application_id": scene.discord.bot_id().to_string(), "type": 2, "token": token,
            "version": 1, "user": {"id": "5", "username": "eve", "discriminator": "0"},
            "entitlements": [], "authorizing_integration_owners": {}, "attachment_size_limit": 1,
            "app_permissions": "0", "locale": "de",
            "data": {"id": "9", "name": "roll", "type": 1},
        });
        change(&mut json);
        scene.discord.dispatch("INTERACTION_CREATE", json);
    };
    let result = bot.during(|| {
        interaction("first-unreadable", |json| json["channel_id"] = json!({"unreadable": true}));
        assert_eq!(replies_to(&scene, "first-unreadable")?, ["rolled"], "a wrong field costs only itself");
        interaction("third-unreadable", |json| {
            json["id"] = json!("79");
            json["data"]["id"] = json!(-1);
            json["data"]["options"] = json!(null);
        });
        assert_eq!(replies_to(&scene, "third-unreadable")?, ["rolled"], "a command needs only its name");
        interaction("second-unreadable", |json| {
            json["id"] = json!("78");
            json["type"] = json!({"unreadable": true});
        });
        let replies = replies_to(&scene, "second-unreadable")?;
        assert!(replies[0].starts_with("Something went wrong"), "{replies:?}");
        assert_eq!(scene.ann_uses("/roll")?, "rolled");
        Ok(())
    });
    result.unwrap();
    let errors = errors.into_inner().unwrap();
    // The other errors are those of the replies, which Discord does not take.
    let [_, _, error] = &*errors else { panic!("{errors:?}") };
    assert!(error.starts_with("dice /roll at ") && error.contains("could not be read"), "{error}");
}
