//! Slow work on other threads: in order within a channel, in parallel for different channels.
//!
//! `cargo run --example background_work`, then type some messages, and `/status`.

use std::thread;
use std::time::Duration;

use syncord::prelude::*;

fn main() -> syncord::Result {
    // Also log which commands are created, edited and deleted at Discord.
    let log = env_logger::Env::default().default_filter_or("warn,syncord::commands=info");
    // At the trace level the websocket crate would log private messages.
    env_logger::Builder::from_env(log).parse_filters("tungstenite=warn").init();

    let work = Lanes::new(4).by_channel().limit(100);
    let mut bot = Bot::from_env_or_playground()?;
    bot.on_in::<MessageCreate>(&work, |cx, message| {
        if !message.author.bot {
            thread::sleep(Duration::from_millis(100)); // some slow work
            cx.reply(message, format!("{} letters", message.content.chars().count()))?;
        }
        Ok(())
    });
    bot.command(
        command("status", "Shows how much work is left")
            .run(|cx| cx.reply(format!("{} waiting, {} running", work.queued(), work.running()))),
    );
    bot.run()?;
    Ok(())
}
