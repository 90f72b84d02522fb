//! A conversation with a user, in a task that waits for messages and clicks.
//!
//! `cargo run --example conversation`, then type `/order`, a drink, and `[Yes]`.

use std::time::Duration;

use syncord::prelude::*;

const MINUTE: Duration = Duration::from_secs(60);

fn main() -> syncord::Result {
    // Also log which commands are created, edited and deleted at Discord.
    let log = env_logger::Env::default().default_filter_or("warn,syncord::commands=info");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let mut bot = Bot::from_env_or_playground()?;
    let order = command("order", "Orders a drink")
        .waits_for::<MessageCreate>() // the intents of these events are added
        .waits_for::<InteractionCreate>();
    bot.command(order.run(|cx| {
        let (channel, user) = (cx.channel()?, cx.user().id);
        cx.spawn(move |task| {
            task.reply("What will it be?")?;
            let Some(drink) = task.next_message(channel, user, MINUTE)? else {
                task.edit("Another time, then.")?;
                return Ok(());
            };
            let yes = ActionRow::new([Button::success("yes", "Yes")]);
            let question = CreateMessage::text(format!("One {}?", drink.content)).component(yes);
            let question = task.send(channel, question)?;
            match task.next_click_by(&question, user, MINUTE)? {
                Some(click) => {
                    let served = format!("One {} for {}!", drink.content, click.user().username);
                    click.update(EditResponse::text(served).no_components())
                }
                None => Ok(task.rest().delete_message(channel, question.id)?),
            }
        })?;
        Ok(())
    }));
    bot.run()?;
    Ok(())
}
