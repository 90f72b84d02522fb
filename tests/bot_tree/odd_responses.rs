//! Responses of Discord to what a handler sent, in a shape that cannot be read.

use std::cell::RefCell;

use syncord::sim::{ErrorBody, Fault};
use syncord::tree::command;

use crate::scene::Scene;

const EDIT: &str = "PATCH /webhooks/{application_id}/{interaction_token}/messages/@original";

#[test]
fn a_reply_that_got_an_empty_response_is_kept() {
    let scene = Scene::new();
    let errors = RefCell::new(Vec::new());
    let mut bot = scene.bot();
    bot.on_error(|_, error| errors.borrow_mut().push(error.to_string()));
    bot.command(command("roll", "Rolls dice").run(|cx| {
        cx.defer()?;
        cx.reply("6")
    }));
    scene.discord.fault_at(
        EDIT,
        1,
        Fault::HttpStatus { status: 200, body: ErrorBody::Empty, retry_after: None, times: 1 },
    );
    bot.during(|| {
        scene.ann.uses(&scene.general, "/roll")?;
        scene.discord.wait_until("the edit", |discord| !discord.requests_to(EDIT).is_empty())?;
        Ok(())
    })
    .unwrap();
    assert_eq!(*errors.borrow(), [""; 0]);
    let of_webhooks =
        scene.discord.requests().into_iter().filter(|request| request.path.contains("/webhooks/"));
    assert_eq!(of_webhooks.map(|request| request.method).collect::<Vec<_>>(), ["PATCH"]);
}
