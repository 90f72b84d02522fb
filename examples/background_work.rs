//! Slow work beside the bot's thread: in order for one channel, side by side for several.
//!
//! `cargo run --example background_work`, then type something, and `/status`.

use std::thread;
use std::time::Duration;

use syncord::events::MessageCreate;
use syncord::tree::command;
use syncord::{Bot, Lanes, Result};

fn main() -> Result {
    // What is changed of the commands at Discord shows as well.
    let log = env_logger::Env::default().default_filter_or("warn,syncord::commands=info");
    env_logger::Builder::from_env(log).init();

    let work = Lanes::new(4).by_channel().limit(100);
    let mut bot = Bot::from_env_or_playground()?;
    bot.on_in::<MessageCreate>(&work, |cx, message| {
        if !message.author.bot {
            thread::sleep(Duration::from_millis(100)); // something slow
            cx.reply(message, format!("{} letters", message.content.chars().count()))?;
        }
        Ok(())
    });
    bot.command(
        command("status", "What is being done")
            .run(|cx| cx.reply(format!("{} waiting, {} running", work.queued(), work.running()))),
    );
    bot.run()?;
    Ok(())
}
