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
        cx.spawn(|task| {
            let question = Prompt::new("What will it be?").timeout(MINUTE);
            let Some(drink) = task.ask::<String>(question)? else {
                task.edit("Another time, then.")?;
                return Ok(());
            };
            if task.confirm(format!("One {drink}?"))? == Some(true) {
                task.follow_up(format!("One {drink} for {}!", task.user().username))?;
            }
            Ok(())
        })?;
        Ok(())
    }));
    bot.run()?;
    Ok(())
}
