//! Repeats each message. `!stop` stops the bot.
//!
//! `cargo run --example echo_bot` runs it in a simulated Discord. Type a message.
//! `DISCORD_TOKEN=... cargo run --example echo_bot` runs it on the real Discord.

use syncord::prelude::*;

fn main() -> syncord::Result {
    let log = env_logger::Env::default().default_filter_or("warn");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let mut echoed = 0; // declared before the bot, which borrows it
    let mut bot = Bot::from_env_or_playground()?;
    bot.on_message(|cx, message| {
        if message.content == "!stop" {
            cx.stop();
        } else if !message.author.bot {
            echoed += 1; // a plain local variable: no Arc, no Mutex, no 'static
            cx.reply(message, &message.content)?;
        }
        Ok(())
    });
    bot.run()?; // blocks until stopped

    eprintln!("messages echoed: {echoed}");
    Ok(())
}
