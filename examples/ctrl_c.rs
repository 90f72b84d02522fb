//! Stops cleanly on Ctrl-C: handles the events that have already arrived, and closes the connection.

use std::time::Duration;

use syncord::prelude::*;

fn main() -> syncord::Result {
    let log = env_logger::Env::default().default_filter_or("info");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let mut bot = Bot::from_env_or_playground()?;
    bot.grace(Duration::from_secs(3));
    bot.on_message(|cx, message| {
        if message.content == "ping" {
            cx.reply(message, "pong")?;
        }
        Ok(())
    });

    let handle = bot.handle();
    ctrlc::set_handler(move || handle.stop())?;
    bot.run()?;

    eprintln!("goodbye");
    Ok(())
}
