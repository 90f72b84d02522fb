//! Responses of Discord to what a handler sent, in a shape that cannot be read.

use std::cell::RefCell;

use syncord::Result;
use syncord::sim::{ErrorBody, Fault};
use syncord::tree::{CommandContext, Refusal, Tree, command};

use crate::scene::Scene;

const EDIT: &str = "PATCH /webhooks/{application_id}/{interaction_token}/messages/@original";
const FOLLOW_UP: &str = "POST /webhooks/{application_id}/{interaction_token}";

/// Runs a handler while Discord's response to a route is empty. Returns the errors of the handler, and the methods of the
/// requests after the first response.
fn with_an_empty_response(
    route: &str,
    handler: impl FnMut(&CommandContext) -> Result,
) -> (Vec<String>, Vec<String>) {
    let scene = Scene::new();
    let errors = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.borrow_mut().push(error.to_string()));
    bot.command(command("roll", "Rolls dice").run(handler));
    let empty = Fault::HttpStatus { status: 200, body: ErrorBody::Empty, retry_after: None, times: 1 };
    scene.discord.fault_at(route, 1, empty);
    bot.during(|| {
        scene.ann.uses(&scene.general, "/roll")?;
        scene.discord.wait_until("the request", |discord| !discord.requests_to(route).is_empty())?;
        Ok(())
    })
    .unwrap();
    let requests = scene.discord.requests().into_iter();
    let of_webhooks = requests.filter(|request| request.path.contains("/webhooks/"));
    (errors.take(), of_webhooks.map(|request| request.method).collect())
}

#[test]
fn a_reply_that_got_an_empty_response_is_kept() {
    let (errors, requests) = with_an_empty_response(EDIT, |cx| {
        cx.defer()?;
        cx.reply("6")
    });
    assert_eq!((errors, requests), (vec![], vec!["PATCH".to_owned()]));
}

#[test]
fn a_refusal_after_a_reply_that_got_an_empty_response_is_no_error() {
    let (errors, requests) = with_an_empty_response(FOLLOW_UP, |cx| {
        cx.reply("6")?;
        Err(Refusal::new("No more today.").into())
    });
    assert_eq!((errors, requests), (vec![], vec!["POST".to_owned()]));
}

#[test]
fn a_reply_to_a_message_that_got_an_empty_response_is_sent_once() {
    const POST: &str = "POST /channels/{channel_id}/messages";
    let scene = Scene::new();
    let errors = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.borrow_mut().push(error.to_string()));
    let roll = command("roll", "Rolls dice").run(|cx| cx.reply("6"));
    bot.text_prefix("!").mount(Tree::new("dice").text().add(roll));
    let empty = Fault::HttpStatus { status: 200, body: ErrorBody::Empty, retry_after: None, times: 1 };
    scene.discord.fault_at(POST, 1, empty);
    bot.during(|| {
        scene.ann.says(&scene.general, "!roll");
        scene.discord.wait_until("the reply", |discord| !discord.requests_to(POST).is_empty())?;
        Ok(())
    })
    .unwrap();
    assert_eq!(*errors.borrow(), [""; 0]);
    assert_eq!(scene.discord.requests_to(POST).len(), 1);
}

#[test]
fn neither_a_context_nor_the_error_of_a_response_shows_the_token_of_the_interaction() {
    const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";
    let scene = Scene::new();
    let shown = RefCell::new(String::new());
    let mut bot = scene.bot();
    bot.on_error(|_, error| *shown.borrow_mut() += &format!("{error} {error:?}"));
    bot.command(command("roll", "Rolls dice").run(|cx| {
        let error = cx.reply("6").unwrap_err();
        *shown.borrow_mut() += &format!("{cx:?} {:?} {error} {error:?}", cx.interaction());
        Err(error)
    }));
    let refused = Fault::HttpStatus { status: 400, body: ErrorBody::Json, retry_after: None, times: 10 };
    scene.discord.fault_at(CALLBACK, 1, refused);
    let mut token = String::new();
    bot.during(|| {
        let used = scene.ann.uses(&scene.general, "/roll")?;
        token = used.raw()["token"].as_str().unwrap().to_owned();
        Ok(scene.discord.wait_until("the response", |discord| !discord.requests_to(CALLBACK).is_empty())?)
    })
    .unwrap();
    let shown = shown.take();
    assert!(shown.contains("CommandContext") && shown.contains("HTTP 400"), "{shown}");
    assert!(!token.is_empty() && !shown.contains(&token), "{token} is in {shown}");
}
